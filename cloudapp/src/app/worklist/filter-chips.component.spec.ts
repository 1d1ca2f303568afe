import { TestBed } from '@angular/core/testing';
import { of } from 'rxjs';
import { Dom } from '../testing/dom';
import { ListDesk } from '../testing/list-desk';
import { aList } from '../testing/records';
import { FilterChipsComponent } from './filter-chips.component';
import { NO_FILTER } from './list-filter';
import { ListFilterStore } from './list-filter.store';
import { WorkListStore } from './work-list.store';

describe('FilterChipsComponent', () => {
  let at: ListDesk;
  let filters: ListFilterStore;
  beforeEach(() => {
    at = new ListDesk();
    filters = TestBed.inject(ListFilterStore);
  });
  const open = () => {
    TestBed.inject(WorkListStore).show();
    const dom = new Dom(TestBed.createComponent(FilterChipsComponent));
    dom.settle();
    return dom;
  };

  it('shows nothing while nothing is filtered', () => {
    expect(open().texts('button')).toEqual([]);
  });

  it('shows each filter in words, and takes it off', () => {
    const page = aList();
    const partner = [{ value: 'FA1', name: '館 A', count: 2 }];
    at.gateway.requests.and.returnValue(of({ ...page, facets: { ...page.facets, partner } }));
    filters.narrow({ kind: 'copy', partner: 'FA1', from: '20261101', to: '20261110', needsAction: true });
    const dom = open();
    const names = () => dom.texts('.remove > span:first-child');
    expect(names()).toEqual([
      'workList.filterName.kind: kind.copy',
      'workList.filterName.partner: 館 A',
      'workList.filterName.period: 2026-11-01–2026-11-10',
      'workList.filterName.needsAction',
    ]);
    dom.click('館 A');
    expect([names().length, filters.filter().partner]).toEqual([3, '']);
  });

  it('takes all off, the chosen statuses, too', () => {
    filters.narrow({ status: ['発送'], q: 'x' });
    const dom = open();
    dom.click('workList.clearAll');
    expect(filters.filter()).toEqual(NO_FILTER);
    expect(dom.texts('button')).toEqual([]);
  });
});
