import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import { EmbeddedServer } from '../postgres/embedded-server';
import { lockDataFolder } from './data-folder-lock';
import { migrate } from './migrate';
import { patientPool, poolOf, type Note, type PoolLimits } from './pool';
import type { Schema } from './schema';
import { named, namingFaults } from './store-unavailable';

/** A PostgreSQL server, required for more than one gateway, or the folder of the embedded one. */
export type StorePlace = { readonly databaseUrl: string } | { readonly dataDir: string };
export type StoreSettings = StorePlace & PoolLimits;

/** The store as the job queue sees it: its own tables in its own schema. */
export interface JobsDatabase {
  readonly schema: string;
  /** Executes one statement with values, or several without. */
  readonly executeSql: (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }>;
}

export interface Store {
  readonly db: Kysely<Schema>;
  readonly jobs: JobsDatabase;
  /**
   * True when one process owns the store. A row that is pending when that process starts was left by a killed process.
   */
  readonly embedded: boolean;
  close(): Promise<void>;
}

const JOBS_SCHEMA = 'jobs';

/**
 * Opens the store and migrates it to the newest schema. `listen`: the gateway's address, for a process that finds the
 * folder in use. Throws `DataFolderInUse` when another process has the folder, `EmbeddedFault` when the embedded server
 * cannot be used.
 */
export async function openStore(settings: StoreSettings, listen: string, note: Note): Promise<Store> {
  if ('databaseUrl' in settings) return openOn({ connectionString: settings.databaseUrl }, settings, note);
  const { place, close } = await openFolder(settings.dataDir, settings.poolSize, listen, note);
  try {
    const store = await openOn(place, settings, note);
    return { ...store, embedded: true, close: () => store.close().finally(close) };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The embedded server of a folder; this process owns it until it is closed. */
export async function openFolder(
  dataDir: string,
  connections: number,
  listen: string,
  note: Note,
): Promise<{ readonly place: pg.PoolConfig; readonly close: () => Promise<void> }> {
  const lock = await lockDataFolder(dataDir, listen);
  try {
    const server = await EmbeddedServer.start({ dataDir, connections, note });
    return { place: server.place, close: () => server.stop().finally(lock.release) };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function openOn(place: pg.PoolConfig, limits: PoolLimits, note: Note): Promise<Store> {
  const migrating = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: patientPool(place, note) }) });
  await migrate(migrating).finally(() => migrating.destroy());
  const pool = poolOf(place, limits, note);
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: namingFaults(pool) }) });
  const jobs: JobsDatabase = {
    schema: JOBS_SCHEMA,
    executeSql: (text, values) => pool.query(text, values).catch(named),
  };
  return { db, jobs, embedded: false, close: () => db.destroy() };
}
