import { sql, type Kysely, type Migration } from 'kysely';

/**
 * The work list: columns and indexes for filters and order, times when changes were seen, counts, and the progress of
 * reading the role files; views, tariffs and the lending period of a library.
 */
export const migration: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await addRequestColumns(db);
    await orderRequests(db);
    await countRequests(db);
    // An embedded store does not analyze its tables by itself.
    await sql`analyze requests`.execute(db);
    await db.schema
      .alterTable('profiles')
      .addColumn('views', 'jsonb', (column) => column.notNull().defaultTo(sql`'[]'::jsonb`))
      .addColumn('tariffs', 'jsonb', (column) => column.notNull().defaultTo(sql`'[]'::jsonb`))
      .addColumn('loan_days', 'integer')
      .execute();
    await db.schema
      .createTable('readings')
      .addColumn('institution', 'text', (column) => column.notNull())
      .addColumn('library', 'text', (column) => column.notNull())
      .addColumn('read_at', 'timestamptz')
      .addColumn('full_at', 'timestamptz')
      .addPrimaryKeyConstraint('readings_key', ['institution', 'library'])
      .execute();
  },
  async down(db: Kysely<unknown>): Promise<void> {
    for (const event of EVENTS) await sql`drop trigger ${sql.id(`requests_${event}`)} on requests`.execute(db);
    await sql`drop function count_requests()`.execute(db);
    for (const table of ['readings', 'request_counts']) await db.schema.dropTable(table).execute();
    for (const column of ['views', 'tariffs', 'loan_days'])
      await db.schema.alterTable('profiles').dropColumn(column).execute();
    // Indexes are dropped with their columns, except those on columns that stay.
    for (const name of [...Object.keys(ORDERS), 'news', 'partner'])
      await sql`drop index if exists ${sql.id(`requests_${name}`)}`.execute(db);
    for (const column of ADDED) await db.schema.alterTable('requests').dropColumn(column).execute();
  },
};

const ADDED = [
  'alma_partner_code',
  'changed_at',
  'news_at',
  'history_seen',
  'citation',
  'ordered_on',
  'due_date',
  'waits',
  'open',
  'gone',
  'jump',
  'bib_id',
  'search_text',
];

/** States in which a side had to act at the time of this migration, and final states. */
const WAITING = {
  borrower: [
    'PREPARING',
    'NEW_INQUIRY',
    'INQUIRY',
    'SHIPPED',
    'ARRIVED',
    'CLAIM_ANSWERED',
    'ON_LOAN',
    'RETURN_CLAIMED',
  ],
  lender: ['UNPROCESSED', 'PROCESSING', 'ANSWERED', 'CLAIMED', 'RENEW_REQUESTED', 'SENT_BACK', 'RETURN_PROCESSING'],
};
const ENDED = ['CONFIRMED', 'RETURN_CONFIRMED', 'CANCELLED'];

