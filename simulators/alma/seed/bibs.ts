import { catalogSeed, type CatalogSeed } from '../../shared/catalog-seed';
import type { Bib, Institution } from '../model';
import { NACSIS_PREFIX } from './code-tables';
import { difficultRecords } from './difficult-bibs';
import { field, marcXml, type DataField, type MarcRecord } from './marc';
import { mmsIdOf } from './mms-id';

/** Rules that vary the records of the catalogue. `at` is the record's index in the seed. */
const isWithoutNcid = (at: number): boolean => at % 3 === 1;
const isRomanised = (at: number): boolean => at % 5 === 2;
const hasField260 = (at: number): boolean => at % 7 === 3;
const has016 = (at: number): boolean => at % 4 === 0;
/** True for a record with the NCID only in 016. */
const isWithout035 = (at: number): boolean => at % 8 === 4;
/** True for a held record. Alma refuses borrowing requests for it (401604) unless blocks are overridden. */
const isHeld = (at: number): boolean => at % 4 === 3;

/** The repository of one institution: the shared catalogue as MARC21, followed by the difficult records. */
export function seedBibs(institution: Institution): readonly Bib[] {
  const seed = catalogSeed();
  const difficult = difficultRecords(institution, seed.length);
  return [...interleaved(seed).map(({ record, at }) => toBib(institution, record, at)), ...difficult];
}

/**
 * Orders three books before each serial, so that the first page of results has both. `at` remains the index in the
 * seed.
 */
function interleaved(seed: readonly CatalogSeed[]): readonly { readonly record: CatalogSeed; readonly at: number }[] {
  const numbered = seed.map((record, at) => ({ record, at }));
  const books = numbered.filter(({ record }) => record.form === 'book');
  const serials = numbered.filter(({ record }) => record.form === 'serial');
  const mixed = serials.flatMap((serial, index) => [...books.slice(index * 3, index * 3 + 3), serial]);
  return [...mixed, ...books.slice(serials.length * 3)];
}

function toBib(institution: Institution, record: CatalogSeed, at: number): Bib {
  const mmsId = mmsIdOf(institution, at);
  const marc = marcOf(record, at, mmsId);
  return {
    mmsId,
    title: isRomanised(at) && record.language === 'jpn' ? record.titleRoman : record.title,
    author: authorOf(record, at),
    isbn: record.isbn ?? record.volumes?.[0]?.isbn ?? null,
    issn: record.issn ?? null,
    place: record.place,
    publisher: record.publisher,
    year: record.form === 'serial' ? `${record.year}-${record.lastYear ?? ''}` : record.year,
    systemNumbers: valuesOf(marc, '035'),
    form: record.form,
    held: isHeld(at),
    marcXml: marcXml(marc),
  };
}

/** The main author: the person, otherwise the corporate body. Romanised when the record is. */
function authorOf(record: CatalogSeed, at: number): string {
  const [first] = persons(record, at);
  const romanised = isRomanised(at) && record.language === 'jpn';
  return (
    (romanised ? first?.roman : first?.kanji) ??
    (romanised ? record.responsibilityRoman.replace(/ hen$/, '') : bodyOf(record))
  );
}

function marcOf(record: CatalogSeed, at: number, mmsId: string): MarcRecord {
  const serial = record.form === 'serial';
  const romanised = isRomanised(at) && record.language === 'jpn';
  return {
    leader: serial ? '00000cas a2200000 i 4500' : '00000nam a2200000 i 4500',
    controls: [
      { tag: '001', value: mmsId },
      { tag: '005', value: '20250401000000.0' },
      { tag: '008', value: fixedField(record) },
    ],
    fields: [
      ...numbers(record, at),
      field('040', '  ', { a: 'SIM', b: 'jpn', c: 'SIM' }),
      ...(romanised ? romanisedDescription(record, at) : directDescription(record, at)),
      field('300', '  ', serial ? { a: '冊' } : { a: `${120 + ((at * 13) % 400)}p`, c: '22cm' }),
      ...(record.series ? [field('490', '0 ', { a: record.series.title, v: record.series.number })] : []),
      ...(serial
        ? [
            field('362', '0 ', {
              a: `1巻1号 (${record.year})-${record.lastYear === undefined ? '' : ` (${record.lastYear})`}`,
            }),
          ]
        : []),
      field('546', '  ', { a: record.language === 'jpn' ? '日本語' : 'English' }),
    ],
  };
}

function numbers(record: CatalogSeed, at: number): readonly DataField[] {
  const isbns: readonly { readonly isbn: string; readonly volume?: string }[] = [
    ...(record.isbn === undefined ? [] : [{ isbn: record.isbn }]),
    ...(record.volumes ?? []),
  ];
  const in016 = !isWithoutNcid(at) && has016(at);
  const in035 = !isWithoutNcid(at) && !isWithout035(at);
  return [
    ...(in016 ? [nacsisAgency(record.ncid)] : []),
    ...isbns.map(({ isbn, volume }) => field('020', '  ', { a: isbn, q: volume })),
    ...(record.issn === undefined ? [] : [field('022', '  ', { a: record.issn })]),
    ...(in035 ? [field('035', '  ', { a: `(${NACSIS_PREFIX})${record.ncid}` })] : []),
    field('035', '  ', { a: `(SIM)${String(at + 1).padStart(8, '0')}` }),
  ];
}

