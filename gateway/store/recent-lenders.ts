import { sql, type Kysely } from 'kysely';
import { COMMAND_WIRE } from '#domain/ill/commands';
import type { StateId } from '#domain/ill/states';
import type { Schema } from './schema';

export interface Asking {
  readonly institution: string;
  readonly library: string;
  /** yyyyMMdd, the first day that counts. */
  readonly since: string;
}

/** States of a request that may never have been sent. */
const PERHAPS_UNSENT: readonly StateId[] = ['PREPARING', 'CANCELLED'];
const SENT = JSON.stringify([{ command: COMMAND_WIRE.ORDER }]);

/**
 * Maps each member to the number of borrowing requests sent to it from the day `since`, as first candidate or as
 * current lender. The day of a request is that of its order, or of its record when there is no order date. Counts a
 * request once per member. Does not count a request that was only saved.
 */
export async function countRecentLenders(
  db: Kysely<Schema>,
  { institution, library, since }: Asking,
): Promise<Record<string, number>> {
  const { rows } = await sql<{ readonly member: string; readonly count: number }>`
    select member, count(distinct id)::int as count
    from requests
    cross join lateral (values (record #>> '{fields,lenders,0,memberId}'), (record #>> '{fields,lenderId}')) as asked (member)
    where institution = ${institution} and library = ${library} and side = 'borrower'
      and coalesce(nullif(record #>> '{fields,orderDate}', ''), record #>> '{fields,createdOn}') >= ${since}
      and (state is null or state not in (${sql.join([...PERHAPS_UNSENT])}) or record -> 'history' @> ${SENT}::jsonb)
      and member <> ''
    group by member`.execute(db);
  return Object.fromEntries(rows.map(({ member, count }) => [member, count]));
}
