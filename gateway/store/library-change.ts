import { sql, type Kysely, type Transaction, type Updateable } from 'kysely';
import type { RequestsTable, Schema } from './schema';
import type { StoredRequest } from './stored-request';

type Link = Pick<Updateable<RequestsTable>, 'alma_request_id' | 'alma_user_id' | 'alma_partner_code'>;

/**
 * A lending request that moves to another library of the institution is a different request in Alma. The old library
 * keeps its link and its Alma record in case the request comes back; the new one starts with what it had before, or
 * with nothing. Resolves to the new link; empty when the library stays the same.
 */
export async function linkAfterChange(
  db: Kysely<Schema> | Transaction<Schema>,
  { institution, side, id, library: from, alma_request_id, alma_partner_code }: StoredRequest,
  to: string | undefined,
): Promise<Link> {
  if (side !== 'lender' || to === undefined || to === from) return {};
  const key = { institution, side, id };
  const record = await db
    .deleteFrom('alma_records')
    .where((row) => row.and(key))
    .returningAll()
    .executeTakeFirst();
  const left = { alma_request_id, alma_partner_code, record: record === undefined ? null : JSON.stringify(record) };
  await db
    .insertInto('alma_left')
    .values({ ...key, library: from, ...left })
    .onConflict((conflict) => conflict.columns(['institution', 'side', 'id', 'library']).doUpdateSet(left))
    .execute();
  const before = await db
    .deleteFrom('alma_left')
    .where((row) => row.and({ ...key, library: to }))
    .returningAll()
    .executeTakeFirst();
  if (before?.record)
    await sql`insert into alma_records select * from jsonb_populate_record(null::alma_records, ${JSON.stringify(before.record)}::jsonb)`.execute(
      db,
    );
  return {
    alma_request_id: before?.alma_request_id ?? null,
    alma_partner_code: before?.alma_partner_code ?? null,
    alma_user_id: null,
  };
}
