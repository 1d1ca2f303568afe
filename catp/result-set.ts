import { CatpError } from './errors';
import { headerValue } from './header-block';
import { HEADER, RESULT_SET_HEADERS } from './names';
import type { CatpHeaders } from './types';

/** The size and position of a result set, as answers to SEARCH, SCAN and RETRIEVE report them. Positions start at 1. */
interface ResultSet {
  /** Total number of hits. */
  readonly count: number;
  /** Number of records in this answer. */
  readonly returned: number;
  /** Position of the first record after this answer; 0 when there is none. */
  readonly next: number;
}

export function resultSetHeaders({ count, returned, next }: ResultSet): CatpHeaders {
  const values = [count, returned, next];
  return RESULT_SET_HEADERS.map((name, at) => [name, String(values[at])] as const);
}

/** Throws `bad-header` when a number is missing or invalid, or when more records were returned than found. */
export function resultSetFrom(headers: CatpHeaders): ResultSet {
  const result = {
    count: number(headers, HEADER.resultCount),
    returned: number(headers, HEADER.numberOfRecordsReturned),
    next: number(headers, HEADER.nextResultSetPosition),
  };
  if (result.returned > result.count) throw new CatpError('bad-header', 'more records returned than found');
  return result;
}

function number(headers: CatpHeaders, name: string): number {
  const value = headerValue(headers, name) ?? '';
  if (!/^\d{1,9}$/.test(value)) throw new CatpError('bad-header', `${name} is no number`);
  return Number(value);
}
