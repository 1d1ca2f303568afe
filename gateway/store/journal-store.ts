import { sql, type Kysely, type Selectable, type Transaction } from 'kysely';
import type { Problem } from '#domain/api-problem';
import type { Side } from '#domain/kinds';
import type { JournalState, JournalTable, LostBy, Schema } from './schema';

export type JournalRow = Selectable<JournalTable>;
type Db = Kysely<Schema> | Transaction<Schema>;
export interface JournalKey {
  readonly institution: string;
  readonly key: string;
}

/** What is known of a command before it is sent. */
export type NewEntry = Omit<
  JournalRow,
  'state' | 'problem' | 'lost_by' | 'sent_at' | 'lease_until' | 'created_at' | 'updated_at'
>;

export interface Lease {
  readonly now: Date;
  readonly until: Date;
  /** The snapshot's version that the command was checked against; absent for a new record. */
  readonly version?: number;
}
/** `changed`: the snapshot is not the one any more that the command was checked against. */
export type Begun = 'begun' | 'known' | 'changed';

export interface Outcome {
  readonly state: Exclude<JournalState, 'pending'>;
  readonly requestId?: string;
  readonly problem?: Problem;
  readonly lostBy?: LostBy;
}

/** What did certainly nothing, and may be sent again under the same key. */
const NOT_DONE = ['rejected', 'unsent'] as const satisfies readonly JournalState[];
export function isNotDone({ state }: Pick<JournalRow, 'state'>): boolean {
  return (NOT_DONE as readonly JournalState[]).includes(state);
}

/** The journal of commands. `pending` is written before NACSIS-ILL is called, so that no call is ever forgotten. */
export class JournalStore {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  async find({ institution, key }: JournalKey, db: Db = this.#db): Promise<JournalRow | undefined> {
    return db
      .selectFrom('journal')
      .selectAll()
      .where('institution', '=', institution)
      .where('idempotency_key', '=', key)
      .executeTakeFirst();
  }

  /** Writes a new pending row. `known`: the key is there already, or another command on this request is still open. */
  async begin(entry: NewEntry, lease: Lease): Promise<Begun> {
    return this.#guarded(entry, lease, async (transaction) => {
      const inserted = await transaction
        .insertInto('journal')
        .values({ ...entry, ...pending(lease), created_at: lease.now })
        .onConflict((conflict) => conflict.doNothing())
        .returning('idempotency_key')
        .executeTakeFirst();
      return inserted === undefined ? 'known' : 'begun';
    });
  }

  /**
   * Makes a row pending again whose command was certainly not done. `known`: somebody else changed the row meanwhile, or another
   * command on the request is open. The row takes the new entry over, since a refused order is corrected and sent again.
   */
  async resume(entry: NewEntry, lease: Lease): Promise<Begun> {
    const resumed = this.#guarded(entry, lease, async (transaction) => {
      const updated = await transaction
        .updateTable('journal')
        .set({ ...entry, ...pending(lease) })
        .where('institution', '=', entry.institution)
        .where('idempotency_key', '=', entry.idempotency_key)
        .where('state', 'in', NOT_DONE)
        .returning('idempotency_key')
        .executeTakeFirst();
      return updated === undefined ? 'known' : 'begun';
    });
    return resumed.catch((error: unknown) => {
      if (isUniqueViolation(error)) return 'known';
      throw error;
    });
  }

  async settle({ institution, key }: JournalKey, outcome: Outcome, now: Date, db: Db = this.#db): Promise<void> {
    await db
      .updateTable('journal')
      .set({
        state: outcome.state,
        problem: outcome.problem === undefined ? null : JSON.stringify(outcome.problem),
        lost_by: outcome.lostBy ?? null,
        updated_at: now,
        ...(outcome.requestId === undefined ? {} : { request_id: outcome.requestId }),
      })
      .where('institution', '=', institution)
      .where('idempotency_key', '=', key)
      .execute();
  }

  /** A pending row whose lease is over was left by a gateway that ended in the middle. */
  async expire({ institution, key }: JournalKey, now: Date): Promise<void> {
    await this.#db
      .updateTable('journal')
      .set({ state: 'unknown', lost_by: 'killed', updated_at: now })
      .where('institution', '=', institution)
      .where('idempotency_key', '=', key)
      .where('state', '=', 'pending')
      .where('lease_until', '<=', now)
      .execute();
  }

  /** At the start of the one process that owns the embedded store every pending row is such a left-over. */
  async expireAll(now: Date): Promise<number> {
    const rows = await this.#db
      .updateTable('journal')
      .set({ state: 'unknown', lost_by: 'killed', lease_until: now, updated_at: now })
      .where('state', '=', 'pending')
      .returning('idempotency_key')
      .execute();
    return rows.length;
  }

  /** The command on this request that is not settled yet, if any. */
  async openOn(institution: string, side: Side, requestId: string): Promise<JournalRow | undefined> {
    return this.#db
      .selectFrom('journal')
      .selectAll()
      .where('institution', '=', institution)
      .where('side', '=', side)
      .where('request_id', '=', requestId)
      .where('state', 'in', ['pending', 'unknown'])
      .executeTakeFirst();
  }

  async countsByState(): Promise<readonly { readonly state: JournalState; readonly count: number }[]> {
    return this.#db
      .selectFrom('journal')
      .select(['state', sql<number>`count(*)::int`.as('count')])
      .groupBy('state')
      .execute();
  }

  /** The snapshot is held while the row is written: an outcome that changes it is either seen here or comes after the row. */
  async #guarded(
    entry: NewEntry,
    lease: Lease,
    write: (transaction: Transaction<Schema>) => Promise<Begun>,
  ): Promise<Begun> {
    return this.#db.transaction().execute(async (transaction) => {
      if (entry.request_id !== null && lease.version !== undefined) {
        const snapshot = await transaction
          .selectFrom('requests')
          .select('version')
          .where('institution', '=', entry.institution)
          .where('side', '=', entry.side)
          .where('id', '=', entry.request_id)
          .forUpdate()
          .executeTakeFirst();
        if (snapshot?.version !== lease.version) return 'changed';
      }
      return write(transaction);
    });
  }
}

function pending({ now, until }: Lease) {
  return { state: 'pending', problem: null, lost_by: null, sent_at: now, lease_until: until, updated_at: now } as const;
}

/** PostgreSQL's unique_violation: here the index that lets one command per request be open. */
function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505';
}
