import { createHash } from 'node:crypto';
import type { FieldError } from '#domain/errors';
import { byteLength, FIELDS } from '#domain/ill/fields';
import { MARK_BYTES, markOf, withMark } from '#domain/ill/order-mark';
import type { RequestFields } from '#domain/ill/request';
import { invalidFields } from '../gateway-error';
import type { CommandRequest } from './command-request';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const LENGTH = 13;
/** Bytes of the field that the librarian may use; the mark takes the rest. */
const MAX_LOCAL_DATA = FIELDS.borrowerLocalData.maxBytes - MARK_BYTES;

/**
 * The mark of an order, derived from institution and key: 65 bits of a SHA-256, as 13 characters of base 32 (ADR 0002).
 */
export function orderMark(institution: string, key: string): string {
  const digest = createHash('sha256').update(`${institution}\n${key}`).digest();
  let bits = BigInt(`0x${digest.toString('hex')}`);
  let mark = '';
  for (let at = 0; at < LENGTH; at += 1) {
    mark += BASE32[Number(bits & 31n)] ?? '';
    bits >>= 5n;
  }
  return mark;
}

/** The local data of a new record must leave room for its mark. */
export function checkMarkFits({ borrowerLocalData: text = '' }: RequestFields): readonly FieldError[] {
  const bytes = byteLength(text);
  if (bytes <= MAX_LOCAL_DATA) return [];
  return [{ field: 'borrowerLocalData', code: 'too-long', params: { bytes, maxBytes: MAX_LOCAL_DATA } }];
}

/** The fields as they are sent: a new record with its mark, and an edit with the mark that is hidden from the app. */
export function markedFields({ fields, before }: CommandRequest, mark: string | null): RequestFields {
  const { borrowerLocalData } = fields;
  const kept = borrowerLocalData === undefined ? undefined : markOf(before?.record.fields.borrowerLocalData);
  const wanted = mark ?? kept;
  if (wanted === undefined) return fields;
  const marked = withMark(borrowerLocalData, wanted);
  if (marked === undefined) throw invalidFields(checkMarkFits(fields));
  return { ...fields, borrowerLocalData: marked };
}
