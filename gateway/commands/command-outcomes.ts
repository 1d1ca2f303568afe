import type { Kysely } from 'kysely';
import type { AlmaBorrowing } from '#domain/api/requests';
import { addDays, today } from '#domain/ill/dates';
import { markOf } from '#domain/ill/order-mark';
import type { IllRequest } from '#domain/ill/request';
import { GatewayError } from '../gateway-error';
import { NacsisError, type NacsisAccount, type NacsisPort } from '../nacsis/port';
import type { Attempt, JournalRow, JournalStore, NewEntry } from '../store/journal-store';
import { findRequest, markGone, saveSnapshot, type Snapshot, type StoredRequest } from '../store/requests-store';
import type { Schema } from '../store/schema';
import { StoreUnavailable } from '../store/store-unavailable';
import type { CommandRequest } from './command-request';
import { ASK_AGAIN_SECONDS, inProgress } from './decision';
import { answersCommand, answersOrder, showsCommand } from './own-command';

interface OutcomeSettings {
  /**
   * Seconds that NACSIS-ILL may still work on a command after the last moment at which it can have received it. Then it
   * has certainly finished with the command, whether or not an answer came.
   */
  readonly settleSeconds: number;
}

/**
 * What NACSIS-ILL shows of a command whose answer was lost. `request`: the current record, if this library sees it.
 * `done` without a record: the command took the record out of this library's sight.
 */
interface Found {
  readonly done: boolean;
  readonly request?: IllRequest;
}

/**
 * Outcomes of commands: saves the outcome when there is an answer, and reads it from NACSIS-ILL when there is none (ADR
 * 0003).
 */
export class CommandOutcomes {
  readonly #db: Kysely<Schema>;
  readonly #journal: JournalStore;
  readonly #nacsis: NacsisPort;
  readonly #settings: OutcomeSettings;
  readonly #now: () => Date;

  constructor(
    db: Kysely<Schema>,
    journal: JournalStore,
    nacsis: NacsisPort,
    settings: OutcomeSettings,
    now: () => Date = () => new Date(),
  ) {
    this.#db = db;
    this.#journal = journal;
    this.#nacsis = nacsis;
    this.#settings = settings;
    this.#now = now;
  }

  /**
   * True when the answer belongs to the command that was sent. The record of an order must be new: a reading may have
   * stored its id first, but never for a request with another mark.
   */
  async isAnswerTo(entry: NewEntry, answer: IllRequest): Promise<boolean> {
    if (entry.mark === null) return answersCommand(entry, answer);
    const known = await findRequest(this.#db, entry.institution, 'borrower', answer.id);
    const isOfAnother = known !== undefined && markOf(known.record.fields.borrowerLocalData) !== entry.mark;
    return answersOrder(entry.mark, answer) && !isOfAnother;
  }

  /** Saves the snapshot and settles the journal row in one transaction. */
  async apply(attempt: Attempt, of: CommandRequest | JournalRow, request: IllRequest): Promise<StoredRequest> {
    return this.#db.transaction().execute(async (transaction) => {
      const stored = await saveSnapshot(transaction, snapshotOf(of, request), this.#now());
      await this.#journal.settle(attempt, { state: 'applied', requestId: request.id }, this.#now(), transaction);
      return isPassedOn(of, request) ? markGone(transaction, stored, 'passed-on') : stored;
    });
  }

  /** The snapshot of the request that an applied command changed. */
  async applied(row: JournalRow, db: Kysely<Schema> = this.#db): Promise<StoredRequest> {
    return db
      .selectFrom('requests')
      .selectAll()
      .where('institution', '=', row.institution)
      .where('side', '=', row.side)
      .where('id', '=', row.request_id ?? '')
      .executeTakeFirstOrThrow();
  }

  /**
   * Reads the outcome of an unknown command: the snapshot when it was done; undefined when it was certainly not done
   * (the row is then `unsent`). Throws `outcome-unknown` while neither is certain.
   */
  async resolve(row: JournalRow, account: NacsisAccount): Promise<StoredRequest | undefined> {
    return this.#resolved(row, account).catch(storeFailedAfterSending);
  }

