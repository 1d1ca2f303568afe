import { createServer } from 'node:net';

/** Number of ports reserved for one stack: base to base + 9. */
export const PORTS_PER_STACK = 10;
export const DEFAULT_PORT_BASE = 8400;
/**
 * First port of the search. The search stays below the ports that Linux assigns to outgoing connections, so that a free
 * port stays free until it is used.
 */
const SEARCH_FROM = 20_000;
const SEARCH_TO = 32_000;

export const HOST = '127.0.0.1';

/** @throws Error when the text is not a port with room for the other ports of the stack */
export function parsePortBase(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (!(port >= 1024 && port + PORTS_PER_STACK - 1 <= 65_535)) {
    throw new Error(`--port-base must be a number from 1024 to ${String(65_536 - PORTS_PER_STACK)}, not "${text}"`);
  }
  return port;
}

/** True when a server could listen on the port now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => {
      resolve(false);
    });
    probe.listen({ port, host: HOST, exclusive: true }, () =>
      probe.close(() => {
        resolve(true);
      }),
    );
  });
}

/** @throws Error that names every port that is in use */
export async function demandFreePorts(ports: readonly number[]): Promise<void> {
  const free = await Promise.all(ports.map(isPortFree));
  const busy = ports.filter((_, index) => !free[index]);
  if (busy.length > 0) {
    throw new Error(
      `${busy.length === 1 ? 'port' : 'ports'} ${busy.join(', ')} in use; end what listens there or choose others with --port-base`,
    );
  }
}

/** A base with ten free ports. Starts at a random position, so that concurrent searches rarely collide. */
export async function findPortBase(random: () => number = Math.random): Promise<number> {
  const blocks = Math.floor((SEARCH_TO - SEARCH_FROM) / PORTS_PER_STACK);
  const first = Math.floor(random() * blocks);
  for (let step = 0; step < blocks; step++) {
    const base = SEARCH_FROM + ((first + step) % blocks) * PORTS_PER_STACK;
    const free = await Promise.all(Array.from({ length: PORTS_PER_STACK }, (_, index) => isPortFree(base + index)));
    if (free.every(Boolean)) return base;
  }
  throw new Error(
    `no ${String(PORTS_PER_STACK)} free ports in a row between ${String(SEARCH_FROM)} and ${String(SEARCH_TO)}`,
  );
}
