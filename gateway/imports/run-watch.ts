import type { ImportRun } from '#domain/api/imports';
import type { ImportJobs } from './import-jobs';

/** Milliseconds between looks at a run that somebody follows. */
const POLL_MS = 500;

export interface RunNews {
  readonly revision: number;
  readonly run: ImportRun;
}

/** Follows a run. */
export interface RunListener {
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
  readonly #imports: Pick<ImportJobs, 'run' | 'revision'>;
  readonly #pollMs: number;
  readonly #watched = new Map<string, Watched>();

  constructor(imports: Pick<ImportJobs, 'run' | 'revision'>, { pollMs = POLL_MS }: { readonly pollMs?: number } = {}) {
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

  /** Returns the function that ends it. */
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
