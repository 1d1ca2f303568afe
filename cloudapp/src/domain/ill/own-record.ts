/** A library's own member record in NACSIS-ILL: what it may change there, and the checks of a change. */
import type { Member } from '../catalog/catalog';
import type { FieldError } from '../errors';
import { checkText } from './field-text';

/** Values of each service flag that a library may set. STAT is a switch without the value C (dossier section 6). */
export const SERVICE_VALUES = {
  service: ['A', 'N'],
  copyService: ['A', 'C', 'N'],
  loanService: ['A', 'C', 'N'],
  faxService: ['A', 'C', 'N'],
} as const;
export type ServiceName = keyof typeof SERVICE_VALUES;

/**
 * Texts of the record, and their maximum length in bytes.
 * @unconfirmed O: NACSIS-ILL keeps texts of a member record up to these lengths, and at most 50 lines of POLICY; no source gives the lengths.
 * Confirm: change each field of the own record to a text of that length, and read the record again.
 */
export const MEMBER_TEXT_BYTES = {
  copyVia: 8,
  loanVia: 8,
  loanPeriod: 254,
  zip: 20,
  address: 254,
  tel: 60,
  fax: 60,
  email: 254,
  illDepartment: 254,
  illStaff: 254,
} as const;
export type MemberTextName = keyof typeof MEMBER_TEXT_BYTES;
export const POLICY_BYTES = 1_000;
export const MAX_POLICIES = 50;

/**
 * Fields that a library may change in its own record. Only NACSIS-ILL changes participation, offset and classification
 * (section 6).
 */
export const EDITABLE_MEMBER_FIELDS = [
  'service',
  'copyService',
  'copyVia',
  'loanService',
  'loanVia',
  'faxService',
  'loanPeriod',
  'illDepartment',
  'illStaff',
  'tel',
  'fax',
  'email',
  'zip',
  'address',
  'policies',
] as const satisfies readonly (keyof Member)[];
export type EditableMemberField = (typeof EDITABLE_MEMBER_FIELDS)[number];
/** Values of some of these fields. An empty text or list is a field that the record does not have. */
export type MemberValues = Partial<Pick<Member, EditableMemberField>>;

/** The service flags whose value C names the member that takes the requests. */
/** The member who takes the orders of a service that has the value C. */
export const WINDOWS = { copyService: 'copyVia', loanService: 'loanVia' } as const;

/** The values of the record in all fields that the library may change. */
export function editableValues(member: Member): Required<MemberValues> {
  return Object.fromEntries(
    EDITABLE_MEMBER_FIELDS.map((name) => [name, member[name] ?? '']),
  ) as unknown as Required<MemberValues>;
}

/** The fields in which `wanted` differs from `before`. */
export function differingFields(before: MemberValues, wanted: MemberValues): readonly EditableMemberField[] {
  return EDITABLE_MEMBER_FIELDS.filter((name) => name in wanted && plain(before[name]) !== plain(wanted[name]));
}

export function valuesOf(values: MemberValues, names: readonly EditableMemberField[]): MemberValues {
  return Object.fromEntries(names.map((name) => [name, values[name] ?? '']));
}

/** Faults of a change, by the record as it would be afterwards; [] when it may be sent. */
export function checkMemberChanges(changes: MemberValues, before: Member): readonly FieldError[] {
  const form = (Object.keys(changes) as EditableMemberField[]).flatMap((name) => faultsOf(name, changes[name] ?? ''));
  const after = { ...before, ...changes };
  const windows = (Object.keys(WINDOWS) as (keyof typeof WINDOWS)[]).flatMap((flag) =>
    flag in changes || WINDOWS[flag] in changes ? windowFault(after, flag) : [],
  );
  const named = new Set(form.map(({ field }) => field));
  return [...form, ...windows.filter(({ field }) => !named.has(field))];
}

function faultsOf(name: EditableMemberField, value: string | readonly string[]): readonly FieldError[] {
  if (name === 'policies') return policyFaults(value);
  if (typeof value !== 'string') return [{ field: name, code: 'bad-format' }];
  if (name in SERVICE_VALUES) {
    const allowed: readonly string[] = SERVICE_VALUES[name as ServiceName];
    return allowed.includes(value) ? [] : [{ field: name, code: 'unknown-code' }];
  }
  const isWindow = name === 'copyVia' || name === 'loanVia';
  const faults = checkText(name, value, {
    form: isWindow ? 'member-id' : 'text',
    maxBytes: MEMBER_TEXT_BYTES[name as MemberTextName],
  });
  const isNoAddress = name === 'email' && value !== '' && !/^[^\s@]+@[^\s@]+$/.test(value);
  return faults.length === 0 && isNoAddress ? [{ field: name, code: 'bad-format' }] : faults;
}

function policyFaults(value: string | readonly string[]): readonly FieldError[] {
  if (typeof value === 'string') return value === '' ? [] : [{ field: 'policies', code: 'bad-format' }];
  if (value.length > MAX_POLICIES)
    return [{ field: 'policies', code: 'too-many', params: { count: value.length, max: MAX_POLICIES } }];
  return value.flatMap((line, at) => {
    const field = `policies[${String(at)}]`;
    return line.trim() === ''
      ? [{ field, code: 'required' as const }]
      : checkText(field, line, { form: 'text', maxBytes: POLICY_BYTES });
  });
}

/** COPYAL and LOANAL are required exactly when the flag is C (section 6). */
function windowFault(after: Member, flag: keyof typeof WINDOWS): readonly FieldError[] {
  const field = WINDOWS[flag];
  const via = after[field] ?? '';
  if (after[flag] === 'C') return via === '' ? [{ field, code: 'required' }] : [];
  return via === '' ? [] : [{ field, code: 'not-editable-now' }];
}

function plain(value: string | readonly string[] | undefined): string {
  return typeof value === 'string' ? value : (value ?? []).join('\n');
}
