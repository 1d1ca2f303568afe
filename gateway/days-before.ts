const DAY_MS = 86_400_000;
/** Maximum number of days in a setting: a hundred years, few enough to be subtracted from every date. */
export const MAX_DAYS = 36_500;

/** Returns the date this many days before now, but never one before 1970: then every number gives a valid date. */
export function daysBefore(now: Date, days: number): Date {
  return new Date(Math.max(0, now.getTime() - days * DAY_MS));
}
