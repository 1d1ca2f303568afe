import Type from 'typebox';
import { Value } from 'typebox/value';
import { AlmaError, type AlmaRequest, type TaskList } from './port';

// Any key may be missing, null, or an empty object (alma.md 2.2): each is looked at by itself, and one of the wrong shape counts as missing.
const ObjectSchema = Type.Record(Type.String(), Type.Unknown());
const TextSchema = Type.String({ minLength: 1 });
const CodedSchema = Type.Object({ value: TextSchema, desc: Type.Optional(Type.Unknown()) });
const YenSchema = Type.Object({ sum: Type.Number(), currency: Type.Object({ value: Type.Literal('JPY') }) });
const RowsSchema = Type.Array(Type.Unknown());

/** The task list has 100 requests at most, and no pages (T1). */
const TASK_LIST_LIMIT = 100;

/** The request in an answer. Throws `malformed` when it has no id and none was asked for. */
export function requestFrom(json: unknown, askedFor?: string): AlmaRequest {
  const raw = objectFrom(json);
  const requestId = textIn(raw['request_id']) ?? askedFor;
  if (requestId === undefined) throw new AlmaError('malformed', 'Alma answered a request without its id');
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

/** A request without an id is left out; the list is not complete then. */
export function taskListFrom(json: unknown): TaskList {
  const raw = objectFrom(json);
  const rows = rowsIn(raw['user_resource_sharing_request']).filter(hasId);
  const total = raw['total_record_count'];
  return {
    requests: rows.map((row) => requestFrom(row)),
    isComplete: total === rows.length && rows.length < TASK_LIST_LIMIT,
  };
}

/** The answer as an object. Throws `malformed` when it is none. */
export function objectFrom(json: unknown): Readonly<Record<string, unknown>> {
  if (Value.Check(ObjectSchema, json)) return json;
  throw new AlmaError('malformed', 'the answer of Alma is not an object');
}

export function rowsIn(value: unknown): readonly unknown[] {
  return Value.Check(RowsSchema, value) ? value : [];
}

export function textIn(value: unknown): string | undefined {
  return Value.Check(TextSchema, value) ? value : undefined;
}

/** A code, which Alma writes as `{value, desc}`, and in some places as plain text. */
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

function hasId(row: unknown): boolean {
  return Value.Check(ObjectSchema, row) && textIn(row['request_id']) !== undefined;
}
