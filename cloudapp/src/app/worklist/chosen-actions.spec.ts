import { aSummary } from '../testing/records';
import { commonActions } from './chosen-actions';

describe('the actions that all chosen rows allow', () => {
  it('are none without a row, or where the rows have nothing in common', () => {
    expect(commonActions([])).toEqual([]);
    expect(commonActions([aSummary({ allowed: ['accept'] }), aSummary({ allowed: ['ship'] })])).toEqual([]);
  });

  it('are in the order of the panel, with the name that they have in the state of all', () => {
    const shipped = aSummary({ state: 'SHIPPED', allowed: ['accept', 'callback'] });
    expect(commonActions([shipped, { ...shipped, id: 'LA2', allowed: ['callback', 'accept'] }])).toEqual([
      { action: 'accept', label: 'actionIn.borrower.accept.SHIPPED' },
      { action: 'callback', label: 'action.borrower.callback' },
    ]);
  });

  it('have their common name where the rows are in several states', () => {
    const rows = [
      aSummary({ state: 'SHIPPED', allowed: ['accept'] }),
      aSummary({ state: 'NEW_INQUIRY', allowed: ['accept'] }),
    ];
    expect(commonActions(rows)).toEqual([{ action: 'accept', label: 'action.borrower.accept' }]);
  });

  it('name receiving by its kind, or, for both, by both', () => {
    const copy = aSummary({ state: 'ARRIVED', allowed: ['receive'] });
    expect(commonActions([copy])[0]?.label).toBe('actionIn.borrower.receive.copy');
    expect(commonActions([copy, { ...copy, kind: 'loan' }])[0]?.label).toBe('action.borrower.receive');
  });
});
