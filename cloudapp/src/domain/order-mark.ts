import { byteLength, FIELDS } from './fields';

/**
 * An ORDER of a new record has no id to read again when its answer is lost. So the gateway puts a mark of its own into the
 * borrower's local data (OLDF), by which the record can be found afterwards: `[NI:` 13 characters A-Z 2-7 `]`.
 */
const MARK_LENGTH = 13;
const MARK = /\s?\[NI:([A-Z2-7]{13})\]/;

/** The local data with the mark at its end, or undefined when both together exceed the field (then nothing may be cut off). */
export function withMark(localData: string | undefined, mark: string): string | undefined {
  if (mark.length !== MARK_LENGTH) throw new RangeError('an order mark has 13 characters');
  const marked = [withoutMark(localData ?? ''), `[NI:${mark}]`].filter((part) => part !== '').join(' ');
  return byteLength(marked) <= FIELDS.borrowerLocalData.maxBytes ? marked : undefined;
}

/** Bytes that a mark takes from the field. */
export const MARK_BYTES = MARK_LENGTH + ' [NI:]'.length;

export function markOf(localData: string | undefined): string | undefined {
  return MARK.exec(localData ?? '')?.[1];
}

/** The local data as the librarian knows it. */
export function withoutMark(localData: string): string {
  return localData.replace(MARK, '');
}
