import type { Form } from './catalog-files';
import { mayExplain } from './calendars';
import { fieldsWith, subfields, type MarcDataField, type MarcRecord } from './marc-fields';
import { isbnsOf, issnOf, ncidOf, type SystemPrefixes } from './marc-numbers';
import { kanaReadsLatin, originality, printedOf, type Printed, type ScriptRules } from './marc-scripts';
import { versionsOf, type Versions } from './marc-versions';
import { oneLine, withoutIsbd } from './printed-text';
import { printedYearIn } from './printed-year';

export type { MarcDataField, MarcRecord } from './marc-fields';

/**
 * The bibliographic data that interlibrary loan needs. Texts are single lines without ISBD punctuation at their ends.
 */
export interface MarcCitation {
  /** '' when the record has none. */
  readonly title: string;
  readonly titleReading?: string;
  readonly responsibility?: string;
  readonly author?: string;
  readonly edition?: string;
  readonly place?: string;
  readonly publisher?: string;
  /**
   * Gregorian year or range (`1926-`): as printed, otherwise from 008, otherwise converted. Text without a number
   * (`出版年不明`) is kept as it is.
   */
  readonly year?: string;
  /** Valid ISBNs first, as ISBN-13 without hyphens, then invalid ones as printed. No duplicates. */
  readonly isbns: readonly string[];
  /** A valid ISSN, `dddd-dddX`. */
  readonly issn?: string;
  /** A valid NACSIS-CAT id. */
  readonly ncid?: string;
  readonly series: readonly string[];
  /** MARC language code (three letters). */
  readonly language?: string;
  readonly form: Form;
}

/** Reads a MARC 21 record. Never throws; missing and unreadable elements are omitted. */
export function citationFromMarc(record: MarcRecord, prefixes: SystemPrefixes = []): MarcCitation {
  const form = /^[bs]$/.test(record.leader.charAt(7)) ? 'serial' : 'book';
  const language = languageOf(record);
  const ncid = ncidOf(record, prefixes);
  const ofTitle: ScriptRules = { kanaReadsLatin: kanaReadsLatin(record, { language, ncid }) };
  const title = printed(record, ['245'], titleOf, ofTitle);
  const rules: ScriptRules = title === undefined ? ofTitle : { ...ofTitle, like: scriptOf(title.text) };
  return withoutEmpty({
    title: title?.text ?? '',
    titleReading: title?.reading,
    responsibility: printed(record, ['245'], (field) => partOf(field, 'c'), rules)?.text,
    author: printed(record, ['100', '110', '111', '700', '710', '711'], nameOf, rules)?.text,
    edition: printed(record, ['250'], (field) => joined(field, 'ab'), rules)?.text,
    place: publication(record, 'a', rules),
    publisher: publication(record, 'b', rules),
    year: yearOf(record, form),
    isbns: isbnsOf(record),
    issn: issnOf(record),
    ncid,
    series: seriesOf(record, rules),
    language,
    form,
  });
}

function scriptOf(title: string): ScriptRules['like'] {
  return originality(title) === 0 ? 'latin' : 'original';
}

/** Reads the first field of these tags for which `read` returns text, in the script that a Japanese library prints. */
function printed(
  record: MarcRecord,
  tags: readonly string[],
  read: (field: MarcDataField) => string,
  rules: ScriptRules,
): Printed | undefined {
  for (const tag of tags) {
    for (const versions of versionsOf(record, tag)) {
      const found = printedOf(versions.map(read), rules);
      if (found) return found;
    }
  }
  return undefined;
}

/**
 * 245 $a $b $n $p in record order: `title : remainder. number. part`. The separator before $b is taken from the record.
 */
function titleOf(field: MarcDataField): string {
  let title = '';
  let sign: string | undefined;
  for (const { code, value } of field.subfields) {
    if (code === '6' || code === 'c') continue;
    const line = oneLine(value);
    const text = withoutIsbd(value);
    if (['a', 'b', 'n', 'p'].includes(code) && text !== '') {
      const before = /^[=;:](?= )/.exec(line)?.[0] ?? sign ?? ':';
      title += title === '' ? text : `${code === 'b' ? ` ${before} ` : '. '}${text}`;
    }
    sign = /[=;:]$/.exec(line)?.[0];
  }
  return title;
}

function nameOf(field: MarcDataField): string {
  return joined(field, field.tag.endsWith('00') ? 'abc' : 'abn');
}

