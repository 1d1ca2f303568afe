import type { Upkeep } from '#domain/api/upkeep';
import { UPKEEP_STEPS } from '#domain/imports/upkeep';
import type { UpkeepRow } from '../store/upkeep-store';

const HOUR_MS = 3_600_000;
/** A step is overdue after this time, so that one night may be missed. */
const OVERDUE_MS = 48 * HOUR_MS;
/** A starting gateway does the upkeep without waiting for the night when a step was last done longer ago than this. */
const DUE_MS = 26 * HOUR_MS;

type Times = Pick<UpkeepRow, 'known_since' | 'done_at' | 'failed_at'>;

/** State of the nightly upkeep, with one line per step of this version. */
export function upkeepView(rows: readonly UpkeepRow[], now: Date): Upkeep {
  const steps = UPKEEP_STEPS.map((step) => {
    const row = rows.find((each) => each.step === step);
    const trouble = row === undefined ? undefined : troubleOf(row, now);
    return {
      step,
      ...(row?.done_at ? { doneAt: row.done_at.toISOString() } : {}),
      ...(row?.failed_at ? { failedAt: row.failed_at.toISOString() } : {}),
      ...(trouble === undefined ? {} : { trouble }),
    };
  });
  return { steps };
}

/** Milliseconds since the step was done; for a step that was never done, since the store learned of it. */
export function ageOf({ done_at: doneAt, known_since: since }: Times, now: Date): number {
  return now.getTime() - (doneAt ?? since).getTime();
}

/** True when a step was missed because the gateway did not run at night. */
export function isDue(rows: readonly UpkeepRow[], now: Date): boolean {
  return UPKEEP_STEPS.some((step) => {
    const row = rows.find((each) => each.step === step);
    return !row?.done_at || ageOf(row, now) > DUE_MS;
  });
}

function troubleOf(row: Times, now: Date): 'failed' | 'overdue' | undefined {
  const hasFailed = row.failed_at !== null && (row.done_at === null || row.failed_at > row.done_at);
  if (hasFailed) return 'failed';
  return ageOf(row, now) > OVERDUE_MS ? 'overdue' : undefined;
}
