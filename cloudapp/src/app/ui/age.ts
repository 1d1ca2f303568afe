/** Elapsed time in the largest whole unit; `now` below a minute. */
interface Ago {
  readonly unit: 'now' | 'minutes' | 'hours' | 'days';
  readonly count: number;
}

/** `at`: ISO 8601 */
export function ago(at: string, now: Date): Ago {
  const minutes = Math.max(Math.floor((now.getTime() - Date.parse(at)) / 60_000), 0);
  if (minutes === 0) return { unit: 'now', count: 0 };
  if (minutes < 60) return { unit: 'minutes', count: minutes };
  return minutes < 24 * 60
    ? { unit: 'hours', count: Math.floor(minutes / 60) }
    : { unit: 'days', count: Math.floor(minutes / (24 * 60)) };
}

/** Elapsed time as text: 「2 時間前」. '' for an invalid time. At least one minute. */
export function ageOf(time: string, now: Date, language: string): string {
  if (Number.isNaN(Date.parse(time))) return '';
  const { unit, count } = ago(time, now);
  const words = new Intl.RelativeTimeFormat(language === 'en' ? 'en' : 'ja', { numeric: 'always' });
  return unit === 'now' ? words.format(-1, 'minutes') : words.format(-count, unit);
}

/** Format for the date pipe: only hours and minutes for today in the browser's zone. */
export function timeFormat(time: string, now: Date): 'HH:mm' | 'MM-dd HH:mm' {
  return new Date(time).toDateString() === now.toDateString() ? 'HH:mm' : 'MM-dd HH:mm';
}
