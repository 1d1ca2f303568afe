import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPortBase } from '../../tools/ports';
import { Stack } from '../../tools/stack-processes';

/** Lines of the three processes that are kept for the message of a failed test. */
const KEPT_LINES = 40;
/** As in production, but a scenario need not wait so long for a limit or a pause. */
const NACSIS_SETTINGS = {
  firstByteTimeoutMs: 4_000,
  answerTimeoutMs: 5_000,
  loginPauseSeconds: 1,
  breakerPauseSeconds: 1,
  settleSeconds: 2,
} as const;

/** Settings of the gateway that differ from those of production. */
export interface TestSettings {
  readonly alma?: Readonly<Record<string, number>>;
  readonly imports?: Readonly<Record<string, number>>;
  /** false: the simulated Alma keeps its data in memory only. */
  readonly isAlmaKept?: boolean;
}

/** A stack of its own, on fresh data and free ports, with nothing that acts by itself. */
export class TestStack {
  private constructor(
    readonly stack: Stack,
    private readonly dataFolder: string,
    private readonly lines: readonly string[],
  ) {}

  static async start({ alma = {}, imports = {}, isAlmaKept = true }: TestSettings = {}): Promise<TestStack> {
    const lines: string[] = [];
    const log = (line: string): void => {
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
    };
    const dataFolder = await mkdtemp(join(tmpdir(), 'e2e-'));
    try {
      const stack = new Stack({
        portBase: await findPortBase(),
        dataFolder,
        partners: false,
        nacsisSettings: NACSIS_SETTINGS,
        almaSettings: alma,
        importSettings: imports,
        isAlmaKept,
        log,
      });
      await stack.start();
      return new TestStack(stack, dataFolder, lines);
    } catch (error) {
      await rm(dataFolder, { recursive: true, force: true });
      throw error;
    }
  }

  /** What the three processes said last. */
  get lastWords(): string {
    return this.lines.join('\n');
  }

  async stop(): Promise<void> {
    await this.stack.stop();
    await rm(this.dataFolder, { recursive: true, force: true });
  }
}
