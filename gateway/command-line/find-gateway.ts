import type { GatewayConfig } from '../config';
import type { GatewayAccess } from './gateway-client';
import { WrongUsage } from './import-arguments';

/** Milliseconds that a gateway gets to answer. */
const ANSWER_MS = 5_000;

/** A gateway that does the import. */
export interface FoundGateway extends GatewayAccess {
  /**
   * Ends the gateway if the command itself has opened it, after the requests in progress; the next gateway resumes the
   * rest. Does not touch any other gateway.
   */
  close(): Promise<void>;
}

/**
 * Chooses the gateway that does the import. The embedded store belongs to one process: to the gateway that runs, or,
 * when none answers, to one that the command opens. With a PostgreSQL server, gateways have no operator key: the
 * command opens its own beside them. Throws `WrongUsage`, and what `openOwn` throws.
 */
export async function findGateway(
  { listen, store }: Pick<GatewayConfig, 'listen' | 'store'>,
  { wait, openOwn }: { readonly wait: boolean; readonly openOwn: () => Promise<FoundGateway> },
): Promise<FoundGateway> {
  if ('databaseUrl' in store) return openOwn();
  const { dataDir } = store;
  const url = addressOf(listen);
  if (await isThere(url)) return { url, key: { dataDir }, close: () => Promise.resolve() };
  if (!wait) throw new WrongUsage('--no-wait: no gateway runs that would do the work');
  return openOwn();
}

/** The address by which a gateway with these settings is reached on its own machine. */
function addressOf({ host, port }: GatewayConfig['listen']): string {
  const local = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${local.includes(':') ? `[${local}]` : local}:${String(port)}`;
}

function isThere(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`, { signal: AbortSignal.timeout(ANSWER_MS) }).then(
    ({ ok }) => ok,
    () => false,
  );
}
