import { PATRON_FIELDS, type ScalarName } from '#domain/fields';
import { PATRON_ID_FIELDS } from '#domain/import';
import type { IllRequest } from '#domain/request';

/** The number that the library gave the request: it is found by it, also long afterwards. */
const KEPT: ScalarName = 'borrowerNumber';
/** What a record says of the patron: the fields about him, and those in which a library may write his id. */
const ERASED: ReadonlySet<string> = new Set([...PATRON_FIELDS, ...PATRON_ID_FIELDS.filter((name) => name !== KEPT)]);

/** The request without what it says of the patron. */
export function withoutNames(request: IllRequest): IllRequest {
  const kept = Object.entries(request.fields).filter(([name]) => !ERASED.has(name));
  return { ...request, fields: Object.fromEntries(kept) };
}
