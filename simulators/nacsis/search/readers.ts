import { CATALOG_NAMES, HOLDING_NAMES } from '#catp/catalog-names';
import { statusKey } from '#catp/index-list';
import type { IndexedDatabase } from '#catp/indexes';
import { MEMBER_NAMES } from '#catp/member-record';
import { groups, text, texts } from '#catp/record';
import { REFERENCE_FILES } from '#catp/reference-files';
import { transcribedTitle } from '#catp/transcribed-title';
import type { CatpRecord } from '#catp/types';
import { FIELDS, GROUPS } from '#domain/fields';
import { DATABASES } from '#domain/kinds';
import { compact, hasWords, inRanges, isbnKey, normalised } from './normalise';
import { titleKeysOf } from './title-key';

/** Whether the record has the value (or one that begins with it) in an index. */
export type IndexReader = (record: CatpRecord, value: string, prefix: boolean) => boolean;
/** The member record of a library, for the holder filters. */
export type MemberLookup = (memberId: string) => CatpRecord | undefined;

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
const ranges =
  (keys: Keys): IndexReader =>
  (record, value) =>
    keys(record).some((key) => inRanges(key, value));

const TITLE = CATALOG_NAMES.title;
const transcription: Keys = inGroup(TITLE.group, TITLE.text);
const readings: Keys = inGroup(TITLE.group, TITLE.reading);
const titles: Keys = all((record) => transcription(record).map((trd) => transcribedTitle(trd)[0]), readings);
const responsibilities: Keys = (record) => transcription(record).map((trd) => transcribedTitle(trd)[1] ?? '');
const titleKeys: Keys = (record) =>
  titleKeysOf(transcription(record), readings(record), text(record, CATALOG_NAMES.language) ?? '');
/** A number, with or without its blanks and hyphens. */
const number = (name: string): IndexReader => equal(field(name), compact);
const isbns: Keys = inGroup(CATALOG_NAMES.volume.group, CATALOG_NAMES.volume.isbn);

const CATALOG: Readonly<Record<string, IndexReader>> = {
  FTITLEKEY: equal(titles, compact),
  TITLEKEY: words(titles),
  AKEY: equal(titleKeys, compact),
  AUTHKEY: words(all(responsibilities, inGroup(CATALOG_NAMES.author.group, CATALOG_NAMES.author.heading))),
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

const HOLDINGS: Readonly<Record<string, IndexReader>> = {
  LOCKEY: words(field(HOLDING_NAMES.location)),
  VOL: words(inGroup(HOLDING_NAMES.volumes.group, HOLDING_NAMES.volumes.volume)),
  HLYR: ranges(field(HOLDING_NAMES.years)),
  HLV: ranges(field(HOLDING_NAMES.volumeRange)),
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
  BHOLD: HOLDINGS,
  SHOLD: HOLDINGS,
  MEMBER: MEMBERS,
  ...forEach(Object.keys(DATABASES) as (keyof typeof DATABASES)[], ILL),
};

/** `_COPYS_` and its like look at the holder's member record. */
const HOLDER_FILTER = /^_([A-Z]+)_$/;

/** The reader of an index; an index without a rule of its own reads the field of its name. */
export function readerOf(database: IndexedDatabase, index: string, member: MemberLookup): IndexReader {
  const [, filtered] = HOLDER_FILTER.exec(index) ?? [];
  if (filtered === undefined) return READERS[database][index] ?? equal(field(index));
  const matches = equal(field(filtered));
  return (record, value, prefix) => {
    const holder = member(text(record, HOLDING_NAMES.memberId) ?? '');
    return holder !== undefined && matches(holder, value, prefix);
  };
}
