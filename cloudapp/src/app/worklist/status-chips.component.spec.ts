import { TestBed } from '@angular/core/testing';
import { of } from 'rxjs';
import type { StateId } from '../../domain/ill/states';
import { Dom } from '../testing/dom';
import { ListTestBed } from '../testing/list-test-bed';
import { aList, aSummary } from '../testing/records';
import { ListFilterStore } from './list-filter.store';
import { ListPlace } from './list-place';
import { StatusChipsComponent } from './status-chips.component';
import { WorkListStore } from './work-list.store';

const status = (value: string, state: StateId | null, count: number, waiting = 0) => ({ value, state, count, waiting });
const withStatuses = (...externalStatus: ReturnType<typeof status>[]) => {
  const list = aList([aSummary()]);
  return of({ ...list, facets: { ...list.facets, externalStatus } });
};

describe('StatusChipsComponent', () => {
  let at: ListTestBed;
  let dom: Dom;
  beforeEach(() => {
    at = new ListTestBed();
    at.gateway.requests.and.returnValue(
      withStatuses(
        status('未処理', 'UNPROCESSED', 4),
        status('発送', 'SHIPPED', 3, 3),
        status('確認', 'CONFIRMED', 9),
        status('外部依頼中', null, 1),
      ),
    );
    TestBed.inject(ListPlace).isUnfolded.set(true);
    TestBed.inject(WorkListStore).show();
    dom = new Dom(TestBed.createComponent(StatusChipsComponent));
  });
  const pressed = () => dom.all('button[aria-pressed=true]').map(({ dataset }) => dataset['status']);

  it('shows each status with its count, by whom it waits for', () => {
    expect(dom.all('[role=group]').map((group) => group.getAttribute('aria-label'))).toEqual([
      'workList.group.ours',
      'workList.group.theirs',
      'workList.group.ended',
      'workList.group.unknown',
    ]);
    expect(dom.texts('button')).toEqual([
      'state.SHIPPED 3',
      'state.UNPROCESSED 4',
      'state.CONFIRMED 9',
      '外部依頼中 1',
    ]);
  });

  it('lets several be chosen, and taken back', () => {
    dom.click('state.SHIPPED');
    dom.click('state.UNPROCESSED');
    expect([pressed(), at.asked.status]).toEqual([
      ['発送', '未処理'],
      ['発送', '未処理'],
    ]);
    dom.click('state.SHIPPED');
    expect([pressed(), at.asked.status, at.asked.open]).toEqual([['未処理'], ['未処理'], true]);
  });

  it('asks for what has ended where such a status is chosen', () => {
    dom.click('state.CONFIRMED');
    expect([at.asked.status, at.asked.open]).toEqual([['確認'], undefined]);
  });

  it('shows what is not delivered any more by itself, only where there is any or it is chosen', () => {
    const chip = () =>
      dom.all('[data-testid=gone-requests]').map((button) => button.textContent?.replace(/\s+/g, ' ').trim());
    expect(chip()).toEqual([]);
    at.gateway.requests.and.returnValue(
      of(aList([aSummary({ id: 'LA1', gone: 'passed-on' }), aSummary({ id: 'LA2' })])),
    );
    TestBed.inject(WorkListStore).again();
    dom.settle();
    expect(chip()).toEqual(['workList.gone 1']);
    dom.click('workList.gone');
    expect([at.asked.gone, at.asked.status, at.asked.open]).toEqual([true, undefined, true]);
    TestBed.inject(ListFilterStore).toggleStatus('発送');
    dom.settle();
    expect([at.asked.gone, at.asked.status]).toEqual([true, ['発送']]);
    at.gateway.requests.and.returnValue(of(aList()));
    TestBed.inject(WorkListStore).again();
    dom.settle();
    expect(chip()).toEqual(['workList.gone 0']);
    dom.click('workList.gone');
    expect([chip(), at.asked.gone]).toEqual([[], undefined]);
  });

  it('tells how many of the loans in use are due soon', () => {
    at.gateway.requests.and.returnValue(withStatuses(status('借用中', 'ON_LOAN', 5, 2)));
    TestBed.inject(WorkListStore).again();
    dom.settle();
    expect(dom.texts('button')).toEqual(['state.ON_LOAN 5 workList.waitingOf']);
  });

  describe('while the filters are folded', () => {
    beforeEach(() => {
      TestBed.inject(ListPlace).isUnfolded.set(false);
      dom.settle();
    });
    const shown = () => dom.all('[data-status]').map(({ dataset }) => dataset['status']);

    it('shows what waits for us, and what is selected', () => {
      expect(shown()).toEqual(['発送']);
      TestBed.inject(ListFilterStore).toggleStatus('確認');
      dom.settle();
      expect(shown()).toEqual(['発送', '確認']);
    });

    it('shows what is not delivered any more only when it is selected', () => {
      at.gateway.requests.and.returnValue(of(aList([aSummary({ gone: 'not-delivered' })])));
      TestBed.inject(WorkListStore).again();
      dom.settle();
      const chips = () => dom.all('[data-testid=gone-requests]').length;
      expect(chips()).toBe(0);
      TestBed.inject(ListFilterStore).toggleGone();
      dom.settle();
      expect(chips()).toBe(1);
    });
  });
});
