import { sql, type Kysely, type Selectable } from 'kysely';
import type { Change, Failure } from '#domain/api/imports';
import type { Writer } from '#domain/api/profile';
import { REPORT_PAGE, type Outcome } from '#domain/imports/import';
import type { Side } from '#domain/ill/kinds';
import type { ImportItemsTable } from '../store/import-schema';
import type { Db, Schema } from '../store/schema';
import type { RunRow } from './runs-store';

export type ItemRow = Selectable<ImportItemsTable>;
/** A request of a run, with additional columns for the report. */
export interface ReportRow extends ItemRow {
  readonly title: string | null;
  readonly retried_in: string | null;
}
/** Identifies a request of a run. */
type ItemKey = Pick<ItemRow, 'institution' | 'run_id' | 'library' | 'side' | 'id'>;
type Of = Pick<RunRow, 'institution' | 'run_id'>;

/** Number of new rows from which the table is analyzed. */
const MANY = 100;

/** Stores the requests of the runs. */
export class ImportItemsStore {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /**
   * Adds the library's records read since the run began, and those that no import has brought to Alma in their current
   * version, or left to another writer than `writer`, the present one. Of the former, records that Alma already has are
   * settled as unchanged, unless the run compares everything.
   * Records that could not be read are added as failed.
   */
  async collect(
    db: Db,
    run: RunRow,
    { library, writer }: { readonly library: string; readonly writer: Writer },
    now: Date,
  ): Promise<void> {
    const { institution, run_id: runId, full } = run;
    const since = run.started_at ?? run.requested_at;
    const last = sql`(select coalesce(max(place), 0) from import_items where institution = ${institution} and run_id = ${runId})`;
    const { numAffectedRows = 0n } = await sql`
      insert into import_items (institution, run_id, library, side, id, kind, place, outcome, done_at)
      select institution, ${runId}, library, side, id, kind, ${last} + row_number() over (order by side, updated_on nulls first, id),
        case when settled then 'unchanged' end, case when settled then ${now}::timestamptz end
      from (
        select requests.*, alma_records.id is not null and imported_version = version and claimed_at is null
            and coalesce(left_to, ${writer}::text) = ${writer}::text and not ${full}::boolean as settled,
          imported_version is distinct from version or claimed_at is not null or left_to <> ${writer}::text as due
        from requests left join alma_records using (institution, side, id)
        where institution = ${institution} and library = ${library}
      ) as known
      where seen_at >= ${since} or due
      on conflict do nothing`.execute(db);
    await sql`
      insert into import_items (institution, run_id, library, side, id, kind, place, outcome, failure, done_at)
      select institution, ${runId}, library, side, id, kind, ${last} + row_number() over (order by side, id), 'failed',
        jsonb_build_object('code', 'record-unreadable', 'detail', reason), ${now}::timestamptz
      from unreadable_records
      where institution = ${institution} and library = ${library} and seen_at >= ${since}
      on conflict do nothing`.execute(db);
    // Without statistics, PostgreSQL looks up each request among all requests of the run. A server analyzes by itself;
    // the embedded store does not.
    if (numAffectedRows >= MANY) await sql`analyze import_items`.execute(db);
  }

