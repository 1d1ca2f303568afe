import { setTimeout } from 'node:timers/promises';
import type { InstitutionConfig } from '../config';
import { RunHalt, RunWait } from './halt';
import type { ImportRunsStore } from './import-runs-store';
import type { RunRow } from './queued-run';
import type { RunBringing } from './run-bringing';
import type { RunReading } from './run-reading';
import type { RunWaits } from './run-waits';

/** What to do next for the institution: a step after `afterMs` milliseconds, or nothing. */
export type Next = { readonly afterMs: number } | 'nothing';

/** Longest pause of a waiting run in milliseconds; somebody may cancel the run meanwhile. */
const LONGEST_PAUSE_MS = 15_000;

export interface StepParts {
  readonly runs: ImportRunsStore;
  readonly reading: RunReading;
  readonly bringing: RunBringing;
  readonly waits: RunWaits;
  readonly stepMs: number;
  readonly now: () => Date;
  /** Receives errors that are not in the error catalogue. */
  readonly failed: (error: unknown) => void;
}

/**
 * Works through the runs of an institution in short steps: reads the files of its libraries, then brings their requests
 * to Alma. All results of a step are in the store before the next begins, so any gateway can continue. The caller
 * ensures that only one step of an institution runs at a time.
 */
export class ImportSteps {
  constructor(private readonly parts: StepParts) {}

  /** Performs one step. `stopping`: the gateway shuts down; the step ends soon. */
  async step(institution: InstitutionConfig, stopping: AbortSignal): Promise<Next> {
    const { runs, now } = this.parts;
    const open = await runs.nextOpen(institution.code);
    if (open === undefined) return 'nothing';
    if (open.wait_until !== null && open.wait_until > now() && !open.cancelling)
      return pauseUntil(open.wait_until, now());
    const run = await runs.beginStep(open);
    if (run === undefined) return { afterMs: 0 };
    const next = await this.#worked(institution, run, stopping);
    await runs.endStep(run);
    return next;
  }

  async #worked(institution: InstitutionConfig, run: RunRow, stopping: AbortSignal): Promise<Next> {
    const { runs, waits, failed } = this.parts;
    try {
      return await this.#work(institution, run, stopping);
    } catch (error) {
      if (error instanceof RunWait) await waits.wait(run, error);
      else if (error instanceof RunHalt) await runs.finish(run, 'failed', error.failure);
      else {
        failed(error);
        await runs.finish(run, 'failed', { code: 'internal' });
      }
      return { afterMs: 0 };
    }
  }

  async #work(institution: InstitutionConfig, run: RunRow, stopping: AbortSignal): Promise<Next> {
    const { runs, reading, bringing, stepMs, now } = this.parts;
    const until = new Date(now().getTime() + stepMs);
    if (run.cancelling) {
      await runs.finish(run, 'cancelled');
      return { afterMs: 0 };
    }
    if (reading.isDue(run)) {
      await reading.read(institution, run, () =>
        setTimeout(stepMs, undefined, { ref: false, signal: stopping }).catch(() => undefined),
      );
      return { afterMs: 0 };
    }
    const nextAt = await bringing.bring(institution, run, until, stopping);
    if (nextAt !== undefined) return nextAt === null ? { afterMs: 0 } : pauseUntil(nextAt, now());
    if (await bringing.check(institution, run, until)) await runs.finish(run, 'completed');
    return { afterMs: 0 };
  }
}

function pauseUntil(then: Date, now: Date): Next {
  return { afterMs: Math.min(Math.max(0, then.getTime() - now.getTime()), LONGEST_PAUSE_MS) };
}
