import { CatpError } from '#catp/errors';
import { headerValue } from '#catp/header-block';
import { HEADER } from '#catp/names';
import { decodeRecord, splitRecords } from '#catp/record';
import type { CatpRecord, CatpResponse } from '#catp/types';
import type { Page } from '#domain/api/catalog';
import { FIELDS } from '#domain/ill/fields';
import { unreadable } from './reading';

/** A record with invalid syntax. */
export interface BrokenRecord {
  /** Text of the record's id line. */
  readonly id?: string;
  readonly reason: string;
}
export type ReadRecord = { readonly record: CatpRecord } | { readonly broken: BrokenRecord };
export type RecordPage = readonly ReadRecord[];

const ID_LINE = new RegExp(`^${FIELDS.id.wire}=(.*)$`, 'm');

/**
 * Decodes each record of an answer separately. Returns undefined when it is unclear which line belongs to which record.
 */
export function pageIn({ headers, body }: CatpResponse): RecordPage | undefined {
  const announced = headerValue(headers, HEADER.numberOfRecordsReturned);
  try {
    const written = splitRecords(body);
    return announced === undefined || written.length === Number(announced) ? written.map(read) : undefined;
  } catch (error) {
    if (error instanceof CatpError) return undefined;
    throw error;
  }
}

/** Returns the text of a record's id line, if there is one. */
export function idIn(written: string): { readonly id?: string } {
  const id = ID_LINE.exec(written)?.[1]?.trim();
  return id === undefined ? {} : { id };
}

/** Reads each record separately and returns unreadable records beside the others, so that none is lost. */
export function readEach<T>(
  page: RecordPage,
  from: (record: CatpRecord) => T,
): { readonly items: readonly T[]; readonly broken: readonly BrokenRecord[] } {
  const items: T[] = [];
  const broken: BrokenRecord[] = [];
  for (const each of page) {
    const item = 'broken' in each ? each : itemOf(each.record, from);
    if ('broken' in item) broken.push(item.broken);
    else items.push(item.item);
  }
  return { items, broken };
}

/**
 * Reads the records for callers that need every one of them. Throws `nacsis-malformed` for the first that cannot be
 * read.
 */
export function readEvery<T>(page: RecordPage, from: (record: CatpRecord) => T): readonly T[] {
  const { items, broken } = readEach(page, from);
  mustBeNone(broken);
  return items;
}

/** The readable records of a result page, and the number of omitted ones if there are any. */
export function readable<T>(page: RecordPage, from: (record: CatpRecord) => T): Pick<Page<T>, 'items' | 'unreadable'> {
  const { items, broken } = readEach(page, from);
  return broken.length === 0 ? { items } : { items, unreadable: broken.length };
}

export function mustBeNone([broken]: readonly BrokenRecord[]): void {
  if (broken !== undefined) throw unreadable(`a record of NACSIS-ILL cannot be read: ${broken.reason}`);
}

function itemOf<T>(
  record: CatpRecord,
  from: (record: CatpRecord) => T,
): { readonly item: T } | { readonly broken: BrokenRecord } {
  try {
    return { item: from(record) };
  } catch (error) {
    if (!(error instanceof CatpError)) throw error;
    return { broken: { reason: error.message } };
  }
}

function read(written: string): ReadRecord {
  try {
    return { record: decodeRecord(written) };
  } catch (error) {
    if (!(error instanceof CatpError)) throw error;
    return { broken: { ...idIn(written), reason: error.message } };
  }
}
