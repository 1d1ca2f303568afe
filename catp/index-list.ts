/**
 * INDEXLIST: the keys of an index with the number of records behind each. Only its use on OMLIDS and AMLIDS is documented
 * (GL 3.4: the own library's requests by state, for the menu of a client). The format of request and answer is not
 * (dossier 9.7): the request names the index in the header `Index-name`, the answer lists `<INDEX>` groups.
 */
import { CatpError } from './errors';
import { decodeRecord, encodeRecord, groups } from './record';
import type { Side } from '#domain/kinds';

export interface IndexEntry {
  readonly key: string;
  readonly count: number;
}

const GROUP = 'INDEX';
const KEY = 'KEY';
const COUNT = 'COUNT';

/** The index that counts a side's requests by state. */
export const STATUS_INDEX = { borrower: 'OMLIDS', lender: 'AMLIDS' } as const satisfies Record<Side, string>;

export function encodeIndexList(entries: readonly IndexEntry[]): string {
  return entries.length === 0
    ? ''
    : encodeRecord({ [GROUP]: entries.map(({ key, count }) => ({ [KEY]: key, [COUNT]: String(count) })) });
}

/** Throws `bad-record` when an entry has no key or no number. */
export function decodeIndexList(body: string): readonly IndexEntry[] {
  return groups(decodeRecord(body), GROUP).map((entry) => {
    const key = entry[KEY];
    const count = entry[COUNT] ?? '';
    if (key === undefined || !/^\d{1,9}$/.test(count))
      throw new CatpError('bad-record', 'an entry of the index list has no key or no number');
    return { key, count: Number(count) };
  });
}

/** The key of OMLIDS / AMLIDS: member id and STAT text, joined (inferred, dossier 2.1). */
export function statusKey(memberId: string, status: string): string {
  return memberId + status;
}

/** The STAT text in such a key; undefined when the key belongs to another member. */
export function statusInKey(memberId: string, key: string): string | undefined {
  return key.startsWith(memberId) ? key.slice(memberId.length) : undefined;
}
