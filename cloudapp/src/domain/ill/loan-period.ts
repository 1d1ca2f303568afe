import { addDays } from './dates';

/** Days per unit; a month counts as 30. */
const UNITS: readonly (readonly [pattern: RegExp, days: number])[] = [
  [/^(日|day)/iu, 1],
  [/^(週|week)/iu, 7],
  [/^(.月|month)/iu, 30],
];
const PERIOD = /(?<![\d.])(\d{1,3})\s*(日|週|[かヶカヵケ箇個]月|day|week|month)/iu;
/** Excludes calendar dates and ranges such as 「2~3週間」. */
const NO_PERIOD = /\d+\s*月\s*\d+\s*日|\d\s*[-~〜−–]\s*\d/u;
const NUMERALS = '〇一二三四五六七八九';
const LONGEST = 366;

/**
 * Days of a lending period in a member record (LOANP is free text: 「2週間」「30日」「1か月」「一ヶ月」; a month counts as 30 days).
 * Reads the first period of the text, at most 366 days; undefined when the text is not understood.
 */
export function loanDaysIn(text: string | undefined): number | undefined {
  const plain = (text ?? '').normalize('NFKC').replace(/[一二三四五六七八九十]+(?=\s*(日|週|.月))/gu, numberOf);
  if (NO_PERIOD.test(plain)) return undefined;
  const [, number = '', unit = ''] = PERIOD.exec(plain) ?? [];
  const days = Number(number) * (UNITS.find(([pattern]) => pattern.test(unit))?.[1] ?? 0);
  return days > 0 && days <= LONGEST ? days : undefined;
}

/**
 * The proposed due date: shipping date + lending period (NL38-02). yyyyMMdd. Throws a RangeError when the text is not a
 * date.
 * @unconfirmed I: Libraries count the period from the day of shipping, as the old system did. Confirm: ask a lending library.
 */
export function proposedDueDate(shipDate: string, days: number): string {
  return addDays(shipDate, days);
}

/** Converts 「一」 to 「九十九」 to digits. */
function numberOf(numerals: string): string {
  const [tens = '', ones = ''] = numerals.includes('十') ? numerals.split('十') : ['〇', numerals];
  const digit = (text: string, empty: number): number => (text === '' ? empty : NUMERALS.indexOf(text));
  return String(digit(tens, 1) * 10 + digit(ones, 0));
}
