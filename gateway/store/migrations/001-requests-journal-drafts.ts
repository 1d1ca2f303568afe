import { sql, type Kysely, type Migration } from 'kysely';

/** The first tables: snapshots of requests, the journal of commands, drafts. */
export const migration: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createRequests(db);
    await createJournal(db);
    await createDrafts(db);
  },
  async down(db: Kysely<unknown>): Promise<void> {
    for (const table of ['drafts', 'journal', 'requests']) await db.schema.dropTable(table).execute();
  },
};

async function createRequests(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('requests')
    .addColumn('institution', 'text', (column) => column.notNull())
    .addColumn('side', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('library', 'text', (column) => column.notNull())
    .addColumn('member_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('state', 'text')
    .addColumn('external_status', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull().defaultTo(1))
    .addColumn('record', 'jsonb', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('partner_id', 'text')
    .addColumn('partner_name', 'text')
    .addColumn('updated_on', 'text')
    .addColumn('alma_user_id', 'text')
    .addColumn('alma_request_id', 'text')
    .addColumn('seen_at', 'timestamptz', (column) => column.notNull())
    .addPrimaryKeyConstraint('requests_key', ['institution', 'side', 'id'])
    .execute();
  await db.schema
    .createIndex('requests_list')
    .on('requests')
    .columns(['institution', 'library', 'side', 'external_status'])
    .execute();
}

async function createJournal(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('journal')
    .addColumn('institution', 'text', (column) => column.notNull())
    .addColumn('idempotency_key', 'text', (column) => column.notNull())
    .addColumn('payload_hash', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('library', 'text', (column) => column.notNull())
    .addColumn('member_id', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('side', 'text', (column) => column.notNull())
    .addColumn('command', 'text', (column) => column.notNull())
    .addColumn('request_id', 'text')
    .addColumn('mark', 'text')
    .addColumn('history_length', 'integer', (column) => column.notNull())
    .addColumn('alma_user_id', 'text')
    .addColumn('alma_request_id', 'text')
    .addColumn('problem', 'jsonb')
    .addColumn('lost_by', 'text')
    .addColumn('sent_at', 'timestamptz', (column) => column.notNull())
    .addColumn('lease_until', 'timestamptz', (column) => column.notNull())
    .addColumn('created_at', 'timestamptz', (column) => column.notNull())
    .addColumn('updated_at', 'timestamptz', (column) => column.notNull())
    .addPrimaryKeyConstraint('journal_key', ['institution', 'idempotency_key'])
    .execute();
  // One open command per request: a second one waits until the first is settled.
  await sql`create unique index journal_open_command on journal (institution, side, request_id) where request_id is not null and state in ('pending', 'unknown')`.execute(
    db,
  );
}

async function createDrafts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('drafts')
    .addColumn('institution', 'text', (column) => column.notNull())
    .addColumn('draft_id', 'text', (column) => column.notNull())
    .addColumn('library', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text')
    .addColumn('content', 'jsonb', (column) => column.notNull())
    .addColumn('updated_at', 'timestamptz', (column) => column.notNull())
    .addPrimaryKeyConstraint('drafts_key', ['institution', 'draft_id'])
    .execute();
  await db.schema
    .createIndex('drafts_of_user')
    .on('drafts')
    .columns(['institution', 'user_id', 'updated_at'])
    .execute();
}
