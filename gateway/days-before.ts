const DAY_MS = 86_400_000;
/** Maximum number of days in a setting: a hundred years, which can be subtracted from every date. */
export const MAX_DAYS = 36_500;

/** The date this many days before now, but not before 1970, so that it is valid for any number. */
export function daysBefore(now: Date, days: number): Date {
  return new Date(Math.max(0, now.getTime() - days * DAY_MS));
}
