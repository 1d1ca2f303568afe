import type { RunWait } from './halt';
import type { ImportRunsStore } from './import-runs-store';
import type { RunRow } from './queued-run';

/** The first and the longest pause in milliseconds; each pause is twice the one before. */
const FIRST_MS = 2_000;
const LONGEST_MS = 300_000;
const DAY_MS = 86_400_000;
/**
 * How long after Alma's midnight a run continues, in milliseconds.
 * @unconfirmed I: Alma's day of calls begins at midnight UTC; the documents name the time of the data centre.
 * Confirm: look at the hour at which a sandbox answers again after its calls were used up.
 */
const AFTER_MIDNIGHT_MS = 300_000;

/** Decides how long a blocked run waits, and when it fails. */
export class RunWaits {
  constructor(
    private readonly runs: ImportRunsStore,
    private readonly giveUpMinutes: number,
    private readonly now: () => Date,
  ) {}

  async wait(run: RunRow, { code, detail }: RunWait): Promise<void> {
    const now = this.now();
    const since = run.wait_since ?? now;
    const waited = now.getTime() - since.getTime();
    if (waited > this.giveUpMinutes * 60_000) {
      await this.runs.finish(run, 'failed', { code, ...(detail === undefined ? {} : { detail }) });
      return;
    }
    await this.runs.change(run, {
      wait_since: since,
      wait_code: code,
      wait_count: run.wait_count + 1,
      wait_until: code === 'alma-daily-threshold' ? tomorrow(now) : later(now, run.wait_count),
    });
  }
}

function later(now: Date, count: number): Date {
  return new Date(now.getTime() + Math.min(FIRST_MS * 2 ** count, LONGEST_MS));
}

function tomorrow(now: Date): Date {
  return new Date((Math.floor(now.getTime() / DAY_MS) + 1) * DAY_MS + AFTER_MIDNIGHT_MS);
}
