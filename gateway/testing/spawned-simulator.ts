import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { programArguments } from '../../test/support/program-arguments';

const START_LIMIT_MS = 90_000;

/** A simulator in its own process, seen only from outside. */
export class SpawnedSimulator {
  readonly #child: ChildProcess;
  #output = '';

  protected constructor(
    readonly url: string,
    main: string,
    options: readonly string[],
  ) {
    this.#child = spawn(process.execPath, [...programArguments(main), ...options], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
  }

  /** Reads the JSON at this path below `_sim`. */
  async read<T>(path: string): Promise<T> {
    return (await (await fetch(`${this.url}/_sim/${path}`)).json()) as T;
  }

  /** Sends the body to this path below `_sim`. */
  async write<T>(path: string, body: unknown, method: 'POST' | 'PUT' = 'POST'): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${this.url}/_sim/${path}`, { method, headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(await response.text());
    const text = await response.text();
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  async end(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('close', resolve));
    if (this.#child.exitCode !== null) return;
    this.#child.kill('SIGTERM');
    await ended;
  }

  protected async ready(): Promise<void> {
    const limit = Date.now() + START_LIMIT_MS;
    while (!this.#output.includes('"ready"')) {
      if (Date.now() > limit || this.#child.exitCode !== null)
        throw new Error(`the simulator did not start: ${this.#output}`);
      await pause(50);
    }
  }
}
