import { setTimeout } from 'node:timers/promises';
import type { ConfigurationError } from '#domain/api-import';
import type { InstitutionConfig } from '../config';
import { RunHalt, RunWait } from './halt';
import type { ImportRunsStore, RunRow } from './import-runs-store';
import type { RunBringing } from './run-bringing';
import type { RunReading } from './run-reading';
import type { RunWaits } from './run-waits';

/** What is to be done next for the institution: after so many milliseconds, or nothing. */
export type Next = { readonly afterMs: number } | 'nothing';

/** A waiting run is looked at again at least so often, since somebody may have cancelled it. */
const LONGEST_PAUSE_MS = 15_000;

export interface StepParts {
  readonly runs: ImportRunsStore;
  readonly reading: RunReading;
  readonly bringing: RunBringing;
  readonly waits: RunWaits;
  readonly stepMs: number;
  readonly now: () => Date;
  /** What is not of the catalogue. */
  readonly failed: (error: unknown) => void;
}

/**
 * Works through the runs of an institution in short steps: read the files of its libraries, then bring their requests to Alma. Everything
 * that a step has done is in the store when the next begins, so that any gateway can go on. Whoever calls sees to it that only one step
 * of an institution runs at a time.
 */
export class ImportSteps {
  constructor(private readonly parts: StepParts) {}

  /** One step. `stopping`: the gateway ends; it comes to an end soon. */
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
    await runs.finish(run, 'completed');
    return { afterMs: 0 };
  }
}

function pauseUntil(then: Date, now: Date): Next {
  return { afterMs: Math.min(Math.max(0, then.getTime() - now.getTime()), LONGEST_PAUSE_MS) };
}

/** Adds what is to be said of the settings, each once. */
export function withConfiguration(
  known: readonly ConfigurationError[],
  found: readonly ConfigurationError[],
): readonly ConfigurationError[] {
  const all = [...known, ...found];
  return [...new Map(all.map((each) => [`${each.library}\n${each.code}\n${each.name ?? ''}`, each])).values()];
}
