import type { Kysely, Migration } from 'kysely';

/**
 * Stores what each command sent, which identifies a command whose answer was lost, and numbers its attempts. Drops how
 * the answer was lost, which no longer matters.
 */
export const migration: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('journal').addColumn('sent', 'jsonb').execute();
    await db.schema
      .alterTable('journal')
      .addColumn('attempt', 'integer', (column) => column.notNull().defaultTo(1))
      .execute();
    await db.schema.alterTable('journal').dropColumn('lost_by').execute();
  },
  async down(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('journal').addColumn('lost_by', 'text').execute();
    for (const column of ['attempt', 'sent']) await db.schema.alterTable('journal').dropColumn(column).execute();
  },
};
