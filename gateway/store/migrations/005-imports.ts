import { sql, type Kysely, type Migration } from 'kysely';

/** The import job: its runs and their requests, what Alma has, unreadable records; erasure of patron data. */
export const migration: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .alterTable('requests')
      .addColumn('names_erased', 'boolean', (column) => column.notNull().defaultTo(false))
      .execute();
    await sql`create index requests_names on requests (changed_at) where not open and not names_erased`.execute(db);
    // Serves the check, at each new link, for another request with the same Alma id.
    await sql`create index requests_alma on requests (institution, side, alma_request_id) where alma_request_id is not null`.execute(
      db,
    );
    await sql`create index requests_seen on requests (institution, library, seen_at)`.execute(db);
    await db.schema.alterTable('profiles').addColumn('integration', 'jsonb').execute();
    await createRuns(db);
    await createItems(db);
    await createAlmaTables(db);
    await db.schema
      .createTable('unreadable_records')
      .addColumn('institution', 'text', (column) => column.notNull())
      .addColumn('library', 'text', (column) => column.notNull())
      .addColumn('side', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('seen_at', 'timestamptz', (column) => column.notNull())
      .addPrimaryKeyConstraint('unreadable_records_key', ['institution', 'library', 'side', 'kind', 'id'])
      .execute();
  },
  async down(db: Kysely<unknown>): Promise<void> {
    for (const table of ['unreadable_records', 'alma_seen', 'alma_records', 'import_items', 'import_runs'])
      await db.schema.dropTable(table).execute();
    await db.schema.alterTable('profiles').dropColumn('integration').execute();
    for (const index of ['requests_seen', 'requests_alma']) await db.schema.dropIndex(index).execute();
    await db.schema.alterTable('requests').dropColumn('names_erased').execute();
  },
};

async function createRuns(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('import_runs')
    .addColumn('institution', 'text', (column) => column.notNull())
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('libraries', 'jsonb', (column) => column.notNull())
    .addColumn('trigger', 'text', (column) => column.notNull())
    .addColumn('started_by', 'text')
    .addColumn('idempotency_key', 'text')
    .addColumn('full', 'boolean', (column) => column.notNull())
    .addColumn('dry_run', 'boolean', (column) => column.notNull())
    .addColumn('only', 'jsonb')
    .addColumn('retry_of', 'text')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('cancelling', 'boolean', (column) => column.notNull().defaultTo(false))
    .addColumn('requested_at', 'timestamptz', (column) => column.notNull())
    .addColumn('started_at', 'timestamptz')
    .addColumn('finished_at', 'timestamptz')
    .addColumn('step_at', 'timestamptz')
    .addColumn('resumed', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('libraries_read', 'jsonb', (column) => column.notNull().defaultTo(sql`'[]'::jsonb`))
    .addColumn('records_read', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('wait_since', 'timestamptz')
    .addColumn('wait_until', 'timestamptz')
    .addColumn('wait_code', 'text')
    .addColumn('wait_count', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('failure', 'jsonb')
    .addColumn('configuration', 'jsonb', (column) => column.notNull().defaultTo(sql`'[]'::jsonb`))
    .addColumn('revision', 'integer', (column) => column.notNull().defaultTo(0))
    .addPrimaryKeyConstraint('import_runs_key', ['institution', 'run_id'])
    .execute();
  await sql`create index import_runs_order on import_runs (institution, requested_at desc)`.execute(db);
  await sql`create unique index import_runs_once on import_runs (institution, idempotency_key)`.execute(db);
  await sql`create index import_runs_open on import_runs (institution, requested_at) where finished_at is null`.execute(
    db,
  );
}

async function createItems(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('import_items')
    .addColumn('institution', 'text', (column) => column.notNull())
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('library', 'text', (column) => column.notNull())
    .addColumn('side', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text')
    .addColumn('place', 'integer', (column) => column.notNull())
    .addColumn('outcome', 'text')
    .addColumn('changes', 'jsonb', (column) => column.notNull().defaultTo(sql`'[]'::jsonb`))
    .addColumn('failure', 'jsonb')
    .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('not_before', 'timestamptz')
    .addColumn('done_at', 'timestamptz')
    .addPrimaryKeyConstraint('import_items_key', ['institution', 'run_id', 'library', 'side', 'id'])
    .addForeignKeyConstraint(
      'import_items_run',
      ['institution', 'run_id'],
      'import_runs',
      ['institution', 'run_id'],
      (run) => run.onDelete('cascade'),
    )
    .execute();
  await sql`create index import_items_order on import_items (institution, run_id, place)`.execute(db);
  await sql`create index import_items_waiting on import_items (institution, run_id, place) where outcome is null`.execute(
    db,
  );
}

async function createAlmaTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('alma_records')
    .addColumn('institution', 'text', (column) => column.notNull())
    .addColumn('side', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('claimed_at', 'timestamptz')
    .addColumn('claimed_for', 'text')
    .addColumn('unknown', 'boolean', (column) => column.notNull().defaultTo(false))
    .addColumn('imported_version', 'integer')
    .addColumn('imported_status', 'text')
    .addColumn('imported_at', 'timestamptz')
    .addColumn('alma_status', 'text')
    .addColumn('alma_status_name', 'text')
    .addColumn('alma_seen_at', 'timestamptz')
    .addColumn('wanted_status', 'text')
    .addColumn('kept', 'jsonb', (column) => column.notNull().defaultTo(sql`'[]'::jsonb`))
    .addPrimaryKeyConstraint('alma_records_key', ['institution', 'side', 'id'])
    .execute();
  await db.schema
    .createTable('alma_seen')
    .addColumn('institution', 'text', (column) => column.notNull())
    .addColumn('alma_request_id', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('nacsis_ids', 'jsonb', (column) => column.notNull())
    .addPrimaryKeyConstraint('alma_seen_key', ['institution', 'alma_request_id'])
    .execute();
}
