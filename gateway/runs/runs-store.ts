import { randomUUID } from 'node:crypto';
import { sql, type Kysely, type Selectable, type Transaction, type Updateable } from 'kysely';
import type { RunFault, RunTrigger } from '#domain/imports/import';
import { payloadHash } from '../commands/command-request';
import type { ImportRunsTable } from '../store/import-schema';
import type { Schema } from '../store/schema';
import { UsedKeys } from '../store/used-keys';

export type RunRow = Selectable<ImportRunsTable>;

/** What to import, and who asks for it. */
export interface ImportOrder {
  /** Library codes; absent: every library of the institution. */
  readonly libraries?: readonly string[];
  readonly full?: boolean;
  readonly dryRun?: boolean;
  readonly trigger: RunTrigger;
  /** Absent for scheduled runs. */
  readonly startedBy?: string;
  /** The same key returns the same run, even after that run has ended. */
  readonly key?: string;
}

/** A run to be queued. */
export interface NewRun extends Omit<ImportOrder, 'libraries'> {
  readonly institution: string;
  readonly libraries: readonly string[];
  readonly only?: NonNullable<RunRow['only']>;
  readonly retryOf?: string;
}

interface Queued {
  readonly run: RunRow;
  /** True when the run existed before. */
  readonly isJoined: boolean;
}

interface HistoryQuery {
  /** Only runs that include this library. */
  readonly library?: string;
  /** Includes retries of single requests. */
  readonly retries: boolean;
  readonly limit: number;
  readonly offset: number;
}

/** Stores the runs of the import job. Every change increments the revision of the run. */
export class ImportRunsStore {
  readonly #db: Kysely<Schema>;
  readonly #now: () => Date;
  readonly #keys: UsedKeys;

  constructor(db: Kysely<Schema>, now: () => Date) {
    this.#db = db;
    this.#now = now;
    this.#keys = new UsedKeys(db);
  }

  /** Queues a run, unless the key already has one or an unfinished run does at least the same. */
  async queue(wanted: NewRun): Promise<Queued> {
    const { institution } = wanted;
    return this.#db.transaction().execute(async (db) => {
      // Keeps two simultaneous starts from queuing the same run twice.
      const turn = `import\n${institution}`;
      await sql`select pg_advisory_xact_lock(hashtextextended(${turn}, 0))`.execute(db);
      const all = db.selectFrom('import_runs').selectAll().where('institution', '=', institution);
      const same = await this.#ofKey(wanted, db);
      if (same !== undefined) return same;
      const open = await all.where('finished_at', 'is', null).orderBy('requested_at').execute();
      const covering = open.find((run) => covers(run, wanted));
      const run =
        covering ??
        (await db.insertInto('import_runs').values(this.#row(wanted)).returningAll().executeTakeFirstOrThrow());
      const isJoined = covering !== undefined;
      await this.#rememberKey(wanted, { run, isJoined }, db);
      return { run, isJoined };
    });
  }

  /**
   * The run that an earlier call with this key started or joined; it may have ended long ago. Throws
   * `idempotency-key-reused` when the key was used for something else.
   */
  async #ofKey(wanted: NewRun, db: Transaction<Schema>): Promise<Queued | undefined> {
    const { institution, key } = wanted;
    if (key === undefined) return undefined;
    const used = await this.#keys.find({ institution, key }, askedBy(wanted), db);
    const run = await db
      .selectFrom('import_runs')
      .selectAll()
      .where('institution', '=', institution)
      // Earlier versions of the gateway stored the key in the run itself.
      .where((of) => of.or([of('run_id', '=', used?.run_id ?? ''), of('idempotency_key', '=', key)]))
      .executeTakeFirst();
    return run && { run, isJoined: used?.joined ?? false };
  }

  async #rememberKey(wanted: NewRun, { run, isJoined }: Queued, db: Transaction<Schema>): Promise<void> {
    const { institution, key } = wanted;
    if (key === undefined) return;
    const use = { payloadHash: askedBy(wanted), runId: run.run_id, isJoined };
    await this.#keys.claim({ institution, key }, use, this.#now(), db);
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

  /** The oldest unfinished run. */
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

  /** Begins a step. When the previous step never ended, its gateway died; `resumed` counts this. */
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

  /**
   * Records progress: clears any wait and increments the revision, which informs followers. Resolves to the updated
   * run.
   */
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

  /** Ends the run and deletes from the store what the run found in Alma. */
  async finish(
    run: RunRow,
    state: 'completed' | 'cancelled' | 'failed',
    failure?: { readonly code: RunFault; readonly detail?: string },
  ): Promise<void> {
    await this.#dropStock(run);
    await this.change(run, {
      state,
      finished_at: this.#now(),
      failure: failure === undefined ? null : JSON.stringify(failure),
      ...NO_WAIT,
    });
  }

  async #dropStock({ institution, run_id: runId }: RunRow): Promise<void> {
    for (const table of ['alma_stock', 'alma_stock_lists'] as const)
      await this.#db.deleteFrom(table).where('institution', '=', institution).where('run_id', '=', runId).execute();
  }

  /** Ends the run at once between two steps, otherwise after the current step. */
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
    // A step in progress still uses the stock; the end of the run deletes it.
    if ((await this.find(run.institution, run.run_id))?.finished_at !== null) await this.#dropStock(run);
  }

  /** Institutions with an unfinished run. */
  async openInstitutions(): Promise<readonly string[]> {
    const rows = await this.#db
      .selectFrom('import_runs')
      .select('institution')
      .where('finished_at', 'is', null)
      .groupBy('institution')
      .execute();
    return rows.map(({ institution }) => institution);
  }

  /** Deletes runs that ended before this time, with their reports. Resolves to their number. */
  async deleteBefore(before: Date): Promise<number> {
    const { numDeletedRows } = await this.#db
      .deleteFrom('import_runs')
      .where('finished_at', '<', before)
      .executeTakeFirst();
    return Number(numDeletedRows);
  }
}

const NO_WAIT = { wait_since: null, wait_until: null, wait_code: null, wait_count: 0 } as const;

/** Hash of what a start or retry asks for, without who asks and why. */
function askedBy({ libraries, full = false, dryRun = false, only, retryOf }: NewRun): string {
  return payloadHash({ import: { libraries, full, dryRun, only: only ?? null, retryOf: retryOf ?? null } });
}

/** True when the unfinished run does at least what is wanted. */
export function covers(run: RunRow, { libraries, full = false, dryRun = false, only }: NewRun): boolean {
  if (run.cancelling || run.dry_run !== dryRun) return false;
  if (run.only !== null || only !== undefined) return isSameRequest(run.only, only);
  return (run.full || !full) && libraries.every((library) => run.libraries.includes(library));
}

function isSameRequest(one: RunRow['only'], other: NewRun['only']): boolean {
  return one !== null && other !== undefined && one.side === other.side && one.id === other.id;
}
