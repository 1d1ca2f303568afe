import { sql, type Kysely, type Transaction } from 'kysely';
import { columnsOf } from './request-columns';
import type { Schema } from './schema';
import { illRequestOf, type StoredRequest } from './stored-request';
import { withoutNames } from './without-names';

/** So many requests are done in one transaction, so that nobody waits for long. */
const BATCH = 500;

/**
 * Erases what the gateway holds of the patrons of requests that have ended and did not change since `before`: in the requests, the journal,
 * and what the import keeps. Who of the staff did what stays, and so does the version of a request: what can be done with it is the same
 * as before. Later snapshots of such a request are stored without its patron (snapshot-change.ts). The number of requests that were done.
 */
export async function eraseNames(db: Kysely<Schema>, before: Date): Promise<number> {
  let erased = 0;
  for (let done = BATCH; done === BATCH; erased += done)
    done = await db.transaction().execute((transaction) => eraseBatch(transaction, before));
  await eraseFailedOrders(db, before);
  return erased;
}

async function eraseBatch(db: Transaction<Schema>, before: Date): Promise<number> {
  const rows = await db
    .selectFrom('requests')
    .selectAll()
    .where('open', '=', false)
    .where('names_erased', '=', false)
    .where('changed_at', '<', before)
    .orderBy('changed_at')
    .limit(BATCH)
    .forUpdate()
    .execute();
  if (rows.length === 0) return 0;
  const erased = sql`jsonb_to_recordset(${JSON.stringify(rows.map(erasedRow))}::jsonb)
    as erased(institution text, side text, id text, alma_request_id text, record jsonb, search_text text)`;
  await sql`update requests as request
    set record = erased.record, search_text = erased.search_text, alma_user_id = null, names_erased = true
    from ${erased} where (request.institution, request.side, request.id) = (erased.institution, erased.side, erased.id)`.execute(
    db,
  );
  await sql`update journal set alma_user_id = null from ${erased} where alma_user_id is not null
    and (journal.institution, journal.side, journal.request_id) = (erased.institution, erased.side, erased.id)`.execute(
    db,
  );
  await eraseOfAlma(db, erased);
  return rows.length;
}

function erasedRow(row: StoredRequest) {
  const { institution, side, id, member_id: memberId, alma_request_id } = row;
  const request = withoutNames(illRequestOf(row));
  const { record, search_text } = columnsOf(request, side, memberId);
  return { institution, side, id, alma_request_id, record: JSON.parse(record) as unknown, search_text };
}

/** What the import keeps: patrons stand in what it knows of borrowing requests only. That a request was looked at stays known. */
async function eraseOfAlma(db: Transaction<Schema>, erased: ReturnType<typeof sql>): Promise<void> {
  await sql`update alma_records as known set claimed_for = null from ${erased} where known.side = 'borrower'
    and known.claimed_for is not null
    and (known.institution, known.side, known.id) = (erased.institution, erased.side, erased.id)`.execute(db);
  await sql`update alma_seen as seen set user_id = '' from ${erased} where erased.side = 'borrower' and seen.user_id <> ''
    and seen.institution = erased.institution
    and (seen.alma_request_id = erased.alma_request_id or jsonb_exists(seen.nacsis_ids, erased.id))`.execute(db);
  await sql`update import_items as item
    set failure = item.failure - 'name',
      changes = (select coalesce(jsonb_agg(case change ->> 'what' when 'collective-patron' then change - 'from' else change end order by place), '[]'::jsonb)
        from jsonb_array_elements(item.changes) with ordinality as changes(change, place))
    from ${erased} where item.side = 'borrower'
    and (item.institution, item.side, item.id) = (erased.institution, erased.side, erased.id)
    and (item.failure ->> 'name' is not null or item.changes @> '[{"what": "collective-patron"}]'::jsonb)`.execute(db);
}

/** Orders that came to nothing have no request that could end. */
async function eraseFailedOrders(db: Kysely<Schema>, before: Date): Promise<void> {
  await db
    .updateTable('journal')
    .set({ alma_user_id: null })
    .where('request_id', 'is', null)
    .where('state', 'in', ['rejected', 'unsent'])
    .where('updated_at', '<', before)
    .where('alma_user_id', 'is not', null)
    .execute();
}
