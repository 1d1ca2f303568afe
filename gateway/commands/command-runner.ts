import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { AlmaLink } from '#domain/api';
import type { Command } from '#domain/commands';
import { ERRORS } from '#domain/errors';
import type { Kind, Side } from '#domain/kinds';
import type { IllRequest, RequestFields } from '#domain/request';
import { withMark } from '#domain/order-mark';
import { fromNacsis, GatewayError, invalidFields } from '../gateway-error';
import { NacsisError, type NacsisAccount, type NacsisPort } from '../nacsis/port';
import type { JournalRow, JournalStore, Lease, NewEntry } from '../store/journal-store';
import { saveSnapshot, type StoredRequest } from '../store/requests-store';
import type { LostBy, Schema } from '../store/schema';
import { orderMark } from './mark';
import { readOutcome } from './outcome-reader';

export interface CommandRequest {
  readonly institution: string;
  readonly key: string;
  /** Hash of what the caller asked for, before any default was filled in: a repeat with the same key must ask the same. */
  readonly payloadHash: string;
  readonly userId: string;
  readonly library: string;
  readonly account: NacsisAccount;
  readonly kind: Kind;
  readonly side: Side;
  readonly command: Command;
  /** The snapshot that the command was checked against; absent for a new record. */
  readonly before?: StoredRequest;
  readonly fields: RequestFields;
  readonly comment?: string;
  readonly almaRequest?: AlmaLink;
}

export interface RunnerSettings {
  /** Longest time that a call may take; the lease of a pending row ends some time after it. */
  readonly callTimeoutMs: number;
  /** After a time-out NACSIS-ILL may still be at work: so long is waited before the command may be sent again. */
  readonly settleSeconds: number;
}

/** The call is over before the lease is, by this margin. */
const LEASE_MARGIN_MS = 5_000;

/** Does a command exactly once (design 5, ADR 0003). */
export class CommandRunner {
  readonly #db: Kysely<Schema>;
  readonly #journal: JournalStore;
  readonly #nacsis: NacsisPort;
  readonly #settings: RunnerSettings;
  readonly #now: () => Date;
  readonly #running = new Map<string, { readonly hash: string; readonly result: Promise<StoredRequest> }>();

  constructor(db: Kysely<Schema>, journal: JournalStore, nacsis: NacsisPort, settings: RunnerSettings, now: () => Date = () => new Date()) {
    this.#db = db;
    this.#journal = journal;
    this.#nacsis = nacsis;
    this.#settings = settings;
    this.#now = now;
  }

  /** The snapshot after the command. A repeat with the same key joins a running call or gives the same outcome, never a second command. */
  async run(request: CommandRequest): Promise<StoredRequest> {
    const id = runningId(request.institution, request.key);
    const hash = request.payloadHash;
    const running = this.#running.get(id);
    if (running !== undefined) {
      if (running.hash !== hash) throw keyReused();
      return running.result;
    }
    const result = this.#run(request).finally(() => this.#running.delete(id));
    this.#running.set(id, { hash, result });
    return result;
  }

  /** The command that this key was first used for. */
  async commandOf(institution: string, key: string): Promise<Command | undefined> {
    return (await this.#journal.find({ institution, key }))?.command;
  }

  /**
   * The snapshot when this key's command is done already, so that a repeat is neither filled in anew nor held against a version
   * that it changed itself. An unknown outcome is read first. undefined: not known, or not done.
   */
  async repeated({ institution, key, payloadHash: hash, account }: Pick<CommandRequest, 'institution' | 'key' | 'payloadHash' | 'account'>): Promise<StoredRequest | undefined> {
    const running = this.#running.get(runningId(institution, key));
    if (running !== undefined) {
      if (running.hash !== hash) throw keyReused();
      return running.result;
    }
    const row = await this.#journal.find({ institution, key });
    if (row === undefined || row.state === 'rejected' || row.state === 'unsent') return undefined;
    if (row.payload_hash !== hash) throw keyReused();
    if (row.state === 'applied') return this.#applied(row);
    const known = await this.#unlocked(row);
    return known.state === 'unknown' ? this.#resolve(known, account) : undefined;
  }

  /** Finds out what became of an open command on this request, before anything else happens to it. Throws while that is not known. */
  async settleOpen(request: Pick<CommandRequest, 'institution' | 'side' | 'account'>, requestId: string, exceptKey: string): Promise<void> {
    const row = await this.#journal.openOn(request.institution, request.side, requestId);
    if (row === undefined || row.idempotency_key === exceptKey) return;
    await this.#resolve(await this.#unlocked(row), request.account);
  }

  async #run(request: CommandRequest): Promise<StoredRequest> {
    const entry = entryOf(request);
    // Before the row is written: a mark that does not fit is the librarian's to repair.
    markedFields(request, entry.mark);
    const begun = await this.#journal.begin(entry, this.#lease(request));
    if (begun === 'begun') return this.#send(request, entry);
    const row = await this.#journal.find(request);
    if (row === undefined && begun === 'changed') throw new GatewayError('stale-version');
    // Not our key: another command on the same request is open.
    if (row === undefined) throw new GatewayError('command-in-progress', { retryAfterSeconds: 2 });
    return this.#repeat(request, entry, row);
  }

