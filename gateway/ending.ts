/**
 * Time in milliseconds within which a second signal counts as the same one: Ctrl+C reaches a program started by npm
 * twice, from the terminal and from npm.
 */
const SAME_SIGNAL_MS = 1_000;

/** Signals the end of the process: `asked` at the first signal, `cut` at a later one. */
export class Ending {
  readonly #asked = new AbortController();
  readonly #cut = new AbortController();
  #askedAt = 0;
  /** Exit code of the process, once everything is closed. */
  exitCode = 0;

  get asked(): AbortSignal {
    return this.#asked.signal;
  }

  get cut(): AbortSignal {
    return this.#cut.signal;
  }

  /** Listens for SIGTERM and SIGINT from now on. */
  listen(): void {
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.on(signal, () => {
        this.ask();
      });
  }

  ask(): void {
    if (!this.#asked.signal.aborted) {
      this.#askedAt = performance.now();
      this.#asked.abort();
    } else if (performance.now() - this.#askedAt > SAME_SIGNAL_MS) this.#cut.abort();
  }

  /** Resolves at the first signal. */
  whenAsked(): Promise<void> {
    const { signal } = this.#asked;
    return new Promise((resolve) => {
      if (signal.aborted) resolve();
      else
        signal.addEventListener('abort', () => {
          resolve();
        });
    });
  }
}
