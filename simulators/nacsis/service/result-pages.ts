import { EDIT_TYPE, HEADER } from '#catp/names';
import { encodeRecords } from '#catp/record';
import { resultSetHeaders } from '#catp/result-set';
import type { CatpHeaders } from '#catp/types';
import { headerValue } from '#catp/header-block';
import { Refused } from '../refused';
import type { Hit } from '../search/search';

/** What a method answers beside its status line. */
export interface Answer {
  readonly headers: CatpHeaders;
  readonly body: string;
}

export const NOTHING: Answer = { headers: [], body: '' };

/**
 * The first page of a new result set, by the rules of Z39.50: a small set (up to Small-set-upper-bound) comes whole, a large one
 * (from Large-set-lower-bound on) brings no record, one between brings Medium-set-present-number. Without the headers: no record.
 */
export function firstPage(hits: readonly Hit[], headers: CatpHeaders): Answer {
  const smallUpper = numberIn(headers, HEADER.smallSetUpperBound, 0);
  const largeLower = numberIn(headers, HEADER.largeSetLowerBound, 1);
  if (hits.length > 0 && hits.length <= smallUpper)
    return page(hits, 1, hits.length, editType(headers, HEADER.smallSetElementSetNames));
  if (hits.length === 0 || hits.length >= largeLower) return page(hits, 1, 0, EDIT_TYPE.full);
  return page(
    hits,
    1,
    numberIn(headers, HEADER.mediumSetPresentNumber, 0),
    editType(headers, HEADER.mediumSetElementSetNames),
  );
}

/** `wanted` records from `start` (1 = the first) on, fewer at the end of the set. */
export function page(hits: readonly Hit[], start: number, wanted: number, type: string): Answer {
  const shown = type === EDIT_TYPE.none ? [] : hits.slice(start - 1, start - 1 + wanted);
  const after = start + shown.length;
  const next = after <= hits.length ? after : 0;
  return {
    headers: resultSetHeaders({ count: hits.length, returned: shown.length, next }),
    body: encodeRecords(shown.map(({ record }) => record)),
  };
}

/** The edit types of JS 7. What 1 and 9 leave out is unknown: every type but 0 is the full record here. */
const EDIT_TYPES: readonly string[] = ['0', '1', '2', '9'];

/** The edit type that a header asks for; the full record without one. */
export function editType(headers: CatpHeaders, name: string, otherwise: string = EDIT_TYPE.full): string {
  const value = headerValue(headers, name) ?? otherwise;
  if (!EDIT_TYPES.includes(value)) throw new Refused('badRequest', `${name} is no edit type`);
  return value;
}

/** A whole number in a header; without `otherwise` it must be there. */
export function numberIn(headers: CatpHeaders, name: string, otherwise?: number): number {
  const value = headerValue(headers, name);
  if (value === undefined && otherwise !== undefined) return otherwise;
  if (value === undefined || !/^\d{1,9}$/.test(value)) throw new Refused('badRequest', `${name} is no number`);
  return Number(value);
}
