import { ERRORS } from '#domain/errors';
import type { IllRequest, RequestFields } from '#domain/ill/request';
import { fromNacsis, GatewayError, nacsisWords } from '../gateway-error';
import { NacsisError, type NacsisPort } from '../nacsis/port';
import { unreadable } from '../nacsis/reading';
import {
  isNotDone,
  type Attempt,
  type JournalRow,
  type JournalStore,
  type Lease,
  type NewEntry,
} from '../store/journal-store';
import type { StoredRequest } from '../store/requests-store';
import { storeFailedAfterSending, type CommandOutcomes } from './command-outcomes';
import type { CommandRequest } from './command-request';
import { entryOf, newMark } from './journal-entry';
import { markedFields } from './mark';

export interface RunnerSettings {
  /**
   * Longest duration of a call once it is sent, in milliseconds. The lease of a pending row ends some time after it.
   */
  readonly callTimeoutMs: number;
}

/** A command that is still waiting after this time is not sent, so that the end of its call is certain. */
const SEND_WITHIN_MS = 10_000;
/** Margin between the end of the call and the end of the lease. */
const LEASE_MARGIN_MS = 5_000;

/** Performs each command exactly once (design 5, ADR 0003). */
export class CommandRunner {
  readonly #journal: JournalStore;
  readonly #nacsis: NacsisPort;
  readonly #outcomes: CommandOutcomes;
  readonly #settings: RunnerSettings;
  readonly #now: () => Date;
  readonly #running = new Map<string, { readonly hash: string; readonly result: Promise<StoredRequest> }>();

  constructor(
    journal: JournalStore,
    nacsis: NacsisPort,
    outcomes: CommandOutcomes,
    settings: RunnerSettings,
    now: () => Date = () => new Date(),
  ) {
    this.#journal = journal;
    this.#nacsis = nacsis;
    this.#outcomes = outcomes;
    this.#settings = settings;
    this.#now = now;
  }

  /**
   * Resolves to the snapshot after the command. A repeat with the same key joins a running call or gets the same
   * outcome, and never sends a second command.
   */
  async run(request: CommandRequest): Promise<StoredRequest> {
    const running = this.#joined(request);
    if (running !== undefined) return running;
    const id = runningId(request);
    const result = this.#run(request).finally(() => this.#running.delete(id));
    this.#running.set(id, { hash: request.payloadHash, result });
    return result;
  }

  /** The command of this key and the state before it; undefined for a new key, and for a command that did nothing. */
  async begun(institution: string, key: string): Promise<Pick<JournalRow, 'command' | 'state_before'> | undefined> {
    const row = await this.#journal.find({ institution, key });
    return row === undefined || isNotDone(row) ? undefined : row;
  }

  /**
   * The snapshot when this key's command is already done. A repeat is then neither completed again nor checked against
   * a version that it changed itself. An unknown outcome is read first. undefined: not known, or not done.
   */
  async repeated(
    request: Pick<CommandRequest, 'institution' | 'key' | 'payloadHash' | 'account'>,
  ): Promise<StoredRequest | undefined> {
    const running = this.#joined(request);
    if (running !== undefined) return running;
    const row = await this.#journal.find(request);
    if (row === undefined || isNotDone(row)) return undefined;
    if (row.payload_hash !== request.payloadHash) throw keyReused();
    if (row.state === 'applied') return this.#outcomes.applied(row);
    const known = await this.#outcomes.unlocked(row);
    return known.state === 'unknown' ? this.#outcomes.resolve(known, request.account) : undefined;
  }

  /**
   * Settles another open command on this request before anything else happens to it. Throws while its outcome is
   * unknown.
   */
  async settleOpen(
    request: Pick<CommandRequest, 'institution' | 'side' | 'account'>,
    requestId: string,
    exceptKey: string,
  ): Promise<void> {
    const row = await this.#journal.openOn(request.institution, request.side, requestId);
    if (row === undefined || row.idempotency_key === exceptKey) return;
    await this.#outcomes.resolve(await this.#outcomes.unlocked(row), request.account);
  }

