import { ERRORS } from '#domain/errors';
import type { IllRequest, RequestFields } from '#domain/request';
import { fromNacsis, GatewayError, nacsisWords } from '../gateway-error';
import { NacsisError, type NacsisPort } from '../nacsis/port';
import { isNotDone, type JournalRow, type JournalStore, type Lease, type NewEntry } from '../store/journal-store';
import type { StoredRequest } from '../store/requests-store';
import type { CommandOutcomes } from './command-outcomes';
import type { CommandRequest } from './command-request';
import { entryOf } from './journal-entry';
import { markedFields } from './mark';

export interface RunnerSettings {
  /** Longest time that a call may take once it is sent, in milliseconds; the lease of a pending row ends some time after it. */
  readonly callTimeoutMs: number;
}

/** A command that has not got its turn by then is not sent any more, so that it is certain when its call is over. */
const SEND_WITHIN_MS = 10_000;
/** The call is over before the lease is, by this margin. */
const LEASE_MARGIN_MS = 5_000;

/** Does a command exactly once (design 5, ADR 0003). */
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

  /** The snapshot after the command. A repeat with the same key joins a running call or gives the same outcome, never a second command. */
  async run(request: CommandRequest): Promise<StoredRequest> {
    const running = this.#joined(request);
    if (running !== undefined) return running;
    const id = runningId(request);
    const result = this.#run(request).finally(() => this.#running.delete(id));
    this.#running.set(id, { hash: request.payloadHash, result });
    return result;
  }

  /** The command that this key stands for, with the state before it; undefined for a new key and for one that did nothing. */
  async begun(institution: string, key: string): Promise<Pick<JournalRow, 'command' | 'state_before'> | undefined> {
    const row = await this.#journal.find({ institution, key });
    return row === undefined || isNotDone(row) ? undefined : row;
  }

  /**
   * The snapshot when this key's command is done already, so that a repeat is neither filled in anew nor held against a version
   * that it changed itself. An unknown outcome is read first. undefined: not known, or not done.
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

  /** Finds out what became of an open command on this request, before anything else happens to it. Throws while that is not known. */
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
    const entry = entryOf(request);
    // Before the row is written: a mark that does not fit is the librarian's to repair.
    const fields = markedFields(request, entry.mark);
    const begun = await this.#journal.begin(entry, this.#lease(request));
    if (begun === 'begun') return this.#send(request, fields);
    const row = await this.#journal.find(request);
    if (row === undefined && begun === 'changed') throw new GatewayError('stale-version');
    // Not our key: another command on the same request is open.
    if (row === undefined) throw new GatewayError('command-in-progress', { retryAfterSeconds: 2 });
    return (await this.#outcomeOf(request, row)) ?? this.#sendAgain(request, entry, fields);
  }

  /** What a repeat gets without a further command; undefined when the command was certainly not done and may be sent again. */
  async #outcomeOf(request: CommandRequest, known: JournalRow): Promise<StoredRequest | undefined> {
    const row = await this.#outcomes.unlocked(known);
    const same = row.payload_hash === request.payloadHash;
    // What did nothing may be corrected and sent again under the same key.
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
    return this.#send(request, fields);
  }

  async #send(request: CommandRequest, fields: RequestFields): Promise<StoredRequest> {
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
      if (!(error instanceof NacsisError)) throw error;
      return error.effect === 'unknown' ? this.#unanswered(request, error) : this.#notDone(request, error);
    }
    return this.#outcomes.apply(request, request, answer);
  }

  async #unanswered(request: CommandRequest, error: NacsisError): Promise<StoredRequest> {
    const { how } = error.details;
    const lostBy = how === undefined || how === 'unreached' ? 'cut' : how;
    await this.#journal.settle(request, { state: 'unknown', lostBy }, this.#now());
    const row = await this.#journal.find(request);
    const done = row === undefined ? undefined : await this.#outcomes.resolve(row, request.account);
    if (done !== undefined) return done;
    const details = { detail: `${error.message}; the command was not done`, ...nacsisWords(error) };
    throw new GatewayError('nacsis-unavailable', details, { cause: error });
  }

  async #notDone(request: CommandRequest, error: NacsisError): Promise<never> {
    const failure = fromNacsis(error);
    const { code } = failure;
    const words = { detail: error.message, ...nacsisWords(error) };
    const problem = { type: 'about:blank', title: code, status: ERRORS[code].status, code, ...words };
    const rejected = error.code === 'nacsis-rejected';
    await this.#journal.settle(request, rejected ? { state: 'rejected', problem } : { state: 'unsent' }, this.#now());
    throw failure;
  }

  #lease(request: CommandRequest): Lease {
    const now = this.#now();
    const until = new Date(now.getTime() + SEND_WITHIN_MS + this.#settings.callTimeoutMs + LEASE_MARGIN_MS);
    return { now, until, ...(request.before === undefined ? {} : { version: request.before.version }) };
  }
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
