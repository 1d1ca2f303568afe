import { TestBed } from '@angular/core/testing';
import { of, Subject } from 'rxjs';
import type { Page } from '../../../domain/api/catalog';
import type { Holding } from '../../../domain/catalog/catalog';
import { SessionService } from '../../core/session.service';
import { GatewayClient } from '../../core/gateway.client';
import { errorOf } from '../../core/remote';
import { FakeSession } from '../../testing/fake-session';
import { failing, fakeGateway, type FakeGateway } from '../../testing/fake-gateway';
import { aHolding, aMember, aPage, BRANCH, holdings, memberIdOf, ncidOf, recentLenders } from '../../testing/records';
import { NO_FILTER, type HoldingFilter } from '../../core/holding-filter';
import { HoldingsStore } from './holdings.store';
import { OrderFormStore } from '../form/order-form.store';

const NCID = ncidOf(1);
const OTHER = ncidOf(2);

describe('HoldingsStore', () => {
  let gateway: FakeGateway;
  let session: FakeSession;
  let form: OrderFormStore;
  let store: HoldingsStore;

  beforeEach(() => {
    gateway = fakeGateway();
    session = new FakeSession();
    TestBed.configureTestingModule({
      providers: [
        HoldingsStore,
        OrderFormStore,
        { provide: GatewayClient, useValue: gateway },
        { provide: SessionService, useValue: session },
      ],
    });
  });

  function start(): void {
    form = TestBed.inject(OrderFormStore);
    store = TestBed.inject(HoldingsStore);
    TestBed.flushEffects();
  }
  function show(ncid: string | undefined): void {
    store.show(ncid);
    TestBed.flushEffects();
  }
  function filter(change: Partial<HoldingFilter>): void {
    store.narrow(change);
    TestBed.flushEffects();
  }
  const answers = (...pages: readonly Page<Holding>[]) =>
    gateway.holdings.and.returnValues(...pages.map((page) => of(page)));
  const asked = () => gateway.holdings.calls.allArgs();
  const names = () => store.rows().map(({ name }) => name);
  const page = (number: number, items: readonly Holding[], total: number) => aPage(items, { page: number, total });

  it('asks for nothing while there is no record', () => {
    start();
    expect([store.page().state, store.rows().length, asked().length]).toEqual(['idle', 0, 0]);
  });

  it('asks for nothing while it is not known for which library', () => {
    session.library.set(undefined);
    start();
    show(NCID);
    expect([store.page().state, asked().length]).toEqual(['idle', 0]);
  });

  it('shows the holdings of a record', () => {
    start();
    answers(aPage([aHolding(10), aHolding(11)]));
    show(NCID);
    expect(asked()).toEqual([[NCID, { library: 'MAIN', page: 1, pageSize: 200 }]]);
    expect([names(), store.total(), store.loaded()]).toEqual([['館10', '館11'], 2, 2]);
  });

  it('asks once when the same record is shown again', () => {
    start();
    show(NCID);
    show(NCID);
    expect(asked().length).toBe(1);
  });

  it('shows nothing once there is no record any more', () => {
    start();
    answers(aPage([aHolding(10)]));
    show(NCID);
    show(undefined);
    expect([store.page().state, names()]).toEqual(['idle', []]);
  });

  describe('all of them', () => {
    beforeEach(() => start());

    it('come page by page until none is left', () => {
      const many = holdings(500, 100);
      answers(page(1, many.slice(0, 200), 500), page(2, many.slice(200, 400), 500), page(3, many.slice(400), 500));
      show(NCID);
      expect(asked()).toEqual([1, 2, 3].map((number) => [NCID, { library: 'MAIN', page: number, pageSize: 200 }]));
      expect([store.loaded(), store.total(), store.rows().length, store.page().state]).toEqual([500, 500, 500, 'ok']);
      expect(new Set(store.rows().map(({ holding }) => holding.id)).size).toBe(500);
    });

    it('are shown as they come', () => {
      const later = new Subject<Page<Holding>>();
      gateway.holdings.and.returnValues(of(page(1, holdings(200, 100), 300)), later);
      show(NCID);
      expect([store.loaded(), store.total(), store.rows().length]).toEqual([200, 300, 200]);
      later.next(page(2, holdings(100, 300), 300));
      later.complete();
      expect([store.loaded(), store.total(), store.rows().length]).toEqual([300, 300, 300]);
    });

    it('end where the gateway has no more, whatever total it named', () => {
      answers(page(1, [aHolding(10)], 500), page(2, [], 500));
      show(NCID);
      expect([asked().length, store.loaded()]).toEqual([2, 1]);
    });

    it('go by the length of page that the gateway gives', () => {
      answers(
        aPage(holdings(100, 100), { pageSize: 100, total: 150 }),
        aPage(holdings(50, 200), { page: 2, pageSize: 100, total: 150 }),
      );
      show(NCID);
      expect([asked().length, store.loaded()]).toEqual([2, 150]);
    });

    it('stay as far as they came when a later page fails, with the error', () => {
      gateway.holdings.and.returnValues(of(page(1, holdings(200, 100), 500)), failing('nacsis-unavailable'));
      show(NCID);
      expect([store.page().state, store.loaded(), store.total(), errorOf(store.page())?.code]).toEqual([
        'stale',
        200,
        500,
        'nacsis-unavailable',
      ]);
      expect([asked().length, store.rows().length]).toEqual([2, 200]);
    });

    it('are the holdings of one record only: pages of an older one are dropped', () => {
      const late = new Subject<Page<Holding>>();
      gateway.holdings.and.returnValues(of(page(1, holdings(200, 100), 300)), late, of(aPage([aHolding(11)])));
      show(NCID);
      show(OTHER);
      late.next(page(2, [aHolding(10)], 300));
      expect(names()).toEqual(['館11']);
    });
  });

  describe('the filter', () => {
    beforeEach(() => {
      const near = aHolding(11, {
        memberName: '東都大',
        location: '分館',
        volumeRange: '1-9',
        member: aMember({ memberId: memberIdOf(11), name: 'トウト大学', region: '13', offset: true }),
      });
      const closed = aHolding(12, { member: aMember({ memberId: memberIdOf(12), service: 'N' }) });
      gateway.holdings.and.returnValue(of(aPage([aHolding(10), near, closed])));
    });

    it('narrows what is shown by each of its parts, without asking again', () => {
      start();
      show(NCID);
      const parts: Partial<HoldingFilter>[] = [
        { text: 'ﾄｳﾄ' },
        { region: '13' },
        { region: 'area:kanto' },
        { location: '分館' },
        { offset: 'N' },
      ];
      for (const part of parts) {
        filter(part);
        expect(names()).withContext(JSON.stringify(part)).toEqual(['東都大']);
        filter(NO_FILTER);
      }
      filter({ show: 'yes' });
      expect(names()).toEqual(['東都大', '館10']);
      filter({ show: 'mine' });
      expect([names(), store.all().length, asked().length]).toEqual([[], 3, 1]);
    });

    it('narrows by all of its parts together', () => {
      start();
      show(NCID);
      filter({ region: '13' });
      filter({ volume: '10' });
      expect([names(), store.filter()]).toEqual([[], { ...NO_FILTER, region: '13', volume: '10' }]);
      filter({ volume: '9' });
      expect(names()).toEqual(['東都大']);
    });

    it('is as the user left it last time', () => {
      session.user({ filter: { ...NO_FILTER, region: '13' } });
      start();
      show(NCID);
      expect(names()).toEqual(['東都大']);
    });

    it('is remembered, but for what belongs to this search: text, volume and year', () => {
      start();
      show(NCID);
      filter({ region: '13', text: '東', volume: '9', year: '2019' });
      expect(session.remember.calls.mostRecent().args).toEqual([{ filter: { ...NO_FILTER, region: '13' } }]);
      expect(store.filter()).toEqual({ ...NO_FILTER, region: '13', text: '東', volume: '9', year: '2019' });
    });

    it('is not written to Alma for a text that is not kept', () => {
      start();
      show(NCID);
      for (const text of ['東', '東都', '']) filter({ text });
      filter({ volume: '9', year: '2019' });
      expect(session.remember).not.toHaveBeenCalled();
      filter({ offset: 'N' });
      filter({ text: 'x' });
      filter({ offset: '' });
      expect(session.remember.calls.allArgs()).toEqual([
        [{ filter: { ...NO_FILTER, offset: 'N' } }],
        [{ filter: NO_FILTER }],
      ]);
    });

    it('stays when another record is shown', () => {
      start();
      show(NCID);
      filter({ region: '13' });
      show(OTHER);
      expect([store.filter().region, names(), asked().at(-1)?.[0]]).toEqual(['13', ['東都大'], OTHER]);
    });

    it('takes nothing from what the proposal looks at', () => {
      start();
      show(NCID);
      filter({ text: 'なし' });
      expect([store.rows().length, store.all().length]).toEqual([0, 3]);
    });
  });

  describe('the best lender comes first', () => {
    beforeEach(() => start());

    it('by the own prefecture, once the own member record is there', () => {
      answers(aPage([aHolding(10), aHolding(11, { member: aMember({ region: '13' }) })]));
      session.ownMember.set({ state: 'loading' });
      show(NCID);
      expect(names()).toEqual(['館10', '館11']);
      session.ownMember.set({ state: 'ok', value: aMember({ region: '13' }) });
      expect(names()).toEqual(['館11', '館10']);
      expect(store.all()[0]?.reasons).toEqual(['same-prefecture', 'rarely-asked']);
    });

    it('by the charge offset only when the own library takes part in it', () => {
      answers(aPage([aHolding(10), aHolding(11, { member: aMember({ offset: true }) })]));
      session.ownMember.set({ state: 'ok', value: aMember({ offset: false }) });
      show(NCID);
      expect(names()).toEqual(['館10', '館11']);
      session.ownMember.set({ state: 'ok', value: aMember({ offset: true }) });
      expect(names()).toEqual(['館11', '館10']);
    });

    it('by the volume and the year that are wanted, as they are typed', () => {
      answers(aPage([aHolding(10, { volumeRange: '1-4' }), aHolding(11, { years: '1970-1979' })]));
      show(NCID);
      expect(store.all().map(({ extent }) => extent)).toEqual(['unknown', 'unknown']);
      form.type('volume', '12');
      expect(store.all().map(({ name, extent }) => [name, extent])).toEqual([
        ['館11', 'unknown'],
        ['館10', 'no'],
      ]);
      form.type('volume', '');
      form.type('year', '1975');
      expect(store.all().map(({ name, extent }) => [name, extent])).toEqual([
        ['館11', 'yes'],
        ['館10', 'unknown'],
      ]);
    });

    it('is not looked for again by what the rest of the form says', () => {
      answers(aPage([aHolding(10)]));
      show(NCID);
      const before = store.all();
      form.type('pages', '45-50');
      form.type('applicant', '利用者 001');
      expect(store.all()).toBe(before);
    });
  });

  it('judges the libraries by the kind that is chosen, without asking again', () => {
    start();
    answers(aPage([aHolding(10, { member: aMember({ loanService: 'N' }) })]));
    show(NCID);
    expect(store.rows()[0]?.refusal).toBeUndefined();
    form.kind.set('loan');
    expect(store.rows()[0]?.refusal).toBe('loan-not-served');
    expect(asked().length).toBe(1);
  });

  it('does not ask the own library, and who asks through it', () => {
    start();
    const through = aMember({ memberId: memberIdOf(10), copyService: 'C', copyVia: memberIdOf(1) });
    answers(aPage([aHolding(1), aHolding(10, { member: through })]));
    show(NCID);
    expect(store.all().map(({ refusal }) => refusal)).toEqual(['own-library', 'own-library']);
  });

  describe('what was asked of whom lately', () => {
    it('puts those behind who were asked often', () => {
      gateway.recentLenders.and.returnValue(of(recentLenders({ [memberIdOf(10)]: 12 })));
      start();
      answers(aPage([aHolding(10), aHolding(11)]));
      show(NCID);
      expect(store.all().map(({ name, asked: times, reasons }) => [name, times, reasons])).toEqual([
        ['館11', 0, ['rarely-asked']],
        ['館10', 12, ['often-asked']],
      ]);
      expect([store.recentDays(), gateway.recentLenders.calls.allArgs()]).toEqual([90, [['MAIN']]]);
    });

    it('is missed by nobody when it cannot be had', () => {
      gateway.recentLenders.and.returnValue(failing('not-found'));
      start();
      answers(aPage([aHolding(10)]));
      show(NCID);
      expect([store.page().state, store.all()[0]?.reasons, store.recentDays()]).toEqual(['ok', [], 0]);
    });

    it('is that of the library that is worked for', () => {
      start();
      session.worksFor(BRANCH);
      TestBed.flushEffects();
      expect(gateway.recentLenders.calls.mostRecent().args).toEqual([BRANCH.code]);
    });
  });

  describe('when NACSIS-ILL does not answer', () => {
    beforeEach(() => start());

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

    it('leaves the older holdings on screen while the newer ones are on their way', () => {
      answers(aPage([aHolding(10)]));
      show(NCID);
      const answer = new Subject<Page<Holding>>();
      gateway.holdings.and.returnValue(answer);
      store.reload();
      expect([store.page().state, names()]).toEqual(['stale', ['館10']]);
      answer.next(aPage([aHolding(12)]));
      expect([store.page().state, names()]).toEqual(['ok', ['館12']]);
    });
  });

  it('drops the answer about a record that is not shown any more', () => {
    start();
    const late = new Subject<Page<Holding>>();
    gateway.holdings.and.returnValues(late, of(aPage([aHolding(11)])));
    show(NCID);
    show(OTHER);
    late.next(aPage([aHolding(10)]));
    expect(names()).toEqual(['館11']);
  });

  it('asks again for another library, and shows nothing of the old one meanwhile', () => {
    start();
    answers(aPage([aHolding(10)]));
    show(NCID);
    gateway.holdings.and.returnValue(new Subject<Page<Holding>>());
    session.worksFor(BRANCH);
    TestBed.flushEffects();
    expect(asked().at(-1)).toEqual([NCID, { library: BRANCH.code, page: 1, pageSize: 200 }]);
    expect([store.page().state, names()]).toEqual(['loading', []]);
  });
});
