import type { Member, ServiceFlag } from '#domain/catalog/catalog';
import { EDITABLE_MEMBER_FIELDS, type MemberValues } from '#domain/ill/own-record';
import { CatpError } from './errors';
import { present } from './present';
import { text, texts } from './record';
import type { CatpRecord, CatpValue } from './types';

/** The single-valued text fields of MEMBER: domain name → wire name (dossier section 6, ALMA). */
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
  abbreviationReading: 'RYAKUR',
  cataloguing: 'CATFLG',
  extension: 'EXTEL',
  catDepartment: 'CATDEPT',
  catTel: 'CATTEL',
  catFax: 'CATFAX',
  systemDepartment: 'SYSDEPT',
  systemTel: 'SYSTEL',
  systemFax: 'SYSFAX',
} as const satisfies Partial<Record<keyof Member, string>>;

const FLAGS = {
  service: 'STAT',
  copyService: 'COPYS',
  loanService: 'LOANS',
  faxService: 'FAXS',
} as const satisfies Partial<Record<keyof Member, string>>;
const LISTS = { policies: 'POLICY', locations: 'LOC' } as const satisfies Partial<Record<keyof Member, string>>;
/** All wire names of a member record that this module reads. The simulator's seed uses the same names. */
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
/** GRPCODE of a library in the charge offset service; empty for other libraries (ALMA). */
const IN_OFFSET = 'N';
/** @unconfirmed I: FAXS, too, may be C, as in data and in another client; the manual knows A and N. Confirm: search MEMBER for FAXS C. */
const SERVICE_FLAGS: readonly string[] = ['A', 'C', 'N'] satisfies readonly ServiceFlag[];

/**
 * The member of a record. A flag with any other value is `unknown`; missing fields are absent. Throws `bad-record`
 * without an id.
 */
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
 * The body of an UPDATE of the library's own record: its id and the given changes. An empty text or list deletes the
 * field.
 * Throws `unencodable` for the flag `unknown`, which has no wire value.
 */
export function memberUpdateOf(memberId: string, changes: MemberValues): CatpRecord {
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
