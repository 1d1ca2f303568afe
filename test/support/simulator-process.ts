import { Program, readyAddress } from './program';

/** Timeout in milliseconds for a simulator to get ready on a busy machine. */
const READY_LIMIT = 90_000;

/** A simulator in its own process, seen only from outside. */
export class SimulatorProcess {
  protected constructor(
    private readonly program: Program,
    /** `http://127.0.0.1:port` */
    readonly url: string,
  ) {}

  /** Starts the NACSIS-ILL simulator on a free port, with these arguments. */
  static async nacsis(...args: readonly string[]): Promise<SimulatorProcess> {
    return new SimulatorProcess(...(await SimulatorProcess.run('nacsis', ['--port', '0', ...args])));
  }

  protected static async run(name: 'nacsis' | 'alma', args: readonly string[]): Promise<[Program, string]> {
    const entry = `simulators/${name}/main.ts`;
    const program = Program.start({ name, entry, args }, (line) => {
      if (readyAddress(line) === undefined) process.stderr.write(`[${name}] ${line}\n`);
    });
    return [program, await program.line(readyAddress, READY_LIMIT)];
  }

  /** Reads the JSON at this path below `_sim`. */
  async read<T>(path: string): Promise<T> {
    return (await (await fetch(`${this.url}/_sim/${path}`)).json()) as T;
  }

  /** Sends the body to this path below `_sim`. */
  async write<T>(path: string, body: unknown, method: 'POST' | 'PUT' = 'POST'): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${this.url}/_sim/${path}`, { method, headers, body: JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /** Sends SIGTERM and returns the exit code. */
  async stop(): Promise<number | undefined> {
    return (await this.program.stop()).exitCode;
  }
}