  async #repeat(request: CommandRequest, entry: NewEntry, known: JournalRow): Promise<StoredRequest> {
    const row = known.state === 'pending' ? await this.#unlocked(known) : known;
    const same = row.payload_hash === entry.payload_hash;
    if (!same && row.state !== 'rejected' && row.state !== 'unsent') throw keyReused();
    if (row.state === 'rejected' && same && row.problem !== null) throw replayed(row);
    if (row.state === 'applied') return this.#applied(row);
    if (row.state === 'unknown') {
      const done = await this.#resolve(row, request.account);
      if (done !== undefined) return done;
    }
    const from = row.state === 'unknown' ? 'unsent' : row.state;
    const begun = await this.#journal.resume(entry, from, this.#lease(request));
    if (begun === 'changed') throw new GatewayError('stale-version');
    if (begun === 'known') throw new GatewayError('command-in-progress', { retryAfterSeconds: 2 });
    return this.#send(request, entry);
  }

  async #send(request: CommandRequest, entry: NewEntry): Promise<StoredRequest> {
    const { account, kind, side, command, before, comment } = request;
    const call = { kind, side, command, fields: markedFields(request, entry.mark), ...(before === undefined ? {} : { id: before.id }), ...(comment === undefined ? {} : { comment }) };
    let answer: IllRequest;
    try {
      answer = await this.#nacsis.perform(account, call);
    } catch (error) {
      if (!(error instanceof NacsisError)) throw error;
      return this.#failed(request, error);
    }
    return this.#apply({ institution: request.institution, key: request.key }, request, answer);
  }

  async #failed(request: CommandRequest, error: NacsisError): Promise<StoredRequest> {
    if (error.effect === 'unknown') {
      const lostBy: LostBy = error.details.how ?? 'cut';
      await this.#journal.settle(request, { state: 'unknown', lostBy }, this.#now());
      const row = await this.#journal.find(request);
      const done = row === undefined ? undefined : await this.#resolve(row, request.account);
      if (done !== undefined) return done;
      throw new GatewayError('nacsis-unavailable', { detail: `${error.message}; the command was not done`, ...nacsisWords(error) }, { cause: error });
    }
    const failure = fromNacsis(error);
    const rejected = error.code === 'nacsis-rejected';
    const problem = { type: 'about:blank', title: failure.code, status: ERRORS[failure.code].status, code: failure.code, detail: error.message, ...nacsisWords(error) };
    await this.#journal.settle(request, rejected ? { state: 'rejected', problem } : { state: 'unsent' }, this.#now());
    throw failure;
  }

  /**
   * Reads what became of an unknown command: the snapshot when it was done, undefined when it was certainly not (the row is then
   * `unsent`). Throws `outcome-unknown` while neither is certain.
   */
  async #resolve(row: JournalRow, account: NacsisAccount): Promise<StoredRequest | undefined> {
    const key = { institution: row.institution, key: row.idempotency_key };
    const found = await readOutcome(this.#nacsis, account, row).catch((error: unknown) => {
      if (error instanceof NacsisError) throw new GatewayError('outcome-unknown', { detail: 'the outcome cannot be read now', retryAfterSeconds: 5, ...nacsisWords(error) }, { cause: error });
      throw error;
    });
    if (found.done) return this.#apply(key, row, found.request);
    const settled = row.sent_at.getTime() + this.#settings.settleSeconds * 1000;
    if (row.lost_by === 'timeout' && this.#now().getTime() < settled) {
      const retryAfterSeconds = Math.ceil((settled - this.#now().getTime()) / 1000);
      throw new GatewayError('outcome-unknown', { detail: 'NACSIS-ILL may still be at work on the command', retryAfterSeconds });
    }
    await this.#db.transaction().execute(async (transaction) => {
      if (found.request !== undefined) await saveSnapshot(transaction, snapshotOf(row, found.request), this.#now());
      await this.#journal.settle(key, { state: 'unsent' }, this.#now(), transaction);
    });
    return undefined;
  }

  /** The journal row and the snapshot become true together. */
  async #apply(key: { readonly institution: string; readonly key: string }, of: CommandRequest | JournalRow, request: IllRequest): Promise<StoredRequest> {
    return this.#db.transaction().execute(async (transaction) => {
      const stored = await saveSnapshot(transaction, snapshotOf(of, request), this.#now());
      await this.#journal.settle(key, { state: 'applied', requestId: request.id }, this.#now(), transaction);
      return stored;
    });
  }

  async #applied(row: JournalRow): Promise<StoredRequest> {
    return this.#db.selectFrom('requests').selectAll()
      .where('institution', '=', row.institution).where('side', '=', row.side).where('id', '=', row.request_id ?? '')
      .executeTakeFirstOrThrow();
  }

  /** A pending row of somebody else: its lease must be over before it may be touched. */
  async #unlocked(row: JournalRow): Promise<JournalRow> {
    if (row.state !== 'pending') return row;
    const left = row.lease_until.getTime() - this.#now().getTime();
    if (left > 0) throw new GatewayError('command-in-progress', { retryAfterSeconds: Math.ceil(left / 1000) });
    const key = { institution: row.institution, key: row.idempotency_key };
    await this.#journal.expire(key, this.#now());
    return (await this.#journal.find(key)) ?? row;
  }

  #lease(request: CommandRequest): Lease {
    const now = this.#now();
    const until = new Date(now.getTime() + this.#settings.callTimeoutMs + LEASE_MARGIN_MS);
    return { now, until, ...(request.before === undefined ? {} : { version: request.before.version }) };
  }
}

