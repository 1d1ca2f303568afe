import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Kind } from '#domain/kinds';
import type { StateId } from '#domain/states';
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
  readonly waits: boolean;
  readonly count: number;
}
export interface Facets {
  readonly total: number;
  readonly statuses: readonly StatusCount[];
  readonly kinds: readonly { readonly value: Kind; readonly count: number }[];
  /** Those with the most requests first. */
  readonly partners: readonly { readonly value: string; readonly name?: string; readonly count: number }[];
}

interface Row {
  readonly facet: 'total' | 'status' | 'kind' | 'partner';
  readonly value: string | null;
  readonly name: string | null;
  readonly waits: boolean | null;
  readonly count: number;
}

const MAX_PARTNERS = 20;

/** Total and facets in one statement. Each facet counts what the other filters leave. */
export async function countFacets(db: Kysely<Schema>, filter: RequestFilter): Promise<Facets> {
  const status = statusCondition(filter);
  const kind = kindCondition(filter);
  const partner = partnerCondition(filter);
  const sum = sql`coalesce(sum(number), 0)::int`;
  const { rows } = await sql<Row>`with counted as materialized (${counted(filter)})
    select 'total' as facet, null as value, null as name, null::boolean as waits, ${sum} as count
      from counted where ${all([status, kind, partner])}
    union all select 'status', external_status, max(state), bool_or(waits), ${sum}
      from counted where ${all([kind, partner])} group by external_status having sum(number) > 0
    union all select 'kind', kind, null, null, ${sum}
      from counted where ${all([status, partner])} group by kind having sum(number) > 0
    union all (select 'partner', partner_id, max(partner_name), null, ${sum} as count
      from counted where ${all([status, kind])} and partner_id is not null
      group by partner_id having sum(number) > 0 order by count desc, partner_id limit ${sql.lit(MAX_PARTNERS)})`.execute(
    db,
  );
  return facetsOf(rows);
}

/** The numbers that are kept, where they answer the filter; else the requests are counted. */
function counted(filter: RequestFilter): RawBuilder<unknown> {
  const groups = sql.raw('external_status, state, kind, waits, partner_id, partner_name');
  const other = otherCondition(filter);
  return other === undefined
    ? sql`select ${groups}, sum(number) as number from request_counts where ${countedCondition(filter)} group by ${groups} having sum(number) > 0`
    : sql`select ${groups}, count(*) as number from requests where ${all([countedCondition(filter), other])} group by ${groups}`;
}

function facetsOf(rows: readonly Row[]): Facets {
  const of = (facet: Row['facet']) => rows.filter((row) => row.facet === facet);
  return {
    total: of('total')[0]?.count ?? 0,
    statuses: of('status').map(({ value, name, waits, count }) => ({
      value: value ?? '',
      state: name as StateId | null,
      waits: waits === true,
      count,
    })),
    kinds: of('kind').map(({ value, count }) => ({ value: value as Kind, count })),
    partners: of('partner').map(({ value, name, count }) => ({
      value: value ?? '',
      ...(name === null ? {} : { name }),
      count,
    })),
  };
}
