import { today, type Clock } from './dates';
import type { FieldError } from '../errors';
import {
  CHARGE_PARTS,
  COMMENT,
  FIELDS,
  fieldSpec,
  LENDER_PARTS,
  MAX_CHARGES,
  MAX_LENDERS,
  type FieldName,
  type MemberSpec,
  type ScalarName,
} from './fields';
import { checkStandardNumber, checkText } from './field-text';
import type { Kind, Side } from './kinds';
import type { Charge, Lender, RequestFields } from './request';
import type { Requirement, Transition } from './transitions';

export interface FieldContext {
  readonly kind: Kind;
  readonly side: Side;
  /** True for a new record or 準備中, when the borrower may write all fields of its side. */
  readonly preparing: boolean;
}

/** VLNO of a copy with unknown volume; the input rules require it instead of an empty field (dossier 3.1, ORDER). */
export const UNKNOWN_VOLUME = '不明';

/** True for a copy of which neither the volume, the pages nor the article is known. It may be ordered all the same. */
export function namesNoPart({ kind, fields }: { readonly kind: Kind; readonly fields: RequestFields }): boolean {
  const { volume = '', pages = '', article = '' } = fields;
  return kind === 'copy' && [volume === UNKNOWN_VOLUME ? '' : volume, pages, article].every(isBlank);
}

/** HVRFY when the holding was found in NACSIS-CAT (M8-5_2_4). */
export const HOLDING_SOURCE = 'NACSIS-CAT';

/**
 * Checks the form of the fields, one entry per fault; [] when they may be sent. `missingFor` checks required fields.
 * App, gateway and simulator share this check, which uses the field specs alone. Never throws, whatever `fields`
 * contains.
 */
export function checkFields(fields: RequestFields, context: FieldContext): readonly FieldError[] {
  return entriesOf(fields).flatMap(([name, value]): readonly FieldError[] => {
    if (name === 'lenders') return checkLenders(value, context);
    if (name === 'charges') return checkCharges(value, context);
    if (!isScalarName(name)) return [{ field: name, code: 'unknown-field' }];
    return value === undefined ? [] : checkScalar(name, value, context);
  });
}

/** Checks the form of a command's comment. */
export function checkComment(comment: string | undefined): readonly FieldError[] {
  return comment === undefined ? [] : checkText('comment', comment, COMMENT);
}

/** The required fields of the edge that are empty in `merged` (stored record plus the command's own fields). */
export function missingFor(edge: Transition, merged: RequestFields, comment?: string): readonly FieldError[] {
  const missing = (edge.required ?? []).flatMap((requirement) =>
    isMet(requirement, merged) ? [] : [missingEntry(requirement)],
  );
  const wantsComment = edge.comment === 'required' && isBlank(comment);
  return wantsComment ? [...missing, { field: 'comment', code: 'required' }] : missing;
}

/** The record after the command: scalars are replaced one by one, groups as a whole (SPC 3). An empty text deletes. */
export function merge(stored: RequestFields, changes: RequestFields): RequestFields {
  const all: RequestFields = { ...stored, ...changes };
  return Object.fromEntries(entriesOf(all).filter(([name]) => (all[name as FieldName]?.length ?? 0) > 0));
}

/**
 * The fields plus client defaults for empty ones: today's date, and the source of the holding for an order of a record
 * of NACSIS-CAT.
 */
export function withDefaults(
  edge: Transition,
  fields: RequestFields,
  stored: RequestFields = {},
  clock?: Clock,
): RequestFields {
  const merged = merge(stored, fields);
  const dates = (edge.defaultsToToday ?? [])
    .filter((name) => isEmpty(merged, name))
    .map((name) => [name, today(clock)]);
  const source =
    edge.command === 'ORDER' && isEmpty(merged, 'holdingSource') && !isEmpty(merged, 'bibId')
      ? [['holdingSource', HOLDING_SOURCE]]
      : [];
  return { ...fields, ...(Object.fromEntries([...dates, ...source]) as RequestFields) };
}

/** Checks a single scalar field; used for live checks in a form. */
export function checkScalar(name: ScalarName, value: unknown, context: FieldContext): readonly FieldError[] {
  const spec = fieldSpec(name);
  if (typeof value !== 'string') return [{ field: name, code: 'bad-format' }];
  if (!isWritable(name, context)) return [{ field: name, code: 'not-editable-now' }];
  if (value === '') return [];
  if (spec.kind !== undefined && spec.kind !== context.kind) return [{ field: name, code: 'not-for-this-kind' }];
  const faults = checkText(name, value, spec);
  return faults.length === 0 && name === 'standardNumber' ? checkStandardNumber(value) : faults;
}

