import { setTimeout } from 'node:timers/promises';
import type { InstitutionConfig } from '../config';
import type { RunSync } from './run-sync';
import type { RunReading } from './run-reading';
import type { RunStop } from './run-stop';
import type { ImportRunsStore, RunRow } from './runs-store';

/** What to do next for the institution: a step after `afterMs` milliseconds, or nothing. */
export type Next = { readonly afterMs: number } | 'nothing';

const AT_ONCE = { afterMs: 0 };
/** Longest pause of a waiting run in milliseconds; somebody may cancel the run meanwhile. */
const LONGEST_PAUSE_MS = 15_000;
/** The first and the longest wait of a blocked run in milliseconds; each wait is twice the one before. */
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 300_000;
const DAY_MS = 86_400_000;
/**
 * How long after Alma's midnight a run continues, in milliseconds.
 * @unconfirmed I: Alma's day of calls begins at midnight UTC; the documents name the time of the data centre.
 * Confirm: look at the hour at which a sandbox answers again after its calls were used up.
 */
const AFTER_MIDNIGHT_MS = 300_000;

interface WorkerParts {
  readonly runs: ImportRunsStore;
  readonly reading: RunReading;
  readonly sync: RunSync;
  readonly stepMs: number;
  /** A run fails when it was blocked for this long. */
  readonly giveUpMinutes: number;
  readonly now: () => Date;
  /** Receives errors that are not in the error catalogue. */
  readonly failed: (error: unknown) => void;
}

/**
 * Works through the runs of an institution in short steps: reads the files of its libraries, then brings their requests
 * to Alma. All results of a step are in the store before the next begins, so any gateway can continue. The caller
 * ensures that only one step of an institution runs at a time.
 */
export class ImportWorker {
  constructor(private readonly parts: WorkerParts) {}

  /** Performs one step. `stopping`: the gateway shuts down; the step ends soon. */
  async step(institution: InstitutionConfig, stopping: AbortSignal): Promise<Next> {
    const { runs, now } = this.parts;
    const open = await runs.nextOpen(institution.code);
    if (open === undefined) return 'nothing';
    if (open.wait_until !== null && open.wait_until > now() && !open.cancelling)
      return pauseUntil(open.wait_until, now());
    const run = await runs.beginStep(open);
    if (run === undefined) return AT_ONCE;
    const next = await this.#worked(institution, run, stopping);
    await runs.endStep(run);
    return next;
  }

  async #worked(institution: InstitutionConfig, run: RunRow, stopping: AbortSignal): Promise<Next> {
    const done = await this.#work(institution, run, stopping).catch((error: unknown): RunStop => {
      this.parts.failed(error);
      return { how: 'fail', code: 'internal' };
    });
    if (!('how' in done)) return done;
    await this.#stop(run, done);
    return AT_ONCE;
  }

  async #work(
    institution: InstitutionConfig,
    run: RunRow,
    stopping: AbortSignal,
  ): Promise<Exclude<Next, 'nothing'> | RunStop> {
    const { runs, reading, sync, stepMs, now } = this.parts;
    const until = new Date(now().getTime() + stepMs);
    if (run.cancelling) {
      await runs.finish(run, 'cancelled');
      return AT_ONCE;
    }
    if (reading.isDue(run)) {
      const stepIsOver = () => setTimeout(stepMs, undefined, { ref: false, signal: stopping }).catch(() => undefined);
      return (await reading.read(institution, run, stepIsOver)) ?? AT_ONCE;
    }
    const synced = await sync.sync(institution, run, until, stopping);
    if ('how' in synced) return synced;
    if (synced.next !== 'none') return synced.next === 'at-once' ? AT_ONCE : pauseUntil(synced.next, now());
    if (await sync.check(institution, run, until)) await runs.finish(run, 'completed');
    return AT_ONCE;
  }

  /** Ends the run when it cannot continue or was blocked for too long; otherwise lets it wait. */
  async #stop(run: RunRow, { how, ...failure }: RunStop): Promise<void> {
    const { runs, giveUpMinutes, now } = this.parts;
    const at = now();
    const since = run.wait_since ?? at;
    if (how === 'fail' || at.getTime() - since.getTime() > giveUpMinutes * 60_000) {
      await runs.finish(run, 'failed', failure);
      return;
    }
    await runs.change(run, {
      wait_since: since,
      wait_code: failure.code,
      wait_count: run.wait_count + 1,
      wait_until: failure.code === 'alma-daily-threshold' ? tomorrow(at) : later(at, run.wait_count),
    });
  }
}

function pauseUntil(then: Date, now: Date): { readonly afterMs: number } {
  return { afterMs: Math.min(Math.max(0, then.getTime() - now.getTime()), LONGEST_PAUSE_MS) };
}

function later(now: Date, count: number): Date {
  return new Date(now.getTime() + Math.min(FIRST_WAIT_MS * 2 ** count, LONGEST_WAIT_MS));
}

function tomorrow(now: Date): Date {
  return new Date((Math.floor(now.getTime() / DAY_MS) + 1) * DAY_MS + AFTER_MIDNIGHT_MS);
}
