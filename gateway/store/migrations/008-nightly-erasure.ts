import { sql, type Kysely, type Migration } from 'kysely';

/**
 * Adds the steps of the nightly upkeep and the keys of calls that are not commands; removes names that earlier versions
 * stored without need.
 */
export const migration: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('upkeep')
      .addColumn('step', 'text', (column) => column.notNull())
      .addColumn('known_since', 'timestamptz', (column) => column.notNull())
      .addColumn('done_at', 'timestamptz')
      .addColumn('failed_at', 'timestamptz')
      .addPrimaryKeyConstraint('upkeep_key', ['step'])
      .execute();
    await db.schema
      .createTable('used_keys')
      .addColumn('institution', 'text', (column) => column.notNull())
      .addColumn('idempotency_key', 'text', (column) => column.notNull())
      .addColumn('payload_hash', 'text', (column) => column.notNull())
      .addColumn('run_id', 'text')
      .addColumn('joined', 'boolean', (column) => column.notNull().defaultTo(false))
      .addColumn('used_at', 'timestamptz', (column) => column.notNull())
      .addPrimaryKeyConstraint('used_keys_key', ['institution', 'idempotency_key'])
      .execute();
    // The user id of Alma's request was never used.
    await db.schema.alterTable('alma_seen').dropColumn('user_id').execute();
    // Erases what earlier erasures left: comments, the address for electronic delivery and the lender's local data.
    await sql`update requests set record = jsonb_set(
        record #- '{fields,electronicAddress}' #- '{fields,lenderLocalData}', '{history}',
        coalesce((select jsonb_agg(entry - 'comment' order by place)
          from jsonb_array_elements(record -> 'history') with ordinality as history(entry, place)), '[]'::jsonb))
      where names_erased`.execute(db);
    await sql`create index drafts_by_age on drafts (updated_at)`.execute(db);
  },
  async down(db: Kysely<unknown>): Promise<void> {
    await db.schema.dropIndex('drafts_by_age').execute();
    await db.schema
      .alterTable('alma_seen')
      .addColumn('user_id', 'text', (column) => column.notNull().defaultTo(''))
      .execute();
    for (const table of ['used_keys', 'upkeep']) await db.schema.dropTable(table).execute();
  },
};