/**
 * True when this side may write the field now: in a request being prepared all fields of its own, later only those that
 * go with a command (dossier 3.1).
 */
export function isWritable(name: ScalarName, context: FieldContext): boolean {
  const spec = fieldSpec(name);
  if (spec.setBy !== context.side || spec.writable === 'never') return false;
  return spec.writable === 'command' || context.preparing;
}

function checkLenders(value: unknown, context: FieldContext): readonly FieldError[] {
  if (!Array.isArray(value)) return [{ field: 'lenders', code: 'bad-format' }];
  if (context.side !== 'borrower' || !context.preparing) return [{ field: 'lenders', code: 'not-editable-now' }];
  // Checks only the allowed number of entries.
  const lenders = (value as readonly Lender[]).slice(0, MAX_LENDERS);
  const tooMany: readonly FieldError[] =
    value.length > MAX_LENDERS ? [{ field: 'lenders', code: 'too-many', params: { max: MAX_LENDERS } }] : [];
  return [
    ...tooMany,
    ...lenders.flatMap((lender, at) => checkLender(lender, lenders.slice(0, at), `lenders[${String(at)}]`)),
  ];
}

function checkLender(lender: unknown, before: readonly Lender[], path: string): readonly FieldError[] {
  if (!isPlainObject(lender)) return [{ field: path, code: 'bad-format' }];
  const id = lender['memberId'];
  if (typeof id !== 'string' || isBlank(id)) return [{ field: `${path}.memberId`, code: 'required' }];
  const twice = before.some((other) => isPlainObject(other) && other.memberId === id);
  const duplicate: readonly FieldError[] = twice
    ? [{ field: `${path}.memberId`, code: 'duplicate', params: { memberId: id } }]
    : [];
  return [...duplicate, ...checkParts(lender, LENDER_PARTS, path)];
}

function checkCharges(value: unknown, context: FieldContext): readonly FieldError[] {
  if (!Array.isArray(value)) return [{ field: 'charges', code: 'bad-format' }];
  if (context.side !== 'lender') return [{ field: 'charges', code: 'not-editable-now' }];
  const charges = (value as readonly Charge[]).slice(0, MAX_CHARGES);
  const tooMany: readonly FieldError[] =
    value.length > MAX_CHARGES ? [{ field: 'charges', code: 'too-many', params: { max: MAX_CHARGES } }] : [];
  return [
    ...tooMany,
    ...charges.flatMap((charge: unknown, at) => {
      const path = `charges[${String(at)}]`;
      if (!isPlainObject(charge)) return [{ field: path, code: 'bad-format' as const }];
      const needsItem = charges.length > 1 && isBlank(charge['item']);
      const required: readonly FieldError[] = needsItem ? [{ field: `${path}.item`, code: 'required' }] : [];
      return [...required, ...checkParts(charge, CHARGE_PARTS, path)];
    }),
  ];
}

function checkParts(
  group: Readonly<Record<string, unknown>>,
  specs: Readonly<Record<string, MemberSpec>>,
  path: string,
): readonly FieldError[] {
  return Object.entries(group).flatMap(([name, value]): readonly FieldError[] => {
    const field = `${path}.${name}`;
    const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
    if (spec === undefined) return [{ field, code: 'unknown-field' }];
    if (value === undefined || value === '') return [];
    return typeof value === 'string' ? checkText(field, value, spec) : [{ field, code: 'bad-format' }];
  });
}

function isMet(requirement: Requirement, fields: RequestFields): boolean {
  const names = typeof requirement === 'string' ? [requirement] : requirement.oneOf;
  return names.some((name) => !isEmpty(fields, name));
}

function missingEntry(requirement: Requirement): FieldError {
  if (typeof requirement === 'string') return { field: requirement, code: 'required' };
  return {
    field: requirement.oneOf[0] ?? '',
    code: 'required-one-of',
    params: { fields: requirement.oneOf.join(', ') },
  };
}

function isEmpty(fields: RequestFields, name: FieldName): boolean {
  const value = fields[name];
  return typeof value === 'string' ? isBlank(value) : value === undefined || value.length === 0;
}

function isBlank(value: unknown): boolean {
  return typeof value !== 'string' || value.trim() === '';
}

function isScalarName(name: string): name is ScalarName {
  return Object.hasOwn(FIELDS, name);
}

/** Returns the entries with values that may be undefined, which the type of Object.entries hides. */
function entriesOf(fields: RequestFields): readonly (readonly [string, unknown])[] {
  return Object.entries(fields);
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
