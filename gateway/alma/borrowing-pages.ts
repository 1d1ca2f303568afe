import Type from 'typebox';
import { Value } from 'typebox/value';
import { AlmaError, type BorrowingIds } from './port';
import { listFrom, objectFrom } from './request-answer';

/** Alma's largest page. */
export const PAGE_LIMIT = 100;
/**
 * Upper limit of pages: more than any patron has, including the collective patron. It ends the reading of a list that
 * grows as fast as it is read.
 */
const MAX_PAGES = 1000;
/** Maximum number of readings of a list whose rows do not match its count. */
const MAX_READINGS = 3;

const Id = Type.String({ minLength: 1 });
const RowSchema = Type.Object({
  request_id: Type.Optional(Type.Unknown()),
  request_type: Type.Optional(Type.Unknown()),
  resource_sharing: Type.Optional(Type.Unknown()),
});
const SharingSchema = Type.Object({ id: Id });
const Nothing = Type.Union([Type.Null(), Type.Object({}, { additionalProperties: false })]);
/** Types of user requests that may come without a resource sharing request (U5). */
const OTHER_TYPES: readonly unknown[] = ['HOLD', 'DIGITIZATION', 'BOOKING'];

/** Reads the answer of `/users/{id}/requests` from this row on. */
type ReadPage = (offset: number) => Promise<unknown>;

interface Reading {
  /** Ids of all rows, so that a row shown twice counts once. */
  readonly rows: Set<string>;
  readonly ids: Set<string>;
}

/**
 * Alma's ids of all resource sharing requests in a user's list. Rows move between pages during the reading, and the
 * count may be wrong: the list is complete when one reading shows as many different rows as Alma counts. Otherwise it
 * is read again, and finally returned as incomplete with everything seen. Throws `malformed` for a row that is not
 * understood: the import would create an overlooked request twice.
 */
export async function allBorrowingIds(readPage: ReadPage): Promise<BorrowingIds> {
  const ids = new Set<string>();
  for (let reading = 0; reading < MAX_READINGS; reading += 1) {
    if (await isReadWhole(readPage, { rows: new Set(), ids })) return { ids: [...ids], isComplete: true };
  }
  return { ids: [...ids], isComplete: false };
}

async function isReadWhole(readPage: ReadPage, reading: Reading): Promise<boolean> {
  let [offset, before] = [0, 0];
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { rows, total } = listFrom(objectFrom(await readPage(offset)), 'user_request');
    for (const row of rows) take(row, reading);
    // The list became shorter: rows moved to pages that were read already.
    if (total < before) return false;
    [offset, before] = [offset + rows.length, total];
    if (offset >= total || rows.length === 0) return reading.rows.size === total;
  }
  throw new AlmaError('malformed', 'the list of a user in Alma does not end');
}

function take(row: unknown, { rows, ids }: Reading): void {
  if (!Value.Check(RowSchema, row)) throw notUnderstood();
  const { request_id: requestId, request_type: type, resource_sharing: sharing } = row;
  if (Value.Check(SharingSchema, sharing)) {
    ids.add(sharing.id);
    rows.add(`sharing ${sharing.id}`);
    return;
  }
  const isOther = sharing === undefined || (Value.Check(Nothing, sharing) && OTHER_TYPES.includes(type));
  if (!isOther || !Value.Check(Id, requestId)) throw notUnderstood();
  rows.add(requestId);
}

function notUnderstood(): AlmaError {
  return new AlmaError('malformed', 'a row in the list of a user in Alma has no id');
}
