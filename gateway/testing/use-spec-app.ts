import { openStore, type Store } from '../store/open-store';
import type { Schema } from '../store/schema';
import { specApp, type SpecApp } from './spec-app';

/** Is told what was started, before the spec begins. */
type Take = (started: { readonly spec: SpecApp; readonly store: Store }) => void;

/**
 * To be called once in a `describe`: its specs share an embedded store, and each of them has an application of its own, begun with these
 * tables empty.
 */
export function useSpecApp(emptied: readonly (keyof Schema)[], take: Take): void {
  let store: Store;
  let spec: SpecApp;
  beforeAll(async () => {
    store = await embeddedStore();
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    for (const table of emptied) await store.db.deleteFrom(table).execute();
    spec = await specApp(store);
    take({ spec, store });
  });
  afterEach(() => spec.app.close());
}

/** As above, with one application for all of the specs: for those that do not change it, or put back what they change. */
export function useOneSpecApp(take: Take): void {
  let store: Store;
  let spec: SpecApp;
  beforeAll(async () => {
    store = await embeddedStore();
    spec = await specApp(store);
    take({ spec, store });
  });
  afterAll(async () => {
    await spec.app.close();
    await store.close();
  });
}

function embeddedStore(): Promise<Store> {
  return openStore({ dataDir: undefined, listen: 'spec' });
}
