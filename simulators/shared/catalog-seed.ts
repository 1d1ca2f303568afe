/**
 * The made-up catalogue of both simulators, identical on every run. The NACSIS-ILL simulator seeds BOOK and SERIAL with
 * it, the Alma simulator its bibliographic records. Generated from `catalog-words.ts`; contains no persons.
 */
import {
  BODIES,
  ENGLISH_BOOKS,
  ENGLISH_PUBLISHERS,
  ENGLISH_SERIALS,
  PLACE_PATTERNS,
  PLACES,
  PUBLISHERS,
  SERIAL_PATTERNS,
  SERIES,
  SUBJECT_PATTERNS,
  SUBJECTS,
  type Word,
} from './catalog-words';
import { madeUpIsbn as isbn, madeUpIssn as issn, madeUpNcid as ncid } from './made-up-ids';

interface SeedVolume {
  /** Example: `上`, `下`, `第1巻`. */
  readonly volume: string;
  /** ISBN-13 without hyphens. */
  readonly isbn: string;
}

export interface CatalogSeed {
  /** NACSIS-CAT id: 10 characters with a valid check character. AN/AA for serials, BN/BA/BB for books. */
  readonly ncid: string;
  readonly form: 'book' | 'serial';
  readonly title: string;
  /** In kana; empty for a title that is not Japanese. */
  readonly titleReading: string;
  readonly titleRoman: string;
  /** Statement of responsibility, a corporate body: `新潟郷土資料研究会編`. */
  readonly responsibility: string;
  readonly responsibilityRoman: string;
  readonly publisher: string;
  readonly place: string;
  /** First year, four digits. */
  readonly year: string;
  /** Last year of a serial that has ceased. */
  readonly lastYear?: string;
  /** ISBN-13 without hyphens. Absent for old books and for books whose volumes have their own. */
  readonly isbn?: string;
  /** With hyphen: `9900-0010`. */
  readonly issn?: string;
  /** The series. `ncid` is the id of its own record, one of `seriesParents`. */
  readonly series?: {
    readonly ncid: string;
    readonly title: string;
    readonly titleReading: string;
    readonly number: string;
  };
  readonly volumes?: readonly SeedVolume[];
  /** Three-letter language code: `jpn`, `eng`. */
  readonly language: string;
  /** Eight digits, shared by all titles of a serial's history. */
  readonly familyId?: string;
  /** Preceding and succeeding serials. `title` includes the statement of responsibility. */
  readonly links?: readonly SeedLink[];
}

export interface SeedLink {
  readonly relation: 'former' | 'later' | 'related';
  readonly ncid: string;
  readonly title: string;
}

const FIRST_YEAR_WITH_ISBN = 1981;
const VOLUME_NAMES: readonly (readonly string[])[] = [
  ['上', '下'],
  ['上', '中', '下'],
  ['第1巻', '第2巻', '第3巻', '第4巻'],
];

/** First number of the series, above those of the ordinary records. */
const SERIES_NCID = 10_000;
const SERIES_ISSN = 400;

type Title = Pick<CatalogSeed, 'title' | 'titleReading' | 'titleRoman' | 'language'>;

/** 300 books followed by 100 serials, 400 records with distinct titles. */
export function catalogSeed(): readonly CatalogSeed[] {
  return [...bookTitles().map(book), ...serialTitles().map(serial)];
}

function bookTitles(): readonly Title[] {
  const local = PLACES.flatMap((place) => PLACE_PATTERNS.map((pattern) => japanese(pattern, place)));
  const general = SUBJECT_PATTERNS.flatMap((pattern) => SUBJECTS.map((subject) => japanese(pattern, subject)));
  return [...local, ...general, ...ENGLISH_BOOKS.map(english)];
}

function serialTitles(): readonly Title[] {
  return [
    ...SERIAL_PATTERNS.flatMap((pattern) => BODIES.map((body) => japanese(pattern, body))),
    ...ENGLISH_SERIALS.map(english),
  ];
}

