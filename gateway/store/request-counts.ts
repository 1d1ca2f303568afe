import { sql, type Kysely } from 'kysely';
import type { Schema } from './schema';

/** Any number that nothing else locks. */
const LOCK = 1_850_421_003;
const DIMENSIONS = sql.raw(
  'level, institution, library, side, kind, waits, open, external_status, state, partner_id, partner_name',
);

/**
 * Adds up what the triggers have appended to the counts of a library. One gateway does it at a time; the others go on without. Whoever
 * reads meanwhile sees the rows before or those after.
 */
export async function sumUpCounts(db: Kysely<Schema>, institution: string, library: string): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const lock = sql<{ readonly free: boolean }>`select pg_try_advisory_xact_lock(${LOCK}) as free`;
    if ((await lock.execute(transaction)).rows[0]?.free !== true) return;
    await sql`with removed as (delete from request_counts where institution = ${institution} and library = ${library} returning *)
      insert into request_counts select ${DIMENSIONS}, sum(number) from removed group by ${DIMENSIONS} having sum(number) <> 0`.execute(
      transaction,
    );
  });
}

/**
 * Lets the store look at its tables again, after many rows were written: without that it reads a large list whole where it could take the
 * first rows of an index. A server does it by itself, the embedded store does not.
 */
export async function lookAtRequests(db: Kysely<Schema>): Promise<void> {
  for (const table of ['requests', 'request_counts']) await sql`analyze ${sql.table(table)}`.execute(db);
}
