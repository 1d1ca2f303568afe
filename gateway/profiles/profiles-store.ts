import type { Kysely, Selectable } from 'kysely';
import type { Integration, Profile, PutProfile } from '#domain/api/profile';
import { DEFAULT_INTEGRATION } from '#domain/imports/integration';
import type { LibraryConfig } from '../config';
import type { ProfilesTable, Schema } from '../store/schema';

export interface Change extends PutProfile {
  readonly by: string;
  readonly at: Date;
}
/** The configuration of the library; its integration applies until the library saves one. */
type OfLibrary = Pick<LibraryConfig, 'code' | 'integration'>;

/** The profiles of the libraries of one institution. */
export class ProfilesStore {
  readonly #db: Kysely<Schema>;
  readonly #institution: string;

  constructor(db: Kysely<Schema>, institution: string) {
    this.#db = db;
    this.#institution = institution;
  }

  /** Resolves to the library's profile; to version 0 without templates when the library has saved nothing. */
  async read(of: OfLibrary): Promise<Profile> {
    const library = of.code;
    const row = await this.#db
      .selectFrom('profiles')
      .selectAll()
      .where('institution', '=', this.#institution)
      .where('library', '=', library)
      .executeTakeFirst();
    return row === undefined
      ? { library, version: 0, templates: [], views: [], tariffs: [], integration: configured(of) }
      : profileView(row, of);
  }

  /** The integration that currently applies to the library. */
  async integration(of: OfLibrary): Promise<Integration> {
    return (await this.read(of)).integration;
  }

  /** Like `integration`, of several libraries by their codes, in one query. */
  async integrations(of: readonly OfLibrary[]): Promise<ReadonlyMap<string, Integration>> {
    const rows = await this.#db
      .selectFrom('profiles')
      .select(['library', 'integration'])
      .where('institution', '=', this.#institution)
      .execute();
    const saved = new Map(rows.map(({ library, integration }) => [library, integration]));
    return new Map(of.map((library) => [library.code, { ...configured(library), ...saved.get(library.code) }]));
  }

  /**
   * Resolves to the changed profile. When the stored version is not the one that was edited, changes nothing and
   * resolves to undefined.
   */
  async put(of: OfLibrary, change: Change): Promise<Profile | undefined> {
    const row = change.version === 0 ? await this.#first(of.code, change) : await this.#next(of.code, change);
    return row === undefined ? undefined : profileView(row, of);
  }

  #first(library: string, change: Change) {
    return this.#db
      .insertInto('profiles')
      .values({
        institution: this.#institution,
        library,
        templates: '[]',
        views: '[]',
        tariffs: '[]',
        integration: null,
        ...columnsOf(change),
      })
      .onConflict((conflict) => conflict.columns(['institution', 'library']).doNothing())
      .returningAll()
      .executeTakeFirst();
  }

  #next(library: string, change: Change) {
    return this.#db
      .updateTable('profiles')
      .set(columnsOf(change))
      .where('institution', '=', this.#institution)
      .where('library', '=', library)
      .where('version', '=', change.version)
      .returningAll()
      .executeTakeFirst();
  }
}

function columnsOf({ version, by, at, loanDays, integration, ...shared }: Change) {
  return {
    version: version + 1,
    updated_at: at,
    updated_by: by,
    ...listColumns(shared),
    ...(loanDays === undefined ? {} : { loan_days: loanDays }),
    ...(integration === undefined ? {} : { integration: JSON.stringify(integration) }),
  };
}

function listColumns({ templates, views, tariffs }: Pick<PutProfile, 'templates' | 'views' | 'tariffs'>) {
  return {
    ...(templates && { templates: JSON.stringify(templates) }),
    ...(views && { views: JSON.stringify(views) }),
    ...(tariffs && { tariffs: JSON.stringify(tariffs) }),
  };
}

function configured({ integration }: OfLibrary): Integration {
  return { ...DEFAULT_INTEGRATION, ...integration };
}

function profileView(row: Selectable<ProfilesTable>, of: OfLibrary): Profile {
  return {
    library: row.library,
    version: row.version,
    templates: row.templates,
    views: row.views,
    tariffs: row.tariffs,
    ...(row.loan_days === null ? {} : { loanDays: row.loan_days }),
    integration: row.integration === null ? configured(of) : { ...DEFAULT_INTEGRATION, ...row.integration },
    updatedAt: row.updated_at.toISOString(),
    updatedBy: row.updated_by,
  };
}
