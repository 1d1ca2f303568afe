import { sql, type Kysely, type Selectable, type Transaction } from 'kysely';
import type { Closure, ClosureAction } from '#domain/api/members';
import { closureFaults, type ClosureDays } from '#domain/ill/closure';
import { today } from '#domain/ill/dates';
import { payloadHash, type Actor } from '../commands/command-request';
import { refuseFaults } from '../commands/field-check';
import type { LibraryConfig } from '../config';
import { GatewayError } from '../gateway-error';
import type { JournalKey } from '../store/journal-store';
import type { Db, Schema } from '../store/schema';
import { reused, UsedKeys } from '../store/used-keys';

export type ClosureRow = Selectable<Schema['closures']>;

/** The library of the caller, and the caller. */
interface Planner {
  readonly actor: Actor;
  readonly library: LibraryConfig;
}

/** States of a closure that the gateway still has to carry out. */
export const OPEN = ['planned', 'running'] as const;
/** Ended and cancelled closures that the list still shows. */
const SHOWN_ENDED = 20;

/** Planned closures of the libraries: planning, changing, cancelling and ending. `kick`: carry out soon. */
export class Closures {
  readonly #db: Kysely<Schema>;
  readonly #usedKeys: UsedKeys;
  readonly #now: () => Date;
  readonly #kick: () => Promise<void>;

  constructor(parts: { readonly db: Kysely<Schema>; readonly now: () => Date; readonly kick: () => Promise<void> }) {
    this.#db = parts.db;
    this.#usedKeys = new UsedKeys(parts.db);
    this.#now = parts.now;
    this.#kick = parts.kick;
  }

  /** Closures of a library: the open ones by day, then the last ended ones. */
  async list(institution: string, library: LibraryConfig): Promise<readonly Closure[]> {
    const of = ofLibrary(this.#db, institution, library);
    const open = await of.where('state', 'in', OPEN).orderBy('from_day').execute();
    const ended = await of
      .where('state', 'not in', OPEN)
      .orderBy('updated_at', 'desc')
      .orderBy('closure_id')
      .limit(SHOWN_ENDED)
      .execute();
    return [...open, ...ended].map(closureOf);
  }

  /** How many open closures of each library that has any wait after a failure. */
  failing(): Promise<readonly { readonly institution: string; readonly library: string; readonly count: number }[]> {
    return this.#db
      .selectFrom('closures')
      .select(['institution', 'library', sql<number>`count(failure)::int`.as('count')])
      .where('state', 'in', OPEN)
      .groupBy(['institution', 'library'])
      .execute();
  }

  /** Throws `invalid-fields` for days on which the library cannot be closed. */
  async plan({ actor, library }: Planner, days: ClosureDays): Promise<Closure> {
    const of = { institution: actor.institution.code, key: actor.key };
    const hash = payloadHash({ library: library.code, closure: days });
    const planned = await this.#locked(of.institution, library, async (db) => {
      const isRepeat = (await this.#usedKeys.find(of, hash, db)) !== undefined;
      const known = await ofKey(db, of);
      if (known !== undefined) {
        // The store forgets used keys in the night, and keeps the closures that they planned.
        if (isRepeat || isPlan(known, library, days)) return known;
        throw reused();
      }
      await this.#refuseFaults(db, of.institution, library, days);
      await this.#usedKeys.claim(of, { payloadHash: hash }, this.#now(), db);
      const now = this.#now();
      return db
        .insertInto('closures')
        .values({
          ...{ institution: of.institution, idempotency_key: of.key, library: library.code },
          ...{ member_id: library.account.memberId, from_day: days.from, to_day: days.to, state: 'planned' },
          ...{ planned_by: actor.userId, changed_by: actor.userId, created_at: now, updated_at: now },
        })
        .returningAll()
        .executeTakeFirstOrThrow();
    });
    await this.#kick();
    return closureOf(planned);
  }

