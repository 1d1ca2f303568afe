import type { Kysely } from 'kysely';
import type { Integration } from '#domain/api-profile';
import { DEFAULT_INTEGRATION } from '#domain/integration';
import type { LibraryConfig } from '../config';
import { ProfilesStore, type OfLibrary } from '../store/profiles-store';
import type { Schema } from '../store/schema';

/** How the import works for the library as long as it has saved no profile. */
export function withIntegration({ code, integration }: LibraryConfig): OfLibrary {
  return { code, integration: { ...DEFAULT_INTEGRATION, ...integration } };
}

/** How the import works for the library now. */
export async function integrationOf(
  db: Kysely<Schema>,
  institution: string,
  library: LibraryConfig,
): Promise<Integration> {
  return (await new ProfilesStore(db, institution).read(withIntegration(library))).integration;
}
