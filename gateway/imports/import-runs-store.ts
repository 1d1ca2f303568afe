import { randomUUID } from 'node:crypto';
import { sql, type Kysely, type Selectable, type Updateable } from 'kysely';
import type { RunFault } from '#domain/import';
import type { ImportRunsTable } from '../store/import-schema';
import type { Schema } from '../store/schema';
import { covers } from './covering-run';
import type { ImportOrder } from './import-jobs';

export type RunRow = Selectable<ImportRunsTable>;

/** A run that is to be queued. */
export interface NewRun extends Omit<ImportOrder, 'libraries'> {
  readonly institution: string;
  readonly libraries: readonly string[];
  readonly only?: NonNullable<RunRow['only']>;
  readonly retryOf?: string;
}
export interface HistoryQuery {
  /** Only runs that cover it. */
  readonly library?: string;
  /** Also the retries of single requests. */
  readonly retries: boolean;
  readonly limit: number;
  readonly offset: number;
}
export interface Queued {
  readonly run: RunRow;
  /** It was there before. */
  readonly isJoined: boolean;
}

/** The runs of the import job. Every change makes the revision of the run grow. */
export class ImportRunsStore {
  readonly #db: Kysely<Schema>;
  readonly #now: () => Date;

  constructor(db: Kysely<Schema>, now: () => Date) {
    this.#db = db;
    this.#now = now;
  }

  /** Queues a run, unless the key has one already, or one that does at least the same has not ended. */
  async queue(wanted: NewRun): Promise<Queued> {
    const { institution, key } = wanted;
    return this.#db.transaction().execute(async (db) => {
      // Two starts at one moment must not queue the same twice.
      const turn = `import\n${institution}`;
      await sql`select pg_advisory_xact_lock(hashtextextended(${turn}, 0))`.execute(db);
      const all = db.selectFrom('import_runs').selectAll().where('institution', '=', institution);
      const same = key === undefined ? undefined : await all.where('idempotency_key', '=', key).executeTakeFirst();
      if (same !== undefined) return { run: same, isJoined: false };
      const open = await all.where('finished_at', 'is', null).orderBy('requested_at').execute();
      const covering = open.find((run) => covers(run, wanted));
      if (covering !== undefined) return { run: covering, isJoined: true };
      const run = await db.insertInto('import_runs').values(this.#row(wanted)).returningAll().executeTakeFirstOrThrow();
      return { run, isJoined: false };
    });
  }

  #row({ institution, libraries, full = false, dryRun = false, trigger, startedBy, key, only, retryOf }: NewRun) {
    return {
      institution,
      run_id: randomUUID(),
      libraries: JSON.stringify(libraries),
      libraries_read: '[]',
      configuration: '[]',
      trigger,
      started_by: startedBy ?? null,
      idempotency_key: key ?? null,
      full,
      dry_run: dryRun,
      only: only === undefined ? null : JSON.stringify(only),
      retry_of: retryOf ?? null,
      state: 'queued',
      requested_at: this.#now(),
      cancelling: false,
      resumed: 0,
      records_read: 0,
      wait_count: 0,
      revision: 0,
    } as const;
  }

  find(institution: string, runId: string): Promise<RunRow | undefined> {
    return this.#db
      .selectFrom('import_runs')
      .selectAll()
      .where('institution', '=', institution)
      .where('run_id', '=', runId)
      .executeTakeFirst();
  }

  /** Newest first. */
  async history(
    institution: string,
    { library, retries, limit, offset }: HistoryQuery,
  ): Promise<{ readonly total: number; readonly rows: readonly RunRow[] }> {
    const wanted = this.#db
      .selectFrom('import_runs')
      .where('institution', '=', institution)
      .$if(!retries, (query) => query.where('only', 'is', null))
      .$if(library !== undefined, (query) => query.where(sql<boolean>`libraries ? ${library}`));
    const { total } = await wanted.select(({ fn }) => fn.countAll<string>().as('total')).executeTakeFirstOrThrow();
    const rows = await wanted.selectAll().orderBy('requested_at', 'desc').limit(limit).offset(offset).execute();
    return { total: Number(total), rows };
  }

  /** The run whose turn it is: the oldest that has not ended. */
  nextOpen(institution: string): Promise<RunRow | undefined> {
    return this.#db
      .selectFrom('import_runs')
      .selectAll()
      .where('institution', '=', institution)
      .where('finished_at', 'is', null)
      .orderBy('requested_at')
      .orderBy('run_id')
      .limit(1)
      .executeTakeFirst();
  }

  /** A step begins. A step that began before and never ended tells of a gateway that died in it. */
  beginStep({ institution, run_id: runId }: RunRow): Promise<RunRow | undefined> {
    const at = this.#now();
    return this.#db
      .updateTable('import_runs')
      .set((run) => ({
        state: 'running' as const,
        started_at: run.fn.coalesce('started_at', run.val(at)),
        resumed: sql<number>`resumed + (step_at is not null)::int`,
        step_at: at,
        revision: run('revision', '+', 1),
      }))
      .where('institution', '=', institution)
      .where('run_id', '=', runId)
      .where('finished_at', 'is', null)
      .returningAll()
      .executeTakeFirst();
  }

  endStep(run: RunRow): Promise<unknown> {
    return this.change(run, { step_at: null });
  }

  /** Work went on: whatever it waited for is over, and who follows the run is told. The run as it is then. */
  async goOn(run: RunRow, columns: Updateable<ImportRunsTable> = {}): Promise<RunRow> {
    return (await this.change(run, { ...NO_WAIT, ...columns })) ?? run;
  }

  change(
    { institution, run_id: runId }: RunRow,
    columns: Updateable<ImportRunsTable> = {},
  ): Promise<RunRow | undefined> {
    return this.#db
      .updateTable('import_runs')
      .set((run) => ({ ...columns, revision: run('revision', '+', 1) }))
      .where('institution', '=', institution)
      .where('run_id', '=', runId)
      .returningAll()
      .executeTakeFirst();
  }

  finish(
    run: RunRow,
    state: 'completed' | 'cancelled' | 'failed',
    failure?: { readonly code: RunFault; readonly detail?: string },
  ): Promise<unknown> {
    return this.change(run, {
      state,
      finished_at: this.#now(),
      failure: failure === undefined ? null : JSON.stringify(failure),
      ...NO_WAIT,
    });
  }

  /** Between two steps it ends at once; in the middle of one, after it. */
  async cancel(run: RunRow): Promise<void> {
    await this.change(run, { cancelling: true });
    await this.#db
      .updateTable('import_runs')
      .set((row) => ({
        state: 'cancelled' as const,
        finished_at: this.#now(),
        revision: row('revision', '+', 1),
        ...NO_WAIT,
      }))
      .where('institution', '=', run.institution)
      .where('run_id', '=', run.run_id)
      .where('finished_at', 'is', null)
      .where('step_at', 'is', null)
      .execute();
  }

  /** Institutions with a run that has not ended. */
  async openInstitutions(): Promise<readonly string[]> {
    const rows = await this.#db
      .selectFrom('import_runs')
      .select('institution')
      .where('finished_at', 'is', null)
      .groupBy('institution')
      .execute();
    return rows.map(({ institution }) => institution);
  }

  /** Deletes the runs that ended before then, with their reports. */
  async deleteBefore(before: Date): Promise<number> {
    const { numDeletedRows } = await this.#db
      .deleteFrom('import_runs')
      .where('finished_at', '<', before)
      .executeTakeFirst();
    return Number(numDeletedRows);
  }
}

const NO_WAIT = { wait_since: null, wait_until: null, wait_code: null, wait_count: 0 } as const;
