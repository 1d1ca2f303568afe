import { Migrator, type Kysely } from 'kysely';
import { migration as requestsJournalDrafts } from './migrations/001-requests-journal-drafts';
import type { Schema } from './schema';

/** Every migration, in order. A released one is never changed. */
const MIGRATIONS = { '001-requests-journal-drafts': requestsJournalDrafts } as const;

/** Brings the store to the newest schema. Several gateways may start at once: Kysely's migrator takes an advisory lock. */
export async function migrate(db: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(MIGRATIONS) } });
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'unknown';
  throw new Error(`the migration ${failed} of the store failed`, { cause: error });
}
