import { sql, type Kysely, type Selectable } from 'kysely';
import type { Doubled } from '#domain/api/imports';
import type { Side } from '#domain/ill/kinds';
import type { Schema } from '../store/schema';
import type { NamedIds } from './named-ids';

/** A request of Alma as stored in the stock. */
export interface StockRow extends NamedIds {
  readonly almaId: string;
  /** For a lending request, when Alma provides it. */
  readonly partnerCode?: string;
  readonly title: string;
  readonly hasEnded: boolean;
}
/** A request of Alma that is linked to one of the library's. */
interface LinkedRow {
  readonly almaId: string;
  readonly partnerCode: string;
  /** Alma's status when it was last seen. */
  readonly status: string | null;
}
/** The owner of the requests: a patron, or a library for its lending. */
type LinkedOf = { readonly userId: string } | { readonly library: string };

/** Rows per statement. */
const ROWS_AT_ONCE = 500;
/** Maximum number of ids in the report of a run. */
const DOUBLED_NAMED = 100;

/** Stores what a run has found in Alma, list by list. */
export class StockStore {
  constructor(
    private readonly db: Kysely<Schema>,
    private readonly of: { readonly institution: string; readonly runId: string },
  ) {}

  /** True when Alma showed all of the list; undefined when the list was not read. */
  async isComplete(list: string): Promise<boolean | undefined> {
    const row = await this.db
      .selectFrom('alma_stock_lists')
      .select('complete')
      .where('institution', '=', this.of.institution)
      .where('run_id', '=', this.of.runId)
      .where('list', '=', list)
      .executeTakeFirst();
    return row?.complete;
  }

  async taken(list: string, complete: boolean): Promise<void> {
    const { institution, runId: run_id } = this.of;
    await this.db
      .insertInto('alma_stock_lists')
      .values({ institution, run_id, list, complete })
      .onConflict((conflict) => conflict.columns(['institution', 'run_id', 'list']).doNothing())
      .execute();
  }

