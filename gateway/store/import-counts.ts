import { sql, type Kysely } from 'kysely';
import type { RunState } from '#domain/imports/import';
import type { Schema } from './schema';

/** Results of a library's imports. */
interface LibraryImports {
  readonly institution: string;
  readonly library: string;
  /** Number of failures in the last run that ended. */
  readonly failed: number;
  /** Time of the last completed run; null: none among the stored runs. */
  readonly completedAt: Date | null;
}
export interface ImportCounts {
  readonly runs: readonly { readonly state: RunState; readonly count: number }[];
  readonly libraries: readonly LibraryImports[];
}

/**
 * Counts of imports for the metrics. Dry runs and retries of one request are left out: they say nothing about the state
 * of a library.
 */
export async function importCounts(db: Kysely<Schema>): Promise<ImportCounts> {
  const runs = await db
    .selectFrom('import_runs')
    .select(['state', sql<number>`count(*)::int`.as('count')])
    .groupBy('state')
    .execute();
  const libraries = await sql<LibraryImports>`
    with ended as (
      select run.institution, of.library, run.run_id, run.state, run.finished_at
      from import_runs run cross join lateral jsonb_array_elements_text(run.libraries) as of(library)
      where run.finished_at is not null and not run.dry_run and run.retry_of is null
    ), last as (
      select institution, library, (array_agg(run_id order by finished_at desc))[1] as run_id,
        max(finished_at) filter (where state = 'completed') as completed_at
      from ended group by institution, library
    )
    select last.institution, last.library,
      (select count(*)::int from import_items item
        where item.institution = last.institution and item.run_id = last.run_id
          and item.library = last.library and item.outcome = 'failed') as failed,
      last.completed_at as "completedAt"
    from last
    order by last.institution, last.library`.execute(db);
  return { runs, libraries: libraries.rows };
}
