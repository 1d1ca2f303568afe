import type { ErrorCode } from '#domain/errors';
import type { AlmaBorrowing } from '#domain/api/requests';
import type { Command } from '#domain/ill/commands';
import type { Kind } from '#domain/ill/kinds';
import type { Mode } from '#domain/ill/machine';
import type { IllRequest, RequestFields } from '#domain/ill/request';
import type { LibraryConfig } from '../config';
import { fromNacsis, GatewayError, nacsisWords, problemOf } from '../gateway-error';
import { NacsisError, type NacsisPort } from '../nacsis/port';
import { unreadable } from '../nacsis/reading';
import type {
  Attempt,
  Begun,
  JournalKey,
  JournalRow,
  JournalStore,
  Known,
  Lease,
  NewEntry,
} from '../store/journal-store';
import type { StoredRequest } from '../store/requests-store';
import { storeFailedAfterSending, type CommandOutcomes } from './command-outcomes';
import type { Actor, CommandRequest } from './command-request';
import { decide, isBegun, type Asked, type Decision } from './decision';
import { markedFields, orderMark } from './mark';
import { sentValues } from './own-command';
import { libraryIn, type RequestReader } from './request-reader';

interface RunnerSettings {
  /**
   * Longest duration of a call once it is sent, in milliseconds. The lease of a pending row ends some time after it.
   */
  readonly callTimeoutMs: number;
  readonly mode: Mode;
}

type Sending = Extract<Decision, { readonly what: 'send' | 'repeat-refusal' }>;
/** A command that the table allows. */
export type Allowed = Pick<Sending, 'edge' | 'kind' | 'before'> & { readonly library: LibraryConfig };

/** A command that a caller wants done once. */
export interface Wanted extends Asked {
  readonly actor: Actor;
  readonly on:
    { readonly id: string; readonly version: number } | { readonly kind: Kind; readonly library: LibraryConfig };
  readonly comment?: string;
  /** The link of a new record. */
  readonly almaRequest?: AlmaBorrowing;
  /** Checks the fields, and completes them. Throws before anything is sent. */
  readonly fields: (allowed: Allowed) => Promise<RequestFields>;
  /** Explains an error of the command to the caller. */
  readonly why: (error: GatewayError, allowed: Allowed) => Promise<GatewayError>;
}

/** A command that is done: by this call, or by an earlier one with the same key. */
export type Done = Pick<Extract<Decision, { readonly what: 'repeat' }>, 'command' | 'then' | 'from'> & {
  readonly request: StoredRequest;
};

/** What is known while a call is decided. */
interface State {
  readonly known: Known;
  readonly isRead: boolean;
  /** The command of an earlier call with the same key that this process still performs. */
  readonly running: Running | undefined;
}

/** A command that this process performs now. */
interface Running {
  readonly command: Command;
  readonly hash: string;
  readonly result: Promise<StoredRequest | Overtaken>;
}

/** Nothing was sent, because another call was quicker (`Begun` of the journal). */
type Overtaken = Exclude<Begun, Attempt>;

/** A command that still waits after this time is not sent, so that the latest end of its call is known. */
export const SEND_WITHIN_MS = 10_000;
/** Margin between the end of the call and the end of the lease. */
const LEASE_MARGIN_MS = 5_000;
/** Milliseconds from now after which NACSIS-ILL cannot receive the command any more. */
export function leaseMs(callTimeoutMs: number): number {
  return SEND_WITHIN_MS + callTimeoutMs + LEASE_MARGIN_MS;
}

/** Errors for a request that differs from what the caller saw, or does not allow the command. */
const REFUSALS: readonly ErrorCode[] = ['stale-version', 'action-not-allowed', 'invalid-fields'];

/**
 * The path of every command: loads what is known, decides (decision.ts), and does what was decided. Each command is
 * done exactly once (design 5, ADR 0003).
 */
export class CommandRunner {
  readonly #journal: JournalStore;
  readonly #reader: RequestReader;
  readonly #nacsis: NacsisPort;
  readonly #outcomes: CommandOutcomes;
  readonly #settings: RunnerSettings;
  readonly #now: () => Date;
  readonly #running = new Map<string, Running>();

  constructor(
    journal: JournalStore,
    reader: RequestReader,
    nacsis: NacsisPort,
    outcomes: CommandOutcomes,
    settings: RunnerSettings,
    now: () => Date = () => new Date(),
  ) {
    this.#journal = journal;
    this.#reader = reader;
    this.#nacsis = nacsis;
    this.#outcomes = outcomes;
    this.#settings = settings;
    this.#now = now;
  }

