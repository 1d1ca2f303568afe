import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Kind, Side } from '#domain/ill/kinds';
import type { StateId } from '#domain/ill/states';
import {
  all,
  countedCondition,
  kindCondition,
  otherCondition,
  partnerCondition,
  statusCondition,
  type RequestFilter,
} from './list-filter';
import type { Schema } from './schema';

export interface StatusCount {
  readonly value: string;
  readonly state: StateId | null;
  readonly count: number;
  /** How many of them wait for their side. */
  readonly waiting: number;
}
export interface Facets {
  readonly total: number;
  /** Counts by status of the requests that NACSIS-ILL delivers; the other requests count as `gone`. */
  readonly statuses: readonly StatusCount[];
  readonly gone: number;
  readonly kinds: readonly { readonly value: Kind; readonly count: number }[];
  /** Partners with the most requests first. */
  readonly partners: readonly { readonly value: string; readonly name?: string; readonly count: number }[];
}

interface Row {
  readonly facet: 'total' | 'status' | 'gone' | 'kind' | 'partner';
  readonly value: string | null;
  readonly name: string | null;
  readonly waiting: number | null;
  readonly count: number;
}

const MAX_PARTNERS = 20;

/**
 * Counts total and facets in one statement. Each facet counts the requests that the other filters leave; the statuses
 * also count what has ended.
 */
export async function countFacets(db: Kysely<Schema>, filter: RequestFilter): Promise<Facets> {
  const status = statusCondition(filter);
  const kind = kindCondition(filter);
  const partner = partnerCondition(filter);
  const sum = sql`coalesce(sum(number), 0)::int`;
  const [byStatus, byPartner] = sourcesOf(filter);
  const { rows } =
    await sql<Row>`with by_status as materialized (${byStatus}), by_partner as materialized (${byPartner})
    select 'total' as facet, null as value, null as name, null::int as waiting, ${sum} as count
      from by_status where ${all([status, kind, partner])}
    union all select 'status', external_status, max(state), coalesce(sum(number) filter (where waits), 0)::int, ${sum}
      from by_status where ${all([kind, partner, sql`delivered`])} group by external_status
    union all select 'gone', null, null, null, ${sum}
      from by_status where ${all([kind, partner, sql`not delivered`])}
    union all select 'kind', kind, null, null, ${sum}
      from by_status where ${all([status, partner])} group by kind
    union all (select 'partner', partner_id, max(partner_name), null, ${sum} as count
      from by_partner where ${all([status, kind])} and partner_id is not null
      group by partner_id order by count desc, partner_id limit ${sql.lit(MAX_PARTNERS)})`.execute(db);
  return facetsOf(rows);
}

/** Counts the requests that wait for each side, whatever the filter. */
export async function countWaiting(
  db: Kysely<Schema>,
  { institution, libraries }: Pick<RequestFilter, 'institution' | 'libraries'>,
): Promise<Readonly<Record<Side, number>>> {
  const { rows } = await sql<{ readonly side: Side; readonly count: number }>`
    select side, coalesce(sum(number), 0)::int as count from request_counts
    where ${countedCondition({ institution, libraries, needsAction: true })} and level = 'status' group by side`.execute(
    db,
  );
  const of = (side: Side) => rows.find((row) => row.side === side)?.count ?? 0;
  return { borrower: of('borrower'), lender: of('lender') };
}

const GROUPS = sql.raw('external_status, state, kind, waits, open, delivered, partner_id, partner_name');

/**
 * Returns the sources of the status facet and the partner facet: the stored counts, split no further than the filter
 * needs, or the requests themselves.
 */
function sourcesOf(filter: RequestFilter): readonly [status: RawBuilder<unknown>, partner: RawBuilder<unknown>] {
  const other = otherCondition(filter);
  const whole = sql`select * from by_status`;
  if (other !== undefined)
    return [
      sql`select ${GROUPS}, count(*) as number from requests where ${all([countedCondition(filter), other])} group by ${GROUPS}`,
      whole,
    ];
  const isParted = filter.partner !== undefined || (filter.status?.length ?? 0) > 0 || filter.state !== undefined;
  return isParted ? [kept(filter, 'all'), whole] : [kept(filter, 'status'), kept(filter, 'partner')];
}

function kept(filter: RequestFilter, level: 'all' | 'status' | 'partner'): RawBuilder<unknown> {
  return sql`select ${GROUPS}, sum(number) as number from request_counts
    where ${countedCondition(filter)} and level = ${sql.lit(level)} group by ${GROUPS} having sum(number) > 0`;
}

function facetsOf(rows: readonly Row[]): Facets {
  const of = (facet: Row['facet']) => rows.filter((row) => row.facet === facet);
  return {
    total: of('total')[0]?.count ?? 0,
    statuses: of('status').map(({ value, name, waiting, count }) => ({
      value: value ?? '',
      state: name as StateId | null,
      count,
      waiting: waiting ?? 0,
    })),
    gone: of('gone')[0]?.count ?? 0,
    kinds: of('kind').map(({ value, count }) => ({ value: value as Kind, count })),
    partners: of('partner').map(({ value, name, count }) => ({
      value: value ?? '',
      ...(name === null ? {} : { name }),
      count,
    })),
  };
}
