import { TestBed } from '@angular/core/testing';
import { of } from 'rxjs';
import { ChosenRequestsService } from '../core/chosen-requests.service';
import { Dom } from '../testing/dom';
import { ListTestBed } from '../testing/list-test-bed';
import { aList, aSummary } from '../testing/records';
import { ChosenBarComponent, commonActions } from './chosen-bar.component';
import { ListFilterStore } from './list-filter.store';
import { WorkListStore } from './work-list.store';

describe('ChosenBarComponent', () => {
  let chosen: ChosenRequestsService;
  let at: ListTestBed;
  beforeEach(() => {
    at = new ListTestBed();
    chosen = TestBed.inject(ChosenRequestsService);
  });
  const open = () => new Dom(TestBed.createComponent(ChosenBarComponent));
  const batch = (dom: Dom) => dom.controls('workList.batch').map((link) => link.getAttribute('href'));
  const prints = (dom: Dom) => dom.controls('workList.slip').map((link) => link.getAttribute('href'));

  it('is not there while nothing is chosen', () => {
    expect(open().text.trim()).toBe('');
  });

  it('leads to the batch with the first action that all allow, or the chosen one', () => {
    chosen.choose([
      aSummary({ id: 'LA1', allowed: ['accept', 'callback'] }),
      aSummary({ id: 'LA2', allowed: ['accept', 'claim', 'callback'] }),
    ]);
    const dom = open();
    expect(dom.texts('option')).toEqual(['action.borrower.accept', 'action.borrower.callback']);
    expect(batch(dom)).toEqual(['/batch?action=accept']);
    dom.choose('select', 'callback');
    expect(batch(dom)).toEqual(['/batch?action=callback']);
    chosen.choose([aSummary({ allowed: ['claim'] })]);
    dom.settle();
    expect(batch(dom)).toEqual(['/batch?action=claim']);
  });

  it('says so where they have no action in common; they can still be printed', () => {
    chosen.choose([aSummary({ id: 'LA1', allowed: ['accept'] }), aSummary({ id: 'LA2', allowed: ['claim'] })]);
    const dom = open();
    expect([dom.text.includes('workList.noCommonAction'), batch(dom)]).toEqual([true, []]);
    expect(prints(dom)).toEqual(['/print/pickup', '/print/return', '/print/label']);
  });

  it('prints the slips of the side', () => {
    TestBed.inject(ListFilterStore).showSide('lender');
    chosen.choose([aSummary({ side: 'lender' })]);
    expect(prints(open())).toEqual(['/print/pull', '/print/shipping', '/print/label']);
  });

  it('names the chosen rows that the list does not show, and lets them be left out', () => {
    const [shown, hidden] = [aSummary({ id: 'LA1' }), aSummary({ id: 'LA2' })];
    at.gateway.requests.and.returnValue(of(aList([shown])));
    TestBed.inject(WorkListStore).show();
    at.settle();
    chosen.choose([shown]);
    const dom = open();
    const unseen = () => dom.texts('[data-testid=unseen-chosen] span');
    expect(unseen()).toEqual([]);
    chosen.choose([shown, hidden]);
    dom.settle();
    expect(unseen()).toEqual(['LA2']);
    dom.click('workList.dropUnseen');
    expect([chosen.chosen(), unseen()]).toEqual([[shown], []]);
  });

  it('clears the choice', () => {
    chosen.choose([aSummary()]);
    open().click('workList.clearChosen');
    expect(chosen.chosen()).toEqual([]);
  });
});

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
