import type { Member } from '../catalog/catalog';
import { parseMemberId } from '../catalog/identifiers';
import type { Kind } from './kinds';

/** Why a member cannot be asked. Each has the i18n key `unservable.<reason>`. */
export const UNSERVABLE = [
  'not-participating',
  'service-stopped',
  'copy-not-served',
  'loan-not-served',
  'no-window',
  'flag-unknown',
] as const;
export type Unservable = (typeof UNSERVABLE)[number];

type Serving =
  /** `through`: the member that handles its requests (COPYAL / LOANAL). */
  { readonly serves: true; readonly through?: string } | { readonly serves: false; readonly reason: Unservable };

/** Whether the member accepts requests of this kind now (dossier section 6: ILLFLG, STAT, then COPYS or LOANS). */
export function servingOf(member: Member, kind: Kind): Serving {
  if (!member.participates) return { serves: false, reason: 'not-participating' };
  if (member.service !== 'A')
    return { serves: false, reason: member.service === 'unknown' ? 'flag-unknown' : 'service-stopped' };
  const flag = kind === 'copy' ? member.copyService : member.loanService;
  switch (flag) {
    case 'A':
      return { serves: true };
    case 'C':
      return throughWindow(kind === 'copy' ? member.copyVia : member.loanVia);
    case 'N':
      return { serves: false, reason: kind === 'copy' ? 'copy-not-served' : 'loan-not-served' };
    case 'unknown':
      return { serves: false, reason: 'flag-unknown' };
  }
}

function throughWindow(via: string | undefined): Serving {
  const target = parseMemberId(via ?? '');
  return target.ok ? { serves: true, through: target.value } : { serves: false, reason: 'no-window' };
}

/** Default template of the staff line, as other clients write it (ALMA). */
export const STAFF_TEMPLATE = '{{staff}} {{department}} TEL={{tel}} FAX={{fax}}';

const PLACEHOLDER = /\{\{(\w+)\}\}/g;

/** OSTAF from the own member record. Words with a placeholder that has no value are dropped. */
export function staffLine(member: Member, template: string = STAFF_TEMPLATE): string {
  const values: Readonly<Record<string, string | undefined>> = {
    staff: member.illStaff,
    department: member.illDepartment,
    tel: member.tel,
    fax: member.fax,
    email: member.email,
    name: member.name,
  };
  const valueOf = (key: string): string => (Object.hasOwn(values, key) ? (values[key] ?? '') : '');
  const parts = template
    .split(/\s+/)
    .filter((part) => [...part.matchAll(PLACEHOLDER)].every(([, key = '']) => valueOf(key) !== ''));
  return parts
    .map((part) => part.replace(PLACEHOLDER, (_whole, key: string) => valueOf(key)))
    .filter((part) => part !== '')
    .join(' ');
}

/** OADRS from the own member record: `〒zip address name department` (ALMA). */
export function addressLine(member: Member): string {
  const zip = member.zip ? `〒${member.zip}` : undefined;
  return [zip, member.address, member.name, member.illDepartment].filter(Boolean).join(' ');
}

/** The lines of POLICY that state copying charges (`複写料金: …`); '' when there are none. */
export function chargeText({ policies }: Member): string {
  return policies
    .filter((line) => /料金|円|¥/.test(line))
    .join(' ')
    .replace(/^複写料金[:：]\s*/, '');
}
