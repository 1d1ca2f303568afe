import { sql, type Kysely, type Migration } from 'kysely';

/** The work list: what it is filtered and ordered by, what was seen when, what was read of the role files; views, tariffs and the lending period of a library. */
export const migration: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await addRequestColumns(db);
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
    await db.schema.dropTable('readings').execute();
    for (const column of ['views', 'tariffs', 'loan_days'])
      await db.schema.alterTable('profiles').dropColumn(column).execute();
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
  'gone',
  'jump',
];

/** The states in which a side had to act when this was written. */
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
    .addColumn('gone', 'text')
    .addColumn('jump', 'jsonb')
    .execute();
  await sql`update requests set changed_at = seen_at, ordered_on = nullif(record #>> '{fields,orderDate}', ''), due_date = nullif(record #>> '{fields,dueDate}', '')`.execute(
    db,
  );
  await sql`update requests set waits = true where (side = 'borrower' and state = any(${WAITING.borrower})) or (side = 'lender' and state = any(${WAITING.lender}))`.execute(
    db,
  );
  await sql`alter table requests alter column changed_at set not null`.execute(db);
}
