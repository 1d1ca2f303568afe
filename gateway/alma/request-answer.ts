import Type from 'typebox';
import { Value } from 'typebox/value';
import { AlmaError, type AlmaRequest, type TaskList } from './port';

// Any key of a request but its id may be missing, null or an empty object (alma.md 2.2). Each key is checked
// separately, and one of the wrong type counts as missing.
const ObjectSchema = Type.Record(Type.String(), Type.Unknown());
const TextSchema = Type.String({ minLength: 1 });
const CodedSchema = Type.Object({ value: TextSchema, desc: Type.Optional(Type.Unknown()) });
const YenSchema = Type.Object({ sum: Type.Number(), currency: Type.Object({ value: Type.Literal('JPY') }) });
const RowsSchema = Type.Array(Type.Unknown());

/** The task list has at most 100 requests, and no pages (T1). */
export const TASK_LIST_LIMIT = 100;

/** The request in an answer. Throws `malformed` when the id is missing or differs from the one asked for. */
export function requestFrom(json: unknown, askedFor?: string): AlmaRequest {
  const raw = objectFrom(json);
  const requestId = textFrom(raw, 'request_id');
  if (askedFor !== undefined && requestId !== askedFor)
    throw new AlmaError('malformed', 'Alma answered another request than it was asked for');
  const [externalId, note] = [textIn(raw['external_id']), textIn(raw['note'])];
  const [status, partner] = [codedIn(raw['status']), codedIn(raw['partner'])];
  const cost = raw['shipping_cost'];
  return {
    requestId,
    ...(externalId === undefined ? {} : { externalId }),
    ...(status === undefined ? {} : { status }),
    ...(note === undefined ? {} : { note }),
    ...(partner === undefined ? {} : { partnerCode: partner.code }),
    ...(Value.Check(YenSchema, cost) ? { shippingCost: cost.sum } : {}),
    texts: textsIn(raw),
  };
}

/** Throws `malformed` for a list without its count or its rows, and for a row without an id. */
export function taskListFrom(json: unknown): TaskList {
  const { rows, total } = listFrom(objectFrom(json), 'user_resource_sharing_request');
  const requests = [...new Map(rows.map((row) => requestFrom(row)).map((each) => [each.requestId, each])).values()];
  return { requests, total, isComplete: total === requests.length && rows.length < TASK_LIST_LIMIT };
}

/**
 * The rows under this key, and Alma's total. Alma omits the key when there are no rows (also behind the last page).
 * Anything else in their place, or a missing count, is `malformed`.
 */
export function listFrom(
  raw: Readonly<Record<string, unknown>>,
  key: string,
): { readonly rows: readonly unknown[]; readonly total: number } {
  const total = countFrom(raw['total_record_count']);
  const rows = raw[key];
  if (Value.Check(RowsSchema, rows) && (rows.length === 0 || total > 0)) return { rows, total };
  if (rows === undefined) return { rows: [], total };
  throw new AlmaError('malformed', 'Alma answered a list without its rows');
}

/** Alma's counts are numbers; some intermediaries turn them into text. */
function countFrom(value: unknown): number {
  const count = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  if (typeof count === 'number' && Number.isInteger(count) && count >= 0) return count;
  throw new AlmaError('malformed', 'Alma answered a list without its count');
}

/** The text under this key. Throws `malformed` when there is none. */
export function textFrom(raw: Readonly<Record<string, unknown>>, key: string): string {
  const text = textIn(raw[key]);
  if (text === undefined) throw new AlmaError('malformed', `an answer of Alma has no ${key}`);
  return text;
}

/** The answer as an object. Throws `malformed` when it is not one. */
export function objectFrom(json: unknown): Readonly<Record<string, unknown>> {
  if (Value.Check(ObjectSchema, json)) return json;
  throw new AlmaError('malformed', 'the answer of Alma is not an object');
}

export function textIn(value: unknown): string | undefined {
  return Value.Check(TextSchema, value) ? value : undefined;
}

/** A code: Alma writes `{value, desc}`, and plain text in some places. */
export function codedIn(value: unknown): { readonly code: string; readonly name?: string } | undefined {
  if (!Value.Check(CodedSchema, value)) {
    const code = textIn(value);
    return code === undefined ? undefined : { code };
  }
  const name = textIn(value.desc);
  return { code: value.value, ...(name === undefined ? {} : { name }) };
}

function textsIn(raw: Readonly<Record<string, unknown>>): AlmaRequest['texts'] {
  return Object.fromEntries(
    Object.entries(raw).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
