import { CATALOG_NAMES as NAMES, HOLDING_NAMES, NO_LOCATION } from '#catp/catalog-names';
import { memberFrom, MEMBER_NAMES } from '#catp/member-record';
import { text, texts } from '#catp/record';
import { CONTINUATION } from '#catp/title-links';
import type { CatpRecord } from '#catp/types';
import { FIELDS } from '#domain/ill/fields';
import { catalogSeed, type CatalogSeed } from '../../shared/catalog-seed';
import { nacsisCheck } from '../../shared/check-characters';
import type { Catalogue } from '../data-files';
import { bookNumbers, serialNumbers } from './numbers';
import { seedMember } from './members';
import { randomFrom, sample } from './random';

const RANDOM_SEED = 20_260_401;
const HOLDERS = { least: 3, most: 20 } as const;
/** Number of holders of the first book and the first serial, for lists with more than one page. */
const WIDELY_HELD = 45;
/** Creation date and date of the last change of every record. */
const CATALOGUED = { [FIELDS.createdOn.wire]: '20180401', [FIELDS.updatedOn.wire]: '20230401' };
/** A type of title note that no client knows. */
const UNKNOWN_RELATION = 'ZZ';

/**
 * The ordinary records: BOOK, SERIAL and the holdings of the given members. The first member holds every fifth record.
 */
export function seedCatalogue(members: readonly CatpRecord[]): Catalogue {
  const seed = catalogSeed();
  const books = seed.filter(({ form }) => form === 'book');
  const serials = seed.filter(({ form }) => form === 'serial');
  const random = randomFrom(RANDOM_SEED);
  return {
    books: books.map((book, at) => bookRecord(book, at)),
    serials: serials.map((serial, at) => serialRecord(serial, at)),
    bookHoldings: books.flatMap((book, at) =>
      holders(at, members, random).map((member, copy) => bookHolding(book, member, at * 100 + copy)),
    ),
    serialHoldings: serials.flatMap((serial, at) =>
      holders(at, members, random).map((member, copy) => serialHolding(serial, member, at * 100 + copy)),
    ),
    reference: {},
  };
}

/**
 * Builds the record of a book. With the default for `at`, the book has no number of its own, no subject and no note.
 */
export function bookRecord(seed: CatalogSeed, at = 1): CatpRecord {
  const { volume, series } = NAMES;
  const volumes =
    seed.volumes?.map((each) => ({ [volume.text]: each.volume, [volume.isbn]: each.isbn })) ??
    (seed.isbn ? [{ [volume.isbn]: seed.isbn }] : []);
  return {
    ...description(seed),
    ...bookNumbers(seed, at),
    ...(volumes.length > 0 ? { [volume.group]: volumes } : {}),
    ...(seed.series
      ? {
          [series.group]: [
            { [series.title]: seed.series.title, [series.id]: seed.series.ncid, [series.number]: seed.series.number },
          ],
        }
      : {}),
    ...(at % 4 === 0
      ? { [NAMES.subject.group]: [{ [NAMES.subject.heading]: [...seed.title].slice(0, 2).join('') }] }
      : {}),
    ...(at % 11 === 0 ? { [NAMES.note]: ['索引あり'] } : {}),
    ...bookDetails(seed, at),
  };
}

/** What only the full view shows. Every other book says more of itself than its description. */
function bookDetails(seed: CatalogSeed, at: number): CatpRecord {
  const { physical, variantTitle, contents, classification } = NAMES;
  if (at % 2 !== 0) return {};
  return {
    [physical.pages]: `${String(120 + at)}p`,
    [physical.illustrations]: '挿図',
    [physical.size]: '22cm',
    [variantTitle.group]: [{ [variantTitle.title]: seed.titleRoman }],
    [contents.group]: [{ [contents.title]: `${seed.title}の資料`, [contents.author]: seed.responsibility }],
    [classification.group]: [{ [classification.scheme]: 'NDC8', [classification.value]: String(200 + (at % 100)) }],
    [NAMES.createdBy]: memberFrom(seedMember(1)).memberId,
  };
}

/** Builds the record of a serial. With the default for `at`, the serial has no number of its own except the ISSN. */
export function serialRecord(seed: CatalogSeed, at = 1): CatpRecord {
  const last = seed.lastYear ? `${String(Number(seed.lastYear) - Number(seed.year) + 1)}巻 (${seed.lastYear})` : '';
  return {
    ...description(seed),
    ...(seed.issn ? { [NAMES.issn]: seed.issn.replace('-', '') } : {}),
    ...serialNumbers(seed, at),
    [NAMES.numbering]: `1巻1号 (${seed.year})-${last}`,
    ...titleChangesOf(seed),
  };
}