  /** Adds a single request. */
  async add(item: ItemKey): Promise<void> {
    await this.#db
      .insertInto('import_items')
      .values({ ...item, kind: null, place: 1, changes: '[]', attempts: 0 })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  /** The next requests whose turn it is, at most `limit`. */
  ready({ institution, run_id: runId }: Of, now: Date, limit: number): Promise<readonly ItemRow[]> {
    return this.#db
      .selectFrom('import_items')
      .selectAll()
      .where('institution', '=', institution)
      .where('run_id', '=', runId)
      .where('outcome', 'is', null)
      .where((item) => item.or([item('not_before', 'is', null), item('not_before', '<=', now)]))
      .orderBy('place')
      .limit(limit)
      .execute();
  }

  /** When the next waiting request may be tried: null for at once, undefined when none waits. */
  async nextAt({ institution, run_id: runId }: Of): Promise<Date | null | undefined> {
    const row = await this.#db
      .selectFrom('import_items')
      .select('not_before')
      .where('institution', '=', institution)
      .where('run_id', '=', runId)
      .where('outcome', 'is', null)
      .orderBy(sql`not_before asc nulls first`)
      .limit(1)
      .executeTakeFirst();
    return row?.not_before;
  }

  async settle(
    db: Db,
    item: ItemKey,
    now: Date,
    {
      outcome,
      changes,
      failure,
    }: { readonly outcome: Outcome; readonly changes: readonly Change[]; readonly failure?: Failure },
  ): Promise<void> {
    await oneOf(db, item)
      .set({
        outcome,
        changes: JSON.stringify(changes),
        failure: failure === undefined ? null : JSON.stringify(failure),
        done_at: now,
      })
      .execute();
  }

  /** Saves what was done so far for a request that is not settled. */
  async keep(db: Db, item: ItemKey, changes: readonly Change[]): Promise<void> {
    await oneOf(db, item)
      .set({ changes: JSON.stringify(changes) })
      .execute();
  }

  async postpone(item: ItemRow, notBefore: Date, attempts: number): Promise<void> {
    await oneOf(this.#db, item).set({ not_before: notBefore, attempts }).execute();
  }

  /** Number of the run's requests by side and outcome (null: waiting). */
  async counts({ institution, run_id: runId }: Of): Promise<readonly Count[]> {
    const { rows } = await sql<Count>`select side, outcome, count(*)::int as number from import_items
      where institution = ${institution} and run_id = ${runId} group by side, outcome`.execute(this.#db);
    return rows;
  }

  /** One page, in the order of the run. Pages start at 1. */
  async page(
    of: Of,
    { side, outcome, page = 1 }: { readonly side?: Side; readonly outcome?: Outcome; readonly page?: number },
  ): Promise<{ readonly total: number; readonly rows: readonly ReportRow[] }> {
    const wanted = this.#among(of)
      .$if(side !== undefined, (query) => query.where('item.side', '=', side ?? 'borrower'))
      .$if(outcome !== undefined, (query) => query.where('item.outcome', '=', outcome ?? 'failed'));
    const { total } = await wanted
      .clearSelect()
      .select(({ fn }) => fn.countAll<string>().as('total'))
      .executeTakeFirstOrThrow();
    const rows = await wanted
      .orderBy('item.place')
      .limit(REPORT_PAGE)
      .offset((page - 1) * REPORT_PAGE)
      .execute();
    return { total: Number(total), rows };
  }

  /** Every request in order, with one page in memory at a time. */
  async *every(of: Of): AsyncGenerator<ReportRow, void, undefined> {
    for (let last = 0; ;) {
      const rows = await this.#among(of)
        .where('item.place', '>', last)
        .orderBy('item.place')
        .limit(REPORT_PAGE)
        .execute();
      for (const row of rows) yield row;
      last = rows.at(-1)?.place ?? 0;
      if (rows.length < REPORT_PAGE) return;
    }
  }

  /** Requests with this id that failed in the run. */
  failed({ institution, run_id: runId }: Of, id: string, side?: Side): Promise<readonly ItemRow[]> {
    return this.#db
      .selectFrom('import_items')
      .selectAll()
      .where('institution', '=', institution)
      .where('run_id', '=', runId)
      .where('id', '=', id)
      .where('outcome', '=', 'failed')
      .$if(side !== undefined, (query) => query.where('side', '=', side ?? 'borrower'))
      .execute();
  }

  #among({ institution, run_id: runId }: Of) {
    return this.#db
      .selectFrom('import_items as item')
      .leftJoin('requests', (join) =>
        join
          .onRef('requests.institution', '=', 'item.institution')
          .onRef('requests.side', '=', 'item.side')
          .onRef('requests.id', '=', 'item.id'),
      )
      .selectAll('item')
      .select('requests.title')
      .select(
        sql<string | null>`(select retry.run_id from import_runs as retry where retry.institution = item.institution
          and retry.retry_of = item.run_id and retry.only ->> 'id' = item.id and retry.only ->> 'side' = item.side
          order by retry.requested_at desc limit 1)`.as('retried_in'),
      )
      .where('item.institution', '=', institution)
      .where('item.run_id', '=', runId);
  }
}

export interface Count {
  readonly side: Side;
  readonly outcome: Outcome | null;
  readonly number: number;
}

function oneOf(db: Db, { institution, run_id: runId, library, side, id }: ItemKey) {
  return db
    .updateTable('import_items')
    .where('institution', '=', institution)
    .where('run_id', '=', runId)
    .where('library', '=', library)
    .where('side', '=', side)
    .where('id', '=', id);
}