async function addRequestColumns(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('requests')
    .addColumn('alma_partner_code', 'text')
    .addColumn('changed_at', 'timestamptz')
    .addColumn('news_at', 'timestamptz')
    .addColumn('history_seen', 'jsonb', (column) => column.notNull().defaultTo(sql`'{}'::jsonb`))
    .addColumn('citation', 'text', (column) => column.notNull().defaultTo(''))
    .addColumn('ordered_on', 'text')
    .addColumn('due_date', 'text')
    .addColumn('waits', 'boolean', (column) => column.notNull().defaultTo(false))
    .addColumn('open', 'boolean', (column) => column.notNull().defaultTo(true))
    .addColumn('gone', 'text')
    .addColumn('jump', 'jsonb')
    .addColumn('bib_id', 'text')
    .addColumn('search_text', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
  await sql`update requests set changed_at = seen_at,
    ordered_on = nullif(record #>> '{fields,orderDate}', ''),
    due_date = nullif(record #>> '{fields,dueDate}', ''),
    bib_id = nullif(record #>> '{fields,bibId}', ''),
    open = (state is null or state <> all(${ENDED})),
    waits = coalesce((side = 'borrower' and state = any(${WAITING.borrower})) or (side = 'lender' and state = any(${WAITING.lender})), false),
    search_text = lower(normalize(concat_ws(E'\\n', id, title, partner_id, partner_name, record #>> '{fields,borrowerNumber}',
      record #>> '{fields,lenderNumber}', record #>> '{fields,applicant}'), NFKC))`.execute(db);
  await sql`alter table requests alter column changed_at set not null`.execute(db);
}

/** Sort orders of the list; store/list-order.ts has the same expressions. */
const ORDERS = {
  needs: 'waits desc, updated_on asc nulls first, id',
  age: 'updated_on asc nulls first, id',
  due: 'due_date asc nulls last, id',
  title: `(nullif(left(title, 200), '')) collate "C" asc nulls last, id`,
  partner_name: `(left(coalesce(partner_name, partner_id), 200)) collate "C" asc nulls last, id`,
  state: 'external_status, updated_on asc nulls first, id',
};

async function orderRequests(db: Kysely<unknown>): Promise<void> {
  for (const [name, order] of Object.entries(ORDERS))
    await sql`create index ${sql.id(`requests_${name}`)} on requests (institution, library, side, ${sql.raw(order)})`.execute(
      db,
    );
  await sql`create index requests_news on requests (institution, library, side, news_at) where news_at is not null`.execute(
    db,
  );
  await sql`create index requests_partner on requests (institution, library, side, partner_id)`.execute(db);
}

const EVENTS = ['insert', 'update', 'delete'] as const;
const TABLES = {
  insert: 'new table as added',
  update: 'old table as removed new table as added',
  delete: 'old table as removed',
} as const;
const SHARED = 'institution, library, side, kind, waits, open';
const STATUS = 'external_status, state';
const PARTNER = 'partner_id, partner_name';
const LEVEL =
  "case when grouping(partner_id) = 1 then 'status' when grouping(external_status) = 1 then 'partner' else 'all' end";
const COUNTED = `${LEVEL} as level, ${SHARED}, ${STATUS}, ${PARTNER}, sum(number)::int as number`;
const SETS = `grouping sets ((${SHARED}, ${STATUS}), (${SHARED}, ${PARTNER}), (${SHARED}, ${STATUS}, ${PARTNER}))`;

/**
 * Stores counts of the requests by status, by partner and by both, so that facets cost the same for libraries with many
 * and with few requests. Each statement appends differences, so no statement waits for a row that another one updates.
 * The differences are summed up from time to time.
 */
async function countRequests(db: Kysely<unknown>): Promise<void> {
  const counted = sql.raw(COUNTED);
  const sets = sql.raw(SETS);
  const dimensions = sql.raw(`${SHARED}, ${STATUS}, ${PARTNER}`);
  await sql`create table request_counts as select ${counted} from (select *, 1 as number from requests) as present group by ${sets}`.execute(
    db,
  );
  await sql`create index request_counts_key on request_counts (institution, library, side, level)`.execute(db);
  await sql`create function count_requests() returns trigger language plpgsql as $$
    begin
      if tg_op = 'INSERT' then
        insert into request_counts select ${counted} from (select *, 1 as number from added) as changes group by ${sets};
      elsif tg_op = 'DELETE' then
        insert into request_counts select ${counted} from (select *, -1 as number from removed) as changes group by ${sets};
      else
        insert into request_counts select ${counted} from (
          select ${dimensions}, 1 as number from added union all select ${dimensions}, -1 from removed
        ) as changes group by ${sets} having sum(number) <> 0;
      end if;
      return null;
    end $$`.execute(db);
  for (const event of EVENTS)
    await sql`create trigger ${sql.id(`requests_${event}`)} after ${sql.raw(event)} on requests
      referencing ${sql.raw(TABLES[event])} for each statement execute function count_requests()`.execute(db);
}
