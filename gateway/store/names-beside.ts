import { sql, type Kysely } from 'kysely';
import type { Schema } from './schema';

/**
 * Data beside the requests that may name their patrons. Each function erases what belongs to a request whose patron was
 * erased (names.ts), whatever its age, and what belongs to no request and was written before `before`. It resolves to
 * the number of changed rows.
 */
type Erase = (db: Kysely<Schema>, before: Date) => Promise<number>;

/**
 * True for a row of `table` (with the columns institution, side and `id`) that belongs to a request whose patron was
 * erased, or is old and belongs to none.
 */
const isOver = (table: string, id: string, at: string, before: Date) => {
  const [institution, side, request] = [
    sql.ref(`${table}.institution`),
    sql.ref(`${table}.side`),
    sql.ref(`${table}.${id}`),
  ];
  const of = sql`from requests where requests.institution = ${institution} and requests.side = ${side} and requests.id = ${request}`;
  return sql`(exists (select 1 ${of} and requests.names_erased)
    or (${sql.ref(`${table}.${at}`)} < ${before} and not exists (select 1 ${of})))`;
};

/** A refusal without the message of NACSIS-ILL, and without the request as it was. */
const BARE_PROBLEM = sql`jsonb_strip_nulls(jsonb_build_object('type', problem -> 'type', 'title', problem -> 'title',
  'status', problem -> 'status', 'code', problem -> 'code', 'requestId', problem -> 'requestId', 'errors', problem -> 'errors'))`;

/**
 * Erases patron data from the journal, also for orders that came to nothing and for what was sent with a command whose
 * outcome was never known. Keeps the record of which staff member did what.
 */
export const eraseJournal: Erase = (db, before) =>
  changed(
    db,
    sql`update journal set alma_user_id = null, sent = null, problem = case when problem is not null then ${BARE_PROBLEM} end
      where (alma_user_id is not null or sent is not null or (problem is not null and problem <> ${BARE_PROBLEM}))
        and ${isOver('journal', 'request_id', 'updated_at', before)}`,
  );

/**
 * Erases the patron for whom a borrowing request was about to be created in Alma. A lending request has a partner there
 * instead, which stays.
 */
export const eraseOfAlma: Erase = (db, before) =>
  changed(
    db,
    sql`update alma_records set claimed_for = null where side = 'borrower' and claimed_for is not null
      and ${isOver('alma_records', 'id', 'claimed_at', before)}`,
  );

/** The changes of a report without the patron for whom the request was to be created. */
const BARE_CHANGES = sql`(select coalesce(jsonb_agg(case change ->> 'what' when 'collective-patron' then change - 'from' else change end
    order by place), '[]'::jsonb) from jsonb_array_elements(changes) with ordinality as listed(change, place))`;
const BARE_FAILURE = sql`failure - 'name' - 'detail' - 'almaMessage'`;

/**
 * Erases messages of Alma and NACSIS-ILL about a request or a run from the import reports. The outcome of each request
 * stays.
 */
export const eraseReports: Erase = async (db, before) => {
  const items = await changed(
    db,
    sql`update import_items set failure = ${BARE_FAILURE}, changes = ${BARE_CHANGES}
      where (failure <> ${BARE_FAILURE} or changes <> ${BARE_CHANGES})
        and ${isOver('import_items', 'id', 'done_at', before)}`,
  );
  const runs = await changed(
    db,
    // Keeps the detail of `library-not-configured`, which is a library code.
    sql`update import_runs set failure = failure - 'detail' where failure ->> 'detail' is not null
      and failure ->> 'code' <> 'library-not-configured' and finished_at < ${before}`,
  );
  return items + runs;
};

/**
 * Erases the messages exchanged with Alma, and what was said of them. What tells a repeat from a new message stays. A
 * message that still waits can no longer be worked on, and is dropped.
 */
export const eraseMessages: Erase = (db, before) =>
  changed(
    db,
    sql`update bridge_messages message set content = null, problem = message.problem - 'detail', next_at = null,
        state = case when message.state in ('waiting', 'held', 'stopped') then 'dropped' else message.state end
      from bridge_transactions transaction
      where transaction.transaction_id = message.transaction_id
        and (message.content is not null or message.problem ->> 'detail' is not null)
        and ${isOver('transaction', 'request_id', 'updated_at', before)}`,
  );

/** Deletes drafts that have not changed since `before`. */
export const eraseDrafts: Erase = (db, before) => changed(db, sql`delete from drafts where updated_at < ${before}`);

async function changed(db: Kysely<Schema>, statement: ReturnType<typeof sql>): Promise<number> {
  const { numAffectedRows = 0n } = await statement.execute(db);
  return Number(numAffectedRows);
}
