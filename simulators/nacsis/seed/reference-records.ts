import { CATALOG_NAMES as NAMES } from '#catp/catalog-names';
import { groups } from '#catp/record';
import type { ReferenceFile } from '#catp/reference-files';
import type { CatpGroup, CatpRecord } from '#catp/types';
import { catalogSeed, type CatalogSeed } from '../../shared/catalog-seed';
import { madeUpIsbn, madeUpIssn } from '../../shared/made-up-ids';
import type { Catalogue } from '../data-files';
import { bookRecord, serialRecord } from './catalogue';

/**
 * Prefixes of the ids in reference files: three letters, followed by seven digits. It only matters that the ids are not
 * NCIDs.
 * @unconfirmed O: The ids of reference files are no NCIDs and fit into BIBID (10 characters). Confirm: read a record of JPMARC and of USMARC.
 */
const ID_PREFIX = {
  JPMARC: 'JPM',
  TRCMARC: 'TRC',
  USMARC: 'USM',
  JPMARCS: 'JPS',
  USMARCS: 'USS',
} as const satisfies Partial<Record<ReferenceFile, string>>;
type SeededFile = keyof typeof ID_PREFIX;
const FIRST_ID = 9_900_001;

/** First numbers of the works that only one reference file has, above those of the union catalogue. */
const ISBN = 6000;
const ISSN = 700;

/**
 * The records of each file: first works that are also in the union catalogue, then works in this file only. The other
 * reference files are empty.
 */
export function referenceRecords(): Catalogue['reference'] {
  const books = catalogSeed().filter(({ form }) => form === 'book');
  const serials = catalogSeed().filter(({ form }) => form === 'serial');
  const japanese = books.filter(({ language, isbn }) => language === 'jpn' && isbn !== undefined);
  const inSeries = japanese.filter(({ series }) => series !== undefined);
  const english = books.filter(({ language, isbn }) => language === 'eng' && isbn !== undefined);
  const works: Readonly<Record<SeededFile, readonly CatalogSeed[]>> = {
    JPMARC: [
      ...japanese.slice(0, 1),
      ...inSeries.slice(0, 1),
      ownBook(0, '全国書誌だけにある図書の見本'),
      ownBook(1, '髙𠮷家文書の見本'),
    ],
    TRCMARC: [...inSeries.slice(0, 1), ownBook(2, '新刊案内だけにある図書の見本')],
    USMARC: [...english.slice(0, 1), ownBook(3, 'A specimen in the reference file only', 'eng')],
    JPMARCS: [...serials.slice(1, 2), ownSerial(0, '全国書誌だけにある雑誌の見本')],
    USMARCS: [...serials.slice(-1), ownSerial(1, 'Specimen serial in the reference file only', 'eng')],
  };
  return Object.fromEntries(
    Object.entries(works).map(([file, seeds]) => [
      file,
      seeds.map((seed, at) => recordIn(file as SeededFile, seed, at)),
    ]),
  );
}

/** The work as a record of the file: with its own id and without ids of union catalogue records. */
function recordIn(file: SeededFile, seed: CatalogSeed, at: number): CatpRecord {
  const record = seed.form === 'book' ? bookRecord(seed) : serialRecord(seed);
  return {
    ...record,
    [NAMES.id]: ID_PREFIX[file] + String(FIRST_ID + at),
    ...withoutPart(record, NAMES.author.group, NAMES.author.id),
    ...withoutPart(record, NAMES.series.group, NAMES.series.id),
  };
}

function withoutPart(record: CatpRecord, group: string, part: string): CatpRecord {
  const occurrences = groups(record, group).map((occurrence): CatpGroup =>
    Object.fromEntries(Object.entries(occurrence).filter(([name]) => name !== part)),
  );
  return occurrences.length === 0 ? {} : { [group]: occurrences };
}

function ownBook(at: number, title: string, language = 'jpn'): CatalogSeed {
  return { ...own(title, language), form: 'book', isbn: madeUpIsbn(ISBN + at) };
}

function ownSerial(at: number, title: string, language = 'jpn'): CatalogSeed {
  return { ...own(title, language), form: 'serial', issn: madeUpIssn(ISSN + at) };
}

function own(title: string, language: string): Omit<CatalogSeed, 'form'> {
  const isJapanese = language === 'jpn';
  return {
    ncid: '',
    title,
    titleReading: '',
    titleRoman: title,
    responsibility: isJapanese ? '見本資料協議会編' : 'edited by the Specimen Council',
    responsibilityRoman: '',
    publisher: isJapanese ? '見本資料協議会' : 'Specimen Council',
    place: isJapanese ? '東京' : 'Boston',
    year: '2018',
    language,
  };
}
