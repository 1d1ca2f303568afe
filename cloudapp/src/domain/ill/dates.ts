/** Dates are texts yyyyMMdd, as on the wire; today is the date in Japan (design 8). */
export type Clock = () => Date;
export const systemClock: Clock = () => new Date();

const TOKYO_DAY = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Tokyo',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** Today in Asia/Tokyo as yyyyMMdd. */
export function today(clock: Clock = systemClock): string {
  return TOKYO_DAY.format(clock()).replaceAll('-', '');
}

/** True for an existing date in the form yyyyMMdd. */
export function isDay(text: string): boolean {
  const date = dateOf(text);
  return date !== undefined && dayOf(date) === text;
}

/** `20261124` → `2026-11-24`; any other text is returned unchanged. */
export function formatDay(text: string): string {
  return isDay(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : text;
}

/** The date `days` after (or, if negative, before) a yyyyMMdd text. Throws a RangeError when the text is not a date. */
export function addDays(text: string, days: number): string {
  const date = dateOf(text);
  if (date === undefined || !isDay(text)) throw new RangeError('not a day of the form yyyyMMdd');
  return dayOf(new Date(date.getTime() + days * 86_400_000));
}

function dateOf(text: string): Date | undefined {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? [];
  return year === undefined ? undefined : new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
}

function dayOf(date: Date): string {
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10).replaceAll('-', '');
}
