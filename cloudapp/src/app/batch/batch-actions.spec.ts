import { aSummary } from '../testing/records';
import { choicesOf, labelOf } from './batch-actions';
import { rowOfSummary } from './batch-row';

const row = (changes: Parameters<typeof aSummary>[0]) => rowOfSummary(aSummary(changes));
const SHIPPED = row({ id: '1', state: 'SHIPPED', allowed: ['accept'] });
const INQUIRED = row({ id: '2', state: 'NEW_INQUIRY', allowed: ['cancel', 'accept'] });
const PREPARING = row({ id: '3', state: 'PREPARING', allowed: ['order', 'save', 'cancel'] });

describe('choicesOf', () => {
  it('says how many rows allow each action, in the order of the panel', () => {
    expect(choicesOf([SHIPPED, INQUIRED, PREPARING]).map(({ action, count }) => [action, count])).toEqual([
      ['order', 1],
      ['accept', 2],
      ['cancel', 2],
    ]);
  });

  it('leaves out saving again, which would only use up the history', () => {
    expect(choicesOf([PREPARING]).map(({ action }) => action)).toEqual(['order', 'cancel']);
  });

  it('leaves out the answer to renewals, which is each its own', () => {
    const renewal = row({ side: 'lender', state: 'RETURN_PROCESSING', allowed: ['claim', 'check-in'] });
    expect(choicesOf([renewal]).map(({ action }) => action)).toEqual(['check-in']);
    const arrived = row({ state: 'ARRIVED', allowed: ['claim'] });
    expect(choicesOf([arrived]).map(({ action }) => action)).toEqual(['claim']);
  });

  it('knows none without rows, and none where nothing is allowed', () => {
    expect(choicesOf([])).toEqual([]);
    expect(choicesOf([row({ allowed: [] })])).toEqual([]);
  });

  it('names an action by the rows that allow it', () => {
    expect(choicesOf([SHIPPED, PREPARING]).find(({ action }) => action === 'accept')?.label).toBe(
      'actionIn.borrower.accept.SHIPPED',
    );
  });
});

describe('labelOf', () => {
  it('is the name that all rows share', () => {
    expect(labelOf('accept', [SHIPPED, SHIPPED])).toBe('actionIn.borrower.accept.SHIPPED');
  });

  it('is the general name where the rows differ, or there are none', () => {
    expect(labelOf('accept', [SHIPPED, INQUIRED])).toBe('action.borrower.accept');
    expect(labelOf('accept', [])).toBe('action.borrower.accept');
  });
});
