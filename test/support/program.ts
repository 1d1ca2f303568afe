import { execa } from 'execa';
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const ROOT = join(import.meta.dirname, '..', '..');
/** Environment variable with the folder of this run's bundles (`tools/bundles.ts`). */
export const BUNDLES_FOLDER = 'PROGRAM_BUNDLES';
/** Loaded before the program itself. Without it a killed parent would leave the child behind. */
const END_WITH_PARENT = join(import.meta.dirname, 'end-with-parent.mjs');
/** Module that Node loads before the program itself, so that a killed parent does not leave the child behind. */
const GRACE = 45_000;
/** Number of output lines kept for the message when a child ends unexpectedly. */
const KEPT_LINES = 15;
const POLL = 50;

export interface ProgramSpec {
  /** Name for messages, for example `gateway`. */
  readonly name: string;
  /** Entry file, absolute or relative to the repository. */
  readonly entry: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** True when the program restarts after a change to one of its files. */
  readonly isWatched?: boolean;
}

export interface Ending {
  /** Exit code; undefined when a signal ended the program or it could not be started. */
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
}

/**
 * A running Node program of this repository, which ends with this process. Its output goes line by line to `log`, never
 * to our own stdout.
 */
export class Program {
  readonly ended: Promise<Ending>;
  readonly #child;
  readonly #tail: string[] = [];
  readonly #watchers = new Set<(line: string) => void>();
  #isEnded = false;

  private constructor(
    readonly spec: ProgramSpec,
    private readonly log: (line: string) => void,
  ) {
    const { entry, args, env = {}, isWatched = false } = spec;
    const watch = isWatched ? ['--watch', '--watch-preserve-output'] : [];
    const command = [...watch, '--import', END_WITH_PARENT, ...programArguments(resolve(ROOT, entry))];
    const hear = this.#hear.bind(this);
    this.#child = execa(process.execPath, [...command, ...args], {
      cwd: ROOT,
      env,
      stdin: 'ignore',
      stdout: hear,
      stderr: hear,
      ipc: true,
      detached: true, // own process group: Ctrl+C reaches only this process, which ends the children in order
      forceKillAfterDelay: GRACE,
      reject: false,
    });
    this.ended = this.#child.then(({ exitCode, signal }) => {
      this.#isEnded = true;
      return { exitCode, signal };
    });
  }

  static start(spec: ProgramSpec, log: (line: string) => void): Program {
    return new Program(spec, log);
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Returns the first defined result of `find` for a line of output. Fails like `orDead`. */
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

  /** Waits until the program answers at this address with success. Fails like `orDead`. */
  async answers(url: string, ms: number): Promise<void> {
    const poll = async (): Promise<void> => {
      while (!this.#isEnded) {
        const answer = await fetch(url).catch(() => undefined);
        await answer?.body?.cancel();
        if (answer?.ok === true) return;
        await pause(POLL);
      }
    };
    return this.orDead(poll(), ms);
  }

  /** Waits for `work`. When the program ends or `ms` milliseconds pass first, kills the program and throws. */
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
    try {
      return await Promise.race([work, dead, late]);
    } catch (error) {
      await this.kill();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  obituary({ exitCode, signal }: Ending): string {
    const how =
      signal !== undefined
        ? `was ended by ${signal}`
        : exitCode === undefined
          ? 'could not be started'
          : `ended with code ${String(exitCode)}`;
    return `${this.spec.name} ${how}${this.#lastWords()}`;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Sends SIGTERM and kills the program if it does not end in time. */
  async stop(): Promise<Ending> {
    this.signal('SIGTERM');
    return this.ended;
  }

  /** Kills the program at once, as a power cut would. */
  async kill(): Promise<Ending> {
    this.signal('SIGKILL');
    return this.ended;
  }

  /** Takes the lines of the child and passes nothing on. */
  *#hear(output: unknown): Generator<never> {
    const line = String(output);
    this.#tail.push(line);
    if (this.#tail.length > KEPT_LINES) this.#tail.shift();
    this.log(line);
    this.#watchers.forEach((watcher) => {
      watcher(line);
    });
  }

  #lastWords(): string {
    return this.#tail.length === 0 ? '' : `:\n  ${this.#tail.join('\n  ')}`;
  }
}

/**
 * Node's arguments for this program of the repository (absolute path). JavaScript runs as it is. TypeScript runs from
 * the bundle if the run has made one, which starts several times faster, otherwise from the sources.
 */
export function programArguments(entry: string): readonly string[] {
  if (!/\.m?ts$/.test(entry)) return [entry];
  const folder = process.env[BUNDLES_FOLDER] ?? '';
  const bundle = join(folder, relative(ROOT, entry).replace(/\.ts$/, '.mjs'));
  return folder !== '' && existsSync(bundle) ? ['--enable-source-maps', bundle] : ['--import', 'tsx', entry];
}

/** The address in `{"ready": url}`, which the simulators print when they are ready. */
export function readyAddress(line: string): string | undefined {
  return line.startsWith('{"ready":') ? (JSON.parse(line) as { readonly ready: string }).ready : undefined;
}
