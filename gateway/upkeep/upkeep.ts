import { UPKEEP_STEPS, type UpkeepStep } from '#domain/imports/upkeep';
import type { UpkeepStore } from '../store/upkeep-store';
import { isDue } from './upkeep-state';

/** The work of each step; resolves to the number of changed rows. */
export type UpkeepWork = Readonly<Record<UpkeepStep, () => Promise<number>>>;

/** Some steps failed. The callback `failed` has already received each error. */
export class UpkeepFailed extends Error {
  override readonly name = 'UpkeepFailed';
}

interface UpkeepParts {
  readonly work: UpkeepWork;
  readonly store: UpkeepStore;
  readonly now: () => Date;
  readonly failed: (error: unknown) => void;
  /** For the metrics. */
  readonly count: (step: UpkeepStep) => void;
}

/** The nightly upkeep. A failed step is logged, counted and recorded, and does not stop the others. */
export class Upkeep {
  constructor(private readonly parts: UpkeepParts) {}

  /** Registers the steps. Call at the start: a step that is never done counts as missed from then on. */
  expect(): Promise<void> {
    return this.parts.store.expect(UPKEEP_STEPS, this.parts.now());
  }

  async isDue(): Promise<boolean> {
    return isDue(await this.parts.store.all(), this.parts.now());
  }

  /** `stopping`: the gateway shuts down, and no further step begins. Throws `UpkeepFailed` after the last step. */
  async run(stopping?: AbortSignal): Promise<void> {
    const failed: UpkeepStep[] = [];
    for (const step of UPKEEP_STEPS) {
      if (stopping?.aborted === true) return;
      if (!(await this.#isDone(step))) failed.push(step);
    }
    if (failed.length > 0) throw new UpkeepFailed(`failed: ${failed.join(', ')}`);
  }

  async #isDone(step: UpkeepStep): Promise<boolean> {
    const { work, store, now } = this.parts;
    try {
      await work[step]();
      await store.note(step, 'done_at', now());
      return true;
    } catch (error) {
      await this.#tell(step, error);
      return false;
    }
  }

  async #tell(step: UpkeepStep, error: unknown): Promise<void> {
    const { store, now, failed, count } = this.parts;
    count(step);
    failed(new Error(`the nightly step ${step} failed`, { cause: error }));
    // Ignores an unavailable store, because the log and the counter still have the failure.
    await store.note(step, 'failed_at', now()).catch(() => undefined);
  }
}
