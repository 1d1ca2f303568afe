import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Sort } from '#domain/api/work-list';
import { SIDES } from '#domain/ill/kinds';
import { countFacets, type Facets } from './list-facets';
import { all, kindCondition, otherCondition, partnerCondition, type RequestFilter } from './list-filter';
import { listOrder } from './list-order';
import type { Schema } from './schema';
import type { StoredRequest } from './stored-request';

export interface Page {
  readonly page: number;
  readonly pageSize: number;
  readonly sort: Sort;
}
interface Listed extends Facets {
  readonly rows: readonly StoredRequest[];
}

/** One page, with the total and facets of the whole list. */
export async function listRequests(db: Kysely<Schema>, filter: RequestFilter, page: Page): Promise<Listed> {
  return { rows: await readPage(db, filter, page), ...(await countFacets(db, filter)) };
}

/** Number of filtered requests with news after this time. */
export async function countNews(db: Kysely<Schema>, filter: RequestFilter, newsAfter: Date): Promise<number> {
  return (await countFacets(db, { ...filter, newsAfter })).total;
}

/**
 * Reads for each library and side (and each chosen status; gone requests separately) as many rows as the page needs, in
 * the order of an index. Then selects the page from them and reads only its rows in full.
 */
async function readPage(
  db: Kysely<Schema>,
  filter: RequestFilter,
  { page, pageSize, sort }: Page,
): Promise<readonly StoredRequest[]> {
  if (filter.libraries.length === 0) return [];
  const { byColumns, keys, byKeys } = listOrder(sort);
  const before = (page - 1) * pageSize;
  const first = ({ branches, condition }: Part) => sql`select found.* from (values ${branches})
      as branch (library, side, status) cross join lateral (
        select institution, side, id as found_id, ${keys} from requests
        where institution = ${filter.institution} and library = branch.library and side = branch.side and ${condition}
        order by ${byColumns} limit ${before + pageSize}
      ) as found`;
  const { rows } = await sql<StoredRequest>`select requests.* from (
      select * from (${sql.join(partsOf(filter).map(first), sql` union all `)}) as found
      order by ${byKeys}, side limit ${pageSize} offset ${before}
    ) as listed join requests on requests.institution = listed.institution and requests.side = listed.side
      and requests.id = listed.found_id
    order by ${byKeys}, listed.side`.execute(db);
  return rows;
}

interface Part {
  readonly branches: RawBuilder<unknown>;
  readonly condition: RawBuilder<unknown>;
}

function partsOf(filter: RequestFilter): readonly Part[] {
  const { status = [], state, gone, open } = filter;
  const isNamed = status.length > 0 || state !== undefined;
  const named = all([
    ...(isNamed ? [sql`delivered`] : []),
    ...(status.length > 0 ? [sql`external_status = branch.status`] : []),
    ...(state === undefined ? [] : [sql`state = ${state}`]),
    ...(open === true ? [sql`open`] : []),
  ]);
  const parts = [
    ...(isNamed || gone !== true ? [{ branches: branchesOf(filter, status), condition: named }] : []),
    ...(gone === true ? [{ branches: branchesOf(filter, []), condition: sql`not delivered` }] : []),
  ];
  return parts.map(({ branches, condition }) => ({ branches, condition: all([condition, restOf(filter)]) }));
}

function branchesOf(filter: RequestFilter, statuses: readonly string[]): RawBuilder<unknown> {
  const sides = filter.side === undefined ? SIDES : [filter.side];
  const named = statuses.length > 0 ? [...new Set(statuses)] : [''];
  return sql.join(
    filter.libraries.flatMap((library) =>
      sides.flatMap((side) => named.map((status) => sql`(${library}::text, ${side}::text, ${status}::text)`)),
    ),
  );
}

function restOf(filter: RequestFilter): RawBuilder<unknown> {
  return all([
    kindCondition(filter),
    partnerCondition(filter),
    ...(filter.needsAction === true ? [sql`waits`] : []),
    otherCondition(filter),
  ]);
}
