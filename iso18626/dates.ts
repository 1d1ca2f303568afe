const DATE_TIME =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)(?:T(?<time>\d\d:\d\d:\d\d)(?<fraction>\.\d+)?(?<zone>Z|[+-]\d\d:\d\d)?)?$/;
const TIME = /^(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d|24:00:00)$/;
const ZONE = /^(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)$/;
/** The end of the day, which has no fraction. */
const MIDNIGHT = '24:00:00';
const LAST_SECOND = '23:59:59';
const UTC = ['Z', '+00:00', '-00:00'];
/** Japan has had no summer time since 1951. */
const TOKYO_AHEAD_MS = 9 * 60 * 60 * 1000;

/** True for a dateTime of XML Schema of the years 0000 to 9999, with or without a zone. */
export function isDateTime(text: string): boolean {
  return partsOf(text)?.time !== undefined;
}

/**
 * Due date for Alma.
 * @param day yyyyMMdd
 * @param timeOfDay in UTC with `Z` (setting `bridge.dueTime`)
 * @returns undefined when `day` is no date of the calendar
 */
export function dueDateTime(day: string, timeOfDay: string): string | undefined {
  const [, year, month, date] = /^(\d{4})(\d\d)(\d\d)$/.exec(day) ?? [];
  const dateTime = `${year ?? ''}-${month ?? ''}-${date ?? ''}T${timeOfDay}`;
  return isDateTime(dateTime) ? dateTime : undefined;
}

/**
 * Day of a due date as yyyyMMdd. `23:59:59Z` means that day; everything else is converted to the time of Tokyo
 * (`iso18626.md` 8.1). A time without a zone, or a date alone, counts as Tokyo's.
 * @returns undefined when the text is no time
 */
export function dueDay(dateTime: string): string | undefined {
  const parts = partsOf(dateTime);
  if (parts === undefined) return undefined;
  const { date, time, zone } = parts;
  const isThatDay = time === undefined || zone === undefined || (time === LAST_SECOND && UTC.includes(zone));
  return isThatDay && time !== MIDNIGHT ? digits(date) : tokyoDay(dateTime);
}

/** Day in Tokyo of a time, as yyyyMMdd. Without a zone, or as a date alone, it counts as Tokyo's. */
export function tokyoDay(dateTime: string): string | undefined {
  const parts = partsOf(dateTime);
  if (parts === undefined) return undefined;
  const { date, time = '00:00:00', zone = '+09:00' } = parts;
  const inTokyo = new Date(Date.parse(`${date}T${time}${zone}`) + TOKYO_AHEAD_MS).toISOString();
  // A sign: the day is in no year of four digits.
  return /^[+-]/.test(inTokyo) ? undefined : digits(inTokyo);
}

function partsOf(
  text: string,
): { readonly date: string; readonly time: string | undefined; readonly zone: string | undefined } | undefined {
  const { year, month, day, time, fraction = '', zone } = DATE_TIME.exec(text)?.groups ?? {};
  const date = `${year ?? ''}-${month ?? ''}-${day ?? ''}`;
  if (!isCalendarDate(date)) return undefined;
  if (time !== undefined && !TIME.test(time)) return undefined;
  if (time === MIDNIGHT && /[1-9]/.test(fraction)) return undefined;
  if (zone !== undefined && !ZONE.test(zone)) return undefined;
  return { date, time, zone };
}

/** `Date` takes 30 February as a day of March. */
function isCalendarDate(date: string): boolean {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(date);
}

function digits(date: string): string {
  return date.slice(0, 'yyyy-MM-dd'.length).replaceAll('-', '');
}
