import { EDIT_TYPE, HEADER } from '#catp/names';
import { joinRecords } from '#catp/record';
import { resultSetHeaders } from '#catp/result-set';
import type { CatpHeaders } from '#catp/types';
import { headerValue } from '#catp/header-block';
import { Refused } from '../refused';
import type { Hit } from '../search/search';

/** The headers and body of an answer. */
export interface Answer {
  readonly headers: CatpHeaders;
  readonly body: string;
}

/** Writes a record in an edit type other than 0. */
export type Write = (hit: Hit, type: string) => string;

export const NOTHING: Answer = { headers: [], body: '' };

/**
 * The first page of a new result set, by the rules of Z39.50. A small set (up to Small-set-upper-bound) is returned
 * whole, a large one (from Large-set-lower-bound) without records, any other with Medium-set-present-number records.
 * Without the headers: no records.
 */
export function firstPage(hits: readonly Hit[], headers: CatpHeaders, write: Write): Answer {
  const smallUpper = numberIn(headers, HEADER.smallSetUpperBound, 0);
  const largeLower = numberIn(headers, HEADER.largeSetLowerBound, 1);
  if (hits.length > 0 && hits.length <= smallUpper)
    return page(
      hits,
      { start: 1, wanted: hits.length, type: editType(headers, HEADER.smallSetElementSetNames) },
      write,
    );
  if (hits.length === 0 || hits.length >= largeLower)
    return page(hits, { start: 1, wanted: 0, type: EDIT_TYPE.full }, write);
  const wanted = numberIn(headers, HEADER.mediumSetPresentNumber, 0);
  return page(hits, { start: 1, wanted, type: editType(headers, HEADER.mediumSetElementSetNames) }, write);
}

/** `wanted` records starting at `start` (counted from 1); fewer at the end of the set. */
export function page(
  hits: readonly Hit[],
  { start, wanted, type }: { readonly start: number; readonly wanted: number; readonly type: string },
  write: Write,
): Answer {
  const shown = type === EDIT_TYPE.none ? [] : hits.slice(start - 1, start - 1 + wanted);
  const after = start + shown.length;
  const next = after <= hits.length ? after : 0;
  return {
    headers: resultSetHeaders({ count: hits.length, returned: shown.length, next }),
    body: joinRecords(shown.map((hit) => write(hit, type))),
  };
}

const EDIT_TYPES: readonly string[] = Object.values(EDIT_TYPE);

/** The edit type in a header; `otherwise` when the header is missing. */
export function editType(headers: CatpHeaders, name: string, otherwise: string = EDIT_TYPE.full): string {
  const value = headerValue(headers, name) ?? otherwise;
  if (!EDIT_TYPES.includes(value)) throw new Refused('badRequest', `${name} is no edit type`);
  return value;
}

/**
 * Returns the whole number in a header, or `otherwise` when the header is missing. Refuses a missing header when there
 * is no `otherwise`.
 */
export function numberIn(headers: CatpHeaders, name: string, otherwise?: number): number {
  const value = headerValue(headers, name);
  if (value === undefined && otherwise !== undefined) return otherwise;
  if (value === undefined || !/^\d{1,9}$/.test(value)) throw new Refused('badRequest', `${name} is no number`);
  return Number(value);
}
