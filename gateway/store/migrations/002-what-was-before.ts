import { sql, type Kysely, type Migration } from 'kysely';

/** Adds the state before a command, and the length of the history at each version of a snapshot. */
export const migration: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('journal').addColumn('state_before', 'text').execute();
    await db.schema
      .alterTable('requests')
      .addColumn('history_lengths', 'jsonb', (column) => column.notNull().defaultTo(sql`'{}'::jsonb`))
      .execute();
    // Of existing rows, only the length at the current version is known.
    await sql`update requests set history_lengths = jsonb_build_object(version::text, jsonb_array_length(record->'history'))`.execute(
      db,
    );
  },
  async down(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('requests').dropColumn('history_lengths').execute();
    await db.schema.alterTable('journal').dropColumn('state_before').execute();
  },
};
