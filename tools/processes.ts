import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { inRoot, ROOT } from './repository';

/** How long a child may take to end after SIGTERM before it is killed, in milliseconds. */
const GRACE = 8_000;
/** Lines of a child that are kept for the message about its death. */
const KEPT_LINES = 15;

export interface ProgramSpec {
  /** For messages: `gateway`. */
  readonly name: string;
  /** TypeScript entry, relative to the repository. */
  readonly entry: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A running Node program of this repository. Its output goes line by line to `log`; nothing of it reaches our own stdout. */
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
    const { entry, args, env } = spec;
    this.#child = spawn(
      process.execPath,
      ['--import', 'tsx', '--import', inRoot('tools/end-with-parent.mjs'), inRoot(entry), ...args],
      {
        cwd: ROOT,
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        detached: true, // its own group: Ctrl+C reaches us alone, and we end the children in order
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

  /** The first line on which `find` answers something; an error when the program ends or `ms` pass before. */
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

  /** `work`, unless the program ends or `ms` pass before it is done. */
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

  /** Asks it to end; kills it when it does not. */
  async stop(): Promise<Ending> {
    if (this.#isEnded) return this.ended;
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), GRACE);
    return this.ended.finally(() => {
      clearTimeout(timer);
    });
  }

  /** Ends it at once, as a power cut would. */
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
