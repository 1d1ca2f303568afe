import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { Value } from 'typebox/value';
import { count, group, milliseconds } from './setting-kinds';

declare module 'fastify' {
  interface FastifyInstance {
    readonly connections: Connections;
  }
}

/** Milliseconds, at most ten minutes. */
const TIME = { minimum: 100, maximum: 600_000 };
/** Time limits for clients, and the maximum number of connections. */
export const ConnectionsSchema = group({
  headersTimeoutMs: milliseconds(10_000, 'time for the headers of a call to arrive', TIME),
  requestTimeoutMs: milliseconds(30_000, 'time for the whole call to arrive', TIME),
  stalledTimeoutMs: milliseconds(30_000, 'a client that reads nothing of its answer for this long is cut', TIME),
  maxConnections: count(1_000, 'connections at the same time', { maximum: 1_000_000 }),
  // The longest time that a command waits for NACSIS-ILL (nacsis.answerTimeoutMs).
  drainMs: milliseconds(20_000, 'time for calls in progress when the gateway ends', TIME),
});
export type ConnectionLimits = Readonly<Static<typeof ConnectionsSchema>>;
export const CONNECTION_DEFAULTS = Value.Create(ConnectionsSchema);

/** Milliseconds between Node's checks for calls that arrive too slowly. */
const CHECK_MS = 1_000;
/**
 * During shutdown, in milliseconds: the interval of checks for idle connections, and the time that a partly received
 * call may take.
 */
const DRAIN_LOOK_MS = 50;
const ARRIVING_MS = 1_000;

/** The options of the HTTP server. */
export function serverOptions({ headersTimeoutMs, requestTimeoutMs }: ConnectionLimits) {
  const requestTimeout = Math.max(headersTimeoutMs, requestTimeoutMs);
  return {
    requestTimeout,
    http: { headersTimeout: headersTimeoutMs, requestTimeout, connectionsCheckingInterval: CHECK_MS },
    // Calls on open connections are still answered, and the connection is then closed.
    return503OnClosing: false,
  } as const;
}

/** The connections of an application: disconnects slow clients, and shuts down gracefully. */
export class Connections {
  readonly #app: FastifyInstance;
  readonly #limits: ConnectionLimits;
  readonly #sockets = new Set<Socket>();
  /** The answer in progress on each connection. */
  readonly #answers = new Map<Socket, ServerResponse>();
  /** Calls in progress, including those whose clients are gone. */
  readonly #calls = new Set<FastifyRequest>();
  #isEnding = false;

  constructor(app: FastifyInstance, limits: ConnectionLimits) {
    this.#app = app;
    this.#limits = limits;
    this.#watch(app.server);
    app.addHook('preHandler', (request, _reply, done) => {
      this.#calls.add(request);
      done();
    });
    app.addHook('onSend', (request, reply, payload, done) => {
      this.#calls.delete(request);
      if (this.#isEnding) void reply.header('connection', 'close');
      done(null, payload);
    });
  }

  /**
   * Accepts no more connections, lets calls in progress finish, and disconnects the rest after `drainMs`, or when `cut`
   * fires. Streams end by themselves (`preClose`).
   */
  async drain(cut: AbortSignal): Promise<void> {
    this.#isEnding = true;
    const began = performance.now();
    const isOver = () => cut.aborted || performance.now() - began > this.#limits.drainMs;
    const closed = this.#app.close();
    const look = setInterval(() => {
      this.#app.server.closeIdleConnections();
      if (isOver()) this.#app.server.closeAllConnections();
      else if (performance.now() - began > ARRIVING_MS) this.#cutUnanswered();
    }, DRAIN_LOOK_MS);
    try {
      await closed;
      while (this.#calls.size > 0 && !isOver()) await new Promise((resolve) => setTimeout(resolve, DRAIN_LOOK_MS));
    } finally {
      clearInterval(look);
    }
  }

  #watch(server: Server): void {
    server.maxConnections = this.#limits.maxConnections;
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    server.on('request', ({ socket }, response) => {
      this.#answers.set(socket, response);
      response.once('close', () => {
        if (this.#answers.get(socket) === response) this.#answers.delete(socket);
      });
    });
    // Nothing has moved on the connection: either the client does not read, or there is nothing to send yet.
    server.setTimeout(this.#limits.stalledTimeoutMs, (socket) => {
      const isWaitingForUs = this.#answers.has(socket) && socket.writableLength === 0;
      if (isWaitingForUs) socket.setTimeout(this.#limits.stalledTimeoutMs);
      else socket.destroy();
    });
  }

  #cutUnanswered(): void {
    for (const socket of this.#sockets) if (!this.#answers.has(socket)) socket.destroy();
  }
}
