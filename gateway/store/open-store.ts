import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { lockDataFolder } from './data-folder-lock';
import { migrate } from './migrate';
import { PGlitePool } from './pglite-pool';
import type { Schema } from './schema';

export type StoreSettings =
  /** A PostgreSQL server; needed for more than one gateway. `schema`: another one than `public`. */
  | { readonly databaseUrl: string; readonly schema?: string }
  /** The embedded store; `dataDir` undefined keeps everything in memory, for tests. */
  | { readonly dataDir: string | undefined; readonly listen: string };

/** The store as the job queue sees it: tables of its own in a schema of their own. */
export interface JobsDatabase {
  readonly schema: string;
  /** One statement with values, or several without. */
  readonly executeSql: (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }>;
}

export interface Store {
  readonly db: Kysely<Schema>;
  readonly jobs: JobsDatabase;
  /** One process owns the embedded store, so that what it finds pending at its start was left by a killed one. */
  readonly embedded: boolean;
  close(): Promise<void>;
}

const JOBS_SCHEMA = 'jobs';

/** Opens the store and brings it to the newest schema. Throws `DataFolderInUse` when another process has the folder. */
export async function openStore(settings: StoreSettings): Promise<Store> {
  return 'databaseUrl' in settings
    ? openServer(settings.databaseUrl, settings.schema)
    : openEmbedded(settings.dataDir, settings.listen);
}

async function openServer(databaseUrl: string, schema: string | undefined): Promise<Store> {
  const options = schema === undefined ? undefined : `-c search_path=${schema}`;
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10, ...(options === undefined ? {} : { options }) });
  // A lost idle connection is replaced by the next query; without a listener it would end the process.
  pool.on('error', () => undefined);
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  if (schema !== undefined) await db.schema.createSchema(schema).ifNotExists().execute();
  await migrate(db);
  const jobs: JobsDatabase = {
    schema: schema === undefined ? JOBS_SCHEMA : `${schema}_jobs`,
    executeSql: (text, values) => pool.query(text, values),
  };
  return { db, jobs, embedded: false, close: () => db.destroy() };
}

async function openEmbedded(dataDir: string | undefined, listen: string): Promise<Store> {
  if (dataDir !== undefined) await mkdir(dataDir, { recursive: true });
  const lock = dataDir === undefined ? undefined : await lockDataFolder(dataDir, listen);
  try {
    const pglite = await PGlite.create({
      dataDir: dataDir === undefined ? 'memory://' : join(dataDir, 'pg'),
      relaxedDurability: false,
    });
    const pool = new PGlitePool(pglite);
    const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
    await migrate(db);
    return {
      db,
      jobs: { schema: JOBS_SCHEMA, executeSql: pool.executeSql },
      embedded: true,
      close: async () => {
        await db.destroy();
        await lock?.release();
      },
    };
  } catch (error) {
    await lock?.release();
    throw error;
  }
}
