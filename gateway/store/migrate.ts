import { Migrator, type Kysely } from 'kysely';
import { migration as requestsJournalDrafts } from './migrations/001-requests-journal-drafts';
import { migration as whatWasBefore } from './migrations/002-what-was-before';
import { migration as profiles } from './migrations/003-profiles';
import { migration as workList } from './migrations/004-work-list';
import { migration as imports } from './migrations/005-imports';
import { migration as whatWasSent } from './migrations/006-what-was-sent';
import { migration as notDelivered } from './migrations/007-not-delivered';
import { migration as nightlyErasure } from './migrations/008-nightly-erasure';
import { migration as stockOfAlma } from './migrations/009-stock-of-alma';
import { migration as bridge } from './migrations/010-bridge';
import { migration as foldedSearch } from './migrations/011-folded-search';
import { migration as members } from './migrations/012-members';
import { migration as titlesInStock } from './migrations/013-titles-in-stock';
import type { Schema } from './schema';

/** Every migration, in order. A released one never changes. */
export const MIGRATIONS = {
  '001-requests-journal-drafts': requestsJournalDrafts,
  '002-what-was-before': whatWasBefore,
  '003-profiles': profiles,
  '004-work-list': workList,
  '005-imports': imports,
  '006-what-was-sent': whatWasSent,
  '007-not-delivered': notDelivered,
  '008-nightly-erasure': nightlyErasure,
  '009-stock-of-alma': stockOfAlma,
  '010-bridge': bridge,
  '011-folded-search': foldedSearch,
  '012-members': members,
  '013-titles-in-stock': titlesInStock,
} as const;

/** Takes an advisory lock, so that several gateways can start at the same time. */
export function migratorOf(db: Kysely<Schema>): Migrator {
  return new Migrator({ db, provider: { getMigrations: () => Promise.resolve(MIGRATIONS) } });
}

/**
 * Migrates the store to the newest schema. Throws with the name of the failed migration, which is rolled back as a
 * whole.
 */
export async function migrate(db: Kysely<Schema>): Promise<void> {
  const { error, results } = await migratorOf(db).migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'unknown';
  throw new Error(`the migration ${failed} of the store failed`, { cause: error });
}
