import { Readable } from 'node:stream';
import { RUN_EVENT } from '#domain/api-import';
import type { RunState } from '#domain/import';
import type { RunListener, RunNews } from './run-watch';

/** Proxies and browsers take a connection on which nothing comes for a dead one. Milliseconds. */
const HEARTBEAT_MS = 15_000;
/** How long a client waits before it takes a cut stream up again, in milliseconds. */
const RETRY_MS = 2_000;

export interface StreamOptions {
  /** The revision that the client has seen already; it is not told that one again. */
  readonly lastSeen?: number;
  readonly heartbeatMs?: number;
}

export function isFinal(state: RunState): boolean {
  return state !== 'queued' && state !== 'running';
}

/**
 * A run as server-sent events, up to its end. Each event is the whole run, so a client that reads slowly is told the newest one
 * and nothing is kept for it.
 */
export class RunEventStream extends Readable implements RunListener {
  readonly #lastSeen: number | undefined;
  readonly #heartbeat: NodeJS.Timeout;
  #revision = -1;
  #newest: string | undefined;
  #isWanted = false;
  #isOver = false;
  #leave: () => void = () => undefined;

  constructor({ lastSeen, heartbeatMs = HEARTBEAT_MS }: StreamOptions = {}) {
    super();
    this.#lastSeen = lastSeen;
    // Also lets the headers go at once, where there is no event yet.
    this.push(`retry: ${String(RETRY_MS)}\n\n`);
    this.#heartbeat = setInterval(() => {
      if (this.#isWanted) this.push(': \n\n');
    }, heartbeatMs).unref();
  }

  /** `leave`: called once, when nobody reads any more. */
  onLeave(leave: () => void): void {
    if (this.destroyed) leave();
    else this.#leave = leave;
  }

  told({ revision, run }: RunNews): void {
    if (this.#isOver || revision <= this.#revision) return;
    this.#revision = revision;
    this.#isOver = isFinal(run.state);
    if (revision !== this.#lastSeen)
      this.#newest = `event: ${RUN_EVENT}\nid: ${String(revision)}\ndata: ${JSON.stringify(run)}\n\n`;
    this.#send();
  }

  /** The client takes the stream up again. */
  failed(error: Error): void {
    this.destroy(error);
  }

  ended(): void {
    this.#isOver = true;
    this.#send();
  }

  override _read(): void {
    this.#isWanted = true;
    this.#send();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearInterval(this.#heartbeat);
    this.#leave();
    done(error);
  }

  #send(): void {
    if (!this.#isWanted || this.readableEnded || this.destroyed) return;
    const newest = this.#newest;
    this.#newest = undefined;
    if (newest !== undefined) this.#isWanted = this.push(newest);
    if (!this.#isOver) return;
    this.#isWanted = false;
    this.push(null);
  }
}
