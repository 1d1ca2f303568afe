import { TestBed } from '@angular/core/testing';
import { of } from 'rxjs';
import { Dom } from '../testing/dom';
import { failing } from '../testing/fake-gateway';
import { ListDesk } from '../testing/list-desk';
import { aCount, aList, aSummary } from '../testing/records';
import { ListTabsComponent } from './list-tabs.component';
import { WorkListStore } from './work-list.store';

describe('ListTabsComponent', () => {
  let at: ListDesk;
  beforeEach(() => {
    at = new ListDesk();
  });
  function open(): Dom {
    TestBed.inject(WorkListStore).show();
    return new Dom(TestBed.createComponent(ListTabsComponent));
  }
  const selected = (dom: Dom) => dom.all('[role=tab]').map((tab) => tab.getAttribute('aria-selected'));
  const press = (dom: Dom, key: string) => {
    dom.one('[role=tab][tabindex="0"]').dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }));
    dom.settle();
  };

  it('shows how many wait for us on each side', () => {
    const one = { kind: 'copy', state: 'SHIPPED', externalStatus: '発送', waitsForUs: true } as const;
    at.gateway.counts.and.returnValue(
      of(
        aCount([
          { ...one, side: 'borrower', count: 12 },
          { ...one, side: 'lender', count: 31 },
        ]),
      ),
    );
    expect(open().texts('[role=tab]')).toEqual([
      'workList.side.borrower 12 workList.waiting',
      'workList.side.lender 31 workList.waiting',
    ]);
  });

  it('shows what the list knows where NACSIS-ILL does not tell, and no number where nothing is known', () => {
    at.gateway.counts.and.returnValue(failing('nacsis-unavailable'));
    at.gateway.requests.and.returnValue(of(aList([aSummary({ waitsForUs: true })])));
    expect(open().texts('[role=tab]')).toEqual(['workList.side.borrower 1 workList.waiting', 'workList.side.lender']);
  });

  it('changes the side by a click', () => {
    const dom = open();
    expect(selected(dom)).toEqual(['true', 'false']);
    dom.click('workList.side.lender');
    expect(selected(dom)).toEqual(['false', 'true']);
    expect(at.asked.side).toBe('lender');
  });

  it('changes the side by the keys of a tab list, and stops at its ends', () => {
    const dom = open();
    for (const [key, isLender] of [
      ['ArrowLeft', false],
      ['ArrowRight', true],
      ['ArrowRight', true],
      ['Home', false],
      ['End', true],
      ['x', true],
    ] as const) {
      press(dom, key);
      expect(selected(dom))
        .withContext(key)
        .toEqual([String(!isLender), String(isLender)]);
    }
    expect(dom.all('[role=tab]').map(({ tabIndex }) => tabIndex)).toEqual([-1, 0]);
  });
});
