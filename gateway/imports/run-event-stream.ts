import { Readable } from 'node:stream';
import { RUN_EVENT } from '#domain/api/imports';
import type { RunState } from '#domain/imports/import';
import type { RunListener, RunNews } from './run-watch';

/** Milliseconds between heartbeats. Proxies and browsers treat a silent connection as dead. */
const HEARTBEAT_MS = 15_000;
/** Milliseconds that a client waits before it resumes a broken stream. */
const RETRY_MS = 2_000;

export interface StreamOptions {
  /** The revision that the client has already seen; it is not sent again. */
  readonly lastSeen?: number;
  readonly heartbeatMs?: number;
}

export function isFinal(state: RunState): boolean {
  return state !== 'queued' && state !== 'running';
}

/**
 * A run as server-sent events, until it ends. Each event is the whole run, so a slow client gets only the newest one
 * and nothing is buffered for it.
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
    // Also sends the headers at once when there is no event yet.
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

  /** Breaks the stream; the client resumes it. */
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
