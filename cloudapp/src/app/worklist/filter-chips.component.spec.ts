import { TestBed } from '@angular/core/testing';
import { of } from 'rxjs';
import { Dom } from '../testing/dom';
import { ListTestBed } from '../testing/list-test-bed';
import { aList } from '../testing/records';
import { activeFilters, FilterChipsComponent } from './filter-chips.component';
import { NO_FILTER, type ListFilter } from './list-filter';
import { ListFilterStore } from './list-filter.store';
import { WorkListStore } from './work-list.store';

describe('FilterChipsComponent', () => {
  let at: ListTestBed;
  let filters: ListFilterStore;
  beforeEach(() => {
    at = new ListTestBed();
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

const active = (filter: Partial<ListFilter>) =>
  activeFilters(
    { ...NO_FILTER, ...filter },
    (id) => `館 ${id}`,
    (text) => `日${text}`,
  );

describe('the active filters', () => {
  it('are none at the beginning; a chosen status is shown by its chip', () => {
    expect([active({}), active({ status: ['発送'] }), active({ gone: true })]).toEqual([[], [], []]);
  });

  it('say what each filters by, and take away just that', () => {
    const filter: ListFilter = {
      kind: 'copy',
      status: [],
      gone: false,
      partner: 'FA1',
      from: '20261101',
      to: '20261110',
      q: '地誌',
      needsAction: true,
      onlyNew: true,
      open: false,
    };
    const all = active(filter);
    expect(all.map(({ name, value, word }) => [name, value ?? word])).toEqual([
      ['q', '地誌'],
      ['kind', 'kind.copy'],
      ['partner', '館 FA1'],
      ['period', '日20261101–日20261110'],
      ['needsAction', undefined],
      ['onlyNew', undefined],
      ['ended', undefined],
    ]);
    expect(all.reduce((left, { without }) => ({ ...left, ...without }), filter)).toEqual(NO_FILTER);
  });

  it('name a quick choice of the period by its word', () => {
    expect(active({ from: '-6' }).map(({ word }) => word)).toEqual(['workList.period.-6']);
  });
});
