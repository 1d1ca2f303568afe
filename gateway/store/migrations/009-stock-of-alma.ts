import { sql, type Kysely, type Migration } from 'kysely';

/**
 * Stores what a run found in Alma for its later steps and for other gateways; the number of creates without an answer;
 * a library's link and Alma record of a lending request that moved to another library of the institution; and the
 * duplicates found at the end of a run.
 */
export const migration: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createStock(db);
    await db.schema
      .createTable('alma_left')
      .addColumn('institution', 'text', (column) => column.notNull())
      .addColumn('side', 'text', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('library', 'text', (column) => column.notNull())
      .addColumn('alma_request_id', 'text')
      .addColumn('alma_partner_code', 'text')
      .addColumn('record', 'jsonb')
      .addPrimaryKeyConstraint('alma_left_key', ['institution', 'side', 'id', 'library'])
      .execute();
    await db.schema
      .alterTable('alma_records')
      .addColumn('claims', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('made_at', 'timestamptz')
      .addColumn('names_no_other', 'text')
      .addColumn('repeated', 'boolean', (column) => column.notNull().defaultTo(false))
      .execute();
    await sql`update alma_records set claims = 1 where claimed_at is not null`.execute(db);
    await db.schema.alterTable('import_runs').addColumn('checked', 'jsonb').execute();
    // This table also stored that nothing was found.
    await db.schema.dropTable('alma_seen').execute();
  },
  async down(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('alma_seen')
      .addColumn('institution', 'text', (column) => column.notNull())
      .addColumn('alma_request_id', 'text', (column) => column.notNull())
      .addColumn('nacsis_ids', 'jsonb', (column) => column.notNull())
      .addPrimaryKeyConstraint('alma_seen_key', ['institution', 'alma_request_id'])
      .execute();
    await db.schema.alterTable('import_runs').dropColumn('checked').execute();
    for (const column of ['claims', 'made_at', 'names_no_other', 'repeated'])
      await db.schema.alterTable('alma_records').dropColumn(column).execute();
    for (const table of ['alma_left', 'alma_stock', 'alma_stock_lists']) await db.schema.dropTable(table).execute();
  },
};

async function createStock(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('alma_stock_lists')
    .addColumn('institution', 'text', (column) => column.notNull())
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('list', 'text', (column) => column.notNull())
    .addColumn('complete', 'boolean', (column) => column.notNull())
    .addPrimaryKeyConstraint('alma_stock_lists_key', ['institution', 'run_id', 'list'])
    .addForeignKeyConstraint(
      'alma_stock_lists_run',
      ['institution', 'run_id'],
      'import_runs',
      ['institution', 'run_id'],
      (run) => run.onDelete('cascade'),
    )
    .execute();
  await db.schema
    .createTable('alma_stock')
    .addColumn('institution', 'text', (column) => column.notNull())
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('list', 'text', (column) => column.notNull())
    .addColumn('alma_request_id', 'text', (column) => column.notNull())
    .addColumn('external_id', 'text')
    .addColumn('mark', 'text')
    .addColumn('mentions', 'jsonb', (column) => column.notNull())
    .addColumn('partner_code', 'text')
    .addColumn('ended', 'boolean', (column) => column.notNull())
    .addPrimaryKeyConstraint('alma_stock_key', ['institution', 'run_id', 'list', 'alma_request_id'])
    .addForeignKeyConstraint(
      'alma_stock_run',
      ['institution', 'run_id'],
      'import_runs',
      ['institution', 'run_id'],
      (run) => run.onDelete('cascade'),
    )
    .execute();
}
