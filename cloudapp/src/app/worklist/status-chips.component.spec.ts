import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { of } from 'rxjs';
import type { StateId } from '../../domain/ill/states';
import { Dom } from '../testing/dom';
import { ListTestBed } from '../testing/list-test-bed';
import { aCount, aList, aSummary } from '../testing/records';
import { ViewportService } from '../ui/viewport.service';
import { StatusChipsComponent } from './status-chips.component';
import { WorkListStore } from './work-list.store';

const one = { side: 'borrower', kind: 'copy' } as const;

describe('StatusChipsComponent', () => {
  const isWide = signal(false);
  let at: ListTestBed;
  let dom: Dom;
  beforeEach(() => {
    isWide.set(false);
    at = new ListTestBed();
    TestBed.configureTestingModule({ providers: [{ provide: ViewportService, useValue: { isWide } }] });
    at.gateway.counts.and.returnValue(
      of(
        aCount([
          { ...one, state: 'UNPROCESSED', externalStatus: '未処理', waitsForUs: false, count: 4 },
          { ...one, state: 'SHIPPED', externalStatus: '発送', waitsForUs: true, count: 3 },
          { ...one, state: 'CONFIRMED', externalStatus: '確認', waitsForUs: false, count: 9 },
          { ...one, state: null, externalStatus: '外部依頼中', waitsForUs: false, count: 1 },
        ]),
      ),
    );
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
    dom.click('state.SHIPPED');
    expect([at.asked.gone, at.asked.status]).toEqual([true, ['発送']]);
    at.gateway.requests.and.returnValue(of(aList()));
    TestBed.inject(WorkListStore).again();
    dom.settle();
    expect(chip()).toEqual(['workList.gone 0']);
    dom.click('workList.gone');
    expect([chip(), at.asked.gone]).toEqual([[], undefined]);
  });

  describe('with many that do not wait for us', () => {
    beforeEach(() => {
      const theirs = (state: StateId, externalStatus: string) =>
        ({ ...one, state, externalStatus, waitsForUs: false, count: 1 }) as const;
      at.gateway.counts.and.returnValue(
        of(
          aCount([
            { ...one, state: 'SHIPPED', externalStatus: '発送', waitsForUs: true, count: 3 },
            theirs('UNPROCESSED', '未処理'),
            theirs('PROCESSING', '処理中'),
            theirs('ANSWERED', '回答待'),
            theirs('CONFIRMED', '確認'),
            theirs('CANCELLED', 'CANCEL'),
          ]),
        ),
      );
      TestBed.inject(WorkListStore).again(true);
      dom = new Dom(TestBed.createComponent(StatusChipsComponent));
    });
    const shown = () => dom.all('[data-status]').map(({ dataset }) => dataset['status']);
    const fold = () => dom.one('[data-testid=more-statuses]');

    it('folds them away in the sidebar until they are asked for, but for those that are chosen', () => {
      expect([shown(), fold().getAttribute('aria-expanded')]).toEqual([['発送'], 'false']);
      dom.click('workList.moreStatuses');
      expect(shown()).toEqual(['発送', '未処理', '処理中', '回答待', '確認', 'CANCEL']);
      dom.click('state.PROCESSING');
      dom.click('workList.lessStatuses');
      expect(shown()).toEqual(['発送', '処理中']);
    });

    it('folds what is not delivered any more away, too, unless it is chosen', () => {
      at.gateway.requests.and.returnValue(of(aList([aSummary({ gone: 'not-delivered' })])));
      TestBed.inject(WorkListStore).again();
      dom.settle();
      const chips = () => dom.all('[data-testid=gone-requests]').length;
      expect(chips()).toBe(0);
      dom.click('workList.moreStatuses');
      dom.click('workList.gone');
      dom.click('workList.lessStatuses');
      expect(chips()).toBe(1);
      dom.click('workList.gone');
      expect(chips()).toBe(0);
    });

    it('shows all of them at full screen', () => {
      isWide.set(true);
      dom.settle();
      expect([shown().length, dom.all('[data-testid=more-statuses]').length]).toEqual([6, 0]);
    });
  });
});
