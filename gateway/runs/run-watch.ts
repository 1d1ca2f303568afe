import { Readable } from 'node:stream';
import { RUN_EVENT, type ImportRun } from '#domain/api/imports';
import { isFinal } from '#domain/imports/import';
import type { ImportRuns } from './import-service';

/** Milliseconds between polls of a run that somebody follows. */
const POLL_MS = 500;
/** Milliseconds between heartbeats. Proxies and browsers treat a silent connection as dead. */
const HEARTBEAT_MS = 15_000;
/** Milliseconds that a client waits before it resumes a broken stream. */
const RETRY_MS = 2_000;

interface RunNews {
  readonly revision: number;
  readonly run: ImportRun;
}

/** Receives the news of a run. */
interface RunListener {
  /** The run as it is now. May repeat a revision. */
  told(news: RunNews): void;
  /** The run can no longer be read. */
  failed(error: Error): void;
  /** The gateway shuts down. */
  ended(): void;
}

interface Watched {
  readonly institution: string;
  readonly runId: string;
  readonly listeners: Set<RunListener>;
  news?: RunNews;
  timer?: NodeJS.Timeout;
}

/**
 * Polls the runs that are followed. Everybody in this process who follows the same run shares one poll; without
 * followers there is none.
 */
export class RunWatch {
  readonly #imports: Pick<ImportRuns, 'run' | 'revision'>;
  readonly #pollMs: number;
  readonly #watched = new Map<string, Watched>();

  constructor(imports: Pick<ImportRuns, 'run' | 'revision'>, { pollMs = POLL_MS }: { readonly pollMs?: number } = {}) {
    this.#imports = imports;
    this.#pollMs = pollMs;
  }

  /**
   * Reads the run now. Throws `not-found`. Reads the revision first, so that a change in between is reported again and
   * never lost.
   */
  async read(institution: string, runId: string): Promise<RunNews> {
    const revision = await this.#imports.revision(institution, runId);
    return { revision, run: await this.#imports.run(institution, runId) };
  }

  /** Tells the listener the news of a run until the returned function is called. */
  follow(institution: string, runId: string, listener: RunListener): () => void {
    const key = `${institution}\n${runId}`;
    const watched = this.#watched.get(key) ?? this.#begin(key, { institution, runId, listeners: new Set() });
    watched.listeners.add(listener);
    if (watched.news !== undefined) listener.told(watched.news);
    return () => {
      watched.listeners.delete(listener);
      if (watched.listeners.size > 0 || this.#watched.get(key) !== watched) return;
      clearTimeout(watched.timer);
      this.#watched.delete(key);
    };
  }

  /** Ends all listeners. */
  close(): void {
    for (const { listeners } of this.#watched.values()) for (const listener of [...listeners]) listener.ended();
  }

  #begin(key: string, watched: Watched): Watched {
    this.#watched.set(key, watched);
    this.#schedule(watched);
    return watched;
  }

  #schedule(watched: Watched): void {
    watched.timer = setTimeout(() => void this.#look(watched), this.#pollMs).unref();
  }

  async #look(watched: Watched): Promise<void> {
    const { institution, runId, listeners } = watched;
    try {
      const revision = await this.#imports.revision(institution, runId);
      if (revision !== watched.news?.revision) {
        const news = { revision, run: await this.#imports.run(institution, runId) };
        watched.news = news;
        for (const listener of [...listeners]) listener.told(news);
      }
    } catch (error) {
      const reason = error instanceof Error ? error : new Error(String(error));
      for (const listener of [...listeners]) listener.failed(reason);
    }
    if (listeners.size > 0) this.#schedule(watched);
  }
}

interface StreamOptions {
  /** The revision that the client has already seen; it is not sent again. */
  readonly lastSeen?: number;
  readonly heartbeatMs?: number;
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

  /** Calls `leave` once, when nobody reads any more. */
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
