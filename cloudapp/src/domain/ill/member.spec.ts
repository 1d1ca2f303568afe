import type { Member } from '../catalog/catalog';
import { addressLine, servingOf, staffLine, UNSERVABLE } from './member';

const OPEN: Member = {
  memberId: 'FA000106',
  name: '図書館 A',
  participates: true,
  service: 'A',
  copyService: 'A',
  loanService: 'A',
  faxService: 'N',
  offset: true,
  policies: [],
  locations: [],
};
const WINDOW = 'FA00014X';

describe('servingOf', () => {
  it('serves when the library takes part, is open and takes the kind', () => {
    expect(servingOf(OPEN, 'copy')).toEqual({ serves: true });
    expect(servingOf(OPEN, 'loan')).toEqual({ serves: true });
  });

  it('looks at the flag of the kind that is asked for only', () => {
    const copiesOnly: Member = { ...OPEN, loanService: 'N' };
    expect(servingOf(copiesOnly, 'copy')).toEqual({ serves: true });
    expect(servingOf(copiesOnly, 'loan')).toEqual({ serves: false, reason: 'loan-not-served' });
    expect(servingOf({ ...OPEN, copyService: 'N' }, 'copy')).toEqual({ serves: false, reason: 'copy-not-served' });
  });

  it('goes through the window that the library names, each kind its own', () => {
    const member: Member = { ...OPEN, copyService: 'C', copyVia: WINDOW, loanService: 'C', loanVia: 'FA028149' };
    expect(servingOf(member, 'copy')).toEqual({ serves: true, through: WINDOW });
    expect(servingOf(member, 'loan')).toEqual({ serves: true, through: 'FA028149' });
  });

  it('does not serve through a window that is missing or no member id', () => {
    expect(servingOf({ ...OPEN, copyService: 'C' }, 'copy')).toEqual({ serves: false, reason: 'no-window' });
    expect(servingOf({ ...OPEN, copyService: 'C', copyVia: 'FA000107' }, 'copy')).toEqual({
      serves: false,
      reason: 'no-window',
    });
  });

  it('puts not taking part before closed, and closed before the kind', () => {
    const closed: Member = { ...OPEN, service: 'N', copyService: 'N' };
    expect(servingOf({ ...closed, participates: false }, 'copy')).toEqual({
      serves: false,
      reason: 'not-participating',
    });
    expect(servingOf(closed, 'copy')).toEqual({ serves: false, reason: 'service-stopped' });
    expect(servingOf({ ...OPEN, service: 'C' }, 'copy')).toEqual({ serves: false, reason: 'service-stopped' });
  });

  it('never guesses from a flag that it does not know', () => {
    expect(servingOf({ ...OPEN, service: 'unknown' }, 'copy')).toEqual({ serves: false, reason: 'flag-unknown' });
    expect(servingOf({ ...OPEN, loanService: 'unknown' }, 'loan')).toEqual({ serves: false, reason: 'flag-unknown' });
  });

  it('gives every reason in some case', () => {
    const flags = ['A', 'C', 'N', 'unknown'] as const;
    const members = [true, false].flatMap((participates) =>
      flags.flatMap((service) =>
        flags.map((flag): Member => ({ ...OPEN, participates, service, copyService: flag, loanService: flag })),
      ),
    );
    const reasons = members
      .flatMap((member) => (['copy', 'loan'] as const).map((kind) => servingOf(member, kind)))
      .flatMap((serving) => (serving.serves ? [] : [serving.reason]));
    expect([...new Set(reasons)].sort()).toEqual([...UNSERVABLE].sort());
  });
});

describe('lines of the own library', () => {
  const member: Member = {
    ...OPEN,
    illStaff: '担当 A',
    illDepartment: '相互利用係',
    tel: '00-0000-0001',
    fax: '00-0000-0002',
    zip: '000-0001',
    address: '住所 1',
  };

  it('writes staff, department and numbers', () => {
    expect(staffLine(member)).toBe('担当 A 相互利用係 TEL=00-0000-0001 FAX=00-0000-0002');
    expect(staffLine({ ...member, fax: undefined, illStaff: '' })).toBe('相互利用係 TEL=00-0000-0001');
    expect(staffLine(OPEN)).toBe('');
  });

  it('follows another template and drops names it does not know', () => {
    expect(staffLine(member, '{{name}}（{{tel}}） {{salary}} {{constructor}}')).toBe('図書館 A（00-0000-0001）');
  });

  it('writes the address', () => {
    expect(addressLine(member)).toBe('〒000-0001 住所 1 図書館 A 相互利用係');
    expect(addressLine(OPEN)).toBe('図書館 A');
  });
});
