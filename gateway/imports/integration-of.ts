import type { Kysely } from 'kysely';
import type { Integration } from '#domain/api/profile';
import { DEFAULT_INTEGRATION } from '#domain/imports/integration';
import type { LibraryConfig } from '../config';
import { ProfilesStore, type OfLibrary } from '../store/profiles-store';
import type { Schema } from '../store/schema';

/** The integration of a library that has not saved a profile. */
export function withIntegration({ code, integration }: LibraryConfig): OfLibrary {
  return { code, integration: { ...DEFAULT_INTEGRATION, ...integration } };
}

/** The integration that currently applies to the library. */
export async function integrationOf(
  db: Kysely<Schema>,
  institution: string,
  library: LibraryConfig,
): Promise<Integration> {
  return (await new ProfilesStore(db, institution).read(withIntegration(library))).integration;
}
