import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import { SERVER_FOLDER } from '../postgres/embedded-server';
import { openFolder, type StorePlace } from './open-store';
import { patientPool } from './pool';
import type { Schema } from './schema';

/** Thrown when the configured place contains no store, because a search there would prove nothing. */
export class NoStore extends Error {
  override readonly name = 'NoStore';
}

interface OpenedStore {
  readonly db: Kysely<Schema>;
  readonly close: () => Promise<void>;
}

/**
 * Opens the store for reading, without creating or migrating anything. Throws `NoStore`, `DataFolderInUse`,
 * `EmbeddedFault`.
 */
export async function openAsItIs(settings: StorePlace): Promise<OpenedStore> {
  if ('databaseUrl' in settings) return lookInto({ connectionString: settings.databaseUrl });
  const { dataDir } = settings;
  const isThere = await stat(join(dataDir, SERVER_FOLDER)).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isThere) throw new NoStore(`store.dataDir: there is no store in ${dataDir}`);
  const { place, close } = await openFolder(dataDir, 1, 'nothing: a search for a name', ignored);
  const { db, close: leave } = lookInto(place);
  return { db, close: () => leave().finally(close) };
}

function lookInto(place: pg.PoolConfig): OpenedStore {
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: patientPool(place, ignored) }) });
  return { db, close: () => db.destroy() };
}

/** Ignores an error, because the statement that hits the error reports it. */
const ignored = () => undefined;
