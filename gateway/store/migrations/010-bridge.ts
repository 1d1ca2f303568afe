import { sql, type Kysely, type Migration } from 'kysely';

/** The bridge to Alma's own pages: transactions, messages of both directions, and since when a library has the bridge. */
export const migration: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createTransactions(db);
    await createMessages(db);
    await db.schema.alterTable('alma_records').addColumn('left_to', 'text').execute();
    await db.schema.alterTable('requests').addColumn('first_seen_at', 'timestamptz').execute();
    await db.schema
      .createTable('bridge_progress')
      .addColumn('institution', 'text', (column) => column.notNull())
      .addColumn('library', 'text', (column) => column.notNull())
      .addColumn('since', 'timestamptz', (column) => column.notNull())
      .addPrimaryKeyConstraint('bridge_progress_key', ['institution', 'library'])
      .execute();
    // What Alma's messages caused (news-look.ts).
    await sql`create index journal_of_bridge on journal (institution, side, request_id) where idempotency_key like 'iso18626 %'`.execute(
      db,
    );
  },
  async down(db: Kysely<unknown>): Promise<void> {
    await db.schema.dropIndex('journal_of_bridge').execute();
    await db.schema.alterTable('requests').dropColumn('first_seen_at').execute();
    await db.schema.alterTable('alma_records').dropColumn('left_to').execute();
    for (const table of ['bridge_progress', 'bridge_messages', 'bridge_transactions'])
      await db.schema.dropTable(table).execute();
  },
};

async function createTransactions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('bridge_transactions')
    .addColumn('institution', 'text', (column) => column.notNull())
    .addColumn('transaction_id', 'uuid', (column) => column.primaryKey().defaultTo(sql`gen_random_uuid()`))
    .addColumn('library', 'text', (column) => column.notNull())
    .addColumn('side', 'text', (column) => column.notNull())
    .addColumn('requester', 'text', (column) => column.notNull())
    .addColumn('supplier', 'text', (column) => column.notNull())
    .addColumn('requester_request_id', 'text', (column) => column.notNull())
    .addColumn('supplier_request_id', 'text')
    .addColumn('request_id', 'text')
    .addColumn('kind', 'text')
    .addColumn('title', 'text')
    .addColumn('told_version', 'integer', (column) => column.notNull())
    .addColumn('told', 'jsonb', (column) => column.notNull())
    .addColumn('last_in', 'text')
    .addColumn('last_in_at', 'timestamptz')
    .addColumn('ended', 'boolean', (column) => column.notNull().defaultTo(false))
    .addColumn('created_at', 'timestamptz', (column) => column.notNull())
    .addColumn('updated_at', 'timestamptz', (column) => column.notNull())
    .addUniqueConstraint('bridge_transactions_id', [
      ...(['institution', 'library', 'side', 'requester', 'requester_request_id'] as const),
    ])
    .execute();
  await db.schema
    .createIndex('bridge_transactions_request')
    .on('bridge_transactions')
    .columns(['institution', 'side', 'request_id'])
    .execute();
  await sql`create index bridge_transactions_open on bridge_transactions (institution, library) where not ended`.execute(
    db,
  );
}

async function createMessages(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('bridge_messages')
    .addColumn('institution', 'text', (column) => column.notNull())
    .addColumn('message_id', 'bigint', (column) => column.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('transaction_id', 'uuid', (column) =>
      column.notNull().references('bridge_transactions.transaction_id').onDelete('cascade'),
    )
    .addColumn('direction', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('identity', 'text')
    .addColumn('body_hash', 'text')
    .addColumn('sent_at', 'timestamptz', (column) => column.notNull())
    .addColumn('content', 'jsonb')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('overtakable', 'boolean', (column) => column.notNull().defaultTo(false))
    .addColumn('hold', 'text')
    .addColumn('hold_since', 'timestamptz')
    .addColumn('rule', 'text')
    .addColumn('commands', 'jsonb', (column) => column.notNull())
    .addColumn('commands_done', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('warnings', 'jsonb', (column) => column.notNull().defaultTo('[]'))
    .addColumn('judged_version', 'integer')
    .addColumn('consented', 'boolean', (column) => column.notNull().defaultTo(false))
    .addColumn('error', 'jsonb')
    .addColumn('problem', 'jsonb')
    .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('next_at', 'timestamptz')
    .addColumn('created_at', 'timestamptz', (column) => column.notNull())
    .addColumn('done_at', 'timestamptz')
    .addUniqueConstraint('bridge_messages_identity', ['institution', 'identity'])
    .execute();
  await db.schema
    .createIndex('bridge_messages_transaction')
    .on('bridge_messages')
    .columns(['transaction_id', 'message_id'])
    .execute();
  await sql`create index bridge_messages_open on bridge_messages (institution, state, next_at) where state in ('waiting', 'held', 'refused', 'stopped')`.execute(
    db,
  );
  await sql`create index bridge_messages_owed on bridge_messages (institution, message_id)
    where direction = 'out' and commands_done < jsonb_array_length(commands)`.execute(db);
}
