export interface Ago {
  /** Suffix of the i18n key `workList.ago.…`. */
  readonly unit: 'now' | 'minutes' | 'hours' | 'days';
  readonly count: number;
}

/** Elapsed time in the largest whole unit. `at`: ISO 8601 */
export function ago(at: string, now: Date): Ago {
  const minutes = Math.max(Math.floor((now.getTime() - Date.parse(at)) / 60_000), 0);
  if (minutes === 0) return { unit: 'now', count: 0 };
  if (minutes < 60) return { unit: 'minutes', count: minutes };
  return minutes < 24 * 60
    ? { unit: 'hours', count: Math.floor(minutes / 60) }
    : { unit: 'days', count: Math.floor(minutes / (24 * 60)) };
}
