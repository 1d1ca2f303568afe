const STEPS = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const;

/** How long ago that was, in words: 「2 時間前」. '' for a text that is no time. Less than a minute counts as one. */
export function ageOf(time: string, now: Date, language: string): string {
  const past = Date.parse(time);
  if (Number.isNaN(past)) return '';
  const seconds = Math.max(60, (now.getTime() - past) / 1000);
  const step = STEPS.find((each) => seconds >= each.seconds) ?? STEPS[2];
  const words = new Intl.RelativeTimeFormat(language === 'en' ? 'en' : 'ja', { numeric: 'always' });
  return words.format(-Math.floor(seconds / step.seconds), step.unit);
}

/** For the date pipe: the hour alone where the day is today, in the browser's zone. */
export function timeFormat(time: string, now: Date): 'HH:mm' | 'MM-dd HH:mm' {
  return new Date(time).toDateString() === now.toDateString() ? 'HH:mm' : 'MM-dd HH:mm';
}