  /** Moves the days of a closure that is planned, or the last day of one that runs. Throws `stale-version`. */
  async move(
    { institution, userId }: Pick<Actor, 'institution' | 'userId'>,
    library: LibraryConfig,
    id: string,
    { version, from, to }: ClosureDays & { readonly version: number },
  ): Promise<Closure> {
    const moved = await this.#locked(institution.code, library, async (db) => {
      const row = await this.#open(db, institution.code, library, id, version);
      await this.#refuseFaults(db, institution.code, library, { from, to }, row);
      return changed(db, row, { from_day: from, to_day: to, changed_by: userId }, this.#now());
    });
    await this.#kick();
    return closureOf(moved);
  }

  /** Cancels a planned closure, or ends a running one now. A repeat finds that it was done. */
  async end({ actor, library }: Planner, id: string, version: number, action: ClosureAction): Promise<Closure> {
    const of = { institution: actor.institution.code, key: actor.key };
    const hash = payloadHash({ library: library.code, closure: id, version, action });
    const ended = await this.#locked(of.institution, library, async (db) => {
      const isRepeat = (await this.#usedKeys.find(of, hash, db)) !== undefined;
      if (isRepeat) return mustExist(await find(db, of.institution, library, id));
      const row = await this.#open(db, of.institution, library, id, version);
      if ((action === 'cancel') !== (row.state === 'planned'))
        throw new GatewayError('action-not-allowed', { detail: `the closure is ${row.state}`, reason: 'wrong-state' });
      await this.#usedKeys.claim(of, { payloadHash: hash }, this.#now(), db);
      const how = action === 'cancel' ? ({ state: 'cancelled' } as const) : { ends_early: true, next_at: null };
      return changed(db, row, { ...how, changed_by: actor.userId }, this.#now());
    });
    await this.#kick();
    return closureOf(ended);
  }

  /** Changes of one library's closures come one after the other, so that two never overlap. */
  #locked<T>(institution: string, library: LibraryConfig, work: (db: Transaction<Schema>) => Promise<T>): Promise<T> {
    return this.#db.transaction().execute(async (db) => {
      const lock = `closures ${institution} ${library.account.memberId}`;
      await sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`.execute(db);
      return work(db);
    });
  }

  async #open(db: Db, institution: string, library: LibraryConfig, id: string, version: number): Promise<ClosureRow> {
    const row = mustExist(await find(db, institution, library, id));
    if (row.version !== version)
      throw new GatewayError('stale-version', { detail: `the closure is ${row.state} and of another version` });
    if (row.state === 'planned' || (row.state === 'running' && !row.ends_early)) return row;
    throw new GatewayError('action-not-allowed', { detail: `the closure is ${row.state}`, reason: 'wrong-state' });
  }

  async #refuseFaults(
    db: Db,
    institution: string,
    library: LibraryConfig,
    days: ClosureDays,
    own?: ClosureRow,
  ): Promise<void> {
    const open = await ofLibrary(db, institution, library)
      .where('state', 'in', OPEN)
      .where('ends_early', '=', false)
      .orderBy('from_day')
      .execute();
    const others = open
      .filter(({ closure_id: id }) => id !== own?.closure_id)
      .map(({ from_day: from, to_day: to }) => ({ from, to }));
    const begun = own?.state === 'running' ? { begun: own.from_day } : {};
    refuseFaults(closureFaults(days, { today: today(this.#now), others, ...begun }));
  }
}

/** As the store numbers closures. */
const CLOSURE_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** By the member: the library may have got another name in the configuration since. */
function ofLibrary(db: Db, institution: string, { account }: LibraryConfig) {
  return db
    .selectFrom('closures')
    .selectAll()
    .where('institution', '=', institution)
    .where('member_id', '=', account.memberId);
}

async function find(db: Db, institution: string, library: LibraryConfig, id: string): Promise<ClosureRow | undefined> {
  if (!CLOSURE_ID.test(id)) return undefined;
  return ofLibrary(db, institution, library).where('closure_id', '=', id).executeTakeFirst();
}

function ofKey(db: Db, { institution, key }: JournalKey): Promise<ClosureRow | undefined> {
  return db
    .selectFrom('closures')
    .selectAll()
    .where('institution', '=', institution)
    .where('idempotency_key', '=', key)
    .executeTakeFirst();
}

function isPlan(row: ClosureRow, { account }: LibraryConfig, { from, to }: ClosureDays): boolean {
  return row.member_id === account.memberId && row.from_day === from && row.to_day === to;
}

function mustExist(row: ClosureRow | undefined): ClosureRow {
  if (row === undefined) throw new GatewayError('not-found', { detail: 'the library has no such closure' });
  return row;
}

/** Throws `stale-version` when the gateway has begun to carry the closure out meanwhile. */
async function changed(
  db: Db,
  { closure_id: id, version, state }: ClosureRow,
  columns: Partial<Pick<ClosureRow, 'from_day' | 'to_day' | 'state' | 'ends_early' | 'next_at' | 'changed_by'>>,
  now: Date,
): Promise<ClosureRow> {
  const row = await db
    .updateTable('closures')
    .set({ ...columns, version: version + 1, updated_at: now })
    .where('closure_id', '=', id)
    .where('version', '=', version)
    .where('state', '=', state)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) throw new GatewayError('stale-version', { detail: 'the closure has changed' });
  return row;
}

function closureOf(row: ClosureRow): Closure {
  const { failure, next_at: next } = row;
  return {
    id: row.closure_id,
    from: row.from_day,
    to: row.to_day,
    state: row.state,
    version: row.version,
    plannedBy: row.planned_by,
    endsEarly: row.ends_early,
    ...(row.closed === null ? {} : { closed: row.closed }),
    ...(row.closed_at === null ? {} : { closedAt: row.closed_at.toISOString() }),
    ...(row.reopened === null ? {} : { reopened: row.reopened }),
    ...(row.reopened_at === null ? {} : { reopenedAt: row.reopened_at.toISOString() }),
    ...(failure === null || next === null ? {} : { failure: { ...failure, nextAt: next.toISOString() } }),
  };
}
