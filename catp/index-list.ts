/**
 * INDEXLIST returns the keys of an index with the number of records for each. Its use for OMLIDS and AMLIDS is
 * documented (GL 3.4: the library's own requests by state, for the menu of a client). The request names the index in
 * the header `Index-name`; the answer lists `<INDEX>` groups.
 */
import { CatpError } from './errors';
import { decodeRecord, encodeRecord, groups } from './record';
import type { Side } from '#domain/ill/kinds';

interface IndexEntry {
  readonly key: string;
  readonly count: number;
}

/**
 * @unconfirmed O: The answer of INDEXLIST lists one group INDEX for each key, with the parts KEY and COUNT (dossier 9.7).
 * Confirm: send INDEXLIST for OMLIDS of COPYO, and look at the body of the answer.
 */
const ENTRY = { group: 'INDEX', key: 'KEY', count: 'COUNT' } as const;

/** The index that counts the requests of each side by state. */
export const STATUS_INDEX = { borrower: 'OMLIDS', lender: 'AMLIDS' } as const satisfies Record<Side, string>;

export function encodeIndexList(entries: readonly IndexEntry[]): string {
  return entries.length === 0
    ? ''
    : encodeRecord({
        [ENTRY.group]: entries.map(({ key, count }) => ({ [ENTRY.key]: key, [ENTRY.count]: String(count) })),
      });
}

/** Reads the entries of an INDEXLIST answer. Throws `bad-record` when an entry has no key or no count. */
export function decodeIndexList(body: string): readonly IndexEntry[] {
  return groups(decodeRecord(body), ENTRY.group).map((entry) => {
    const key = entry[ENTRY.key];
    const count = entry[ENTRY.count] ?? '';
    if (key === undefined || !/^\d{1,9}$/.test(count))
      throw new CatpError('bad-record', 'an entry of the index list has no key or no number');
    return { key, count: Number(count) };
  });
}

/**
 * The key of OMLIDS / AMLIDS.
 * @unconfirmed I: A key of OMLIDS or AMLIDS is the member id and the text of STAT, joined (dossier 2.1). Confirm: send INDEXLIST for OMLIDS of COPYO, and look at the keys.
 */
export function statusKey(memberId: string, status: string): string {
  return memberId + status;
}

/** Returns the STAT text in a key of OMLIDS / AMLIDS; undefined when the key belongs to another member. */
export function statusInKey(memberId: string, key: string): string | undefined {
  return key.startsWith(memberId) ? key.slice(memberId.length) : undefined;
}
