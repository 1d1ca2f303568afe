import type { Static } from 'typebox';
import { Value } from 'typebox/value';
import { days, group, minutes, seconds } from '../setting-kinds';

/** How the import job runs, and how long it keeps what it wrote. */
export const ImportsSchema = group({
  // A step is a job of the queue, which lives for a day at most.
  stepSeconds: seconds(
    20,
    'a step of a run begins no further request after this time. When its gateway dies, another takes over after this time plus `alma.callTimeoutMs` plus 10 s',
    { maximum: 3_600 },
  ),
  // A run that meets Alma's daily threshold waits for the next day, which begins within 24 hours.
  giveUpMinutes: minutes(26 * 60, 'a run fails after waiting this long for NACSIS-ILL or Alma'),
  keepDays: days(365, 'how long runs and their reports are kept after their end'),
  eraseNamesDays: days(
    90,
    'days after the last change of an ended request until its patron is erased; 0: never ([below](#what-is-erased-and-when))',
    { minimum: 0 },
  ),
});
export type ImportSettings = Readonly<Static<typeof ImportsSchema>>;

export const IMPORT_DEFAULTS = Value.Create(ImportsSchema);
