import type { FieldError } from '#domain/errors';
import { CHARGE_PARTS, COMMENT, FIELDS, GROUPS, LENDER_PARTS, type MemberSpec } from '#domain/ill/fields';
import type { StatusName } from '#catp/status';

/**
 * NACSIS-ILL refuses the call and changes nothing. `detail` becomes the reason phrase of the answer: ASCII only,
 * without personal data.
 */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    readonly status: StatusName,
    readonly detail: string,
  ) {
    super(detail);
  }
}

/** Maximum number of field errors in one reason phrase. */
const NAMED = 5;

/**
 * Returns a refusal that names the fields by their wire names: `HMLG[1].HMLID lender-cannot-serve FA090018
 * service-stopped; SUM required`.
 */
export function refuseFields(errors: readonly FieldError[]): Refused {
  return new Refused('invalidFields', errors.slice(0, NAMED).map(describe).join('; '));
}

/** The wire path of a domain path: `lenders[1].memberId` → `HMLG[1].HMLID`. */
export function wirePath(field: string): string {
  const [, group = '', at = '', part = ''] = /^(lenders|charges)(\[\d+\])?(?:\.(\w+))?$/.exec(field) ?? [];
  if (group === 'lenders') return `${GROUPS.lenders.wire}${at}${partPath(LENDER_PARTS, part)}`;
  if (group === 'charges') return `${GROUPS.charges.wire}${at}${partPath(CHARGE_PARTS, part)}`;
  if (field === 'comment') return COMMENT.wire;
  return Object.hasOwn(FIELDS, field) ? FIELDS[field as keyof typeof FIELDS].wire : field;
}

function partPath(parts: Readonly<Record<string, MemberSpec>>, part: string): string {
  return part === '' ? '' : `.${Object.hasOwn(parts, part) ? (parts[part]?.wire ?? part) : part}`;
}

function describe({ field, code, params = {} }: FieldError): string {
  const values = code === 'required-one-of' ? [] : Object.values(params).map(String);
  return asciiOnly([wirePath(field), code, ...values].join(' '));
}

/** Reduces a text to printable ASCII for the reason phrase of an answer. */
export function asciiOnly(text: string): string {
  return text
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, 400)
    .trim();
}
