import { aRequest, LIBRARY, memberIdOf } from '../testing/records';
import { candidatesOf, isOverdue, namesIn, ownIdOf } from './parties';

const [A, B, C] = [memberIdOf(10), memberIdOf(11), memberIdOf(12)];

describe('candidatesOf', () => {
  const lenders = [{ memberId: A }, { memberId: B, acceptingMemberId: memberIdOf(20) }, { memberId: C }];

  it('tells who refused and why, who was passed over, who is asked and who comes next', () => {
    const request = aRequest({
      fields: { lenders, lenderId: C },
      history: [{ command: 'PARDON', memberId: A, comment: '欠号' }],
    });
    expect(candidatesOf(request).map(({ standing, comment }) => [standing, comment])).toEqual([
      ['refused', '欠号'],
      ['passed', undefined],
      ['active', undefined],
    ]);
  });

  it('knows the window that takes the requests of a library', () => {
    const request = aRequest({ fields: { lenders, lenderId: memberIdOf(20) } });
    expect(candidatesOf(request).map(({ standing }) => standing)).toEqual(['passed', 'active', 'next']);
  });

  it('has all of them before it, until one is asked', () => {
    expect(candidatesOf(aRequest({ fields: { lenders } })).map(({ standing }) => standing)).toEqual([
      'next',
      'next',
      'next',
    ]);
    expect(candidatesOf(aRequest())).toEqual([]);
  });
});

describe('the libraries of a request', () => {
  it('are named as far as it says so', () => {
    const request = aRequest({
      fields: { borrowerId: A, borrowerName: '館A', lenders: [{ memberId: B, memberName: '館B' }, { memberId: C }] },
      partner: { id: memberIdOf(13), name: '館D' },
    });
    expect(Object.fromEntries(namesIn(request))).toEqual({ [A]: '館A', [B]: '館B', [memberIdOf(13)]: '館D' });
  });

  it('hold the own one', () => {
    expect(ownIdOf(aRequest(), [LIBRARY])).toBe(LIBRARY.memberId);
    expect(ownIdOf(aRequest({ library: 'X', fields: { borrowerId: A, lenderId: B } }), [LIBRARY])).toBe(A);
    expect(ownIdOf(aRequest({ library: 'X', side: 'lender', fields: { borrowerId: A, lenderId: B } }), [])).toBe(B);
  });
});

describe('isOverdue', () => {
  const loan = (state: 'ON_LOAN' | 'SENT_BACK' | 'RETURN_CONFIRMED', dueDate?: string) =>
    aRequest({ kind: 'loan', state, fields: { dueDate } });

  it('is what is still out after its day', () => {
    expect(isOverdue(loan('ON_LOAN', '20261123'), '20261124')).toBeTrue();
    expect(isOverdue(loan('ON_LOAN', '20261124'), '20261124')).toBeFalse();
    expect(isOverdue(loan('SENT_BACK', '20261101'), '20261124')).toBeFalse();
    expect(isOverdue(loan('RETURN_CONFIRMED', '20261101'), '20261124')).toBeFalse();
    expect(isOverdue(loan('ON_LOAN'), '20261124')).toBeFalse();
    expect(isOverdue(aRequest({ fields: { dueDate: '20261101' } }), '20261124')).toBeFalse();
  });
});
