import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { of, Subject } from 'rxjs';
import type { Page } from '../../domain/api';
import type { Holding } from '../../domain/catalog';
import type { Kind } from '../../domain/kinds';
import { DeskService } from '../core/desk.service';
import { GatewayClient } from '../core/gateway.client';
import { errorOf } from '../core/remote';
import { FakeDesk } from '../testing/fake-desk';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { aHolding, aMember, aPage, BRANCH, ncidOf } from '../testing/records';
import { HoldingsStore } from './holdings.store';
import { OrderFormStore } from './order-form.store';

const NCID = ncidOf(1);
const OTHER = ncidOf(2);

describe('HoldingsStore', () => {
  let gateway: FakeGateway;
  let desk: FakeDesk;
  let store: HoldingsStore;
  const kind = signal<Kind>('copy');

  beforeEach(() => {
    gateway = fakeGateway();
    desk = new FakeDesk();
    kind.set('copy');
    TestBed.configureTestingModule({
      providers: [
        HoldingsStore,
        { provide: GatewayClient, useValue: gateway },
        { provide: DeskService, useValue: desk },
        { provide: OrderFormStore, useValue: { kind } },
      ],
    });
    store = TestBed.inject(HoldingsStore);
    TestBed.flushEffects();
  });

  function show(ncid: string | undefined): void {
    store.show(ncid);
    TestBed.flushEffects();
  }
  function filter(change: Partial<ReturnType<HoldingsStore['filter']>>): void {
    store.filter.update((filter) => ({ ...filter, ...change }));
    TestBed.flushEffects();
  }
  const answers = (...pages: readonly Page<Holding>[]) =>
    gateway.holdings.and.returnValues(...pages.map((page) => of(page)));
  const asked = () => gateway.holdings.calls.allArgs();
  const names = () => store.rows().map(({ name }) => name);

  it('asks for nothing while there is no record', () => {
    expect([store.page().state, store.rows().length, asked().length]).toEqual(['idle', 0, 0]);
  });

  it('shows the first holdings of a record', () => {
    answers(aPage([aHolding(10), aHolding(11)], { total: 90 }));
    show(NCID);
    expect(asked()).toEqual([[NCID, { library: 'MAIN', pageSize: 40 }]]);
    expect([names(), store.total(), store.loaded()]).toEqual([['館10', '館11'], 90, 2]);
  });

  it('asks once when the same record is shown again', () => {
    show(NCID);
    show(NCID);
    expect(asked().length).toBe(1);
  });

  it('shows nothing once there is no record any more', () => {
    answers(aPage([aHolding(10)]));
    show(NCID);
    show(undefined);
    expect([store.page().state, names()]).toEqual(['idle', []]);
  });

  describe('all of them', () => {
    function showAll(): void {
      store.wantsAll.set(true);
      TestBed.flushEffects();
    }
    const page = (number: number, items: readonly Holding[], total: number) =>
      aPage(items, { page: number, pageSize: 200, total });

    it('come page by page until none is left', () => {
      const many = Array.from({ length: 401 }, (_, at) => aHolding(at));
      answers(
        aPage(many.slice(0, 40), { total: 401 }),
        page(1, many.slice(0, 200), 401),
        page(2, many.slice(200, 400), 401),
        page(3, many.slice(400), 401),
      );
      show(NCID);
      showAll();
      expect(asked().slice(1)).toEqual(
        [1, 2, 3].map((number) => [NCID, { library: 'MAIN', page: number, pageSize: 200 }]),
      );
      expect([store.loaded(), store.rows().length, store.page().state]).toEqual([401, 401, 'ok']);
    });

    it('end where the gateway has no more, whatever total it named', () => {
      answers(aPage([aHolding(10)], { total: 500 }), page(1, [aHolding(10)], 500), page(2, [], 500));
      show(NCID);
      showAll();
      expect([asked().length, store.loaded()]).toEqual([3, 1]);
    });

    it('are not shown in part: the first ones stay on screen when a later page fails', () => {
      gateway.holdings.and.returnValues(
        of(aPage([aHolding(10)], { total: 300 })),
        of(page(1, [aHolding(10), aHolding(11)], 300)),
        failing('nacsis-unavailable'),
      );
      show(NCID);
      showAll();
      expect([store.page().state, names(), errorOf(store.page())?.code]).toEqual([
        'stale',
        ['館10'],
        'nacsis-unavailable',
      ]);
    });

    it('are wanted anew for each record', () => {
      show(NCID);
      showAll();
      show(OTHER);
      expect(asked().at(-1)).toEqual([OTHER, { library: 'MAIN', pageSize: 40 }]);
    });
  });

  describe('filters', () => {
    beforeEach(() => {
      const near = aHolding(11, {
        memberName: '東都大',
        member: aMember({ memberId: aHolding(11).memberId, name: 'トウト大学', region: '13' }),
      });
      gateway.holdings.and.returnValue(of(aPage([aHolding(10), near])));
      show(NCID);
    });

    it('by region and charge offset are asked of the gateway', () => {
      filter({ region: '13', offsetOnly: true });
      expect(asked().at(-1)).toEqual([NCID, { library: 'MAIN', region: '13', offset: 'true', pageSize: 40 }]);
      filter({ region: '', offsetOnly: false });
      expect(asked().at(-1)).toEqual([NCID, { library: 'MAIN', pageSize: 40 }]);
    });

    it('by text look in name, full name and FA number, without asking again', () => {
      const before = asked().length;
      for (const text of ['東都', 'ﾄｳﾄ', aHolding(11).memberId.toLowerCase()]) {
        filter({ text });
        expect(names()).withContext(text).toEqual(['東都大']);
      }
      filter({ text: 'なし' });
      expect([names(), asked().length]).toEqual([[], before]);
    });

    it('stay when another record is shown', () => {
      filter({ region: '13' });
      show(OTHER);
      expect(asked().at(-1)).toEqual([OTHER, { library: 'MAIN', region: '13', pageSize: 40 }]);
    });

    it('leave the older holdings on screen while the newer ones are on their way', () => {
      const answer = new Subject<Page<Holding>>();
      gateway.holdings.and.returnValue(answer);
      filter({ region: '13' });
      expect([store.page().state, names().length]).toEqual(['stale', 2]);
      answer.next(aPage([aHolding(12)]));
      expect([store.page().state, names()]).toEqual(['ok', ['館12']]);
    });
  });

  it('puts the own prefecture first, once the own member record is there', () => {
    const near = aHolding(11, { member: aMember({ region: '13' }) });
    answers(aPage([aHolding(10), near]));
    desk.ownMember.set({ state: 'loading' });
    show(NCID);
    expect(names()).toEqual(['館10', '館11']);
    desk.ownMember.set({ state: 'ok', value: aMember({ region: '13' }) });
    expect(names()).toEqual(['館11', '館10']);
  });

  it('judges the libraries by the kind that is chosen, without asking again', () => {
    answers(aPage([aHolding(10, { member: aMember({ loanService: 'N' }) })]));
    show(NCID);
    expect(store.rows()[0]?.reason).toBeUndefined();
    kind.set('loan');
    expect(store.rows()[0]?.reason).toBe('loan-not-served');
    expect(asked().length).toBe(1);
  });

  describe('when NACSIS-ILL does not answer', () => {
    it('has nothing to show of a record that was never shown', () => {
      answers(aPage([aHolding(10)]));
      show(NCID);
      gateway.holdings.and.returnValue(failing('nacsis-unavailable'));
      show(OTHER);
      expect([store.page().state, names()]).toEqual(['failed', []]);
    });

    it('keeps what it has shown and says that it is old, also the second time', () => {
      answers(aPage([aHolding(10)]));
      show(NCID);
      gateway.holdings.and.returnValue(failing('nacsis-unavailable'));
      for (const _ of [1, 2]) {
        store.reload();
        expect([store.page().state, names(), errorOf(store.page())?.code]).toEqual([
          'stale',
          ['館10'],
          'nacsis-unavailable',
        ]);
      }
      answers(aPage([aHolding(11)]));
      store.reload();
      expect([store.page().state, names()]).toEqual(['ok', ['館11']]);
    });
  });

  it('drops the answer about a record that is not shown any more', () => {
    const late = new Subject<Page<Holding>>();
    gateway.holdings.and.returnValues(late, of(aPage([aHolding(11)])));
    show(NCID);
    show(OTHER);
    late.next(aPage([aHolding(10)]));
    expect(names()).toEqual(['館11']);
  });

  it('asks again for another library', () => {
    show(NCID);
    desk.worksFor(BRANCH);
    TestBed.flushEffects();
    expect(asked().at(-1)).toEqual([NCID, { library: BRANCH.code, pageSize: 40 }]);
  });
});
