import { sql, type Kysely, type Selectable, type ShallowDehydrateObject, type Transaction } from 'kysely';
import { jsonObjectFrom } from 'kysely/helpers/postgres';
import type { Problem } from '#domain/api/problem';
import type { Side } from '#domain/ill/kinds';
import type { Db, JournalState, JournalTable, Schema } from './schema';
import type { StoredRequest } from './stored-request';

export type JournalRow = Selectable<JournalTable>;
export interface JournalKey {
  readonly institution: string;
  readonly key: string;
}

/** What the store knows about a call. */
export interface Known {
  /** The command of the key. */
  readonly own: JournalRow | undefined;
  /** True when the key was used for a call that is not a command (used-keys.ts). */
  readonly isUsed: boolean;
  /** The last snapshot of the request, and when the files of its library were last read. */
  readonly request: StoredRequest | undefined;
  readonly readAt: Date | null;
  /** Another command on the request whose outcome is not known. */
  readonly open: JournalRow | undefined;
}

/** What is known of a command before it is sent. */
export type NewEntry = Omit<
  JournalRow,
  'state' | 'problem' | 'attempt' | 'sent_at' | 'lease_until' | 'created_at' | 'updated_at'
>;

export interface Lease {
  readonly now: Date;
  readonly until: Date;
  /** Version of the snapshot that the command was checked against; absent for a new record. */
  readonly version?: number;
}
/** One attempt to perform a command. */
export interface Attempt extends JournalKey {
  readonly attempt: number;
}
/**
 * The attempt, or the reason why there is none. `changed`: the snapshot differs from the one that the command was
 * checked against.
 */
export type Begun = Attempt | 'known' | 'changed';

export interface Outcome {
  readonly state: Exclude<JournalState, 'pending'>;
  readonly requestId?: string;
  readonly problem?: Problem;
}

/** States of commands that certainly changed nothing; the same key may send such a command again. */
const NOT_DONE = ['rejected', 'unsent'] as const satisfies readonly JournalState[];
export function isNotDone({ state }: Pick<JournalRow, 'state'>): boolean {
  return (NOT_DONE as readonly JournalState[]).includes(state);
}

/** States of commands and changes that nobody knows the outcome of. */
export const OPEN = ['pending', 'unknown'] as const satisfies readonly JournalState[];

