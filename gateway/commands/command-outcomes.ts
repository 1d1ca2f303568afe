import type { Kysely } from 'kysely';
import type { IllRequest } from '#domain/request';
import { GatewayError, nacsisWords } from '../gateway-error';
import { NacsisError, type NacsisAccount, type NacsisPort } from '../nacsis/port';
import type { JournalKey, JournalRow, JournalStore } from '../store/journal-store';
import { markGone, saveSnapshot, type StoredRequest } from '../store/requests-store';
import type { LostBy, Schema } from '../store/schema';
import type { CommandRequest } from './command-request';
import { goneAs, isPassedOn } from './gone';
import { snapshotOf } from './journal-entry';
import { readOutcome } from './outcome-reader';

/** Causes after which NACSIS-ILL may still be at work on the command: nothing tells that it has finished. */
const PERHAPS_AT_WORK: readonly (LostBy | null)[] = ['timeout', 'killed'];

export interface OutcomeSettings {
  /**
   * So many seconds after a command was begun NACSIS-ILL has finished with it, whether its answer came or not. Counted from the
   * journal row, so it includes the time that a command may wait for its turn.
   */
  readonly settleSeconds: number;
}

/** What became of a command: writes it when the answer is there, reads it from NACSIS-ILL when the answer stayed away (ADR 0003). */
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

  /** The journal row and the snapshot become true together. */
  async apply(key: JournalKey, of: CommandRequest | JournalRow, request: IllRequest): Promise<StoredRequest> {
    return this.#db.transaction().execute(async (transaction) => {
      const stored = await saveSnapshot(transaction, snapshotOf(of, request), this.#now());
      await this.#journal.settle(key, { state: 'applied', requestId: request.id }, this.#now(), transaction);
      return isPassedOn(of, request) ? markGone(transaction, stored, 'passed-on') : stored;
    });
  }

  /** The snapshot of the request that an applied command was done on. */
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
   * Reads what became of an unknown command: the snapshot when it was done, undefined when it was certainly not (the row is then
   * `unsent`). Throws `outcome-unknown` while neither is certain.
   */
  async resolve(row: JournalRow, account: NacsisAccount): Promise<StoredRequest | undefined> {
    const key = { institution: row.institution, key: row.idempotency_key };
    const found = await readOutcome(this.#nacsis, account, row).catch(unread);
    if (found.done) return found.request === undefined ? this.#outOfSight(row) : this.apply(key, row, found.request);
    this.#mustHaveSettled(row);
    await this.#db.transaction().execute(async (transaction) => {
      if (found.request !== undefined) await saveSnapshot(transaction, snapshotOf(row, found.request), this.#now());
      else if (row.request_id !== null) {
        const stored = await this.applied(row, transaction);
        await markGone(transaction, stored, goneAs(stored.state, stored.side));
      }
      await this.#journal.settle(key, { state: 'unsent' }, this.#now(), transaction);
    });
    return undefined;
  }

  /** Done, and the record went out of this library's sight with it: the last snapshot stays, marked. */
  async #outOfSight(row: JournalRow): Promise<StoredRequest> {
    return this.#db.transaction().execute(async (transaction) => {
      const key = { institution: row.institution, key: row.idempotency_key };
      await this.#journal.settle(key, { state: 'applied' }, this.#now(), transaction);
      return markGone(transaction, await this.applied(row, transaction), 'passed-on');
    });
  }

  /** A pending row of somebody else: its lease must be over before it may be touched. Throws `command-in-progress` while it is not. */
  async unlocked(row: JournalRow): Promise<JournalRow> {
    if (row.state !== 'pending') return row;
    const left = row.lease_until.getTime() - this.#now().getTime();
    if (left > 0) throw new GatewayError('command-in-progress', { retryAfterSeconds: Math.ceil(left / 1000) });
    const key = { institution: row.institution, key: row.idempotency_key };
    await this.#journal.expire(key, this.#now());
    return (await this.#journal.find(key)) ?? row;
  }

  /** Not found yet is not the same as not done, as long as NACSIS-ILL may still be at work. */
  #mustHaveSettled(row: JournalRow): void {
    if (!PERHAPS_AT_WORK.includes(row.lost_by)) return;
    const left = row.sent_at.getTime() + this.#settings.settleSeconds * 1000 - this.#now().getTime();
    if (left <= 0) return;
    const detail = 'NACSIS-ILL may still be at work on the command';
    throw new GatewayError('outcome-unknown', { detail, retryAfterSeconds: Math.ceil(left / 1000) });
  }
}

function unread(error: unknown): never {
  if (!(error instanceof NacsisError)) throw error;
  const details = { detail: 'the outcome cannot be read now', retryAfterSeconds: 5, ...nacsisWords(error) };
  throw new GatewayError('outcome-unknown', details, { cause: error });
}
