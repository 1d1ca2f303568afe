import { aSummary } from '../testing/records';
import { rowOf } from './list-row';

const TODAY = '20261124';
const SINCE = '2026-11-24T00:00:00.000Z';
const marks = (changes: Parameters<typeof aSummary>[0], since: string | undefined = SINCE) =>
  rowOf(aSummary(changes), TODAY, since).marks;

describe('a row of the list', () => {
  it('leads to the panel of its side, and knows its age', () => {
    const row = rowOf(aSummary({ id: 'LA1', side: 'lender', updatedOn: '20261121' }), TODAY, undefined);
    expect([row.key, row.route, row.age, row.marks]).toEqual(['lender:LA1', '/requests/lender/LA1', 3, []]);
  });

  it('has the next step of what waits for us, with its name in this state', () => {
    const next = (changes: Parameters<typeof aSummary>[0]) => rowOf(aSummary(changes), TODAY, undefined).next;
    const shipped = { id: 'LA1', state: 'SHIPPED', waitsForUs: true, next: 'accept' } as const;
    expect(next(shipped)).toEqual({
      action: 'accept',
      label: 'actionIn.borrower.accept.SHIPPED',
      route: '/requests/borrower/LA1?action=accept',
    });
    expect(next({ ...shipped, waitsForUs: false })).toBeUndefined();
    expect(next({ waitsForUs: true })).toBeUndefined();
  });

  it('is new where the other side did something after the last look', () => {
    expect(marks({ newsAt: '2026-11-24T00:00:01.000Z' })).toEqual([{ name: 'new' }]);
    expect(marks({ newsAt: SINCE })).toEqual([]);
    expect(marks({})).toEqual([]);
    expect(rowOf(aSummary({ newsAt: SINCE }), TODAY, undefined).marks).toEqual([]);
  });

  it('is marked where it is overdue, stuck, gone, or has jumped', () => {
    expect(marks({ kind: 'loan', state: 'ON_LOAN', dueDate: '20261122' })).toEqual([{ name: 'overdue', days: 2 }]);
    expect(marks({ state: 'SHIPPED', waitsForUs: true, updatedOn: '20261101' })).toEqual([{ name: 'stuck' }]);
    expect(marks({ gone: 'passed-on' })).toEqual([{ name: 'passed-on' }]);
    expect(marks({ gone: 'not-delivered', hasJumped: true })).toEqual([{ name: 'not-delivered' }, { name: 'jumped' }]);
  });
});
