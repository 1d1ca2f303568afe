import type { Form } from './catalog';
import {
  fieldsWith,
  printedOf,
  subfields,
  versionsOf,
  type MarcDataField,
  type MarcRecord,
  type Printed,
} from './marc-fields';
import { isbnsOf, issnOf, ncidOf, type SystemPrefixes } from './marc-numbers';
import { oneLine, withoutIsbd } from './printed-text';

export type { MarcDataField, MarcRecord } from './marc-fields';

/** What interlibrary loan needs of a bibliographic record of the ILS. Texts are single lines without ISBD punctuation at their ends. */
export interface MarcCitation {
  /** '' when the record has none. */
  readonly title: string;
  readonly titleReading?: string;
  readonly responsibility?: string;
  readonly author?: string;
  readonly edition?: string;
  readonly place?: string;
  readonly publisher?: string;
  /** As printed when it has four digits, may be a range (`1926-`); else from 008. */
  readonly year?: string;
  /** Valid ones first, as ISBN-13 without hyphens; then what is printed but wrong. No repeats. */
  readonly isbns: readonly string[];
  /** `dddd-dddX`, valid. */
  readonly issn?: string;
  /** Valid NACSIS-CAT id. */
  readonly ncid?: string;
  readonly series: readonly string[];
  /** MARC language code (three letters). */
  readonly language?: string;
  readonly form: Form;
}

/** Reads a MARC 21 record. Never throws: what is missing or unreadable is left out. */
export function citationFromMarc(record: MarcRecord, prefixes: SystemPrefixes = []): MarcCitation {
  const form = /^[bs]$/.test(record.leader.charAt(7)) ? 'serial' : 'book';
  const title = printed(record, ['245'], titleOf);
  return withoutEmpty({
    title: title?.text ?? '',
    titleReading: title?.reading,
    responsibility: printed(record, ['245'], (field) => partOf(field, 'c'))?.text,
    author: printed(record, ['100', '110', '111', '700', '710', '711'], (field) =>
      joined(field, field.tag.endsWith('00') ? 'abc' : 'abn'),
    )?.text,
    edition: printed(record, ['250'], (field) => joined(field, 'ab'))?.text,
    place: publication(record, 'a'),
    publisher: publication(record, 'b'),
    year: yearOf(record, form),
    isbns: isbnsOf(record),
    issn: issnOf(record),
    ncid: ncidOf(record, prefixes),
    series: seriesOf(record),
    language: languageOf(record),
    form,
  });
}

/** The first field of these tags that `read` finds something in, in the script a Japanese library prints. */
function printed(
  record: MarcRecord,
  tags: readonly string[],
  read: (field: MarcDataField) => string,
): Printed | undefined {
  for (const tag of tags) {
    for (const versions of versionsOf(record, tag)) {
      const found = printedOf(versions.map(read));
      if (found) return found;
    }
  }
  return undefined;
}

/** 245 $a $b $n $p in their order: `title : remainder. number. part`. The sign before $b is that of the record. */
function titleOf(field: MarcDataField): string {
  let title = '';
  let sign = ':';
  for (const { code, value } of field.subfields) {
    if (!['a', 'b', 'n', 'p'].includes(code)) continue;
    const text = withoutIsbd(value);
    if (text === '') continue;
    title += title === '' ? text : `${code === 'b' ? ` ${sign} ` : '. '}${text}`;
    sign = /[=;]$/.exec(oneLine(value))?.[0] ?? ':';
  }
  return title;
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

/** Publication statements by rank: 264 with second indicator 1, then 260, then other 264 but for copyright (4). */
function publications(record: MarcRecord): readonly (readonly MarcDataField[])[] {
  const of264 = versionsOf(record, '264');
  const second = (versions: readonly MarcDataField[]) => versions[0]?.ind2;
  return [
    ...of264.filter((each) => second(each) === '1'),
    ...versionsOf(record, '260'),
    ...of264.filter((each) => second(each) !== '1' && second(each) !== '4'),
  ];
}

function publication(record: MarcRecord, code: 'a' | 'b' | 'c'): string | undefined {
  for (const versions of publications(record)) {
    const found = printedOf(versions.map((field) => partOf(field, code)));
    if (found) return found.text;
  }
  return undefined;
}

function yearOf(record: MarcRecord, form: Form): string | undefined {
  const text = publication(record, 'c')?.normalize('NFKC');
  const [digits] = /\d{4}(?:-(?:\d{4}|(?!\d)))?/.exec(text ?? '') ?? [];
  return digits ?? yearOf008(record, form) ?? text;
}

/** 008/06-14: type of date, date 1, date 2. */
function yearOf008(record: MarcRecord, form: Form): string | undefined {
  const fixed = fixedField(record);
  const [from, to] = [fixed.slice(7, 11), fixed.slice(11, 15)];
  if (!/^\d{4}$/.test(from)) return undefined;
  if (form === 'book') return from;
  return /^\d{4}$/.test(to) && to !== '9999' ? `${from}-${to}` : `${from}-`;
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

function seriesOf(record: MarcRecord): readonly string[] {
  const texts = (tag: string, codes: string) =>
    versionsOf(record, tag).flatMap(
      (versions) => printedOf(versions.map((field) => seriesText(field, codes)))?.text ?? [],
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

/** Without the keys that have no value, so that two citations compare by what they say. */
function withoutEmpty(citation: MarcCitation): MarcCitation {
  const present = Object.entries(citation).filter(
    ([name, value]) => name === 'title' || (value !== undefined && value !== ''),
  );
  return Object.fromEntries(present) as unknown as MarcCitation;
}
