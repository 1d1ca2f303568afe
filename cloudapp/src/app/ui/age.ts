const STEPS = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const;

/** Elapsed time as text: 「2 時間前」. '' for an invalid time. At least one minute. */
export function ageOf(time: string, now: Date, language: string): string {
  const past = Date.parse(time);
  if (Number.isNaN(past)) return '';
  const seconds = Math.max(60, (now.getTime() - past) / 1000);
  const step = STEPS.find((each) => seconds >= each.seconds) ?? STEPS[2];
  const words = new Intl.RelativeTimeFormat(language === 'en' ? 'en' : 'ja', { numeric: 'always' });
  return words.format(-Math.floor(seconds / step.seconds), step.unit);
}

/** Format for the date pipe: only hours and minutes for today in the browser's zone. */
export function timeFormat(time: string, now: Date): 'HH:mm' | 'MM-dd HH:mm' {
  return new Date(time).toDateString() === now.toDateString() ? 'HH:mm' : 'MM-dd HH:mm';
}
