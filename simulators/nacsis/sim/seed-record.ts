import { illRequestFrom } from '#catp/ill-record';
import { encodeRecord, text } from '#catp/record';
import type { CatpRecord } from '#catp/types';
import {
  CHARGE_PARTS,
  FIELDS,
  fieldSpec,
  GROUPS,
  HISTORY_PARTS,
  LENDER_PARTS,
  SCALAR_NAMES,
  type MemberSpec,
} from '#domain/ill/fields';
import { isDay } from '#domain/ill/dates';
import { KINDS, type Kind } from '#domain/ill/kinds';
import type { IllRequest } from '#domain/ill/request';
import { stateByWire, stateSpec, type StateId } from '#domain/ill/states';
import { checkFields } from '#domain/ill/validation';
import { SERVICE_WIRE, stored, type StoredRequest } from '../ill/stored-request';
import type { MemberDirectory } from '../member-directory';
import { wirePath } from '../refused';
import { objectOf } from './answers';

const wire = (name: keyof typeof FIELDS): string => FIELDS[name].wire;
const PARTS: Readonly<Record<string, readonly string[]>> = {
  [GROUPS.bibliography.wire]: SCALAR_NAMES.filter((name) => fieldSpec(name).group === 'bibliography').map(
    (name) => fieldSpec(name).wire,
  ),
  [GROUPS.lenders.wire]: wires(LENDER_PARTS),
  [GROUPS.charges.wire]: wires(CHARGE_PARTS),
  [GROUPS.history.wire]: wires(HISTORY_PARTS),
};
const LIMITS: Readonly<Record<string, number>> = Object.fromEntries(
  Object.values(GROUPS).map((group) => [group.wire, group.max]),
);
/**
 * Fields with a single value. A body may give the parts of BIBG outside the group; the record returns them inside it.
 */
const SCALARS: ReadonlySet<string> = new Set(SCALAR_NAMES.map((name) => fieldSpec(name).wire));
/** Form of a request id: two letters, nine digits, and a digit or X (`parseRequestId`). */
const ID_FORM = /^[A-Z]{2}\d{9}[\dX]$/;

/** Values for fields that a seed may omit. */
interface SeedDefaults {
  readonly id: string;
  /** yyyyMMdd */
  readonly day: string;
  readonly members: MemberDirectory;
}

/**
 * Builds a request from the JSON of `POST /_sim/records`: wire names, groups as arrays of objects. Requires STAT,
 * OMLID, SRVCE (C copy, L loan; optional when the state implies it), and AMLID once a lender has the request. Fills in
 * the names of both libraries and the dates. Throws a TypeError that explains an invalid body.
 */
export function requestFromSeed(json: unknown, defaults: SeedDefaults): StoredRequest {
  const record = recordFrom(json);
  const state = stateOf(record);
  const kind = kindOf(record, state);
  const { members, day } = defaults;
  const given = (name: keyof typeof FIELDS): string => text(record, wire(name)) ?? '';
  const id = given('id') || defaults.id;
  if (!ID_FORM.test(id)) throw new TypeError(`${wire('id')} must be two letters, nine digits, and a digit or X`);
  const withDefaults: CatpRecord = {
    ...record,
    [wire('id')]: id,
    [wire('service')]: SERVICE_WIRE[kind],
    [wire('createdOn')]: given('createdOn') || day,
    [wire('updatedOn')]: given('updatedOn') || given('createdOn') || day,
    [wire('borrowerName')]: given('borrowerName') || members.shortName(given('borrowerId')),
    ...(given('lenderId') ? { [wire('lenderName')]: given('lenderName') || members.shortName(given('lenderId')) } : {}),
  };
  const request = illRequestFrom(withDefaults, kind);
  checkRequest(request, state, members);
  return stored(request, activeOf(request));
}

function recordFrom(json: unknown): CatpRecord {
  const record = objectOf(json, 'a record must be an object of wire names');
  for (const [name, value] of Object.entries(record)) checkShape(name, value);
  encodeRecord(record as CatpRecord);
  return record as CatpRecord;
}