  async #resolved(row: JournalRow, account: NacsisAccount): Promise<StoredRequest | undefined> {
    const attempt = attemptOf(row);
    const askedAt = this.#now();
    const found = await this.#read(row, account).catch(unread);
    if (found.done)
      return found.request === undefined ? this.#outOfSight(row) : this.apply(attempt, row, found.request);
    // A reading that started earlier proves nothing: its answer may date from before the command was done.
    if (!this.#hasSettled(row, askedAt)) throw await this.#notYetKnown(row, found.request);
    const isSettled = await this.#db.transaction().execute(async (transaction) => {
      if (found.request !== undefined) await saveSnapshot(transaction, snapshotOf(row, found.request), this.#now());
      else if (row.request_id !== null)
        await markGone(transaction, await this.applied(row, transaction), 'not-delivered');
      return this.#journal.settle(attempt, { state: 'unsent' }, this.#now(), transaction);
    });
    return isSettled ? undefined : this.#asSettled(row, account);
  }

  /**
   * Reads whether a command was done. Finds a new record by its mark, among those that the library created since the
   * command was sent. On an existing record, recognises the command by everything that was sent (own-command.ts). After
   * a PARDON that passed the record on, the record cannot be read any more, which proves the same.
   */
  async #read(row: JournalRow, account: NacsisAccount): Promise<Found> {
    return row.mark === null ? this.#readExisting(row, account) : this.#readNew(row, account);
  }

  async #readNew(row: JournalRow, account: NacsisAccount): Promise<Found> {
    // One day of overlap, because the clocks of the two machines may differ around midnight.
    const since = addDays(
      today(() => row.sent_at),
      -1,
    );
    const requests = await this.#nacsis.requestsCreatedSince(account, row.kind, since);
    const request = requests.find((each) => markOf(each.fields.borrowerLocalData) === row.mark);
    return request === undefined ? { done: false } : { done: true, request };
  }

  async #readExisting(row: JournalRow, account: NacsisAccount): Promise<Found> {
    const { request_id: id, side, kind } = row;
    const request = id === null ? undefined : await this.#nacsis.readRequest(account, side, id, kind);
    if (request === undefined) return { done: takesOutOfSight(row) };
    return { done: showsCommand(row, request), request };
  }

  /**
   * Returns the outcome after another process settled this attempt first; that process may also have begun the next
   * one.
   */
  async #asSettled(row: JournalRow, account: NacsisAccount): Promise<StoredRequest | undefined> {
    const { key, institution } = attemptOf(row);
    const now = await this.unlocked((await this.#journal.find({ institution, key })) ?? row);
    if (now.state === 'applied') return this.applied(now);
    return now.state === 'unknown' ? this.#resolved(now, account) : undefined;
  }

  /** The command was done and took the record out of this library's sight; the last snapshot stays, marked as gone. */
  async #outOfSight(row: JournalRow): Promise<StoredRequest> {
    return this.#db.transaction().execute(async (transaction) => {
      await this.#journal.settle(attemptOf(row), { state: 'applied' }, this.#now(), transaction);
      return markGone(transaction, await this.applied(row, transaction), 'passed-on');
    });
  }

  /** Takes over a pending row once its lease has ended. Throws `command-in-progress` before that. */
  async unlocked(row: JournalRow): Promise<JournalRow> {
    if (row.state !== 'pending') return row;
    const error = inProgress(row, this.#now());
    if (error !== undefined) throw error;
    const key = { institution: row.institution, key: row.idempotency_key };
    await this.#journal.expire(key, this.#now());
    return (await this.#journal.find(key)) ?? row;
  }

  /** True when NACSIS-ILL had certainly finished with the command at this time. */
  #hasSettled({ lease_until: receivedUntil }: JournalRow, at: Date): boolean {
    return at.getTime() >= receivedUntil.getTime() + this.#settings.settleSeconds * 1000;
  }

  /** Saves what was read, although the command may still take effect. */
  async #notYetKnown(row: JournalRow, request: IllRequest | undefined): Promise<GatewayError> {
    if (request !== undefined) await saveSnapshot(this.#db, snapshotOf(row, request), this.#now());
    return outcomeUnknown('NACSIS-ILL may still be at work on the command');
  }
}

/**
 * True for a PARDON of a lender on an existing request. It was checked against a snapshot of this lender in 処理中, and
 * only a PARDON takes a request away from there (dossier 10), except a transition forced by NII. So a request that is
 * no longer delivered was refused as the librarian wished.
 */
function takesOutOfSight({ side, command, request_id: id }: JournalRow): boolean {
  return id !== null && side === 'lender' && command === 'PARDON';
}

/**
 * True when this answer to a PARDON is the last one in which the lender sees the request: NACSIS-ILL still shows it to
 * the sender of the command, but it already belongs to another library (M8-6_1_3).
 */
function isPassedOn(of: CommandRequest | JournalRow, { fields: { lenderId } }: IllRequest): boolean {
  return of.side === 'lender' && of.command === 'PARDON' && lenderId !== undefined && lenderId !== memberOf(of);
}

/** The record that NACSIS-ILL returned, as the snapshot of the side that sent the command. */
function snapshotOf(of: CommandRequest | JournalRow, request: IllRequest): Snapshot {
  const almaRequest = 'account' in of ? of.almaRequest : almaLinkOf(of);
  return {
    institution: of.institution,
    library: of.library,
    memberId: memberOf(of),
    side: of.side,
    request,
    ...(almaRequest === undefined ? {} : { almaRequest }),
  };
}

function memberOf(of: CommandRequest | JournalRow): string {
  return 'account' in of ? of.account.memberId : of.member_id;
}

function almaLinkOf(row: JournalRow): AlmaBorrowing | undefined {
  return row.alma_user_id === null || row.alma_request_id === null
    ? undefined
    : { userId: row.alma_user_id, requestId: row.alma_request_id };
}

function attemptOf({ institution, idempotency_key: key, attempt }: JournalRow): Attempt {
  return { institution, key, attempt };
}

/** The command was sent, and its outcome is not known yet. */
export function outcomeUnknown(detail: string, cause?: unknown): GatewayError {
  return new GatewayError('outcome-unknown', { detail, retryAfterSeconds: ASK_AGAIN_SECONDS }, { cause });
}

/** Handles errors after a command was sent: when the store cannot save the outcome, the outcome is unknown. */
export function storeFailedAfterSending(error: unknown): never {
  if (!(error instanceof StoreUnavailable)) throw error;
  throw outcomeUnknown('the command was sent, and the store of the gateway cannot keep what became of it', error);
}

/** Handles errors while the outcome of a command is read. */
export function unread(error: unknown): never {
  if (!(error instanceof NacsisError)) throw error;
  throw outcomeUnknown('the outcome cannot be read now', error);
}
