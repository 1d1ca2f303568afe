import Type from 'typebox';
import { Value } from 'typebox/value';
import { AlmaError } from './port';
import { objectFrom, rowsIn } from './request-answer';

/** Alma's largest page. */
export const PAGE_LIMIT = 100;
/** More than any patron has, the collective one included; a list that grows as fast as it is read ends here. */
const MAX_PAGES = 1000;
/** How often a list that becomes shorter is read before it is given up. */
const MAX_READINGS = 3;

/** A request of the user that is a resource sharing request; the others have no such key. */
const SharingRow = Type.Object({ resource_sharing: Type.Object({ id: Type.String({ minLength: 1 }) }) });

/** Gives the answer of `/users/{id}/requests` from this row on. */
export type ReadPage = (offset: number) => Promise<unknown>;

/**
 * Alma's ids of all resource sharing requests in a user's list. Where the list becomes shorter meanwhile, rows move to pages that were
 * already read: it is then read again from the beginning, since a request that is overlooked here would be created twice.
 * Throws `unavailable` when it does not stand still for one reading.
 */
export async function allBorrowingIds(readPage: ReadPage): Promise<readonly string[]> {
  const ids = new Set<string>();
  for (let reading = 0; reading < MAX_READINGS; reading += 1) {
    if (await isReadToEnd(readPage, ids)) return [...ids];
  }
  throw new AlmaError('unavailable', 'the list of a user in Alma became shorter whenever it was read');
}

async function isReadToEnd(readPage: ReadPage, ids: Set<string>): Promise<boolean> {
  let [offset, total] = [0, 0];
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = objectFrom(await readPage(offset));
    const rows = rowsIn(answer['user_request']);
    for (const row of rows) if (Value.Check(SharingRow, row)) ids.add(row.resource_sharing.id);
    offset += rows.length;
    const counted = answer['total_record_count'];
    if (typeof counted === 'number') {
      if (counted < total) return false;
      total = counted;
    }
    // Without a count, a page that is not full is the last one.
    if (offset >= total && (typeof counted === 'number' || rows.length < PAGE_LIMIT)) return true;
    if (rows.length === 0) return false;
  }
  throw new AlmaError('malformed', 'the list of a user in Alma does not end');
}
