import { TestBed } from '@angular/core/testing';
import { of, Subject } from 'rxjs';
import type { RequestList } from '../../domain/api/work-list';
import { ChosenRequestsService } from '../core/chosen-requests.service';
import { failing } from '../testing/fake-gateway';
import { ListTestBed } from '../testing/list-test-bed';
import { aList, aSummary, BRANCH } from '../testing/records';
import { ListFilterStore } from './list-filter.store';
import { WorkListStore } from './work-list.store';

const SHIPPED = aSummary({ id: 'LA1', state: 'SHIPPED', externalStatus: '発送', waitsForUs: true });
const WAITING = aSummary({ id: 'LA2' });
const YESTERDAY = '2026-11-23T08:00:00.000Z';
describe('WorkListStore', () => {
  let at: ListTestBed;
  let list: WorkListStore;
  let filters: ListFilterStore;
  beforeEach(() => {
    at = new ListTestBed();
    at.gateway.requests.and.returnValue(of(aList([SHIPPED, WAITING])));
    list = TestBed.inject(WorkListStore);
    filters = TestBed.inject(ListFilterStore);
  });
  const show = () => {
    list.show();
    at.settle();
  };
  const ids = () => list.rows().map(({ request }) => request.id);

  it('reads nothing while it is not on screen', () => {
    at.settle();
    expect(at.gateway.requests.calls.count()).toBe(0);
  });

  it('reads the list of the library once', () => {
    show();
    expect(at.gateway.requests.calls.allArgs()).toEqual([
      [{ library: 'MAIN', side: 'borrower', sort: 'needs', page: 1, pageSize: 50, open: true }],
    ]);
    expect(ids()).toEqual(['LA1', 'LA2']);
  });

  it('asks what is new since the last look', () => {
    at.session.user({ looks: { MAIN: { since: YESTERDAY, at: YESTERDAY } } });
    show();
    expect(at.gateway.requests.calls.count()).toBe(1);
    expect(at.asked.newSince).toBe(YESTERDAY);
  });

  it('reads again with every filter, the last one only', () => {
    show();
    const slow = new Subject<RequestList>();
    at.gateway.requests.and.returnValue(slow);
    filters.narrow({ q: 'a' });
    at.settle();
    at.gateway.requests.and.returnValue(of(aList([WAITING])));
    filters.narrow({ q: 'ab' });
    at.settle();
    slow.next(aList([SHIPPED]));
    expect([ids(), slow.observed]).toEqual([['LA2'], false]);
  });

  it('keeps what it shows while it reads, and when that fails', () => {
    show();
    at.gateway.requests.and.returnValue(failing('nacsis-unavailable'));
    list.again();
    at.settle();
    const shown = list.list();
    expect([ids().length, shown.state]).toEqual([2, 'stale']);
    expect('error' in shown && shown.error?.code).toBe('nacsis-unavailable');
  });

  it('shows nothing of the other side or library meanwhile', () => {
    show();
    at.gateway.requests.and.returnValue(new Subject());
    filters.showSide('lender');
    at.settle();
    expect([ids(), list.list().state]).toEqual([[], 'loading']);
    at.session.worksFor(BRANCH);
    at.settle();
    expect([at.asked.library, list.list().state]).toEqual(['MED', 'loading']);
  });

  it('has what it showed when it comes back, and reads it again', () => {
    show();
    filters.narrow({ q: 'x' });
    at.settle();
    list.hide();
    at.settle();
    at.gateway.requests.and.returnValue(new Subject());
    show();
    expect([ids(), list.list().state, at.asked.q]).toEqual([['LA1', 'LA2'], 'stale', 'x']);
  });

  it('goes to the last page where the one that is asked for is gone', () => {
    show();
    at.gateway.requests.and.callFake(({ page = 1 }) =>
      of(page > 2 ? aList([], { total: 60, page }) : aList([WAITING], { total: 60, page })),
    );
    filters.turnTo(3);
    at.settle();
    expect([filters.page(), ids(), list.pageCount()]).toEqual([2, ['LA2'], 2]);
  });

  it('keeps the chosen rows as they are now', () => {
    const chosen = TestBed.inject(ChosenRequestsService);
    show();
    chosen.choose([SHIPPED]);
    at.gateway.requests.and.returnValue(of(aList([{ ...SHIPPED, version: 7, allowed: ['receive'] }])));
    list.again();
    expect(chosen.chosen().map(({ version, allowed }) => [version, allowed])).toEqual([[7, ['receive']]]);
  });

  describe('the numbers', () => {
    const chips = () => list.groups().flatMap(({ statuses }) => statuses.map(({ value, count }) => [value, count]));
    const both = [
      ['発送', 1],
      ['未処理', 1],
    ];

    it('are of the same answer as the rows', () => {
      show();
      expect(chips()).toEqual(both);
      at.gateway.requests.and.returnValue(new Subject());
      list.again();
      at.settle();
      expect([ids(), chips()]).toEqual([['LA1', 'LA2'], both]);
      at.gateway.requests.and.returnValue(of(aList([WAITING])));
      list.again();
      at.settle();
      expect([ids(), chips()]).toEqual([['LA2'], [['未処理', 1]]]);
    });

    it('of what waits are known for both sides, also while the other side loads, but not for another library', () => {
      const answer = aList([SHIPPED], { waiting: { borrower: 12, lender: 31 } });
      at.gateway.requests.and.returnValue(of(answer));
      const waiting = () => [list.waiting()('borrower'), list.waiting()('lender')];
      expect(waiting()).toEqual([undefined, undefined]);
      show();
      at.gateway.requests.and.returnValue(new Subject());
      filters.showSide('lender');
      at.settle();
      expect(waiting()).toEqual([12, 31]);
      at.session.worksFor(BRANCH);
      at.settle();
      expect(waiting()).toEqual([undefined, undefined]);
    });
  });
});
