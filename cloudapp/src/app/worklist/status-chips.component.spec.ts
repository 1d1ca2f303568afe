import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { of } from 'rxjs';
import type { StateId } from '../../domain/states';
import { Dom } from '../testing/dom';
import { ListDesk } from '../testing/list-desk';
import { aCount } from '../testing/records';
import { ViewportService } from '../ui/viewport.service';
import { StatusChipsComponent } from './status-chips.component';
import { WorkListStore } from './work-list.store';

const one = { side: 'borrower', kind: 'copy' } as const;

describe('StatusChipsComponent', () => {
  const isWide = signal(false);
  let at: ListDesk;
  let dom: Dom;
  beforeEach(() => {
    isWide.set(false);
    at = new ListDesk();
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

    it('shows all of them at full screen', () => {
      isWide.set(true);
      dom.settle();
      expect([shown().length, dom.all('[data-testid=more-statuses]').length]).toEqual([6, 0]);
    });
  });
});
