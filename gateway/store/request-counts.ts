import { sql, type Kysely } from 'kysely';
import type { Schema } from './schema';

/** Id of the advisory lock; any number that nothing else locks. */
const LOCK = 1_850_421_003;
const DIMENSIONS = sql.raw(
  'level, institution, library, side, kind, waits, open, delivered, external_status, state, partner_id, partner_name',
);

/**
 * Sums up the counts that the triggers have appended for a library. Only one gateway at a time does this; the others
 * skip it. Concurrent readers see either the rows from before or the rows from after.
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
 * Analyzes the tables after many rows were written. Without statistics, the store reads a large list completely where
 * it could use the first rows of an index. A server analyzes by itself; the embedded store does not.
 */
export async function lookAtRequests(db: Kysely<Schema>): Promise<void> {
  for (const table of ['requests', 'request_counts']) await sql`analyze ${sql.table(table)}`.execute(db);
}
