import { byteLength, FIELDS } from './fields';

/**
 * Mark of a new order. When the answer to the ORDER of a new record is lost, there is no id to read again, so the
 * gateway adds a mark to the borrower's local data (OLDF) and finds the record by it: `[NI:` 13 characters A-Z 2-7 `]`.
 * @unconfirmed I: NACSIS-ILL keeps OLDF to its end, at the first ORDER, too, and shows it to the borrower only (dossier section 5).
 * Confirm: order with a text in OLDF, and read the request as borrower and as lender.
 */
const MARK_LENGTH = 13;
const MARK = /\s?\[NI:([A-Z2-7]{13})\]/g;

/**
 * Appends the mark to the local data, which is never truncated. Returns undefined when both together exceed the field.
 */
export function withMark(localData: string | undefined, mark: string): string | undefined {
  if (mark.length !== MARK_LENGTH) throw new RangeError('an order mark has 13 characters');
  const marked = [withoutMark(localData ?? ''), `[NI:${mark}]`].filter((part) => part !== '').join(' ');
  return byteLength(marked) <= FIELDS.borrowerLocalData.maxBytes ? marked : undefined;
}

/** Bytes that a mark occupies in the field. */
export const MARK_BYTES = MARK_LENGTH + ' [NI:]'.length;

/** Returns the last mark, because `withMark` appends it at the end. */
export function markOf(localData: string | undefined): string | undefined {
  return [...(localData ?? '').matchAll(MARK)].at(-1)?.[1];
}

/** Returns the texts before, between and after the marks as separate strings, so that no match spans a mark. */
export function partsBesideMarks(localData: string): readonly string[] {
  return localData.replace(MARK, '\n').split('\n');
}

/** The local data without marks, as the librarian entered it. */
export function withoutMark(localData: string): string {
  return localData.replace(MARK, '');
}
