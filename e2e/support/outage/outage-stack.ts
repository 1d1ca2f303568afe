import { setTimeout as pause } from 'node:timers/promises';
import { BridgeStack } from '../bridge-stack';
import type { AlmaSim } from '../alma-sim';
import type { Librarian } from '../exchange/librarian';
import type { NacsisSim } from '../nacsis-sim';

/** What can go down. A killed gateway goes down in the middle of what it does; the others end their calls first. */
export const PARTS = ['gateway', 'nacsis', 'alma'] as const;
export type Part = (typeof PARTS)[number];

const SETTINGS = {
  nacsis: { firstByteTimeoutMs: 2_000, answerTimeoutMs: 2_500, settleSeconds: 1, breakerFailures: 20 },
  bridge: { readingMinutes: 0, callTimeoutMs: 3_000, deliveryAttempts: 30, deliveryPauseMinutes: 1 },
};

/** A stack whose parts go down and come back. */
export class OutageStack {
  readonly outages: Record<Part, number> = { gateway: 0, nacsis: 0, alma: 0 };
  #outage: Promise<void> | undefined;

  private constructor(private readonly bridge: BridgeStack) {}

  static async start(): Promise<OutageStack> {
    return new OutageStack(await BridgeStack.start(SETTINGS));
  }

  get nacsis(): NacsisSim {
    return this.bridge.nacsis;
  }

  get alma(): AlmaSim {
    return this.bridge.alma;
  }

  get librarian(): Librarian {
    return this.bridge.librarian;
  }

  get memberId(): string {
    return this.bridge.memberId;
  }

  get lastWords(): string {
    return this.bridge.lastWords;
  }

  /** Takes the part down for a while, one at a time. */
  async takeDown(part: Part, ms: number): Promise<void> {
    await this.#outage;
    this.outages[part] += 1;
    this.#outage = this.#downFor(part, ms);
    await this.#outage;
    this.#outage = undefined;
  }

  /** Resolves when everything is up. */
  async up(): Promise<void> {
    await this.#outage;
  }

  async stop(): Promise<void> {
    await this.bridge.stop();
  }

  async #downFor(part: Part, ms: number): Promise<void> {
    const { stack } = this.bridge;
    if (part === 'gateway') {
      await stack.killGateway();
      await pause(ms);
      await stack.startGateway();
    } else if (part === 'nacsis') {
      await stack.stopNacsis();
      await pause(ms);
      await stack.startNacsis();
    } else {
      await stack.stopAlma();
      await pause(ms);
      await stack.startAlma();
    }
  }
}
