import { openStore, type Store } from '../store/open-store';
import { WireApp } from './wire-app';

/** The simulator is a process of its own. */
const LIMIT = 90_000;

/** Is told what was started, before the first spec begins. */
type Take = (started: { readonly wire: WireApp; readonly store: Store }) => void;

/** To be called once in a `describe`: its specs share a gateway before the simulator, over an embedded store. */
export function useWireApp(take: Take): void {
  let store: Store;
  let wire: WireApp;
  beforeAll(async () => {
    store = await openStore({ dataDir: undefined, listen: 'spec' });
    wire = await WireApp.start(store);
    take({ wire, store });
  }, LIMIT);
  afterAll(async () => {
    await wire.close();
    await store.close();
  });
}
