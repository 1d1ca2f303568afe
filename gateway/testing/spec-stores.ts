import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { openStore, type Store } from '../store/open-store';

export interface SpecStore {
  readonly name: string;
  /** Opens a store of its own; `again` opens the same one by a second connection where that is possible. */
  open(): Promise<{ readonly store: Store; readonly again?: () => Promise<Store>; readonly drop: () => Promise<void> }>;
}

const EMBEDDED: SpecStore = {
  name: 'PGlite',
  open: async () => {
    const store = await openStore({ dataDir: undefined, listen: 'spec' });
    return { store, drop: () => store.close() };
  },
};

/** The stores that the specs run on: the embedded one always, a PostgreSQL server where TEST_DATABASE_URL names one. */
export function specStores(databaseUrl = process.env['TEST_DATABASE_URL']): readonly SpecStore[] {
  return databaseUrl === undefined || databaseUrl === '' ? [EMBEDDED] : [EMBEDDED, onServer(databaseUrl)];
}

function onServer(databaseUrl: string): SpecStore {
  return {
    name: 'PostgreSQL',
    open: async () => {
      const schema = `spec_${randomBytes(6).toString('hex')}`;
      const open = () => openStore({ databaseUrl, schema });
      const store = await open();
      const drop = async () => {
        for (const each of [schema, store.jobs.schema])
          await sql`drop schema if exists ${sql.id(each)} cascade`.execute(store.db);
        await store.close();
      };
      return { store, again: open, drop };
    },
  };
}