/** Field 016 with its agency in $2. */
function nacsisAgency(ncid: string): DataField {
  const subfields = [
    { code: 'a', value: ncid },
    { code: '2', value: NACSIS_PREFIX },
  ];
  return { tag: '016', indicators: '7 ', subfields };
}

/** Title, publication and names in the original script. */
function directDescription(record: CatalogSeed, at: number): readonly DataField[] {
  const [first, ...others] = persons(record, at);
  return [
    ...(first ? [field('100', '1 ', { a: first.kanji })] : []),
    field('245', first ? '10' : '00', {
      a: record.title,
      n: volumesOf(record),
      c: statement(
        persons(record, at).map(({ kanji }) => kanji),
        record.responsibility,
      ),
    }),
    publication(record, at),
    ...others.map(({ kanji }) => field('700', '1 ', { a: kanji })),
    field(first ? '710' : '110', '2 ', { a: bodyOf(record) }),
  ];
}

/** Romanised names and title in the ordinary fields, Japanese ones in 880, linked by $6. */
function romanisedDescription(record: CatalogSeed, at: number): readonly DataField[] {
  const people = persons(record, at).map((person, index) => ({
    ...person,
    tag: index === 0 ? '100' : '700',
    link: String(index + 2).padStart(2, '0'),
  }));
  const indicators = people.length > 0 ? '10' : '00';
  const romanTitle = {
    6: '880-01',
    a: `${record.titleRoman} /`,
    n: volumesOf(record),
    c: statement(
      people.map(({ roman }) => roman),
      record.responsibilityRoman,
    ),
  };
  const title = {
    6: '245-01/$1',
    a: `${record.title} /`,
    n: volumesOf(record),
    c: statement(
      people.map(({ kanji }) => kanji),
      record.responsibility,
    ),
  };
  return [
    ...people
      .filter(({ tag }) => tag === '100')
      .map(({ roman, link }) => field('100', '1 ', { 6: `880-${link}`, a: `${roman}.` })),
    field('245', indicators, romanTitle),
    publication(record, at),
    ...people
      .filter(({ tag }) => tag === '700')
      .map(({ roman, link }) => field('700', '1 ', { 6: `880-${link}`, a: `${roman}.` })),
    field('880', indicators, title),
    ...people.map(({ tag, kanji, link }) => field('880', '1 ', { 6: `${tag}-${link}/$1`, a: kanji })),
  ];
}

function publication(record: CatalogSeed, at: number): DataField {
  const subfields = { a: `${record.place} :`, b: `${record.publisher},`, c: dateOf(record) };
  return hasField260(at) ? field('260', '  ', subfields) : field('264', ' 1', subfields);
}

/** Every third book has one personal author in addition to the corporate body, every sixth has two. */
function persons(record: CatalogSeed, at: number): readonly Person[] {
  if (record.form === 'serial' || at % 3 !== 0) return [];
  return at % 6 === 0 ? [person(at), person(at + 1)] : [person(at)];
}

function statement(people: readonly string[], body: string): string {
  return [people.join(', '), body].filter((part) => part !== '').join(' ; ');
}

function bodyOf(record: CatalogSeed): string {
  return record.responsibility.replace(/^edited by the |編$/g, '');
}

function volumesOf(record: CatalogSeed): string | undefined {
  return record.volumes?.map(({ volume }) => volume).join(', ');
}

function dateOf(record: CatalogSeed): string {
  return record.form === 'serial' ? `${record.year}-${record.lastYear ?? ''}` : `${record.year}.`;
}

/** Field 008 with 40 characters. Only date type, dates, place and language are meaningful. */
function fixedField(record: CatalogSeed): string {
  const serial = record.form === 'serial';
  const type = serial ? (record.lastYear === undefined ? 'c' : 'd') : 's';
  const second = serial ? (record.lastYear ?? '9999') : '    ';
  const place = record.language === 'jpn' ? 'ja ' : 'enk';
  return `250401${type}${record.year}${second}${place}${' '.repeat(17)}${record.language} d`;
}

function valuesOf(marc: MarcRecord, tag: string): readonly string[] {
  return marc.fields
    .filter((candidate) => candidate.tag === tag)
    .flatMap(({ subfields }) => subfields.filter(({ code }) => code === 'a').map(({ value }) => value));
}

/** A made-up author with a label instead of a real name. */
interface Person {
  readonly kanji: string;
  readonly roman: string;
}

function person(number: number): Person {
  const label = String(number + 1).padStart(3, '0');
  return { kanji: `著者 ${label}`, roman: `Chosha ${label}` };
}
