import { nacsisCheck } from '../../shared/check-characters';
import type { AlmaUser, Institution, Library, Role } from '../model';

const LIBRARIES: readonly Library[] = [
  { code: 'MAIN', name: '中央図書館', resourceSharing: false },
  { code: 'RES_SHARE', name: '相互利用サービス', resourceSharing: true },
];

const memberId = (body: string): string => body + nacsisCheck(body);

/**
 * The first institution is the default. The member ids belong to the first two accounts of the NACSIS-ILL simulator.
 */
export const INSTITUTIONS: readonly Institution[] = [
  {
    code: '81SIM_INST',
    name: '見本大学',
    memberId: memberId('FA09000'),
    suffix: '0104146',
    apiKey: 'sim-key-81SIM_INST',
    libraries: LIBRARIES,
  },
  {
    code: '81SIM2_INST',
    name: '見本第二大学',
    memberId: memberId('FA09001'),
    suffix: '0204146',
    apiKey: 'sim-key-81SIM2_INST',
    libraries: LIBRARIES,
  },
];

const PATRONS = 12;
/** Id of the last patron, who has no resource sharing library. */
export const PATRON_WITHOUT_LIBRARY = `patron${number(PATRONS)}`;

/** The patron of imported requests whose own patron is unknown. */
export const COLLECTIVE_PATRON = 'ILL000';

export function seedUsers(institution: Institution): readonly AlmaUser[] {
  const sharingLibraries = sharingLibrariesOf(institution);
  const base = { institution: institution.code, group: 'STAFF', sharingLibraries } as const;
  const staff = (primaryId: string, lastName: string, firstName: string, roles: readonly Role[]): AlmaUser => ({
    ...base,
    primaryId,
    lastName,
    firstName,
    roles,
  });
  return [
    staff('staff001', '担当', 'A', ['214', '215']),
    staff('staff002', '担当', 'B', ['214']),
    staff('manager001', '管理担当', 'A', ['26']),
    staff('viewer001', '目録担当', 'A', ['204']),
    staff(COLLECTIVE_PATRON, '利用者', '共同', ['200']),
    ...Array.from({ length: PATRONS }, (_, index) => patron(institution, index + 1)),
  ];
}

function sharingLibrariesOf({ libraries }: Institution): readonly string[] {
  return libraries.filter(({ resourceSharing }) => resourceSharing).map(({ code }) => code);
}

function patron(institution: Institution, index: number): AlmaUser {
  const groups = ['UNDERGRADUATE', 'GRADUATE', 'FACULTY'] as const;
  const primaryId = `patron${number(index)}`;
  return {
    institution: institution.code,
    primaryId,
    lastName: '利用者',
    firstName: number(index),
    roles: ['200'],
    group: groups[index % groups.length] ?? 'GRADUATE',
    sharingLibraries: primaryId === PATRON_WITHOUT_LIBRARY ? [] : sharingLibrariesOf(institution),
  };
}

function number(index: number): string {
  return String(index).padStart(3, '0');
}
