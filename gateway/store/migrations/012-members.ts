import { sql, type Kysely, type Migration } from 'kysely';

/** Changes of the libraries' own member records, and planned closures. */
export const migration: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('member_changes')
      .addColumn('institution', 'text', (column) => column.notNull())
      .addColumn('idempotency_key', 'text', (column) => column.notNull())
      .addColumn('payload_hash', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('library', 'text', (column) => column.notNull())
      .addColumn('member_id', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('before', 'jsonb', (column) => column.notNull())
      .addColumn('changes', 'jsonb', (column) => column.notNull())
      .addColumn('problem', 'jsonb')
      .addColumn('attempt', 'integer', (column) => column.notNull().defaultTo(1))
      .addColumn('lease_until', 'timestamptz', (column) => column.notNull())
      .addColumn('created_at', 'timestamptz', (column) => column.notNull())
      .addColumn('updated_at', 'timestamptz', (column) => column.notNull())
      .addColumn('number', 'bigint', (column) => column.generatedAlwaysAsIdentity())
      .addPrimaryKeyConstraint('member_changes_key', ['institution', 'idempotency_key'])
      .execute();
    // One change of a record at a time.
    await sql`create unique index member_changes_open on member_changes (member_id) where state in ('pending', 'unknown')`.execute(
      db,
    );
    await sql`create index member_changes_of_service on member_changes (member_id, updated_at desc, number desc)
      where state = 'applied' and jsonb_exists(changes, 'service')`.execute(db);
    await db.schema
      .createTable('closures')
      .addColumn('institution', 'text', (column) => column.notNull())
      .addColumn('closure_id', 'uuid', (column) => column.primaryKey().defaultTo(sql`gen_random_uuid()`))
      .addColumn('idempotency_key', 'text', (column) => column.notNull())
      .addColumn('library', 'text', (column) => column.notNull())
      .addColumn('member_id', 'text', (column) => column.notNull())
      .addColumn('from_day', 'text', (column) => column.notNull())
      .addColumn('to_day', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull().defaultTo(1))
      .addColumn('ends_early', 'boolean', (column) => column.notNull().defaultTo(false))
      .addColumn('closed', 'text')
      .addColumn('closed_at', 'timestamptz')
      .addColumn('reopened', 'text')
      .addColumn('reopened_at', 'timestamptz')
      .addColumn('attempt', 'integer', (column) => column.notNull().defaultTo(1))
      .addColumn('failures', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('failure', 'jsonb')
      .addColumn('next_at', 'timestamptz')
      .addColumn('planned_by', 'text', (column) => column.notNull())
      .addColumn('changed_by', 'text', (column) => column.notNull())
      .addColumn('created_at', 'timestamptz', (column) => column.notNull())
      .addColumn('updated_at', 'timestamptz', (column) => column.notNull())
      .addUniqueConstraint('closures_key', ['institution', 'idempotency_key'])
      .execute();
    await db.schema
      .createIndex('closures_of_library')
      .on('closures')
      .columns(['institution', 'library', 'from_day'])
      .execute();
    await sql`create index closures_open on closures (from_day) where state in ('planned', 'running')`.execute(db);
  },
  async down(db: Kysely<unknown>): Promise<void> {
    for (const table of ['closures', 'member_changes']) await db.schema.dropTable(table).execute();
  },
};
