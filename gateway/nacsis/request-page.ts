import { CatpError } from '#catp/errors';
import { illRequestFrom } from '#catp/ill-record';
import { byteLength, FIELDS, type ScalarName } from '#domain/ill/fields';
import type { Kind } from '#domain/ill/kinds';
import type { IllRequest } from '#domain/ill/request';
import type { FilePage, UnreadableRecord } from './port';
import type { BrokenRecord, ReadRecord, RecordPage } from './read-records';

/**
 * An id that the API accepts.
 * @unconfirmed I: Ids of requests are letters and digits, LA and ten digits as a rule. Confirm: order one copy and one loan, and look at the ids.
 */
const ID = /^[A-Za-z0-9]{1,32}$/;
/** Fields that requests are searched and sorted by. An index of the store cannot hold texts of any length. */
const KEYS: readonly ScalarName[] = [
  'state',
  'borrowerId',
  'lenderId',
  'bibId',
  'createdOn',
  'updatedOn',
  'orderDate',
  'dueDate',
];
const MAX_KEY_BYTES = 254;

/** Reads the pages of one file. Invalid records are reported, and numbered across all pages when they have no id. */
export function requestReader(kind: Kind): (page: RecordPage) => FilePage {
  let nameless = 0;
  return (page) => {
    const requests: IllRequest[] = [];
    const unreadable: UnreadableRecord[] = [];
    for (const each of page) {
      const read = requestIn(each, kind);
      if (!('reason' in read)) requests.push(read);
      else if (read.id !== undefined && ID.test(read.id)) unreadable.push({ id: read.id, reason: read.reason });
      else unreadable.push({ id: `?${String((nameless += 1))}`, reason: read.reason });
    }
    return { requests, unreadable };
  };
}

function requestIn(read: ReadRecord, kind: Kind): IllRequest | BrokenRecord {
  if ('broken' in read) return read.broken;
  try {
    const request = illRequestFrom(read.record, kind);
    const reason = faultOf(request);
    return reason === undefined ? request : { id: request.id, reason };
  } catch (error) {
    if (!(error instanceof CatpError)) throw error;
    return { reason: error.message };
  }
}

function faultOf({ id, externalStatus, fields }: IllRequest): string | undefined {
  if (!ID.test(id)) return 'the id of the record is none';
  const values = { ...fields, state: externalStatus };
  const long = KEYS.find((key) => byteLength(values[key] ?? '') > MAX_KEY_BYTES);
  return long && `${FIELDS[long].wire} is longer than ${String(MAX_KEY_BYTES)} bytes`;
}
