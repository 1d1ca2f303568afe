import { TestBed } from '@angular/core/testing';
import { of, Subject } from 'rxjs';
import { Dom } from '../testing/dom';
import { ListTestBed } from '../testing/list-test-bed';
import { aList } from '../testing/records';
import { ListEmptyComponent } from './list-empty.component';
import { ListFilterStore } from './list-filter.store';
import { WorkListStore } from './work-list.store';

describe('ListEmptyComponent', () => {
  let at: ListTestBed;
  let filters: ListFilterStore;
  beforeEach(() => {
    at = new ListTestBed();
    filters = TestBed.inject(ListFilterStore);
  });
  const open = () => {
    TestBed.inject(WorkListStore).show();
    const dom = new Dom(TestBed.createComponent(ListEmptyComponent));
    dom.settle();
    return dom;
  };
  const neverRead = () => {
    const { readAt: _readAt, ...never } = aList();
    at.gateway.requests.and.returnValue(of(never));
  };

  it('says that the list is read for the first time', () => {
    neverRead();
    at.gateway.refresh.and.returnValue(new Subject());
    expect(open().text).toContain('workList.empty.first-reading');
  });

  it('says that the list was never read', () => {
    neverRead();
    expect(open().text).toContain('workList.empty.never-read');
  });

  it('offers to take the filters off, or to search what has ended', () => {
    filters.narrow({ q: 'x' });
    const dom = open();
    expect(dom.text).toContain('workList.empty.filtered');
    dom.click('workList.searchEnded');
    expect([filters.filter().q, filters.filter().open, dom.controls('workList.searchEnded').length]).toEqual([
      'x',
      false,
      0,
    ]);
    dom.click('workList.clearAll');
    expect([filters.filter().q, filters.filter().open]).toEqual(['', true]);
  });

  it('offers what has ended where nothing goes on', () => {
    const dom = open();
    expect(dom.text).toContain('workList.empty.none-open');
    dom.click('workList.showEnded');
    expect(filters.filter().open).toBeFalse();
    expect(dom.text).toContain('workList.empty.none-borrower');
  });

  it('says how a list without any request is filled', () => {
    filters.showSide('lender');
    filters.showEnded(true);
    expect(open().text).toContain('workList.empty.none-lender');
  });
});
