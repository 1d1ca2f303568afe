import { join } from 'node:path';
import { Program } from '../../test/support/program';

const MAIN = join(import.meta.dirname, '..', 'main.ts');
const START_LIMIT_MS = 90_000;

/** The gateway in its own process, as in a library. */
export class GatewayProcess {
  readonly #program: Program;
  /** All output of the process. */
  output = '';

  /** `env`: overrides its environment, which names no PostgreSQL server. */
  constructor(config: string, env: Readonly<Record<string, string>> = {}) {
    const ownEnv = { DATABASE_URL: '', SPEC_SECRET: 'spec-secret', ...env };
    this.#program = Program.start({ name: 'gateway', entry: MAIN, args: ['--config', config], env: ownEnv }, (line) => {
      this.output += `${line}\n`;
    });
  }

  /** Waits until the gateway answers at this address. */
  ready(url: string): Promise<void> {
    return this.#program.answers(`${url}/readyz`, START_LIMIT_MS);
  }

  /** Resolves to the exit code when the process has ended; undefined when a signal ended it. */
  async exit(): Promise<number | undefined> {
    return (await this.#program.ended).exitCode;
  }

  signal(signal: NodeJS.Signals): void {
    this.#program.signal(signal);
  }

  async end(signal: 'SIGKILL' | 'SIGTERM' | 'SIGINT'): Promise<void> {
    this.signal(signal);
    await this.exit();
  }
}