  /** Adds rows; updates those that exist. */
  async add(list: string, rows: readonly StockRow[]): Promise<void> {
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE)
      await this.db
        .insertInto('alma_stock')
        .values(rows.slice(at, at + ROWS_AT_ONCE).map((row) => this.#columns(list, row)))
        .onConflict((conflict) =>
          conflict.columns(['institution', 'run_id', 'list', 'alma_request_id']).doUpdateSet((row) => ({
            external_id: row.ref('excluded.external_id'),
            mark: row.ref('excluded.mark'),
            mentions: row.ref('excluded.mentions'),
            partner_code: row.ref('excluded.partner_code'),
            title: row.ref('excluded.title'),
            ended: row.ref('excluded.ended'),
          })),
        )
        .execute();
  }

  /** Rows of the list that name the id in any way. */
  async naming(list: string, id: string): Promise<readonly StockRow[]> {
    const rows = await this.#rows(list)
      .where((row) => row.or([row('external_id', '=', id), row('mark', '=', id), sql<boolean>`mentions ? ${id}`]))
      .orderBy('alma_request_id')
      .execute();
    return rows.map(rowFrom);
  }

  /** Open rows of the list that name no id, and that no request of the institution is linked to. */
  async nameless(list: string): Promise<readonly StockRow[]> {
    const rows = await this.#rows(list)
      .where('external_id', 'is', null)
      .where('mark', 'is', null)
      .where(sql<boolean>`mentions = '[]'`)
      .where('ended', '=', false)
      .where((row) =>
        row.not(
          row.exists(
            row
              .selectFrom('requests')
              .select('requests.id')
              .whereRef('requests.institution', '=', 'alma_stock.institution')
              .whereRef('requests.alma_request_id', '=', 'alma_stock.alma_request_id'),
          ),
        ),
      )
      .orderBy('alma_request_id')
      .execute();
    return rows.map(rowFrom);
  }

  /** Maps the Alma ids of the list to whether they have ended. */
  async known(list: string): Promise<ReadonlyMap<string, boolean>> {
    const rows = await this.#rows(list).execute();
    return new Map(rows.map((row) => [row.alma_request_id, row.ended]));
  }

  /** Alma ids of the patron's linked requests that named no other request when they were read. */
  async needNoReading(userId: string): Promise<ReadonlySet<string>> {
    const rows = await this.#linked('borrower', { userId })
      .whereRef('alma_records.names_no_other', '=', 'requests.alma_request_id')
      .execute();
    return new Set(rows.map(({ alma_request_id: id }) => id ?? ''));
  }

  async linkedLending(library: string): Promise<readonly LinkedRow[]> {
    const rows = await this.#linked('lender', { library }).execute();
    return rows.map((row) => ({
      almaId: row.alma_request_id ?? '',
      partnerCode: row.alma_partner_code ?? '',
      status: row.alma_status,
    }));
  }

  /** The request that this system created last in this period. */
  async lastMade(side: Side, of: LinkedOf, since: Date, until: Date): Promise<LinkedRow | undefined> {
    const row = await this.#linked(side, of)
      .where('alma_records.made_at', '>=', since)
      .where('alma_records.made_at', '<=', until)
      .orderBy('alma_records.made_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    return { almaId: row.alma_request_id ?? '', partnerCode: row.alma_partner_code ?? '', status: row.alma_status };
  }

  /**
   * Returns the NACSIS ids that several requests in Alma carry: requests in the stock (by external id or mark) and
   * linked ones. Counts lending requests per library. `library`: the library to report for a request that nobody knows.
   */
  async doubled(library: string): Promise<readonly Doubled[]> {
    const { institution, runId } = this.of;
    const { rows } = await sql<Doubled>`
    with held as (
      select case when list like 'lending %' then 'lender' else 'borrower' end as side,
        case when list like 'lending %' then substr(list, 9) end as library, coalesce(external_id, mark) as id, alma_request_id
      from alma_stock where institution = ${institution} and run_id = ${runId} and coalesce(external_id, mark) is not null
      union
      select side, case when side = 'lender' then library end, id, alma_request_id from requests
      where institution = ${institution} and alma_request_id is not null
    )
    select coalesce(held.library, max(requests.library), ${library}) as library, held.side, held.id,
      jsonb_agg(distinct held.alma_request_id) as "almaRequestIds"
    from held left join requests on requests.institution = ${institution} and requests.side = held.side and requests.id = held.id
    group by held.side, held.library, held.id having count(distinct held.alma_request_id) > 1
    order by held.side, held.id limit ${DOUBLED_NAMED}`.execute(this.db);
    return rows;
  }

  #rows(list: string) {
    return this.db
      .selectFrom('alma_stock')
      .selectAll()
      .where('institution', '=', this.of.institution)
      .where('run_id', '=', this.of.runId)
      .where('list', '=', list);
  }

  #linked(side: Side, of: LinkedOf) {
    const whose =
      'userId' in of
        ? sql<boolean>`requests.alma_user_id = ${of.userId}`
        : sql<boolean>`requests.library = ${of.library}`;
    return this.db
      .selectFrom('requests')
      .leftJoin('alma_records', (join) =>
        join
          .onRef('alma_records.institution', '=', 'requests.institution')
          .onRef('alma_records.side', '=', 'requests.side')
          .onRef('alma_records.id', '=', 'requests.id'),
      )
      .select(['requests.alma_request_id', 'requests.alma_partner_code', 'alma_records.alma_status'])
      .where('requests.institution', '=', this.of.institution)
      .where('requests.side', '=', side)
      .where('requests.alma_request_id', 'is not', null)
      .where(whose);
  }

  #columns(list: string, { almaId, externalId, mark, mentions, partnerCode, title, hasEnded }: StockRow) {
    return {
      institution: this.of.institution,
      run_id: this.of.runId,
      list,
      alma_request_id: almaId,
      external_id: externalId ?? null,
      mark: mark ?? null,
      mentions: JSON.stringify(mentions),
      partner_code: partnerCode ?? null,
      title,
      ended: hasEnded,
    };
  }
}

function rowFrom(row: Selectable<Schema['alma_stock']>): StockRow {
  return {
    almaId: row.alma_request_id,
    ...(row.external_id === null ? {} : { externalId: row.external_id }),
    ...(row.mark === null ? {} : { mark: row.mark }),
    mentions: row.mentions,
    ...(row.partner_code === null ? {} : { partnerCode: row.partner_code }),
    title: row.title,
    hasEnded: row.ended,
  };
}
