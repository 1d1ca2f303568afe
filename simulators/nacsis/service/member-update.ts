import { MEMBER_NAMES } from '#catp/member-record';
import { text } from '#catp/record';
import type { CatpRecord } from '#catp/types';
import { parseMemberId } from '#domain/catalog/identifiers';
import { EDITABLE_MEMBER_FIELDS, SERVICE_VALUES, WINDOWS, type ServiceName } from '#domain/ill/own-record';
import { patched, type MemberDirectory } from '../member-directory';
import { Refused } from '../refused';

const EDITABLE: ReadonlySet<string> = new Set(EDITABLE_MEMBER_FIELDS.map((name) => MEMBER_NAMES[name]));
const REPEATED: ReadonlySet<string> = new Set([MEMBER_NAMES.policies, MEMBER_NAMES.locations]);
/** Valid values of each flag by wire name (dossier section 6). */
const FLAGS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(SERVICE_VALUES).map(([name, values]) => [MEMBER_NAMES[name as ServiceName], values]),
);

/**
 * UPDATE of MEMBER: applies the changes to the library's own record, in the fields that it may edit. Returns the
 * updated record.
 */
export function updateOwnMember(members: MemberDirectory, library: string, body: CatpRecord): CatpRecord {
  const id = text(body, MEMBER_NAMES.memberId);
  const before = members.record(library);
  if (before === undefined) throw new Refused('noSuchRecord', 'no such member');
  if (id !== undefined && id !== library) throw new Refused('wrongRole', 'only the own record');
  const { [MEMBER_NAMES.memberId]: _, ...changes } = body;
  for (const name of Object.keys(changes)) {
    if (!EDITABLE.has(name)) throw new Refused('invalidFields', `${name} not-editable-now`);
  }
  checkMemberForms(changes);
  const after = patched(before, changes);
  for (const name of ['copyService', 'loanService'] as const) {
    const [flag, window] = [MEMBER_NAMES[name], MEMBER_NAMES[WINDOWS[name]]];
    if (flag in changes || window in changes) checkWindow(text(after, flag) === 'C', window, text(after, window));
  }
  members.put(after);
  return after;
}

/** Refuses a value with an invalid structure, and a flag with an unknown value. */
export function checkMemberForms(changes: CatpRecord): void {
  for (const [name, value] of Object.entries(changes)) {
    const isGroup = typeof value !== 'string' && value.some((item) => typeof item !== 'string');
    if (isGroup || (typeof value !== 'string' && !REPEATED.has(name)))
      throw new Refused('invalidFields', `${name} bad-format`);
    if (typeof value === 'string' && value !== '' && FLAGS.get(name)?.includes(value) === false)
      throw new Refused('invalidFields', `${name} unknown-code`);
  }
}

function checkWindow(expected: boolean, name: string, value: string | undefined): void {
  if (!expected && value !== undefined) throw new Refused('invalidFields', `${name} bad-format`);
  if (expected && value === undefined) throw new Refused('invalidFields', `${name} required`);
  if (value !== undefined && !parseMemberId(value).ok)
    throw new Refused('invalidFields', `${name} bad-check-character`);
}
