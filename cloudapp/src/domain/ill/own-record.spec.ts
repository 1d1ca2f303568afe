import type { Member } from '../catalog/catalog';
import { checkMemberChanges, differingFields, editableValues } from './own-record';

const MEMBER: Member = {
  ...{ memberId: 'FA090007', name: '見本大学図書館', participates: true, offset: false, locations: [] },
  ...{ service: 'A', copyService: 'C', loanService: 'A', faxService: 'unknown', copyVia: 'FA090018' },
  policies: ['土日休館'],
};

describe('the own member record', () => {
  const faults = (changes: object) => checkMemberChanges(changes, MEMBER).map(({ field, code }) => `${field} ${code}`);

  it('is compared field by field; a field that it does not have is empty', () => {
    const before = editableValues(MEMBER);
    expect([before.email, before.policies, before.faxService]).toEqual(['', ['土日休館'], 'unknown']);
    expect(differingFields(before, { email: '', service: 'N', policies: ['土日休館', ''] })).toEqual([
      'service',
      'policies',
    ]);
  });

  it('may be sent as it is changed', () => {
    expect(faults({ service: 'N', illStaff: '担当 B', email: 'ill@example.ac.jp', policies: [] })).toEqual([]);
    expect(faults({ copyService: 'A', copyVia: '' })).toEqual([]);
    expect(faults({ loanService: 'C', loanVia: 'FA090018' })).toEqual([]);
  });

  it('takes only values of each flag', () => {
    expect(faults({ service: 'C', loanService: 'x', faxService: 'unknown' })).toEqual([
      'service unknown-code',
      'loanService unknown-code',
      'faxService unknown-code',
    ]);
  });

  it('names the other library exactly where the flag says so', () => {
    expect(faults({ copyVia: '' })).toEqual(['copyVia required']);
    expect(faults({ copyService: 'N' })).toEqual(['copyVia not-editable-now']);
    expect(faults({ loanService: 'C', loanVia: 'FA090017' })).toEqual(['loanVia bad-check-character']);
  });

  it('has texts of one line within their length, and no empty line of policy', () => {
    expect(faults({ illStaff: 'あ'.repeat(85), tel: 'a\nb', email: 'ill@', policies: ['a', ' '] })).toEqual([
      'illStaff too-long',
      'tel line-break',
      'email bad-format',
      'policies[1] required',
    ]);
    expect(faults({ policies: new Array(51).fill('a') })).toEqual(['policies too-many']);
  });
});
