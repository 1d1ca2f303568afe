import type { Side } from './kinds';
import { STATE_IDS } from './states';
import {
  ageInDays,
  daysBetween,
  daysOverdue,
  DUE_SOON_DAYS,
  isStuck,
  needsAction,
  STUCK_HERE_DAYS,
  STUCK_THERE_DAYS,
  type Waiting,
} from './urgency';

const TODAY = '20261124';
const waiting = (changes: Partial<Waiting> = {}): Waiting => ({
  kind: 'loan',
  state: 'ON_LOAN',
  waitsForUs: false,
  ...changes,
});

describe('daysBetween', () => {
  it('counts days over the ends of months and years', () => {
    expect(daysBetween('20261124', TODAY)).toBe(0);
    expect(daysBetween('20261031', '20261101')).toBe(1);
    expect(daysBetween('20251231', '20260101')).toBe(1);
    expect(daysBetween('20280228', '20280301')).toBe(2);
    expect(daysBetween('20261125', TODAY)).toBe(-1);
  });

  it('has no answer for what is no day', () => {
    for (const day of [undefined, '', '2026', '20261301', '2026-11-24'])
      expect(daysBetween(day, TODAY)).toBeUndefined();
    expect(daysBetween(TODAY, '')).toBeUndefined();
  });
});

describe('needsAction', () => {
  const at = (dueDate?: string, side: Side = 'borrower') =>
    needsAction({ state: 'ON_LOAN', ...(dueDate !== undefined && { dueDate }) }, side, TODAY);

  it('asks of a loan in use that its due date is near or past, or not known', () => {
    expect(DUE_SOON_DAYS).toBe(7);
    expect(['20261202', '20261201', TODAY, '20261101'].map((day) => at(day))).toEqual([false, true, true, true]);
    expect([at(), at(''), at('2026')]).toEqual([true, true, true]);
    expect(at(TODAY, 'lender')).toBeFalse();
  });

  it('is told by the state otherwise', () => {
    const of = (side: Side) => STATE_IDS.filter((state) => needsAction({ state, dueDate: '20270101' }, side, TODAY));
    expect(of('borrower')).toEqual([
      'PREPARING',
      'NEW_INQUIRY',
      'INQUIRY',
      'SHIPPED',
      'ARRIVED',
      'CLAIM_ANSWERED',
      'RETURN_CLAIMED',
    ]);
    expect(of('lender')).toEqual([
      'UNPROCESSED',
      'PROCESSING',
      'ANSWERED',
      'CLAIMED',
      'RENEW_REQUESTED',
      'SENT_BACK',
      'RETURN_PROCESSING',
    ]);
    expect(needsAction({ state: null }, 'borrower', TODAY)).toBeFalse();
  });
});

describe('ageInDays', () => {
  it('is told by the last command, else by the order', () => {
    expect(ageInDays(waiting({ updatedOn: '20261121', orderedOn: '20261101' }), TODAY)).toBe(3);
    expect(ageInDays(waiting({ orderedOn: '20261122' }), TODAY)).toBe(2);
    expect(ageInDays(waiting(), TODAY)).toBeUndefined();
  });

  it('is never less than nothing', () => {
    expect(ageInDays(waiting({ updatedOn: '20261125' }), TODAY)).toBe(0);
  });
});

describe('daysOverdue', () => {
  it('counts from the day after the due date', () => {
    expect(daysOverdue(waiting({ dueDate: '20261124' }), TODAY)).toBe(0);
    expect(daysOverdue(waiting({ dueDate: '20261123' }), TODAY)).toBe(1);
    expect(daysOverdue(waiting(), TODAY)).toBe(0);
  });

  it('is of loans only that are not sent back', () => {
    const late = STATE_IDS.filter((state) => daysOverdue(waiting({ state, dueDate: '20261101' }), TODAY) > 0);
    expect(late).toEqual(['SHIPPED', 'ARRIVED', 'CLAIMED', 'CLAIM_ANSWERED', 'ON_LOAN', 'RENEW_REQUESTED']);
    expect(daysOverdue(waiting({ kind: 'copy', state: 'SHIPPED', dueDate: '20261101' }), TODAY)).toBe(0);
    expect(daysOverdue(waiting({ gone: 'not-delivered', dueDate: '20261101' }), TODAY)).toBe(0);
    expect(daysOverdue(waiting({ state: null, dueDate: '20261101' }), TODAY)).toBe(0);
  });
});

describe('isStuck', () => {
  const since = (days: number) => String(Number(TODAY) - days);

  it('is what waits for us longer than it should', () => {
    const ours = (days: number) => waiting({ state: 'SHIPPED', waitsForUs: true, updatedOn: since(days) });
    expect([isStuck(ours(STUCK_HERE_DAYS), TODAY), isStuck(ours(STUCK_HERE_DAYS + 1), TODAY)]).toEqual([false, true]);
  });

  it('is what lies at the lender longer than it should', () => {
    for (const state of ['UNPROCESSED', 'PROCESSING'] as const) {
      const theirs = (days: number) => waiting({ state, updatedOn: since(days) });
      expect([isStuck(theirs(STUCK_THERE_DAYS), TODAY), isStuck(theirs(STUCK_THERE_DAYS + 1), TODAY)]).toEqual([
        false,
        true,
      ]);
    }
  });

  it('is nothing that has ended, is with its user, or waits elsewhere', () => {
    const old = { updatedOn: '20260101', waitsForUs: true };
    for (const state of ['ON_LOAN', 'CONFIRMED', 'RETURN_CONFIRMED', 'CANCELLED'] as const)
      expect(isStuck(waiting({ ...old, state }), TODAY))
        .withContext(state)
        .toBeFalse();
    expect(isStuck(waiting({ ...old, state: 'SHIPPED', gone: 'passed-on' }), TODAY)).toBeFalse();
    expect(isStuck(waiting({ state: 'SENT_BACK', updatedOn: '20260101' }), TODAY)).toBeFalse();
    expect(isStuck(waiting({ state: null, updatedOn: '20260101' }), TODAY)).toBeFalse();
    expect(isStuck(waiting({ state: 'SHIPPED', waitsForUs: true }), TODAY)).toBeFalse();
  });
});
