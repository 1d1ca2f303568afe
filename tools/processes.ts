import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { programArguments } from '../test/support/program-arguments';
import { inRoot, ROOT } from './repository';

/**
 * Time for a child to end after SIGTERM before it is killed, in milliseconds. The gateway first finishes its current
 * requests.
 */
const GRACE = 45_000;
/** Number of output lines kept for the message when a child ends unexpectedly. */
const KEPT_LINES = 15;

export interface ProgramSpec {
  /** Name for messages, for example `gateway`. */
  readonly name: string;
  /** TypeScript entry file, relative to the repository. */
  readonly entry: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Restarts the program when one of its files changes. */
  readonly isWatched?: boolean;
}

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A running Node program of this repository. Its output goes line by line to `log`, never to our own stdout. */
export class Program {
  readonly ended: Promise<Ending>;
  readonly #child: ChildProcess;
  readonly #tail: string[] = [];
  readonly #watchers = new Set<(line: string) => void>();
  #isEnded = false;

  private constructor(
    readonly spec: ProgramSpec,
    log: (line: string) => void,
  ) {
    const { entry, args, env, isWatched = false } = spec;
    this.#child = spawn(
      process.execPath,
      [
        ...(isWatched ? ['--watch', '--watch-preserve-output'] : []),
        ...['--import', inRoot('tools/end-with-parent.mjs'), ...programArguments(inRoot(entry))],
        ...args,
      ],
      {
        cwd: ROOT,
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        detached: true, // own process group: Ctrl+C reaches only this process, which ends the children in order
      },
    );
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream)
        createInterface({ input: stream }).on('line', (line) => {
          this.#heard(line, log);
        });
    }
    this.ended = new Promise((resolve) => {
      this.#child.once('error', () => {
        this.#isEnded = true;
        resolve({ code: null, signal: null });
      });
      this.#child.once('exit', (code, signal) => {
        this.#isEnded = true;
        resolve({ code, signal });
      });
    });
  }

  static start(spec: ProgramSpec, log: (line: string) => void): Program {
    return new Program(spec, log);
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** The first defined result of `find` for a line of output. Throws when the program ends or after `ms`. */
  async line<T>(find: (line: string) => T | undefined, ms: number): Promise<T> {
    let watcher: ((line: string) => void) | undefined;
    const found = new Promise<T>((resolve) => {
      watcher = (line) => {
        const value = find(line);
        if (value !== undefined) resolve(value);
      };
      this.#watchers.add(watcher);
      this.#tail.forEach(watcher);
    });
    return this.orDead(found, ms).finally(() => {
      if (watcher) this.#watchers.delete(watcher);
    });
  }

  /** Waits for `work`. Throws when the program ends or `ms` pass before. */
  async orDead<T>(work: Promise<T>, ms: number): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`${this.spec.name} is not ready after ${String(ms / 1000)} s${this.#lastWords()}`));
      }, ms);
    });
    const dead = this.ended.then((ending) => {
      throw new Error(this.obituary(ending));
    });
    return Promise.race([work, dead, late]).finally(() => {
      clearTimeout(timer);
    });
  }

  obituary({ code, signal }: Ending): string {
    const how = signal
      ? `was ended by ${signal}`
      : code === null
        ? 'could not be started'
        : `ended with code ${String(code)}`;
    return `${this.spec.name} ${how}${this.#lastWords()}`;
  }

  /** Sends SIGTERM and kills the program if it does not end in time. */
  async stop(): Promise<Ending> {
    if (this.#isEnded) return this.ended;
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), GRACE);
    return this.ended.finally(() => {
      clearTimeout(timer);
    });
  }

  /** Kills it at once, as a power cut would. */
  async kill(): Promise<Ending> {
    this.#child.kill('SIGKILL');
    return this.ended;
  }

  #heard(line: string, log: (line: string) => void): void {
    this.#tail.push(line);
    if (this.#tail.length > KEPT_LINES) this.#tail.shift();
    log(`[${this.spec.name}] ${line}`);
    this.#watchers.forEach((watcher) => {
      watcher(line);
    });
  }

  #lastWords(): string {
    return this.#tail.length === 0 ? '' : `:\n  ${this.#tail.join('\n  ')}`;
  }
}
