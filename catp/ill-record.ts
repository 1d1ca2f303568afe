import {
  CHARGE_PARTS,
  COMMENT,
  fieldSpec,
  GROUPS,
  HISTORY_PARTS,
  LENDER_PARTS,
  SCALAR_NAMES,
  type GroupName,
  type MemberSpec,
  type ScalarName,
} from '#domain/ill/fields';
import type { Kind } from '#domain/ill/kinds';
import type { Charge, HistoryEntry, IllRequest, Lender, RequestFields } from '#domain/ill/request';
import { stateByWire } from '#domain/ill/states';
import { CatpError } from './errors';
import { present } from './present';
import { groups, text } from './record';
import type { CatpGroup, CatpRecord, CatpValue } from './types';

/**
 * Order of SENDG on the wire. The domain order is oldest first.
 * @unconfirmed O: The oldest entry comes first (dossier section 5). Confirm: read a request with several commands, and compare with its life.
 */
const HISTORY_ORDER: 'oldest-first' | 'newest-first' = 'oldest-first';

type Parts = Readonly<Record<string, MemberSpec>>;

/**
 * The request of an ILL record. Drops unknown fields; missing and empty fields are absent. Throws `bad-record` without
 * an id.
 */
export function illRequestFrom(record: CatpRecord, kind: Kind): IllRequest {
  const id = text(record, fieldSpec('id').wire);
  if (id === undefined || id === '') throw new CatpError('bad-record', 'an ILL record has no id');
  const externalStatus = text(record, fieldSpec('state').wire) ?? '';
  return {
    id,
    kind,
    state: stateByWire(externalStatus) ?? null,
    externalStatus,
    fields: requestFieldsFrom(record),
    history: inDomainOrder(groups(record, GROUPS.history.wire)).map(historyEntryFrom),
  };
}

/** The content of an ILL record, with or without id (as in the body of a command). Excludes history and comment. */
export function requestFieldsFrom(record: CatpRecord): RequestFields {
  const scalars: Readonly<Record<string, string | undefined>> = Object.fromEntries(
    SCALAR_NAMES.map((name) => [name, scalarFrom(record, name)]),
  );
  const lenders = groups(record, GROUPS.lenders.wire)
    .map(lenderFrom)
    .filter((lender) => lender.memberId !== '');
  const charges = groups(record, GROUPS.charges.wire)
    .map(chargeFrom)
    .filter((charge) => Object.keys(charge).length > 0);
  return {
    ...present(scalars),
    ...(lenders.length > 0 ? { lenders } : {}),
    ...(charges.length > 0 ? { charges } : {}),
  };
}

/**
 * The record of a command. Contains only the given keys, because NACSIS-ILL takes the difference (SPC 3). An empty text
 * deletes a field, and an empty list deletes a group. Groups are replaced as a whole: to change one of bibId, bibNote
 * and standardNumber, give all three.
 */
export function recordOf(fields: RequestFields, comment?: string): CatpRecord {
  const entries: (readonly [string, CatpValue])[] = [];
  for (const name of SCALAR_NAMES) {
    const value = fields[name];
    const { wire, group } = fieldSpec(name);
    if (value !== undefined && group === undefined) entries.push([wire, value]);
  }
  const bibliography = groupOf('bibliography', fields);
  if (bibliography !== undefined) entries.push([GROUPS.bibliography.wire, bibliography]);
  if (fields.lenders !== undefined)
    entries.push([GROUPS.lenders.wire, fields.lenders.map((lender) => occurrenceOf(lender, LENDER_PARTS))]);
  if (fields.charges !== undefined)
    entries.push([GROUPS.charges.wire, fields.charges.map((charge) => occurrenceOf(charge, CHARGE_PARTS))]);
  if (comment !== undefined) entries.push([COMMENT.wire, comment]);
  return Object.fromEntries(entries);
}

/** The comment in the body of a command. */
export function commentIn(record: CatpRecord): string | undefined {
  return text(record, COMMENT.wire);
}

/** The whole record of a request as the server returns it, history included. */
export function recordOfRequest(request: IllRequest): CatpRecord {
  const history = inDomainOrder(request.history).map((entry) => occurrenceOf(entry, HISTORY_PARTS));
  return {
    ...recordOf({ ...request.fields, id: request.id, state: request.externalStatus }),
    ...(history.length > 0 ? { [GROUPS.history.wire]: history } : {}),
  };
}

function scalarFrom(record: CatpRecord, name: ScalarName): string | undefined {
  const { wire, group } = fieldSpec(name);
  const [first] = group === undefined ? [] : groups(record, GROUPS[group].wire);
  return first === undefined ? text(record, wire) : partIn(first, wire);
}

function lenderFrom(group: CatpGroup): Lender {
  return { memberId: '', ...partsFrom(group, LENDER_PARTS) };
}

function chargeFrom(group: CatpGroup): Charge {
  return partsFrom(group, CHARGE_PARTS);
}

function historyEntryFrom(group: CatpGroup): HistoryEntry {
  return partsFrom(group, HISTORY_PARTS);
}

function partsFrom<P extends Parts>(group: CatpGroup, parts: P): { readonly [part in keyof P]?: string } {
  const texts: Readonly<Record<string, string | undefined>> = Object.fromEntries(
    Object.entries(parts).map(([part, { wire }]) => [part, partIn(group, wire)]),
  );
  const found = present(texts);
  return found;
}

function partIn(group: CatpGroup, wire: string): string | undefined {
  return Object.hasOwn(group, wire) ? group[wire] : undefined;
}

function occurrenceOf<P extends Parts>(item: { readonly [part in keyof P]?: string }, parts: P): CatpGroup {
  const occurrence: Readonly<Record<string, string | undefined>> = Object.fromEntries(
    Object.entries(parts).map(([part, { wire }]) => [wire, item[part]]),
  );
  return present(occurrence) as CatpGroup;
}

/**
 * Returns the occurrence of a group whose parts are scalars in the domain: undefined when no part is given, an empty
 * list when all parts are empty.
 */
function groupOf(name: GroupName, fields: RequestFields): readonly CatpGroup[] | undefined {
  const given = SCALAR_NAMES.filter((scalar) => fieldSpec(scalar).group === name && fields[scalar] !== undefined);
  if (given.length === 0) return undefined;
  const parts = given
    .map((scalar) => [fieldSpec(scalar).wire, fields[scalar] ?? ''] as const)
    .filter(([, value]) => value !== '');
  return parts.length === 0 ? [] : [Object.fromEntries(parts)];
}

/** Converts between wire order and domain order, in both directions. */
function inDomainOrder<T>(entries: readonly T[]): readonly T[] {
  return HISTORY_ORDER === 'oldest-first' ? entries : [...entries].reverse();
}
