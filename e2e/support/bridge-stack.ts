import type { BridgeQueue, RequestMessages } from '#domain/api/bridge';
import type { Integration, Profile } from '#domain/api/profile';
import type { Side } from '#domain/ill/kinds';
import { LIBRARY } from '../../tools/gateway-config';
import { AlmaSim } from './alma-sim';
import { Librarian } from './exchange/librarian';
import { INTEGRATION } from './import-api';
import { NacsisSim } from './nacsis-sim';
import { TestStack, type TestSettings } from './stack';

/** The library works through the bridge. Nothing is ordered without staff, and no patron is named. */
export const BRIDGED: Integration = {
  ...INTEGRATION,
  writer: 'iso18626',
  bridge: { orderAtOnce: false, sendPatronName: false },
};

/** Saves how the library works with Alma, as its manager. */
export async function saveIntegration(
  urls: { readonly gateway: string; readonly alma: string },
  integration: Integration,
): Promise<void> {
  const manager = new Librarian(urls, 'manager001');
  const path = `/profiles/${LIBRARY.code}`;
  const { version } = await manager.get<Profile>(path);
  const reply = await manager.once({ method: 'PUT', path, body: { version, integration } }, manager.newKey());
  if (reply.status !== 200) throw new Error(`${path}: ${String(reply.status)} ${reply.code} ${reply.detail ?? ''}`);
}

/** The first page of the messages that wait, are held, were refused or have stopped. */
export function queueOf(librarian: Librarian, query = ''): Promise<BridgeQueue> {
  return librarian.get<BridgeQueue>(`/bridge/messages${query}`);
}

/** The messages about a request, and what the panel says of Alma. A request that the gateway never saw has none. */
export async function messagesAbout(librarian: Librarian, side: Side, id: string): Promise<RequestMessages> {
  return (await librarian.find<RequestMessages>(`/requests/${id}/messages?side=${side}`)) ?? { items: [] };
}

/**
 * Makes the gateway read what changed in NACSIS-ILL, as the list of the app does. Resolves to false when it did not
 * read everything: NACSIS-ILL failed, or the reading still goes on.
 */
export async function refresh(librarian: Librarian): Promise<boolean> {
  const call = { method: 'POST', path: '/requests/refresh', body: {} } as const;
  const { libraries } = await librarian.once(call, librarian.newKey());
  return libraries?.every(({ failure, isReading }) => failure === undefined && isReading !== true) ?? false;
}

/** A stack without a browser whose library works through the bridge. */
export class BridgeStack {
  private constructor(
    private readonly test: TestStack,
    readonly nacsis: NacsisSim,
    readonly alma: AlmaSim,
    readonly librarian: Librarian,
    /** The library's FA number. */
    readonly memberId: string,
  ) {}

  static async start(settings: TestSettings = {}, integration = BRIDGED): Promise<BridgeStack> {
    const test = await TestStack.start(settings);
    const { urls } = test.stack;
    const nacsis = new NacsisSim(urls.nacsis);
    const [me] = await nacsis.accounts();
    await saveIntegration(urls, integration);
    const librarian = new Librarian(urls);
    // What the first reading finds counts as old.
    await refresh(librarian);
    return new BridgeStack(test, nacsis, new AlmaSim(urls.alma), librarian, me?.memberId ?? '');
  }

  get stack(): TestStack['stack'] {
    return this.test.stack;
  }

  get lastWords(): string {
    return this.test.lastWords;
  }

  stop(): Promise<void> {
    return this.test.stop();
  }
}
