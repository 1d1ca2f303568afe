import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './gateway-process';

const MAIN = join(import.meta.dirname, '..', '..', 'simulators', 'nacsis', 'main.ts');
const START_LIMIT_MS = 90_000;

/** The NACSIS-ILL simulator as a process of its own; seen from outside only. */
export class SimulatorProcess {
  readonly #child: ChildProcess;
  readonly url: string;
  #output = '';

  private constructor(port: number) {
    this.url = `http://127.0.0.1:${String(port)}`;
    this.#child = spawn(process.execPath, ['--import', 'tsx', MAIN, '--port', String(port)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
  }

  static async start(): Promise<SimulatorProcess> {
    const simulator = new SimulatorProcess(await freePort());
    const limit = Date.now() + START_LIMIT_MS;
    while (!simulator.#output.includes('"ready"')) {
      if (Date.now() > limit || simulator.#child.exitCode !== null)
        throw new Error(`the simulator did not start: ${simulator.#output}`);
      await pause(50);
    }
    return simulator;
  }

  /** The JSON at this path of its `_sim` addresses. */
  async read<T>(path: string): Promise<T> {
    return (await (await fetch(`${this.url}/_sim/${path}`)).json()) as T;
  }

  /** Sends it to this path of its `_sim` addresses. */
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
}
