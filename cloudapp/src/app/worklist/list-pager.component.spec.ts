import { TestBed } from '@angular/core/testing';
import { of } from 'rxjs';
import { Dom } from '../testing/dom';
import { ListTestBed } from '../testing/list-test-bed';
import { aList, aSummary } from '../testing/records';
import { ListPagerComponent } from './list-pager.component';
import { WorkListStore } from './work-list.store';

describe('ListPagerComponent', () => {
  let at: ListTestBed;
  let dom: Dom;
  beforeEach(() => {
    at = new ListTestBed();
    at.gateway.requests.and.callFake(({ page = 1, pageSize = 50 }) =>
      of(aList([aSummary()], { total: 120, page, pageSize })),
    );
    TestBed.inject(WorkListStore).show();
    dom = new Dom(TestBed.createComponent(ListPagerComponent));
    dom.settle();
  });
  const steps = () => dom.all('button').map((button) => (button as HTMLButtonElement).disabled);

  it('turns from page to page, and not further', () => {
    expect(steps()).toEqual([true, false]);
    dom.click('action.next');
    expect([at.asked.page, steps()]).toEqual([2, [false, false]]);
    dom.click('action.next');
    expect([at.asked.page, steps()]).toEqual([3, [false, true]]);
    dom.click('action.previous');
    expect(at.asked.page).toBe(2);
  });

  it('shows more rows on a page, from the first on', () => {
    dom.click('action.next');
    dom.choose('select', '200');
    expect([at.asked.page, at.asked.pageSize, steps()]).toEqual([1, 200, [true, true]]);
  });
});