function checkShape(name: string, value: unknown): void {
  if (SCALARS.has(name)) {
    if (typeof value !== 'string') throw new TypeError(`${name} must be a text`);
    return;
  }
  const parts = PARTS[name];
  if (parts === undefined) throw new TypeError(`${name} is no field of an ILL record`);
  if (!Array.isArray(value)) throw new TypeError(`${name} must be an array of objects`);
  if (value.length > (LIMITS[name] ?? 0))
    throw new TypeError(`${name} may have ${String(LIMITS[name])} entries at most`);
  for (const item of value as readonly unknown[]) {
    if (typeof item !== 'object' || item === null) throw new TypeError(`${name} must be an array of objects`);
    for (const [part, text] of Object.entries(item)) {
      if (!parts.includes(part) || typeof text !== 'string')
        throw new TypeError(`${name}.${part} is no text of a part of ${name}`);
    }
  }
}

function stateOf(record: CatpRecord): StateId {
  const state = stateByWire(text(record, wire('state')) ?? '');
  if (state === undefined) throw new TypeError(`${wire('state')} must be the Japanese name of a state`);
  return state;
}

function kindOf(record: CatpRecord, state: StateId): Kind {
  const service = text(record, wire('service'));
  const { kinds } = stateSpec(state);
  const kind =
    service === undefined && kinds.length === 1 ? kinds[0] : KINDS.find((each) => SERVICE_WIRE[each] === service);
  if (kind === undefined)
    throw new TypeError(`${wire('service')} must be ${KINDS.map((each) => SERVICE_WIRE[each]).join(' or ')}`);
  if (!kinds.includes(kind))
    throw new TypeError(`a ${kind} is never in the state ${text(record, wire('state')) ?? ''}`);
  return kind;
}

function checkRequest(request: IllRequest, state: StateId, members: MemberDirectory): void {
  checkParties(request, state, members);
  const { createdOn = '', updatedOn = '' } = request.fields;
  if (!isDay(createdOn) || !isDay(updatedOn)) throw new TypeError('the dates of the record must be days yyyyMMdd');
  const [first] = (['borrower', 'lender'] as const).flatMap((side) => {
    const own = Object.entries(request.fields).filter(([name]) => setterOf(name) === side);
    return checkFields(Object.fromEntries(own), { kind: request.kind, side, preparing: true });
  });
  if (first !== undefined) throw new TypeError(`${wirePath(first.field)} ${first.code}`);
}

function setterOf(name: string): string | undefined {
  if (name === 'lenders') return 'borrower';
  return name === 'charges' ? 'lender' : fieldSpec(name as keyof typeof FIELDS).setBy;
}

function checkParties(request: IllRequest, state: StateId, members: MemberDirectory): void {
  const { borrowerId = '', lenderId, lenders = [] } = request.fields;
  for (const [name, id] of [
    ['borrowerId', borrowerId],
    ['lenderId', lenderId],
  ] as const) {
    if (id !== undefined && members.find(id) === undefined) throw new TypeError(`${wire(name)} is no member`);
  }
  if (lenderId === undefined && state !== 'PREPARING' && state !== 'CANCELLED')
    throw new TypeError(`${wire('lenderId')} is needed in this state`);
  if (lenderId !== undefined && lenders.length > 0 && activeOf(request) < 0)
    throw new TypeError(`${wire('lenderId')} is none of ${GROUPS.lenders.wire}`);
}

/**
 * Returns the position of AMLID in the candidate list. Looks for a holder with this id, or a holder whose requests this
 * library accepts.
 */
function activeOf({ fields: { lenderId, lenders = [] } }: IllRequest): number {
  return lenderId === undefined
    ? -1
    : lenders.findIndex(
        ({ memberId, acceptingMemberId }) => (acceptingMemberId ?? memberId) === lenderId || memberId === lenderId,
      );
}

function wires(parts: Readonly<Record<string, MemberSpec>>): readonly string[] {
  return Object.values(parts).map((part) => part.wire);
}
