import { RECORD_NUMBERS, type CatalogRecord } from '#domain/catalog/catalog';
import type { Form } from '#domain/catalog/catalog-files';
import { UNION_FILE, type CatalogFile } from '#domain/catalog/catalog-files';
import { CATALOG_NAMES as NAMES } from './catalog-names';
import { CatpError } from './errors';
import { present } from './present';
import { groups, text, texts } from './record';
import { referenceFile } from './reference-files';
import { titleLinksOf } from './title-links';
import { transcribedTitle } from './transcribed-title';
import type { CatpGroup, CatpRecord } from './types';

/**
 * Converts a record of BOOK, SERIAL or another file to a catalogue record. `file` is the searched file, because the
 * record on the wire does not name it. Title, publication and year may be in their group or flat (ALMA shows them
 * flat). Missing fields are absent. Throws `bad-record` for a record without an id.
 */
export function catalogRecordFrom(record: CatpRecord, form: Form, file: CatalogFile = UNION_FILE[form]): CatalogRecord {
  const ncid = text(record, NAMES.id);
  if (ncid === undefined || ncid === '') throw new CatpError('bad-record', 'a catalogue record has no id');
  const [title, responsibility] = transcribedTitle(inGroup(record, NAMES.title.group, NAMES.title.text) ?? '');
  return {
    ncid,
    ...fileOf(file),
    form,
    title,
    ...present({
      titleReading: inGroup(record, NAMES.title.group, NAMES.title.reading),
      responsibility,
      edition: text(record, NAMES.edition),
      place: inGroup(record, NAMES.publication.group, NAMES.publication.place),
      publisher: inGroup(record, NAMES.publication.group, NAMES.publication.publisher),
      year: yearOf(record, form),
      language: text(record, NAMES.language),
      country: text(record, NAMES.country),
      issn: text(record, NAMES.issn),
      numbering: text(record, NAMES.numbering),
      familyId: text(record, NAMES.familyId),
      physical: physicalOf(record),
      createdBy: text(record, NAMES.createdBy),
    }),
    ...filled({
      numbers: RECORD_NUMBERS.flatMap((kind) => repeated(record, kind).map((value) => ({ kind, value }))),
      variantTitles: repeated(record, NAMES.variantTitle.title, NAMES.variantTitle.group),
      contents: groups(record, NAMES.contents.group).flatMap((group) =>
        joined(' / ', [part(group, NAMES.contents.title), part(group, NAMES.contents.author)]),
      ),
      classifications: groups(record, NAMES.classification.group).flatMap((group) =>
        part(group, NAMES.classification.value) === undefined
          ? []
          : joined(':', [part(group, NAMES.classification.scheme), part(group, NAMES.classification.value)]),
      ),
    }),
    ...listsOf(record),
    ...linksOf(record),
  };
}

/** The description as it is punctuated on a card: `200p : 挿図 ; 22cm + 地図1枚`. */
function physicalOf(record: CatpRecord): string | undefined {
  const { pages, illustrations, size, accompanying } = NAMES.physical;
  const parts = [
    ['', pages],
    [' : ', illustrations],
    [' ; ', size],
    [' + ', accompanying],
  ] as const;
  const whole = parts.reduce((before, [mark, name]) => {
    const value = text(record, name) ?? '';
    return value === '' ? before : before === '' ? value : before + mark + value;
  }, '');
  return whole === '' ? undefined : whole;
}

/** The values of a repeated field, flat or one in each occurrence of its group. */
function repeated(record: CatpRecord, name: string, group: string = name): readonly string[] {
  const grouped = groups(record, group).map((occurrence) => part(occurrence, name) ?? '');
  return [...texts(record, name), ...grouped].filter((value) => value !== '');
}

/** Joins the parts that are present into one text. Returns [] when all are missing. */
function joined(mark: string, parts: readonly (string | undefined)[]): readonly string[] {
  const whole = parts.filter((each) => each !== undefined).join(mark);
  return whole === '' ? [] : [whole];
}

/** The lists without those that are empty. */
function filled<T extends Readonly<Record<string, readonly unknown[]>>>(lists: T): Partial<T> {
  return Object.fromEntries(Object.entries(lists).filter(([, items]) => items.length > 0)) as Partial<T>;
}

function fileOf(file: CatalogFile): Pick<CatalogRecord, 'file'> {
  const reference = referenceFile(file);
  return reference === undefined ? {} : { file: reference };
}

function linksOf(record: CatpRecord): Pick<CatalogRecord, 'links'> {
  const links = titleLinksOf(record);
  return links.length === 0 ? {} : { links };
}

type Lists = Pick<CatalogRecord, 'isbns' | 'volumes' | 'series' | 'authors' | 'subjects' | 'notes'>;

function listsOf(record: CatpRecord): Lists {
  const { volume, series, author, subject, note } = NAMES;
  const volumes = groups(record, volume.group).map((group) =>
    present({ volume: part(group, volume.text), isbn: part(group, volume.isbn) }),
  );
  const isbns = [...volumes.map(({ isbn }) => isbn), ...texts(record, volume.isbn)].filter(
    (isbn): isbn is string => isbn !== undefined,
  );
  return {
    isbns: [...new Set(isbns)],
    volumes,
    series: groups(record, series.group)
      .map((group) => ({
        title: part(group, series.title) ?? '',
        ...present({ ncid: part(group, series.id), number: part(group, series.number) }),
      }))
      .filter(({ title }) => title !== ''),
    authors: groups(record, author.group)
      .map((group) => ({ name: part(group, author.heading) ?? '', ...present({ id: part(group, author.id) }) }))
      .filter(({ name }) => name !== ''),
    subjects: groups(record, subject.group)
      .map((group) => part(group, subject.heading) ?? '')
      .filter((heading) => heading !== ''),
    notes: repeated(record, note),
  };
}

/**
 * Returns `2019`, `1926-1940`, or `1926-` for a serial that is still published. Returns the printed date (PUBDT) when
 * no year is coded.
 */
function yearOf(record: CatpRecord, form: Form): string | undefined {
  const first = inGroup(record, NAMES.year.group, NAMES.year.first) ?? '';
  const last = inGroup(record, NAMES.year.group, NAMES.year.last) ?? '';
  if (first === '') return inGroup(record, NAMES.publication.group, NAMES.publication.date);
  if (last === '') return form === 'serial' ? `${first}-` : first;
  return last === first ? first : `${first}-${last}`;
}

/**
 * Returns the part from the first occurrence of the group that contains this part, otherwise the field of that name.
 */
function inGroup(record: CatpRecord, group: string, name: string): string | undefined {
  const found = groups(record, group)
    .map((occurrence) => part(occurrence, name))
    .find((value) => value !== undefined);
  return found ?? text(record, name);
}

function part(group: CatpGroup, name: string): string | undefined {
  const value = Object.hasOwn(group, name) ? group[name] : undefined;
  return value === '' ? undefined : value;
}