function titleChangesOf({ links = [] }: CatalogSeed): CatpRecord {
  const { group, type, title, id } = NAMES.history;
  if (links.length === 0) return {};
  return {
    [group]: links.map((link) => ({
      [type]: link.relation === 'related' ? UNKNOWN_RELATION : CONTINUATION[link.relation],
      [title]: link.title,
      [id]: link.ncid,
    })),
  };
}

/** Fields common to books and serials. */
function description(seed: CatalogSeed): CatpRecord {
  const { title, publication, year, author } = NAMES;
  const isJapanese = seed.language === 'jpn';
  const heading = isJapanese
    ? seed.responsibility.replace(/編$/, '')
    : seed.responsibility.replace(/^edited by the /, '');
  const authorId = `DA${String(9_950_000 + ([...heading].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0) % 10_000))}`;
  return {
    [NAMES.id]: seed.ncid,
    ...CATALOGUED,
    [year.group]: [{ [year.first]: seed.year, ...(seed.lastYear ? { [year.last]: seed.lastYear } : {}) }],
    [NAMES.country]: isJapanese ? 'ja' : 'uk',
    [NAMES.language]: seed.language,
    [title.group]: [
      {
        [title.text]: `${seed.title} / ${seed.responsibility}`,
        ...(seed.titleReading ? { [title.reading]: seed.titleReading } : {}),
      },
    ],
    [publication.group]: [
      {
        [publication.place]: seed.place,
        [publication.publisher]: seed.publisher,
        [publication.date]: seed.form === 'book' ? seed.year : `${seed.year}-${seed.lastYear ?? ''}`,
      },
    ],
    [author.group]: [{ [author.heading]: heading, [author.id]: authorId + nacsisCheck(authorId) }],
  };
}

/** Chooses few or many holders of the record, including libraries that cannot serve. */
function holders(at: number, members: readonly CatpRecord[], random: () => number): readonly CatpRecord[] {
  const count = at === 0 ? WIDELY_HELD : HOLDERS.least + Math.floor(random() * (HOLDERS.most - HOLDERS.least + 1));
  const [first, ...others] = members;
  const own = first !== undefined && at % 5 === 0 ? [first] : [];
  return [...own, ...sample(others, count - own.length, random)];
}

export function bookHolding(book: CatalogSeed, member: CatpRecord, number: number): CatpRecord {
  const { group, volume, callNumber, registrationNumber } = HOLDING_NAMES.volumes;
  const names = book.volumes?.map((each) => each.volume) ?? [''];
  return {
    ...holding('BH', number, book, member),
    [group]: names.map((name, at) => ({
      ...(name ? { [volume]: name } : {}),
      [callNumber]: `${String(200 + (number % 700))}/${String(number % 97)}`,
      [registrationNumber]: String(9_000_000 + number * 10 + at),
    })),
  };
}

export function serialHolding(serial: CatalogSeed, member: CatpRecord, number: number): CatpRecord {
  const first = Number(serial.year);
  const last = serial.lastYear ? Number(serial.lastYear) : Math.min(first + 40, 2020);
  const from = 1 + (number % 6);
  const isCurrent = !serial.lastYear && number % 3 === 0;
  const [missing, to] = [from + 4 + (number % 3), last - first + 1];
  return {
    ...holding('SH', number, serial, member),
    [HOLDING_NAMES.years]: `${String(first + from - 1)}-${isCurrent ? '' : String(last)}`,
    [HOLDING_NAMES.volumeRange]:
      number % 4 === 0
        ? `${String(from)}-${String(missing - 1)},${String(missing + 1)}-${String(to)}`
        : `${String(from)}-${String(to)}`,
    ...(isCurrent ? { [HOLDING_NAMES.continues]: '+' } : {}),
    [HOLDING_NAMES.callNumber]: `Z${String(100 + (number % 800))}`,
  };
}

/** Dates of creation and last change of the holding, and the user who made them. */
function registered(member: CatpRecord, number: number): CatpRecord {
  const month = String((number % 12) + 1).padStart(2, '0');
  const user = (text(member, MEMBER_NAMES.memberId) ?? '').toLowerCase();
  return {
    [FIELDS.createdOn.wire]: `2019${month}01`,
    [FIELDS.updatedOn.wire]: `2024${month}01`,
    CRTUID: user,
    RNWUID: user,
  };
}

function holding(prefix: string, number: number, seed: CatalogSeed, member: CatpRecord): CatpRecord {
  const locations = texts(member, MEMBER_NAMES.locations);
  return {
    [HOLDING_NAMES.id]: prefix + String(9_000_000_000 + number),
    ...registered(member, number),
    [HOLDING_NAMES.ncid]: seed.ncid,
    [HOLDING_NAMES.memberId]: text(member, MEMBER_NAMES.memberId) ?? '',
    [HOLDING_NAMES.memberName]: text(member, MEMBER_NAMES.abbreviation) ?? '',
    [HOLDING_NAMES.location]: locations[number % Math.max(locations.length, 1)] ?? NO_LOCATION,
  };
}
