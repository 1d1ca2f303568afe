import { TestBed } from '@angular/core/testing';
import { ChosenRequestsService } from '../core/chosen-requests.service';
import { ListTestBed } from '../testing/list-test-bed';
import { aSummary } from '../testing/records';
import { NO_FILTER } from './list-filter';
import { ListFilterStore } from './list-filter.store';

describe('ListFilterStore', () => {
  let at: ListTestBed;
  let filters: ListFilterStore;
  beforeEach(() => {
    at = new ListTestBed();
    filters = TestBed.inject(ListFilterStore);
  });

  it('begins with borrowing, what needs us first', () => {
    expect(filters.choices()).toEqual({ side: 'borrower', sort: 'needs', pageSize: 50 });
    expect([filters.filter(), filters.page()]).toEqual([NO_FILTER, 1]);
  });

  it('goes back to the first page with every change', () => {
    const changes = [
      () => filters.narrow({ q: 'x' }),
      () => filters.toggleStatus('発送'),
      () => filters.toggleGone(),
      () => filters.sortBy('due'),
      () => filters.showRows(20),
      () => filters.showSide('lender'),
      () => filters.clear(),
    ];
    for (const change of changes) {
      filters.turnTo(3);
      change();
      expect(filters.page()).toBe(1);
    }
    filters.turnTo(-1);
    expect(filters.page()).toBe(1);
  });

  it('keeps side, order and length for the next time, but no filter', () => {
    filters.narrow({ kind: 'loan' });
    filters.showSide('lender');
    filters.sortBy('oldest');
    filters.showRows(100);
    expect(filters.choices()).toEqual({ side: 'lender', sort: 'oldest', pageSize: 100 });
    expect(at.session.remember.calls.allArgs().map(([choices]) => Object.keys(choices))).toEqual([
      ['list'],
      ['list'],
      ['list'],
    ]);
  });

  it('leaves status, partner and chosen rows of the other side behind', () => {
    const chosen = TestBed.inject(ChosenRequestsService);
    chosen.choose([aSummary()]);
    filters.narrow({ status: ['発送'], gone: true, partner: 'FA1', kind: 'copy' });
    filters.showSide('borrower');
    expect([filters.filter().status, chosen.chosen().length]).toEqual([['発送'], 1]);
    filters.showSide('lender');
    expect(filters.filter()).toEqual({ ...NO_FILTER, kind: 'copy' });
    expect(chosen.chosen()).toEqual([]);
  });

  it('chooses several statuses, and takes each back', () => {
    filters.toggleStatus('発送');
    filters.toggleStatus('照会');
    filters.toggleStatus('発送');
    expect(filters.filter().status).toEqual(['照会']);
  });

  it('drops the statuses of an end together with what has ended', () => {
    filters.showEnded(true);
    filters.toggleStatus('確認');
    filters.toggleStatus('発送');
    filters.showEnded(false);
    expect([filters.filter().open, filters.filter().status]).toEqual([true, ['発送']]);
  });

  it('shows a view: side, order and filters, and nothing else', () => {
    filters.narrow({ q: 'x', onlyNew: true });
    filters.showView({ name: 'v', query: { side: 'lender', sort: 'due', kind: 'loan' } });
    expect(filters.filter()).toEqual({ ...NO_FILTER, kind: 'loan' });
    expect(filters.choices()).toEqual({ side: 'lender', sort: 'due', pageSize: 50 });
  });
});
