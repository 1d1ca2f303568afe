import type { Store } from '../store/open-store';
import { SpecInbound } from './spec-inbound';
import { specStore } from './spec-stores';

type BridgeOptions = Parameters<typeof SpecInbound.start>[1];
type Start = (options?: BridgeOptions) => Promise<SpecInbound>;

/**
 * Call once in a `describe`: its specs share a store whose bridge is empty at the start of each. `take` receives the
 * bridge of the spec, and how to start another one with other settings.
 */
export function useSpecInbound(take: (started: { readonly bridge: SpecInbound; readonly start: Start }) => void): void {
  let store: Store;
  let started: SpecInbound[] = [];
  const start: Start = async (options) => {
    const bridge = await SpecInbound.start(store, options);
    started.push(bridge);
    return bridge;
  };
  beforeAll(async () => {
    store = await specStore();
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    for (const table of ['bridge_messages', 'bridge_transactions', 'requests', 'journal', 'profiles'] as const)
      await store.db.deleteFrom(table).execute();
    take({ bridge: await start(), start });
  });
  afterEach(async () => {
    for (const { app } of started) await app.close();
    started = [];
  });
}
