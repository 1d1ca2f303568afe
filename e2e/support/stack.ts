import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeFolder } from '../../test/support/remove-folder';
import type { ConfiguredLibrary } from '../../tools/gateway-config';
import { findPortBase } from '../../test/support/ports';
import { Stack } from '../../tools/stack-processes';

/** Number of output lines of the three processes kept for the message of a failed test. */
const KEPT_LINES = 40;
/** As in production, but with shorter timeouts and pauses. */
const NACSIS_SETTINGS = {
  firstByteTimeoutMs: 4_000,
  answerTimeoutMs: 5_000,
  loginPauseSeconds: 1,
  breakerPauseSeconds: 1,
  settleSeconds: 2,
} as const;

/** Settings of the gateway that differ from production. */
export interface TestSettings {
  readonly alma?: Readonly<Record<string, number>>;
  readonly imports?: Readonly<Record<string, number>>;
  readonly nacsis?: Readonly<Record<string, number>>;
  /** How the bridge behaves. */
  readonly bridge?: Readonly<Record<string, string | number | boolean>>;
  /** Address of NACSIS-ILL for the gateway, when a proxy is in front of the simulator. */
  readonly nacsisUrl?: string;
  /** Address of Alma's REST API for the gateway, when a proxy is in front of the simulator. */
  readonly almaUrl?: string;
  /** More libraries of the first institution. */
  readonly moreLibraries?: readonly ConfiguredLibrary[];
  /** With false the simulated Alma keeps its data in memory only. */
  readonly isAlmaKept?: boolean;
}

/** A separate stack with fresh data and free ports, in which nothing runs automatically. */
export class TestStack {
  private constructor(
    readonly stack: Stack,
    private readonly dataFolder: string,
    private readonly lines: readonly string[],
  ) {}

  static async start({
    alma = {},
    imports = {},
    nacsis = {},
    bridge = {},
    nacsisUrl,
    almaUrl,
    moreLibraries = [],
    isAlmaKept = true,
  }: TestSettings = {}): Promise<TestStack> {
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
        nacsisSettings: { ...NACSIS_SETTINGS, ...nacsis },
        ...(nacsisUrl === undefined ? {} : { nacsisUrl }),
        ...(almaUrl === undefined ? {} : { almaUrl }),
        moreLibraries,
        almaSettings: alma,
        importSettings: imports,
        bridgeSettings: bridge,
        isAlmaKept,
        log,
      });
      await stack.start();
      return new TestStack(stack, dataFolder, lines);
    } catch (error) {
      await removeFolder(dataFolder);
      throw error;
    }
  }

  /** The last output of the three processes. */
  get lastWords(): string {
    return this.lines.join('\n');
  }

  async stop(): Promise<void> {
    await this.stack.stop();
    await removeFolder(this.dataFolder);
  }
}