/**
 * The journal of commands. A `pending` row is written before each call to NACSIS-ILL, so that no call is ever
 * forgotten.
 */
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

  /**
   * Reads everything about a key and a request (none for a new record) in one statement, so that a snapshot never shows
   * the effect of a command whose row is missing here.
   */
  async known(of: JournalKey, side: Side, requestId = ''): Promise<Known> {
    const { institution, key } = of;
    const { own_command, open_command, is_used, library_read_at, ...request } = await this.#db
      .selectFrom(sql<{ institution: string }>`(select ${institution}::text as institution)`.as('call'))
      .leftJoin('requests', (join) =>
        join
          .onRef('requests.institution', '=', 'call.institution')
          .on('requests.side', '=', side)
          .on('requests.id', '=', requestId),
      )
      .leftJoin('readings', (join) =>
        join
          .onRef('readings.institution', '=', 'requests.institution')
          .onRef('readings.library', '=', 'requests.library'),
      )
      .selectAll('requests')
      .select('readings.read_at as library_read_at')
      // These names are no columns of `requests`.
      .select((eb) => {
        const ofKey = { institution, idempotency_key: key };
        const commands = eb.selectFrom('journal').selectAll('journal');
        const onRequest = commands.where((row) => row.and({ institution, side, request_id: requestId }));
        return [
          jsonObjectFrom(commands.where((row) => row.and(ofKey))).as('own_command'),
          jsonObjectFrom(onRequest.where('idempotency_key', '<>', key).where('state', 'in', OPEN)).as('open_command'),
          eb
            .exists(
              eb
                .selectFrom('used_keys')
                .select('used_at')
                .where((row) => row.and(ofKey)),
            )
            .as('is_used'),
        ];
      })
      .executeTakeFirstOrThrow();
    return {
      own: withDates(own_command),
      open: withDates(open_command),
      isUsed: Boolean(is_used),
      request: request.id === null ? undefined : (request as StoredRequest),
      readAt: library_read_at,
    };
  }

  /** Writes a new pending row. `known`: the key exists already, or another command on this request is open. */
  async begin(entry: NewEntry, lease: Lease): Promise<Begun> {
    return this.#guarded(entry, lease, async (transaction) => {
      const inserted = await transaction
        .insertInto('journal')
        .values({ ...columnsOf(entry), ...pending(lease), created_at: lease.now })
        .onConflict((conflict) => conflict.doNothing())
        .returning('attempt')
        .executeTakeFirst();
      return inserted === undefined ? 'known' : attemptOf(entry, inserted);
    });
  }

  /**
   * Sets the row of a command that was certainly not done to pending again. `known`: another process changed the row
   * meanwhile, or another command on the request is open. The row takes over the new entry, since a refused order is
   * corrected and sent again.
   */
  async resume(entry: NewEntry, lease: Lease): Promise<Begun> {
    const resumed = this.#guarded(entry, lease, async (transaction) => {
      const updated = await transaction
        .updateTable('journal')
        .set(({ eb }) => ({ ...columnsOf(entry), ...pending(lease), attempt: eb('attempt', '+', 1) }))
        .where('institution', '=', entry.institution)
        .where('idempotency_key', '=', entry.idempotency_key)
        .where('state', 'in', NOT_DONE)
        .returning('attempt')
        .executeTakeFirst();
      return updated === undefined ? 'known' : attemptOf(entry, updated);
    });
    return resumed.catch((error: unknown) => {
      if (isUniqueViolation(error)) return 'known';
      throw error;
    });
  }

  /**
   * Writes the outcome of an attempt. Resolves to false, without a change, when the outcome was known already or a new
   * attempt has begun. For `unknown` the lease ends now: the exchange is over, so NACSIS-ILL cannot receive the command
   * later.
   */
  async settle(
    { institution, key, attempt }: Attempt,
    outcome: Outcome,
    now: Date,
    db: Db = this.#db,
  ): Promise<boolean> {
    const settled = await db
      .updateTable('journal')
      .set({
        state: outcome.state,
        problem: outcome.problem === undefined ? null : JSON.stringify(outcome.problem),
        updated_at: now,
        ...(outcome.state === 'unknown' ? { lease_until: now } : { sent: null }),
        ...(outcome.requestId === undefined ? {} : { request_id: outcome.requestId }),
      })
      .where('institution', '=', institution)
      .where('idempotency_key', '=', key)
      .where('attempt', '=', attempt)
      .where('state', 'in', outcome.state === 'unknown' ? ['pending'] : OPEN)
      .returning('attempt')
      .executeTakeFirst();
    return settled !== undefined;
  }

  /** Sets the key's pending row to unknown when its lease has expired: a gateway that died has left the row. */
  async expire({ institution, key }: JournalKey, now: Date): Promise<void> {
    await this.#db
      .updateTable('journal')
      .set({ state: 'unknown', updated_at: now })
      .where('institution', '=', institution)
      .where('idempotency_key', '=', key)
      .where('state', '=', 'pending')
      .where('lease_until', '<=', now)
      .execute();
  }

  /**
   * Sets every pending row to unknown. Called at the start of the only process on the store: a dead gateway left the
   * rows.
   */
  async expireAll(now: Date): Promise<number> {
    const rows = await this.#db
      .updateTable('journal')
      .set({ state: 'unknown', lease_until: sql<Date>`least(lease_until, ${now})`, updated_at: now })
      .where('state', '=', 'pending')
      .returning('idempotency_key')
      .execute();
    return rows.length;
  }

  async countsByState(): Promise<readonly { readonly state: JournalState; readonly count: number }[]> {
    return this.#db
      .selectFrom('journal')
      .select(['state', sql<number>`count(*)::int`.as('count')])
      .groupBy('state')
      .execute();
  }

  /**
   * Locks the snapshot while the row is written: an outcome that changes the snapshot is either visible here or comes
   * after the row.
   */
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

/** Converts the times of a row to dates: in JSON they are text. */
function withDates(row: ShallowDehydrateObject<JournalRow> | null): JournalRow | undefined {
  if (row === null) return undefined;
  const { sent_at, lease_until, created_at, updated_at } = row;
  return {
    ...row,
    sent_at: new Date(sent_at),
    lease_until: new Date(lease_until),
    created_at: new Date(created_at),
    updated_at: new Date(updated_at),
  };
}

function attemptOf({ institution, idempotency_key: key }: NewEntry, { attempt }: Pick<JournalRow, 'attempt'>): Attempt {
  return { institution, key, attempt };
}

function columnsOf(entry: NewEntry) {
  return { ...entry, sent: JSON.stringify(entry.sent) };
}

function pending({ now, until }: Lease) {
  return { state: 'pending', problem: null, sent_at: now, lease_until: until, updated_at: now } as const;
}

/** PostgreSQL's unique_violation: an index allows one open command per request, and one open change per record. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505';
}
