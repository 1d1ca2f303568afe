import { DOCUMENT } from '@angular/common';
import { discardPeriodicTasks, fakeAsync, TestBed, tick } from '@angular/core/testing';
import { of, Subject, type Observable } from 'rxjs';
import type { RequestView } from '../../domain/api/requests';
import { GatewayClient } from '../core/gateway.client';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { aRequest } from '../testing/records';
import { CLOCK, REREAD_AFTER, RequestStore } from './request.store';

const MINUTE = 60_000;
const START = Date.parse('2026-11-24T03:00:00.000Z');

describe('RequestStore', () => {
  let gateway: FakeGateway;
  let now: number;
  let hidden: boolean;
  let store: RequestStore;
  let told: string[];
  let remembered: () => Observable<RequestView>;
  let fresh: () => Observable<RequestView>;

  beforeEach(() => {
    now = START;
    hidden = false;
    told = [];
    gateway = fakeGateway();
    remembered = () => of(request({ seenAt: iso(-10 * MINUTE) }));
    fresh = () => of(request());
    gateway.request.and.callFake((_id, _side, isFresh) => (isFresh === true ? fresh() : remembered()));
    TestBed.configureTestingModule({
      providers: [
        RequestStore,
        { provide: GatewayClient, useValue: gateway },
        { provide: CLOCK, useValue: () => new Date(now) },
        { provide: REREAD_AFTER, useValue: MINUTE },
      ],
    });
    spyOnProperty(TestBed.inject(DOCUMENT), 'hidden').and.callFake(() => hidden);
  });

  const iso = (ms: number) => new Date(now + ms).toISOString();
  const request = (changes: Partial<RequestView> = {}) => aRequest({ seenAt: iso(0), ...changes });
  const reads = () => gateway.request.calls.allArgs().map(([, , isFresh]) => (isFresh === true ? 'nacsis' : 'memory'));
  function open(): void {
    store = TestBed.inject(RequestStore);
    store.changed$.subscribe({ next: ({ externalStatus }) => told.push(externalStatus) });
    store.open('LA0012345671', 'borrower');
  }
  /** Advances timer and clock. */
  function pass(ms: number): void {
    now += ms;
    tick(ms);
  }

  it('shows at once what the gateway last heard, and then what NACSIS-ILL says', fakeAsync(() => {
    const slow$ = new Subject<RequestView>();
    fresh = () => slow$;
    open();
    expect([store.request()?.externalStatus, store.isReading(), reads()]).toEqual([
      '未処理',
      true,
      ['memory', 'nacsis'],
    ]);
    slow$.next(request({ version: 2, state: 'PROCESSING', externalStatus: '処理中' }));
    slow$.complete();
    expect([store.request()?.externalStatus, store.isReading()]).toEqual(['処理中', false]);
    expect([store.news()?.from.externalStatus, store.news()?.to.externalStatus, told]).toEqual([
      '未処理',
      '処理中',
      ['処理中'],
    ]);
    discardPeriodicTasks();
  }));

  it('asks NACSIS-ILL nothing about what the gateway has just heard', fakeAsync(() => {
    remembered = () => of(request({ seenAt: iso(-1_000) }));
    open();
    expect(reads()).toEqual(['memory']);
    discardPeriodicTasks();
  }));

  it('tells nothing where nothing is new', fakeAsync(() => {
    open();
    expect([store.news(), told]).toEqual([undefined, []]);
    discardPeriodicTasks();
  }));

  it('keeps what it knew when NACSIS-ILL does not answer, and says so', fakeAsync(() => {
    fresh = () => failing('nacsis-unavailable');
    open();
    expect([store.request()?.externalStatus, store.error()?.code]).toEqual(['未処理', 'nacsis-unavailable']);
    fresh = () => of(request());
    store.reload();
    expect([store.error(), reads()]).toEqual([undefined, ['memory', 'nacsis', 'nacsis']]);
    discardPeriodicTasks();
  }));

  it('begins anew when there is nothing to keep', fakeAsync(() => {
    remembered = () => failing('not-found');
    open();
    expect(store.error()?.code).toBe('not-found');
    remembered = () => of(request());
    store.reload();
    expect([store.request()?.id, store.error()]).toEqual(['LA0012345671', undefined]);
    discardPeriodicTasks();
  }));

  it('reads again when what is shown has become old', fakeAsync(() => {
    open();
    pass(MINUTE);
    expect(reads()).toEqual(['memory', 'nacsis', 'nacsis']);
    expect(store.now().getTime()).toBe(now);
    discardPeriodicTasks();
  }));

  it('does not while nobody sees it, and catches up when somebody does', fakeAsync(() => {
    open();
    hidden = true;
    pass(3 * MINUTE);
    expect(reads().length).toBe(2);
    hidden = false;
    TestBed.inject(DOCUMENT).dispatchEvent(new Event('visibilitychange'));
    expect(reads().length).toBe(3);
    discardPeriodicTasks();
  }));

  it('does not while a command runs, nor for what NACSIS-ILL delivers no more', fakeAsync(() => {
    open();
    gateway.isCommanding.set(true);
    pass(MINUTE);
    gateway.isCommanding.set(false);
    store.take(request({ gone: 'not-delivered' }));
    pass(2 * MINUTE);
    expect(reads().length).toBe(2);
    discardPeriodicTasks();
  }));

  it('takes what an action made of it; what was still being read is older and counts no more', fakeAsync(() => {
    const slow$ = new Subject<RequestView>();
    fresh = () => slow$;
    open();
    store.take(request({ version: 2, externalStatus: '準備中', state: 'PREPARING' }));
    slow$.next(request());
    expect([store.request()?.externalStatus, store.isReading(), store.news(), told]).toEqual([
      '準備中',
      false,
      undefined,
      [],
    ]);
    discardPeriodicTasks();
  }));

  it('takes nothing of another request', fakeAsync(() => {
    open();
    store.take(request({ id: 'LA2', externalStatus: '別' }));
    store.take(request({ side: 'lender', externalStatus: '別' }));
    expect(store.request()?.externalStatus).toBe('未処理');
    discardPeriodicTasks();
  }));

  it('shows nothing of the one before while another is read', fakeAsync(() => {
    open();
    remembered = () => new Subject<RequestView>();
    store.open('LA2', 'lender');
    expect([store.request(), store.remote().state]).toEqual([undefined, 'loading']);
    discardPeriodicTasks();
  }));
});
