import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { ChosenRequestsService } from '../core/chosen-requests.service';
import { Dom } from '../testing/dom';
import { ListTestBed } from '../testing/list-test-bed';
import { aSummary } from '../testing/records';
import { ListFilterStore } from './list-filter.store';
import { rowOf } from './list-row';
import { RequestTableComponent } from './request-table.component';

const ONE = aSummary({ id: 'LA1', orderedOn: '20261101', updatedOn: '20261121', dueDate: '20261210', kind: 'loan' });
const TWO = aSummary({ id: 'LA2', waitsForUs: true });

describe('RequestTableComponent', () => {
  let dom: Dom;
  let fixture: ComponentFixture<RequestTableComponent>;
  let filters: ListFilterStore;
  beforeEach(() => {
    new ListTestBed();
    filters = TestBed.inject(ListFilterStore);
    fixture = TestBed.createComponent(RequestTableComponent);
    fixture.componentRef.setInput(
      'rows',
      [ONE, TWO].map((request) => rowOf(request, '20261124', undefined)),
    );
    dom = new Dom(fixture);
  });
  const sorted = () =>
    dom
      .all('th[aria-sort]')
      .map((head) => `${head.className} ${head.getAttribute('aria-sort') ?? ''}`)
      .join();

  it('shows a row with its days', () => {
    const [first] = dom.all('tbody tr');
    const cells = Array.from(first?.querySelectorAll('td') ?? []).map((cell) => cell.textContent?.trim());
    expect(cells.slice(4)).toEqual(['館10', '11-01', '11-21', '12-10', 'workList.age', '']);
    expect(dom.one('td.due').title).toBe('2026-12-10');
  });

  it('is sorted by its heads, and says how', () => {
    expect(sorted()).toBe('status ascending');
    dom.click('workList.column.due');
    expect([filters.choices().sort, sorted()]).toEqual(['due', 'due ascending']);
    dom.click('workList.column.updated');
    expect(sorted()).toBe('updated ascending');
    dom.click('workList.column.updated');
    expect([filters.choices().sort, sorted()]).toEqual(['newest', 'updated descending']);
    dom.click('workList.column.updated');
    expect(filters.choices().sort).toBe('oldest');
  });

  it('shows whether all, some or none of the page are chosen', () => {
    const chosen = TestBed.inject(ChosenRequestsService);
    const box = () => dom.field('thead input');
    const all = jasmine.createSpy('allChosen');
    fixture.componentInstance.allChosen.subscribe(all);
    expect([box().checked, box().indeterminate]).toEqual([false, false]);
    dom.choose('tbody input', 'on');
    expect([chosen.chosen(), box().checked, box().indeterminate]).toEqual([[ONE], false, true]);
    chosen.choose([ONE, TWO]);
    dom.settle();
    expect([box().checked, box().indeterminate]).toEqual([true, false]);
    dom.choose('thead input', 'on');
    expect(all).toHaveBeenCalledTimes(1);
  });

  it('marks the row whose panel is open', () => {
    fixture.componentRef.setInput('current', 'borrower:LA2');
    dom.settle();
    expect(dom.all('a.open').map((link) => link.getAttribute('aria-current'))).toEqual([null, 'true']);
  });
});
