import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeFolder } from '../../../test/support/remove-folder';
import { findPortBase } from '../../../test/support/ports';
import { Stack, stackUrls, type StackUrls } from '../../../tools/stack-processes';
import { Line } from './line';

/** Timeout for an answer of NACSIS-ILL in milliseconds. Delays on the line exceed it. */
export const ANSWER_LIMIT_MS = 1_500;
const NACSIS_SETTINGS = {
  firstByteTimeoutMs: ANSWER_LIMIT_MS,
  answerTimeoutMs: ANSWER_LIMIT_MS + 500,
  breakerFailures: 20,
  breakerPauseSeconds: 1,
  loginPauseSeconds: 1,
  settleSeconds: 2,
  // Libraries suspend and resume their services all the time in this test.
  memberCacheSeconds: 0,
} as const;
const KEPT_LINES = 40;

/** Simulators and gateway as processes; the line between gateway and NACSIS-ILL runs in this process. */
export class LivesStack {
  kills = 0;
  #restart: Promise<void> | undefined;

  private constructor(
    private readonly stack: Stack,
    private readonly folder: string,
    readonly line: Line,
    private readonly lines: readonly string[],
  ) {}

  static async start(): Promise<LivesStack> {
    const folder = await mkdtemp(join(tmpdir(), 'lives-'));
    const lines: string[] = [];
    const log = (text: string): void => {
      lines.push(text);
      if (lines.length > KEPT_LINES) lines.shift();
    };
    const portBase = await findPortBase();
    const line = await Line.open(`${stackUrls(portBase).nacsis}/catp`);
    const between = { nacsisUrl: line.url, nacsisSettings: NACSIS_SETTINGS };
    const stack = new Stack({ portBase, dataFolder: folder, partners: false, isAlmaKept: false, log, ...between });
    const started = new LivesStack(stack, folder, line, lines);
    try {
      await stack.start();
      return started;
    } catch (error) {
      await started.stop();
      throw error;
    }
  }

  get urls(): StackUrls {
    return this.stack.urls;
  }

  /** The last output of the processes. */
  get lastWords(): string {
    return this.lines.join('\n');
  }

  /**
   * Kills the gateway as a power cut would, and restarts it with its remaining data. Concurrent calls share one
   * restart.
   */
  killAndRestart(): Promise<void> {
    this.#restart ??= this.#killAndRestart().finally(() => (this.#restart = undefined));
    return this.#restart;
  }

  /** Resolves when the gateway is not restarting. */
  async up(): Promise<void> {
    await this.#restart;
  }

  async stop(): Promise<void> {
    await this.stack.stop();
    await this.line.close();
    await removeFolder(this.folder);
  }

  async #killAndRestart(): Promise<void> {
    this.kills += 1;
    await this.stack.killGateway();
    await this.stack.startGateway();
  }
}