  /**
   * Resolves to the snapshot after the command. A repeat with the same key joins a running call or gets the same
   * outcome, and never sends a second command.
   */
  async perform(wanted: Wanted): Promise<Done> {
    let state = await this.#load(wanted);
    for (;;) {
      const next: Done | State = await this.#step(wanted, state).catch((error: unknown) =>
        this.#unlessBegun(wanted, error),
      );
      if ('request' in next) return next;
      state = next;
    }
  }

  /**
   * The snapshot after the command that was begun under this key; undefined when there is none, or it certainly did
   * nothing. Throws `command-in-progress` and `outcome-unknown`.
   */
  async outcome({ institution, key }: Pick<Actor, 'institution' | 'key'>): Promise<StoredRequest | undefined> {
    const row = await this.#journal.find({ institution: institution.code, key });
    const ended = isBegun(row) ? await this.#outcomes.unlocked(row) : row;
    if (ended?.state === 'applied') return this.#outcomes.applied(ended);
    if (ended?.state !== 'unknown') return undefined;
    return this.#outcomes.resolve(ended, libraryIn(institution, ended.library).account);
  }

  async #load({ actor, side, on }: Wanted, isRead = false): Promise<State> {
    // Looked up before the journal is read, because the running call may end meanwhile.
    const running = this.#running.get(runningId(actor));
    return {
      known: await this.#journal.known(journalKey(actor), side, 'id' in on ? on.id : undefined),
      isRead,
      running,
    };
  }

  /**
   * Loads the state again when the refusal may result from a simultaneous repeat of the same call, which the journal
   * then knows. Otherwise throws the error again.
   */
  async #unlessBegun(wanted: Wanted, error: unknown): Promise<State> {
    if (!(error instanceof GatewayError) || !REFUSALS.includes(error.code)) throw error;
    const state = await this.#load(wanted);
    if (!isBegun(state.known.own)) throw error;
    return state;
  }

  /** Takes one decision and does it. Resolves to the result when the command is done, else to what is known now. */
  async #step(wanted: Wanted, state: State): Promise<Done | State> {
    const { actor, side, on } = wanted;
    const { known, isRead } = state;
    const running = this.#running.get(runningId(actor)) ?? state.running;
    const decision = decide(wanted, known, { mode: this.#settings.mode, now: this.#now(), isRead, running });
    const library = () => ('library' in on ? on.library : libraryIn(actor.institution, known.request?.library));
    switch (decision.what) {
      case 'refuse':
        throw decision.error;
      case 'read': {
        // A library that is no longer configured cannot be asked: `library()` throws.
        if (known.request !== undefined) library();
        const request = await this.#reader.readNow(actor.institution, side, decision.id, known.request);
        return { known: { ...known, request }, isRead: true, running: undefined };
      }
      case 'find-out':
        await this.#findOut(decision.row, library());
        return this.#load(wanted);
      case 'repeat':
        return { ...decision, request: known.request ?? (await this.#outcomes.applied(decision.row)) };
      case 'join':
      case 'repeat-refusal':
      case 'send': {
        const result =
          decision.what === 'join'
            ? await running?.result
            : await this.#execute(wanted, decision, library(), known.own !== undefined);
        return typeof result === 'object' ? { ...decision, request: result } : this.#overtaken(wanted, result);
      }
    }
  }

  /** Settles an earlier command without an outcome. Throws while its outcome is unknown. */
  async #findOut(row: JournalRow, { account }: LibraryConfig): Promise<void> {
    const ended = await this.#outcomes.unlocked(row);
    if (ended.state === 'unknown') await this.#outcomes.resolve(ended, account);
  }

  /**
   * Returns what is known after another call was quicker. Reads a changed request once more, so that a refusal
   * describes the current state.
   */
  async #overtaken(wanted: Wanted, how: Overtaken | undefined): Promise<State> {
    const { actor, side, on } = wanted;
    const isRead = how === 'changed' && 'id' in on;
    if (isRead) await this.#reader.read(actor.institution, side, on.id, 'if-possible');
    return this.#load(wanted, isRead);
  }

  /** Sends the command, or repeats its recorded refusal. */
  async #execute(
    wanted: Wanted,
    decision: Sending,
    library: LibraryConfig,
    isRepeated: boolean,
  ): Promise<StoredRequest | Overtaken> {
    const { actor, side, comment, almaRequest, hashOf } = wanted;
    const { command, edge, kind, before } = decision;
    const allowed = { edge, library, kind, ...(before === undefined ? {} : { before }) };
    const fields = await wanted.fields(allowed);
    const request: CommandRequest = {
      ...journalKey(actor),
      payloadHash: hashOf(command),
      userId: actor.userId,
      library: library.code,
      account: library.account,
      kind,
      side,
      command,
      fields,
      ...(before === undefined ? {} : { before }),
      ...(comment === undefined ? {} : { comment }),
      ...(almaRequest === undefined ? {} : { almaRequest }),
    };
    const id = runningId(actor);
    // The same call was quicker while the fields were checked.
    if (this.#running.has(id)) return 'known';
    const work = decision.what === 'send' ? this.#run(request, isRepeated) : Promise.reject(decision.refusal);
    const result = work
      .catch(async (error: unknown) => {
        throw error instanceof GatewayError ? await wanted.why(error, allowed) : error;
      })
      .finally(() => this.#running.delete(id));
    this.#running.set(id, { command, hash: request.payloadHash, result });
    return result;
  }

  /** `isRepeated`: the journal has a row of this key, whose command did nothing. */
  async #run(request: CommandRequest, isRepeated: boolean): Promise<StoredRequest | Overtaken> {
    // Throws before the row is written when the mark does not fit, so that the librarian can shorten the field.
    const fields = markedFields(request, newMark(request));
    const entry = entryOf(request, fields);
    const lease = this.#lease(request);
    const begun = await (isRepeated ? this.#journal.resume(entry, lease) : this.#journal.begin(entry, lease));
    return typeof begun === 'object' ? this.#send(request, begun, entry, fields) : begun;
  }

  async #send(
    request: CommandRequest,
    attempt: Attempt,
    entry: NewEntry,
    fields: RequestFields,
  ): Promise<StoredRequest> {
    const { account, kind, side, command, before, comment } = request;
    const optional = {
      ...(before === undefined ? {} : { id: before.id }),
      ...(comment === undefined ? {} : { comment }),
    };
    const call = { kind, side, command, fields, ...optional, notAfter: this.#now().getTime() + SEND_WITHIN_MS };
    let answer: IllRequest;
    try {
      answer = await this.#nacsis.perform(account, call);
    } catch (error) {
      return isWithoutEffect(error) ? this.#notDone(attempt, error) : this.#unanswered(request, attempt, error);
    }
    return this.#answered(request, attempt, entry, answer).catch(storeFailedAfterSending);
  }

  /** An answer that does not belong to this command says nothing about it, and is not stored. */
  async #answered(
    request: CommandRequest,
    attempt: Attempt,
    entry: NewEntry,
    answer: IllRequest,
  ): Promise<StoredRequest> {
    if (await this.#outcomes.isAnswerTo(entry, answer)) return this.#outcomes.apply(attempt, request, answer);
    return this.#unanswered(request, attempt, unreadable('the answer of NACSIS-ILL is not that of this command'));
  }

  /**
   * The command was sent, and no complete answer to it arrived. Its outcome is unknown, whatever the cause (ADR 0003).
   */
  async #unanswered(request: CommandRequest, attempt: Attempt, cause: unknown): Promise<StoredRequest> {
    const found = async () => {
      await this.#journal.settle(attempt, { state: 'unknown' }, this.#now());
      const row = await this.#journal.find(request);
      return row === undefined ? undefined : this.#outcomes.resolve(row, request.account);
    };
    const done = await found().catch(storeFailedAfterSending);
    if (done !== undefined) return done;
    const words = cause instanceof NacsisError ? nacsisWords(cause) : {};
    throw new GatewayError('nacsis-unavailable', { detail: 'the command was not done', ...words }, { cause });
  }

  async #notDone(attempt: Attempt, error: NacsisError): Promise<never> {
    const failure = fromNacsis(error);
    const isRefused = error.code === 'nacsis-rejected';
    const outcome = isRefused
      ? ({ state: 'rejected', problem: problemOf(failure) } as const)
      : ({ state: 'unsent' } as const);
    const settled = this.#journal.settle(attempt, outcome, this.#now());
    // A refused command was sent, so when its refusal cannot be saved, its outcome is unknown. A repeat finds that
    // nothing was done.
    await (isRefused ? settled.catch(storeFailedAfterSending) : settled);
    throw failure;
  }

  #lease(request: CommandRequest): Lease {
    const now = this.#now();
    const until = new Date(now.getTime() + leaseMs(this.#settings.callTimeoutMs));
    return { now, until, ...(request.before === undefined ? {} : { version: request.before.version }) };
  }
}

