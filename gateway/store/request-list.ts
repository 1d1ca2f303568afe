import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Sort } from '#domain/api-list';
import { SIDES } from '#domain/kinds';
import { countFacets, type Facets } from './list-facets';
import {
  all,
  kindCondition,
  otherCondition,
  partnerCondition,
  statusCondition,
  type RequestFilter,
} from './list-filter';
import { listOrder } from './list-order';
import type { Schema } from './schema';
import type { StoredRequest } from './stored-request';

export interface Page {
  readonly page: number;
  readonly pageSize: number;
  readonly sort: Sort;
}
export interface Listed extends Facets {
  readonly rows: readonly StoredRequest[];
}

/** One page, with the total and the facets of the whole. */
export async function listRequests(db: Kysely<Schema>, filter: RequestFilter, page: Page): Promise<Listed> {
  return { rows: await readPage(db, filter, page), ...(await countFacets(db, filter)) };
}

/** How many of the filtered requests tell something new after this time. */
export async function countNews(db: Kysely<Schema>, filter: RequestFilter, newsAfter: Date): Promise<number> {
  return (await countFacets(db, { ...filter, newsAfter })).total;
}

/**
 * Library by library and side by side (and status by status where some are chosen) in the order of an index, so many rows as the page needs;
 * then the page of these, and only its rows are read whole.
 */
async function readPage(
  db: Kysely<Schema>,
  filter: RequestFilter,
  { page, pageSize, sort }: Page,
): Promise<readonly StoredRequest[]> {
  if (filter.libraries.length === 0) return [];
  const { byColumns, keys, byKeys } = listOrder(sort);
  const before = (page - 1) * pageSize;
  const { rows } = await sql<StoredRequest>`select requests.* from (
      select found.* from (values ${branchesOf(filter)}) as branch (library, side, status) cross join lateral (
        select institution, side, id as found_id, ${keys} from requests
        where institution = ${filter.institution} and library = branch.library and side = branch.side
          and ${hasStatuses(filter) ? sql`external_status = branch.status and` : sql``} ${restOf(filter)}
        order by ${byColumns} limit ${before + pageSize}
      ) as found order by ${byKeys}, side limit ${pageSize} offset ${before}
    ) as listed join requests on requests.institution = listed.institution and requests.side = listed.side
      and requests.id = listed.found_id
    order by ${byKeys}, listed.side`.execute(db);
  return rows;
}

function branchesOf(filter: RequestFilter): RawBuilder<unknown> {
  const sides = filter.side === undefined ? SIDES : [filter.side];
  const statuses = hasStatuses(filter) ? [...new Set(filter.status)] : [''];
  return sql.join(
    filter.libraries.flatMap((library) =>
      sides.flatMap((side) => statuses.map((status) => sql`(${library}::text, ${side}::text, ${status}::text)`)),
    ),
  );
}

function restOf(filter: RequestFilter): RawBuilder<unknown> {
  const { status: _named, ...other } = filter;
  return all([
    statusCondition(other),
    kindCondition(filter),
    partnerCondition(filter),
    ...(filter.needsAction === true ? [sql`waits`] : []),
    ...(filter.open === true ? [sql`open`] : []),
    otherCondition(filter),
  ]);
}

function hasStatuses({ status }: RequestFilter): boolean {
  return status !== undefined && status.length > 0;
}
