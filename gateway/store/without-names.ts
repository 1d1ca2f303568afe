import { PATRON_FIELDS, type ScalarName } from '#domain/ill/fields';
import { PATRON_ID_FIELDS } from '#domain/imports/import';
import type { HistoryEntry, IllRequest } from '#domain/ill/request';

/** The library's own number of the request, by which the request is still found long afterwards. */
const NUMBER: ScalarName = 'borrowerNumber';
/**
 * Patron data in a record: the patron fields, fields in which a library may write the patron's id, the address for
 * electronic delivery, and the lender's free text. Addresses and staff of libraries stay.
 */
const ERASED: ReadonlySet<string> = new Set<ScalarName>([
  ...PATRON_FIELDS,
  ...PATRON_ID_FIELDS.filter((name) => name !== NUMBER),
  'electronicAddress',
  'lenderLocalData',
]);

/**
 * Returns the request without patron data, and without comments, which may name anybody. `keepsNumber`: true when the
 * request's number is not a patron's id.
 */
export function withoutNames(request: IllRequest, keepsNumber = true): IllRequest {
  const kept = Object.entries(request.fields).filter(([name]) => !ERASED.has(name) && (keepsNumber || name !== NUMBER));
  return { ...request, fields: Object.fromEntries(kept), history: request.history.map(withoutComment) };
}

function withoutComment({ comment: _comment, ...entry }: HistoryEntry): HistoryEntry {
  return entry;
}
