import type { Store } from '../store/open-store';
import { specStore } from './spec-stores';
import type { Schema } from '../store/schema';
import { specApp, type SpecApp } from './spec-app';

/** Receives what was started, before the spec begins. */
type Take = (started: { readonly spec: SpecApp; readonly store: Store }) => void;

/**
 * Call once in a `describe`: its specs share a store. Each spec has its own application, and these tables are empty at
 * its start.
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

/** Like `useSpecApp`, with one application for all specs: for specs that do not change it, or undo their changes. */
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
  return specStore();
}
