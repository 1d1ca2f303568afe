import type { Kysely, Migration } from 'kysely';

/**
 * Recognises a command whose answer was lost by everything that was sent, and numbers its attempts. How the answer was
 * lost no longer matters.
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