function partOf(field: MarcDataField, code: string): string {
  return withoutIsbd(subfields(field, code)[0] ?? '');
}

function joined(field: MarcDataField, codes: string): string {
  return withoutIsbd(
    subfields(field, codes)
      .map((value) => oneLine(value))
      .filter((value) => value !== '')
      .join(' '),
  );
}

/** Publication statements by rank: 264 with second indicator 1, then 260, then other 264 except copyright (4). */
function publications(record: MarcRecord): readonly Versions[] {
  const of264 = versionsOf(record, '264');
  const second = (versions: Versions) => versions[0]?.ind2;
  return [
    ...of264.filter((each) => second(each) === '1'),
    ...versionsOf(record, '260'),
    ...of264.filter((each) => second(each) !== '1' && second(each) !== '4'),
  ];
}

/** Place or publisher, both from the same version of the field. */
function publication(record: MarcRecord, code: 'a' | 'b', rules: ScriptRules): string | undefined {
  for (const versions of publications(record)) {
    const names = versions.map((field) => joined(field, 'ab'));
    const chosen = versions[names.indexOf(printedOf(names, rules)?.text ?? '')];
    const text = chosen === undefined ? '' : partOf(chosen, code);
    if (text !== '') return text;
  }
  return undefined;
}

function yearOf(record: MarcRecord, form: Form): string | undefined {
  const texts = publications(record)
    .map((versions) => versions.map((field) => joined(field, 'c')).filter((text) => text !== ''))
    .find((each) => each.length > 0);
  const found = texts?.flatMap((text) => printedYearIn(text) ?? []) ?? [];
  const asPrinted = found.find(({ from }) => from === 'printed')?.year;
  const fixed = yearOf008(record, form);
  // A year of another calendar may look like a Gregorian year.
  const isOther = fixed !== undefined && form === 'book' && mayExplain(Number(asPrinted?.slice(0, 4)), Number(fixed));
  if (asPrinted !== undefined && !isOther) return asPrinted;
  return fixed ?? found[0]?.year ?? texts?.find((text) => !/\p{Nd}{4}/u.test(text));
}

/** Types of date (008/06) whose first date is not a year of publication: questionable, unknown, before our era. */
const NO_YEAR = /^[qnb]$/;
const FIXED_YEAR = /^(?:1\d{3}|20\d{2})$/;

/** 008/06-14: type of date, date 1, date 2; 9999 is not a year. */
function yearOf008(record: MarcRecord, form: Form): string | undefined {
  const fixed = fixedField(record);
  const [type, from, to] = [fixed.slice(6, 7), fixed.slice(7, 11), fixed.slice(11, 15)];
  if (NO_YEAR.test(type) || !FIXED_YEAR.test(from)) return undefined;
  if (form === 'book') return from;
  return FIXED_YEAR.test(to) && to >= from ? `${from}-${to}` : `${from}-`;
}

function languageOf(record: MarcRecord): string | undefined {
  const codes = [
    fixedField(record).slice(35, 38),
    ...fieldsWith(record, '041').map((field) => (subfields(field, 'a')[0] ?? '').slice(0, 3)),
  ];
  return codes.find((code) => /^[a-z]{3}$/.test(code) && !['und', 'zxx', 'mul'].includes(code));
}

function fixedField(record: MarcRecord): string {
  return record.controlFields.find(({ tag }) => tag === '008')?.value ?? '';
}

function seriesOf(record: MarcRecord, rules: ScriptRules): readonly string[] {
  const texts = (tag: string, codes: string) =>
    versionsOf(record, tag).flatMap(
      (versions) =>
        printedOf(
          versions.map((field) => seriesText(field, codes)),
          rules,
        )?.text ?? [],
    );
  const transcribed = texts('490', 'anp');
  return [...new Set(transcribed.length > 0 ? transcribed : texts('830', 'anp'))];
}

function seriesText(field: MarcDataField, codes: string): string {
  const title = subfields(field, codes)
    .map(withoutIsbd)
    .filter((text) => text !== '')
    .join('. ');
  return [title, partOf(field, 'v')].filter((text) => text !== '').join(' ; ');
}

/** Drops keys without a value, so that citations compare by content. */
function withoutEmpty(citation: MarcCitation): MarcCitation {
  const present = Object.entries(citation).filter(
    ([name, value]) => name === 'title' || (value !== undefined && value !== ''),
  );
  return Object.fromEntries(present) as unknown as MarcCitation;
}
