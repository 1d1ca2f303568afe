import { Program } from './program';

/** Timeout in milliseconds for creating the folder and a database with all tables. */
const READY_LIMIT = 120_000;

/** The PostgreSQL server for the gateway's specs, in its own process, which ends with this one. */
export class SpecServer {
  private constructor(
    private readonly program: Program,
    /** The address, with a password. */
    readonly url: string,
  ) {}

  static async start(): Promise<SpecServer> {
    const spec = { name: 'spec-server', entry: 'gateway/testing/spec-server.ts', args: [] };
    const program = Program.start(spec, (line) => {
      if (addressIn(line) === undefined) process.stderr.write(`[spec-server] ${line}\n`);
    });
    return new SpecServer(program, await program.line(addressIn, READY_LIMIT));
  }

  async stop(): Promise<void> {
    await this.program.stop();
  }
}

function addressIn(line: string): string | undefined {
  return /\{"specServer":"([^"]+)"\}/.exec(line)?.[1];
}
