import { sql, type Kysely, type Migration } from 'kysely';

/** Adds what the staff of a library shares, and indexes for finding earlier requests by record and by day of order. */
export const migration: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('profiles')
      .addColumn('institution', 'text', (column) => column.notNull())
      .addColumn('library', 'text', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('templates', 'jsonb', (column) => column.notNull())
      .addColumn('updated_at', 'timestamptz', (column) => column.notNull())
      .addColumn('updated_by', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('profiles_key', ['institution', 'library'])
      .execute();
    await sql`create index requests_of_record on requests (institution, library, (record #>> '{fields,bibId}'))`.execute(
      db,
    );
    await sql`create index requests_by_order_day on requests (institution, library, side,
      (coalesce(nullif(record #>> '{fields,orderDate}', ''), record #>> '{fields,createdOn}')))`.execute(db);
  },
  async down(db: Kysely<unknown>): Promise<void> {
    for (const index of ['requests_by_order_day', 'requests_of_record']) await db.schema.dropIndex(index).execute();
    await db.schema.dropTable('profiles').execute();
  },
};