/** True when the command certainly did nothing: NACSIS-ILL says so, or was not reached. */
export function isWithoutEffect(error: unknown): error is NacsisError {
  return error instanceof NacsisError && error.effect === 'nothing';
}

function journalKey({ institution, key }: Actor): JournalKey {
  return { institution: institution.code, key };
}

function runningId({ institution, key }: Actor): string {
  return `${institution.code}\n${key}`;
}

/** The mark of the new record that this command creates; null for an existing record. */
function newMark({ institution, key, before }: CommandRequest): string | null {
  return before === undefined ? orderMark(institution, key) : null;
}

/**
 * The journal entry of a command sent with these fields: enough to find out its outcome later, and nothing about the
 * patron.
 */
function entryOf(request: CommandRequest, fields: RequestFields): NewEntry {
  return {
    institution: request.institution,
    idempotency_key: request.key,
    payload_hash: request.payloadHash,
    library: request.library,
    member_id: request.account.memberId,
    user_id: request.userId,
    kind: request.kind,
    side: request.side,
    command: request.command,
    request_id: request.before?.id ?? null,
    mark: newMark(request),
    sent: sentValues(request, fields, request.comment),
    history_length: request.before?.record.history.length ?? 0,
    state_before: request.before?.state ?? null,
    alma_user_id: request.almaRequest?.userId ?? null,
    alma_request_id: request.almaRequest?.requestId ?? null,
  };
}
