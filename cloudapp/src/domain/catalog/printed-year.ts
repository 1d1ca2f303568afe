import { mayExplain, replaceMarked, westernOfUnmarked } from './calendars';
import { asciiDigits } from './identifiers';
import { oneLine } from './printed-text';

/** A Gregorian year, or the years of a serial or a set: `2001`, `1926-`, `1926-1930`. */
interface PrintedYear {
  readonly year: string;
  /** printed: occurs in the text as a Gregorian year; converted: computed from another calendar. */
  readonly from: 'printed' | 'converted';
}

interface Found {
  readonly at: number;
  readonly year: string;
  readonly first: number;
  /** True when the year is in brackets or after `=`, as the cataloguer's comment on the printed year. */
  readonly isAside: boolean;
  readonly isCorrection: boolean;
}

/** Does not match `1950s`. */
const YEAR = /(?<!\d)(?:1\d{3}|20\d{2}|2100)(?!\d|s\b)/g;
/** Matches the end of a range, or an open range, after a year and an optional month. */
const UP_TO =
  /^(?:[./]\d{1,2}(?!\d))?(?:\?|[\])>]|\u5e74| )*-(?:\?|[[(<cp©]| )*(?:((?:1\d{3}|20\d{2}|2100)(?!\d)|\d{2}(?!\d|[-./]\d))|(?!\d))/;
const QUESTIONABLE_RANGE = /(?<!\d)\d{4}-\d{2,4}\?/;
const BETWEEN = /(?<!\p{L})(?:between|entre|zwischen|tussen|mellan|mellem|tra(?= il)|fra(?= il)|между)(?!\p{L})/iu;
const CORRECTION = /(?:i\. ?e\.|that is|recte|viz|d\. ?i\.|c\.-à-d\.|すなわち|即ち|正しくは|\[実は) ?,?$/i;
const PRINTING = /(?:repr|print|impr|reed|nachdr|copyright|cop\.|©|c(?=\d)|刷|複製|復刻)/i;
const ISO_DAY = /(?<!\d)(1\d{3}|20\d{2})(0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d)/g;
/** `[19]85`, `19[85]`, `198[5]`: digits added by the cataloguer. */
const COMPLETED = /(?<!\d)(\[?\d{1,3})[[\]](\d{1,3})(?!\d)/g;
/** Maximum length in characters; a longer text is not a statement of a year. */
const LONGEST = 300;
const KANJI_NUMBER = /[〇零一二三四五六七八九十百千]+/g;
const KANJI_DIGITS = '〇一二三四五六七八九';

/**
 * The year of a text, as printed or otherwise converted; undefined when there is none, or when the text only gives
 * bounds.
 */
export function printedYearIn(text: string): PrintedYear | undefined {
  const line = normal(text);
  if (BETWEEN.test(line) || QUESTIONABLE_RANGE.test(line)) return undefined;
  const printed = westernIn(replaceMarked(line, () => ' '));
  if (printed !== undefined) return { year: printed, from: 'printed' };
  const converted = westernIn(replaceMarked(line, (western) => `${western} `)) ?? unmarkedIn(line);
  return converted === undefined ? undefined : { year: converted, from: 'converted' };
}

/** The year or years of a text, without their origin. */
export function yearIn(text: string): string | undefined {
  return printedYearIn(text)?.year;
}

/** One line in NFKC with ASCII digits and hyphens. */
function normal(text: string): string {
  return asciiDigits(oneLine(text.slice(0, LONGEST)).normalize('NFKC'))
    .replace(/[\u2010-\u2015\u2212\u301c~]|(?<=\d ?)ー/g, '-')
    .replace(KANJI_NUMBER, kanjiNumber)
    .replace(ISO_DAY, '$1.$2')
    .replace(COMPLETED, (whole, start: string, end: string) => {
      const digits = `${start}${end}`.replace('[', '');
      return digits.length === 4 ? digits : whole;
    });
}

function kanjiNumber(written: string): string {
  if (/^[〇零一二三四五六七八九]+$/.test(written)) return [...written].map((each) => String(digitOf(each))).join('');
  const [thousands, hundreds, tens] = ['千', '百', '十'].map((unit) => {
    const [, times] = new RegExp(`([一二三四五六七八九]?)${unit}`).exec(written) ?? [];
    return times === undefined ? 0 : times === '' ? 1 : digitOf(times);
  });
  const [ones = ''] = /[一二三四五六七八九]$/.exec(written) ?? [];
  return String((thousands ?? 0) * 1000 + (hundreds ?? 0) * 100 + (tens ?? 0) * 10 + digitOf(ones));
}

function digitOf(kanji: string): number {
  return Math.max(KANJI_DIGITS.indexOf(kanji || '〇'), 0);
}

function westernIn(line: string): string | undefined {
  const found = [...line.matchAll(YEAR)].map((match) => foundAt(line, match.index, match[0]));
  const [first, ...others] = found;
  if (first === undefined) return undefined;
  const explains = (each: Found) =>
    each.isAside && (each.isCorrection || mayExplain(first.first, each.first)) && !isOfPrinting(line, each.at);
  return (others.find(explains) ?? first).year;
}

function foundAt(line: string, at: number, digits: string): Found {
  const [before, behind] = [line.slice(0, at), line.slice(at + digits.length)];
  const first = Number(digits);
  const isCorrection = CORRECTION.test(before.trimEnd());
  const isAside =
    isCorrection ||
    /=[^=]*$/.test(before) ||
    Math.max(before.lastIndexOf('['), before.lastIndexOf('(')) >
      Math.max(before.lastIndexOf(']'), before.lastIndexOf(')'));
  return { at, first, year: `${digits}${upTo(first, behind)}`, isAside, isCorrection };
}

/** The end of the range: `-1930` or `-`. Ignores `-05`, which may be a month. */
function upTo(first: number, behind: string): string {
  const match = UP_TO.exec(behind);
  if (match === null) return '';
  const [, written] = match;
  if (written === undefined) return '-';
  const isShort = written.length === 2;
  if (isShort && Number(written) <= 12) return '';
  const last = isShort ? Math.floor(first / 100) * 100 + Number(written) : Number(written);
  return last > first ? `-${String(last)}` : '';
}

function isOfPrinting(line: string, at: number): boolean {
  const start = Math.max(line.lastIndexOf('[', at), line.lastIndexOf('(', at), 0);
  const end = line.slice(at).search(/[\])]/);
  return PRINTING.test(line.slice(start, end < 0 ? line.length : at + end));
}

function unmarkedIn(line: string): string | undefined {
  for (const [digits] of line.matchAll(/(?<!\d)\d{4}(?!\d)/g)) {
    const western = westernOfUnmarked(Number(digits));
    if (western !== undefined) return String(western);
  }
  return undefined;
}