  /** The running call of this key in this process. */
  #joined(request: Pick<CommandRequest, 'institution' | 'key' | 'payloadHash'>): Promise<StoredRequest> | undefined {
    const running = this.#running.get(runningId(request));
    if (running !== undefined && running.hash !== request.payloadHash) throw keyReused();
    return running?.result;
  }

  async #run(request: CommandRequest): Promise<StoredRequest> {
    // Before the row is written: the librarian can repair a mark that does not fit.
    const fields = markedFields(request, newMark(request));
    const entry = entryOf(request, fields);
    const begun = await this.#journal.begin(entry, this.#lease(request));
    if (typeof begun === 'object') return this.#send(request, begun, entry, fields);
    const row = await this.#journal.find(request);
    if (row === undefined && begun === 'changed') throw new GatewayError('stale-version');
    // The key is not ours: another command on the same request is open.
    if (row === undefined) throw new GatewayError('command-in-progress', { retryAfterSeconds: 2 });
    return (await this.#outcomeOf(request, row)) ?? this.#sendAgain(request, entry, fields);
  }

  /**
   * The outcome that a repeat gets without a further command; undefined when the command was certainly not done and may
   * be sent again.
   */
  async #outcomeOf(request: CommandRequest, known: JournalRow): Promise<StoredRequest | undefined> {
    const row = await this.#outcomes.unlocked(known);
    const same = row.payload_hash === request.payloadHash;
    // A command without effect may be corrected and sent again under the same key.
    if (!same && !isNotDone(row)) throw keyReused();
    const isReplayed = row.state === 'rejected' && same && request.retriesRefusals === undefined;
    if (isReplayed && row.problem !== null) throw replayed(row.problem);
    if (row.state === 'applied') return this.#outcomes.applied(row);
    return row.state === 'unknown' ? this.#outcomes.resolve(row, request.account) : undefined;
  }

  async #sendAgain(request: CommandRequest, entry: NewEntry, fields: RequestFields): Promise<StoredRequest> {
    const begun = await this.#journal.resume(entry, this.#lease(request));
    if (begun === 'changed') throw new GatewayError('stale-version');
    if (begun === 'known') throw new GatewayError('command-in-progress', { retryAfterSeconds: 2 });
    return this.#send(request, begun, entry, fields);
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
   * The command was sent without a complete answer of its own: the outcome is unknown, whatever the cause (ADR 0003).
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
    const { code } = failure;
    const words = { detail: error.message, ...nacsisWords(error) };
    const problem = { type: 'about:blank', title: code, status: ERRORS[code].status, code, ...words };
    const isRefused = error.code === 'nacsis-rejected';
    const outcome = isRefused ? ({ state: 'rejected', problem } as const) : ({ state: 'unsent' } as const);
    const settled = this.#journal.settle(attempt, outcome, this.#now());
    // A refused command was sent too; a repeat finds out that nothing was done.
    await (isRefused ? settled.catch(storeFailedAfterSending) : settled);
    throw failure;
  }

  #lease(request: CommandRequest): Lease {
    const now = this.#now();
    const until = new Date(now.getTime() + SEND_WITHIN_MS + this.#settings.callTimeoutMs + LEASE_MARGIN_MS);
    return { now, until, ...(request.before === undefined ? {} : { version: request.before.version }) };
  }
}

/** Certain only when NACSIS-ILL says so, or was not reached. */
function isWithoutEffect(error: unknown): error is NacsisError {
  return error instanceof NacsisError && error.effect === 'nothing';
}

function runningId({ institution, key }: Pick<CommandRequest, 'institution' | 'key'>): string {
  return `${institution}\n${key}`;
}

function replayed({ code, detail, nacsis }: NonNullable<JournalRow['problem']>): GatewayError {
  return new GatewayError(code, {
    ...(detail === undefined ? {} : { detail }),
    ...(nacsis === undefined ? {} : { nacsis }),
  });
}

function keyReused(): GatewayError {
  return new GatewayError('idempotency-key-reused');
}