function runningId(institution: string, key: string): string {
  return `${institution}\n${key}`;
}

function entryOf(request: CommandRequest): NewEntry {
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
    mark: request.before === undefined ? orderMark(request.institution, request.key) : null,
    history_length: request.before?.record.history.length ?? 0,
    alma_user_id: request.almaRequest?.userId ?? null,
    alma_request_id: request.almaRequest?.requestId ?? null,
  };
}

function markedFields(request: CommandRequest, mark: string | null): RequestFields {
  if (mark === null) return request.fields;
  const borrowerLocalData = withMark(request.fields.borrowerLocalData, mark);
  if (borrowerLocalData === undefined) throw invalidFields([{ field: 'borrowerLocalData', code: 'too-long' }]);
  return { ...request.fields, borrowerLocalData };
}

function snapshotOf(of: CommandRequest | JournalRow, request: IllRequest) {
  const memberId = 'account' in of ? of.account.memberId : of.member_id;
  const almaRequest = 'account' in of ? of.almaRequest : almaLinkOf(of);
  return { institution: of.institution, library: of.library, memberId, side: of.side, request, ...(almaRequest === undefined ? {} : { almaRequest }) };
}

function almaLinkOf(row: JournalRow): AlmaLink | undefined {
  return row.alma_user_id === null || row.alma_request_id === null ? undefined : { userId: row.alma_user_id, requestId: row.alma_request_id };
}

/** The hash of what was asked: the same words, the same hash, in whatever order the keys come. No secret, and nothing to read back from. */
export function payloadHash(asked: unknown): string {
  return createHash('sha256').update(JSON.stringify(sorted(asked))).digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)).map(([key, each]) => [key, sorted(each)]);
}

function replayed(row: JournalRow): GatewayError {
  const { code, detail, nacsis } = row.problem ?? { code: 'internal' as const, detail: undefined, nacsis: undefined };
  return new GatewayError(code, { ...(detail === undefined ? {} : { detail }), ...(nacsis === undefined ? {} : { nacsis }) });
}

function keyReused(): GatewayError {
  return new GatewayError('idempotency-key-reused');
}

function nacsisWords(error: NacsisError): { readonly nacsis?: { readonly status: string; readonly message: string } } {
  return error.details.nacsis === undefined ? {} : { nacsis: error.details.nacsis };
}
