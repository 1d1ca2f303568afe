import type { Kysely, Migration } from 'kysely';

/** Keeps the titles of the requests that a run found in Alma, to notice one that staff made by hand. */
export const migration: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .alterTable('alma_stock')
      .addColumn('title', 'text', (column) => column.notNull().defaultTo(''))
      .execute();
  },
  async down(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('alma_stock').dropColumn('title').execute();
  },
};
