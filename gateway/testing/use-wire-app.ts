import type { Store } from '../store/open-store';
import { specStore } from './spec-stores';
import { WireApp } from './wire-app';

/** The simulator is a separate process. */
const LIMIT = 90_000;

/** Receives what was started, before the first spec begins. */
type Take = (started: { readonly wire: WireApp; readonly store: Store }) => void;

/** Call once in a `describe`: its specs share a store, and a gateway connected to the simulator. */
export function useWireApp(take: Take): void {
  let store: Store;
  let wire: WireApp;
  beforeAll(async () => {
    store = await specStore();
    wire = await WireApp.start(store);
    take({ wire, store });
  }, LIMIT);
  afterAll(async () => {
    await wire.close();
    await store.close();
  });
}
