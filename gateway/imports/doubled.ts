import { sql, type Kysely } from 'kysely';
import type { Doubled } from '#domain/api/imports';
import type { Schema } from '../store/schema';
import type { RunRow } from './queued-run';

/** Maximum number of ids in the report of a run. */
const NAMED = 100;

/**
 * NACSIS ids that several requests in Alma carry: requests seen by the run (by external id or mark) and linked ones.
 * Lending requests count per library.
 */
export async function doubledIn(
  db: Kysely<Schema>,
  { institution, run_id: runId, libraries }: RunRow,
): Promise<readonly Doubled[]> {
  const { rows } = await sql<Doubled>`
    with held as (
      select case when list like 'lending %' then 'lender' else 'borrower' end as side,
        case when list like 'lending %' then substr(list, 9) end as library, coalesce(external_id, mark) as id, alma_request_id
      from alma_stock where institution = ${institution} and run_id = ${runId} and coalesce(external_id, mark) is not null
      union
      select side, case when side = 'lender' then library end, id, alma_request_id from requests
      where institution = ${institution} and alma_request_id is not null
    )
    select coalesce(held.library, max(requests.library), ${libraries[0] ?? ''}) as library, held.side, held.id,
      jsonb_agg(distinct held.alma_request_id) as "almaRequestIds"
    from held left join requests on requests.institution = ${institution} and requests.side = held.side and requests.id = held.id
    group by held.side, held.library, held.id having count(distinct held.alma_request_id) > 1
    order by held.side, held.id limit ${NAMED}`.execute(db);
  return rows;
}
