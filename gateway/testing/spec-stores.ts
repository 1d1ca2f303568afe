import { SpecServer } from '../../test/support/spec-server';
import { openStore, type Store } from '../store/open-store';
import { STORE_DEFAULTS } from '../store/pool';
import { makeDatabase } from './spec-database';

export interface SpecStore {
  readonly name: string;
  /** Opens a new store; `again` opens the same one once more. */
  open(): Promise<{ readonly store: Store; readonly again: () => Promise<Store>; readonly drop: () => Promise<void> }>;
}

/** The stores that the specs run on. */
export function specStores(): readonly SpecStore[] {
  return [{ name: 'PostgreSQL', open }];
}

/** An empty store on its own database, which is dropped when the store closes. */
export async function specStore(): Promise<Store> {
  const { store, drop } = await open();
  return { ...store, close: drop };
}

async function open(): ReturnType<SpecStore['open']> {
  const { url: databaseUrl, drop } = await makeDatabase(await specServer());
  const again = () => openStore({ databaseUrl, ...STORE_DEFAULTS }, 'spec', () => undefined);
  const store = await again();
  return { store, again, drop: () => store.close().finally(drop) };
}

/** The embedded store of this folder, as in a gateway. */
export function embeddedStore(dataDir: string, listen = 'spec'): Promise<Store> {
  return openStore({ dataDir, ...STORE_DEFAULTS }, listen, () => undefined);
}

let ofThisProcess: Promise<string> | undefined;

/**
 * The address of a PostgreSQL server: that of the test run (TEST_DATABASE_URL), else one that ends with this process.
 */
export function specServer(): Promise<string> {
  const given = process.env['TEST_DATABASE_URL'] ?? '';
  return given === '' ? (ofThisProcess ??= SpecServer.start().then(({ url }) => url)) : Promise.resolve(given);
}
