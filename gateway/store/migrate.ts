import { Migrator, type Kysely } from 'kysely';
import { migration as requestsJournalDrafts } from './migrations/001-requests-journal-drafts';
import { migration as whatWasBefore } from './migrations/002-what-was-before';
import { migration as profiles } from './migrations/003-profiles';
import { migration as workList } from './migrations/004-work-list';
import { migration as imports } from './migrations/005-imports';
import type { Schema } from './schema';

/** Every migration, in order. A released one is never changed. */
export const MIGRATIONS = {
  '001-requests-journal-drafts': requestsJournalDrafts,
  '002-what-was-before': whatWasBefore,
  '003-profiles': profiles,
  '004-work-list': workList,
  '005-imports': imports,
} as const;

/** Takes an advisory lock, so that several gateways may start at once. */
export function migratorOf(db: Kysely<Schema>): Migrator {
  return new Migrator({ db, provider: { getMigrations: () => Promise.resolve(MIGRATIONS) } });
}

/** Brings the store to the newest schema. Throws with the name of the migration that failed; it is undone as a whole. */
export async function migrate(db: Kysely<Schema>): Promise<void> {
  const { error, results } = await migratorOf(db).migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'unknown';
  throw new Error(`the migration ${failed} of the store failed`, { cause: error });
}