function japanese(pattern: Word, word: Word): Title {
  return {
    title: pattern.text.replace('*', word.text),
    titleReading: pattern.kana.replace('*', word.kana),
    titleRoman: sentenceCase(
      pattern.roman.replace('*', pattern.roman.startsWith('*') ? word.roman : word.roman.toLowerCase()),
    ),
    language: 'jpn',
  };
}

function english(title: string): Title {
  return { title, titleReading: '', titleRoman: title, language: 'eng' };
}

function book(title: Title, at: number): CatalogSeed {
  const isJapanese = title.language === 'jpn';
  const year = 1950 + ((at * 7) % 74);
  const inVolumes = isJapanese && (title.title.endsWith('講座') || at % 29 === 0);
  const names = inVolumes ? (VOLUME_NAMES[at % VOLUME_NAMES.length] ?? []) : [];
  const series = isJapanese && at % 6 === 1 ? Math.floor(at / 6) % SERIES.length : undefined;
  return {
    ncid: ncid(isJapanese ? (year < 1986 ? 'BN' : year < 2010 ? 'BA' : 'BB') : 'BA', at),
    form: 'book',
    ...title,
    ...responsibility(at, isJapanese),
    ...publisher(at, isJapanese),
    year: String(inVolumes ? Math.max(year, FIRST_YEAR_WITH_ISBN) : year),
    ...(inVolumes ? { volumes: names.map((volume, number) => ({ volume, isbn: isbn(at * 10 + number + 1) })) } : {}),
    ...(!inVolumes && year >= FIRST_YEAR_WITH_ISBN ? { isbn: isbn(at * 10) } : {}),
    ...(series === undefined ? {} : { series: { ...seriesAt(series), number: String(at) } }),
  };
}

/** Records of the series themselves. They have no holdings; their parts do. */
export function seriesParents(): readonly CatalogSeed[] {
  return SERIES.map(({ roman }, at) => {
    const { ncid, title, titleReading } = seriesAt(at);
    const { publisher, place } = PUBLISHERS[at] ?? PUBLISHERS[0];
    return {
      ncid,
      form: 'book',
      title,
      titleReading,
      titleRoman: roman,
      responsibility: `${publisher}編集部編`,
      responsibilityRoman: '',
      publisher,
      place,
      year: '1950',
      issn: issn(SERIES_ISSN + at),
      language: 'jpn',
    };
  });
}

function seriesAt(at: number): Pick<CatalogSeed, 'ncid' | 'title' | 'titleReading'> {
  const series = SERIES[at];
  return { ncid: ncid('BN', SERIES_NCID + at), title: series?.text ?? '', titleReading: series?.kana ?? '' };
}

function serial(title: Title, at: number): CatalogSeed {
  const isJapanese = title.language === 'jpn';
  const year = 1926 + ((at * 11) % 80);
  const body = BODIES[at % BODIES.length];
  return {
    ncid: ncid(isJapanese ? 'AN' : 'AA', at),
    form: 'serial',
    ...title,
    responsibility: isJapanese ? (body?.text ?? '') : 'Society for Regional Studies',
    responsibilityRoman: isJapanese ? (body?.roman ?? '') : 'Society for Regional Studies',
    publisher: isJapanese ? (body?.text ?? '') : publisher(at, false).publisher,
    place: publisher(at, isJapanese).place,
    year: String(year),
    ...(at % 7 === 3 ? { lastYear: String(year + 15) } : {}),
    ...(at % 8 === 5 ? {} : { issn: issn(at) }),
  };
}

function responsibility(at: number, isJapanese: boolean): Pick<CatalogSeed, 'responsibility' | 'responsibilityRoman'> {
  if (!isJapanese)
    return {
      responsibility: 'edited by the Society for Regional Studies',
      responsibilityRoman: 'edited by the Society for Regional Studies',
    };
  const body = BODIES[at % BODIES.length];
  return { responsibility: `${body?.text ?? ''}編`, responsibilityRoman: `${body?.roman ?? ''} hen` };
}

function publisher(at: number, isJapanese: boolean): Pick<CatalogSeed, 'publisher' | 'place'> {
  const list = isJapanese ? PUBLISHERS : ENGLISH_PUBLISHERS;
  return list[at % list.length] ?? PUBLISHERS[0];
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
