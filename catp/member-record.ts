import type { Member, ServiceFlag } from '#domain/catalog';
import { CatpError } from './errors';
import { present } from './present';
import { text, texts } from './record';
import type { CatpRecord, CatpValue } from './types';

/** The fields of MEMBER with one text: domain name → wire name (dossier section 6, ALMA). */
const TEXTS = {
  nameReading: 'NAMER',
  abbreviation: 'RYAKU',
  region: 'KENCODE',
  establisher: 'SETCODE',
  institutionType: 'ORGCODE',
  copyVia: 'COPYAL',
  loanVia: 'LOANAL',
  loanPeriod: 'LOANP',
  zip: 'ZIP',
  address: 'ADDRESS',
  tel: 'TEL',
  fax: 'FAX',
  email: 'EMAIL',
  illDepartment: 'ILLDEPT',
  illStaff: 'ILLSTAFF',
} as const satisfies Partial<Record<keyof Member, string>>;

const FLAGS = {
  service: 'STAT',
  copyService: 'COPYS',
  loanService: 'LOANS',
  faxService: 'FAXS',
} as const satisfies Partial<Record<keyof Member, string>>;
const LISTS = { policies: 'POLICY', locations: 'LOC' } as const satisfies Partial<Record<keyof Member, string>>;
/** Every wire name of a member record that this module reads; the simulator seeds with the same names. */
export const MEMBER_NAMES = {
  memberId: 'ID',
  name: 'NAME',
  participates: 'ILLFLG',
  offset: 'GRPCODE',
  ...TEXTS,
  ...FLAGS,
  ...LISTS,
} as const satisfies Record<keyof Member, string>;

const PARTICIPATES = 'A';
/** GRPCODE of a library in the charge offset service; empty = not in it (ALMA). */
const IN_OFFSET = 'N';
const SERVICE_FLAGS: readonly string[] = ['A', 'C', 'N'] satisfies readonly ServiceFlag[];

/** What a library may change in its own record. NACSIS-ILL keeps participation, offset and classification to itself (section 6). */
export const EDITABLE_MEMBER_FIELDS = [
  'service',
  'copyService',
  'loanService',
  'faxService',
  'copyVia',
  'loanVia',
  'loanPeriod',
  'policies',
  'zip',
  'address',
  'tel',
  'fax',
  'email',
  'illDepartment',
  'illStaff',
] as const satisfies readonly (keyof Member)[];
export type MemberChanges = Partial<Pick<Member, (typeof EDITABLE_MEMBER_FIELDS)[number]>>;

/** The member of a record. A flag of another value is `unknown`; missing fields are absent; a record without its id is `bad-record`. */
export function memberFrom(record: CatpRecord): Member {
  const memberId = text(record, MEMBER_NAMES.memberId);
  if (memberId === undefined || memberId === '') throw new CatpError('bad-record', 'a member record has no id');
  return {
    memberId,
    name: text(record, MEMBER_NAMES.name) ?? '',
    ...present(Object.fromEntries(Object.entries(TEXTS).map(([name, wire]) => [name, text(record, wire)]))),
    participates: text(record, MEMBER_NAMES.participates) === PARTICIPATES,
    service: flagFrom(text(record, FLAGS.service)),
    copyService: flagFrom(text(record, FLAGS.copyService)),
    loanService: flagFrom(text(record, FLAGS.loanService)),
    faxService: flagFrom(text(record, FLAGS.faxService)),
    offset: text(record, MEMBER_NAMES.offset) === IN_OFFSET,
    policies: texts(record, LISTS.policies),
    locations: texts(record, LISTS.locations),
  };
}

/**
 * The body of an UPDATE of the own record: its id and the given changes; an empty text or list deletes the field.
 * The flag `unknown` is no value of the wire: `unencodable`.
 */
export function memberUpdateOf(memberId: string, changes: MemberChanges): CatpRecord {
  const entries: (readonly [string, CatpValue])[] = [[MEMBER_NAMES.memberId, memberId]];
  for (const name of EDITABLE_MEMBER_FIELDS) {
    const value = changes[name];
    if (value === 'unknown' && name in FLAGS)
      throw new CatpError('unencodable', `${name} has no value that can be written`);
    if (value !== undefined) entries.push([MEMBER_NAMES[name], value]);
  }
  return Object.fromEntries(entries);
}

function flagFrom(value: string | undefined): ServiceFlag {
  return value !== undefined && SERVICE_FLAGS.includes(value) ? (value as ServiceFlag) : 'unknown';
}
