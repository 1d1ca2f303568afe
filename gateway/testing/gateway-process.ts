import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { programArguments } from '../../test/support/program-arguments';

const MAIN = join(import.meta.dirname, '..', 'main.ts');
const START_LIMIT_MS = 90_000;

/** The gateway in its own process, as in a library. */
export class GatewayProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | null>;
  /** All output of the process. */
  output = '';

  /** `env`: overrides its environment, which names no PostgreSQL server. */
  constructor(config: string, env: Readonly<Record<string, string>> = {}) {
    this.#child = spawn(process.execPath, [...programArguments(MAIN), '--config', config], {
      env: { ...process.env, DATABASE_URL: '', SPEC_SECRET: 'spec-secret', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    }
    this.#ended = new Promise((resolve) => this.#child.once('close', resolve));
  }

  /** Waits until the gateway answers at this address. */
  async ready(url: string): Promise<void> {
    const limit = Date.now() + START_LIMIT_MS;
    for (;;) {
      const ready = await fetch(`${url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (ready) return;
      if (Date.now() > limit || this.#child.exitCode !== null)
        throw new Error(`the gateway did not start: ${this.output}`);
      await pause(50);
    }
  }

  /** Resolves to the exit code when the process has ended. */
  exit(): Promise<number | null> {
    return this.#ended;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async end(signal: 'SIGKILL' | 'SIGTERM' | 'SIGINT'): Promise<void> {
    this.#child.kill(signal);
    await this.#ended;
  }
}

/** A port that is currently free. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}
