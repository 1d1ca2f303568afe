import { CATALOG_NAMES } from '#catp/catalog-names';
import { statusKey } from '#catp/index-list';
import type { IndexedDatabase } from '#catp/indexes';
import { MEMBER_NAMES } from '#catp/member-record';
import { groups, text, texts } from '#catp/record';
import { REFERENCE_FILES } from '#catp/reference-files';
import { transcribedTitle } from '#catp/transcribed-title';
import type { CatpRecord } from '#catp/types';
import { FIELDS, GROUPS } from '#domain/ill/fields';
import { DATABASES } from '#domain/ill/kinds';
import { compact, hasWords, isbnKey, normalised } from './normalise';
import { titleKeysOf } from './title-key';

/**
 * True when the record has the value in the index; with `prefix`, when it has a value that starts with the given one.
 */
type IndexReader = (record: CatpRecord, value: string, prefix: boolean) => boolean;

type Keys = (record: CatpRecord) => readonly string[];

const inGroup =
  (group: string, part: string): Keys =>
  (record) => [...groups(record, group).flatMap((occurrence) => occurrence[part] ?? []), ...texts(record, part)];
const field =
  (name: string): Keys =>
  (record) =>
    texts(record, name);
const all =
  (...keys: readonly Keys[]): Keys =>
  (record) =>
    keys.flatMap((key) => key(record));

const equal =
  (keys: Keys, form: (value: string) => string = normalised): IndexReader =>
  (record, value, prefix) => {
    const wanted = form(value);
    return wanted !== '' && keys(record).some((key) => (prefix ? form(key).startsWith(wanted) : form(key) === wanted));
  };
const words =
  (keys: Keys): IndexReader =>
  (record, value, prefix) =>
    keys(record).some((key) => hasWords(key, value, prefix));

const TITLE = CATALOG_NAMES.title;
const transcription: Keys = inGroup(TITLE.group, TITLE.text);
const readings: Keys = inGroup(TITLE.group, TITLE.reading);
const titles: Keys = all((record) => transcription(record).map((trd) => transcribedTitle(trd)[0]), readings);
const responsibilities: Keys = (record) => transcription(record).map((trd) => transcribedTitle(trd)[1] ?? '');
const titleKeys: Keys = (record) =>
  titleKeysOf(transcription(record), readings(record), text(record, CATALOG_NAMES.language) ?? '');
/** Compares numbers without their spaces and hyphens. */
const number = (name: string): IndexReader => equal(field(name), compact);
const isbns: Keys = inGroup(CATALOG_NAMES.volume.group, CATALOG_NAMES.volume.isbn);

const byTitle = words(titles);
const byAuthor = words(all(responsibilities, inGroup(CATALOG_NAMES.author.group, CATALOG_NAMES.author.heading)));

const CATALOG: Readonly<Record<string, IndexReader>> = {
  _TITLE_: byTitle,
  _AUTH_: byAuthor,
  FTITLEKEY: equal(titles, compact),
  TITLEKEY: byTitle,
  AKEY: equal(titleKeys, compact),
  AUTHKEY: byAuthor,
  PUBLKEY: words(inGroup(CATALOG_NAMES.publication.group, CATALOG_NAMES.publication.publisher)),
  PUBPKEY: words(inGroup(CATALOG_NAMES.publication.group, CATALOG_NAMES.publication.place)),
  SHKEY: words(inGroup(CATALOG_NAMES.subject.group, CATALOG_NAMES.subject.heading)),
  ISSNKEY: number(CATALOG_NAMES.issn),
  NBN: number(CATALOG_NAMES.nbn),
  LCCN: number(CATALOG_NAMES.lccn),
  NDLCN: number(CATALOG_NAMES.ndlcn),
  NDLPN: number(CATALOG_NAMES.ndlpn),
  CODEN: number(CATALOG_NAMES.coden),
  FID: number(CATALOG_NAMES.familyId),
  ISBNKEY: equal(isbns, isbnKey),
  YEARKEY: equal(
    all(
      inGroup(CATALOG_NAMES.year.group, CATALOG_NAMES.year.first),
      inGroup(CATALOG_NAMES.year.group, CATALOG_NAMES.year.last),
    ),
  ),
  LANGKEY: equal(field(CATALOG_NAMES.language)),
  AID: equal(inGroup(CATALOG_NAMES.author.group, CATALOG_NAMES.author.id)),
  VOLKEY: words(inGroup(CATALOG_NAMES.volume.group, CATALOG_NAMES.volume.text)),
  PTBKEY: words(inGroup(CATALOG_NAMES.series.group, CATALOG_NAMES.series.title)),
  PTBID: equal(inGroup(CATALOG_NAMES.series.group, CATALOG_NAMES.series.id)),
};

const MEMBERS: Readonly<Record<string, IndexReader>> = {
  NAMEKEY: words(all(field(MEMBER_NAMES.name), field(MEMBER_NAMES.nameReading), field(MEMBER_NAMES.abbreviation))),
};

const STATUS = FIELDS.state.wire;
const byState =
  (member: string): Keys =>
  (record) => [statusKey(text(record, member) ?? '', text(record, STATUS) ?? '')];
const ILL: Readonly<Record<string, IndexReader>> = {
  OMLIDS: equal(byState(FIELDS.borrowerId.wire)),
  AMLIDS: equal(byState(FIELDS.lenderId.wire)),
  BIBID: equal(inGroup(GROUPS.bibliography.wire, FIELDS.bibId.wire)),
};

type Readers = Readonly<Record<string, IndexReader>>;
const forEach = <F extends string>(files: readonly F[], readers: Readers): Readonly<Record<F, Readers>> =>
  Object.fromEntries(files.map((file) => [file, readers])) as Record<F, Readers>;

const READERS: Readonly<Record<IndexedDatabase, Readers>> = {
  ...forEach(['BOOK', 'SERIAL', ...REFERENCE_FILES.book, ...REFERENCE_FILES.serial], CATALOG),
  BHOLD: {},
  SHOLD: {},
  MEMBER: MEMBERS,
  ...forEach(Object.keys(DATABASES) as (keyof typeof DATABASES)[], ILL),
};

/** The reader of an index. An index without its own rule reads the field of the same name. */
export function readerOf(database: IndexedDatabase, index: string): IndexReader {
  return READERS[database][index] ?? equal(field(index));
}
