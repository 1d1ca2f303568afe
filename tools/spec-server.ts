import { note } from './output';
import { Program } from './processes';

/** Timeout in milliseconds for creating the folder and a database with all tables. */
const READY_LIMIT = 120_000;

/** The PostgreSQL server for the gateway's specs of one run, in its own process. */
export class SpecServer {
  private constructor(
    private readonly program: Program,
    /** Environment with the address of the server. */
    readonly env: Readonly<Record<'TEST_DATABASE_URL', string>>,
  ) {}

  static async start(): Promise<SpecServer> {
    const program = Program.start(
      { name: 'spec-server', entry: 'gateway/testing/spec-server.ts', args: [] },
      (line) => {
        if (addressIn(line) === undefined) note(line);
      },
    );
    return new SpecServer(program, { TEST_DATABASE_URL: await program.line(addressIn, READY_LIMIT) });
  }

  /** True while the process that owns the server is running. */
  get isRunning(): boolean {
    return !this.program.isEnded;
  }

  async stop(): Promise<void> {
    await this.program.stop();
  }
}

/** The address contains a password and is not logged. */
function addressIn(line: string): string | undefined {
  return /\{"specServer":"([^"]+)"\}/.exec(line)?.[1];
}
