import { fakeAsync, TestBed, tick } from '@angular/core/testing';
import { of, Subject } from 'rxjs';
import type { ActionAnswer, PerformAction, RequestView } from '../../domain/api/requests';
import type { ErrorCode } from '../../domain/errors';
import { GatewayClient } from '../core/gateway.client';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { aRequest } from '../testing/records';
import { requestIn } from '../testing/offers';
import { ActionRunStore, type Plan } from './action-run.store';

const SHOWN = requestIn('SHIPPED', 'borrower', 'copy', { version: 3 });
const AFTER = requestIn('ARRIVED', 'borrower', 'copy', { version: 4 });
const END = requestIn('CONFIRMED', 'borrower', 'copy', { version: 5 });
const step = (action: 'accept' | 'receive', params = {}) => ({ action, labelKey: action, params });
const ONE: Plan = { steps: [step('accept', { arrivalDate: '20261124' })], shown: SHOWN, isUndo: false };
const TWO: Plan = { steps: [step('accept'), step('receive', { comment: '受領' })], shown: SHOWN, isUndo: false };
const answer = (request: RequestView): ActionAnswer => ({ from: 'SHIPPED', to: request.state, request });

describe('ActionRunStore', () => {
  let gateway: FakeGateway;
  let store: ActionRunStore;
  let told: RequestView[];

  beforeEach(() => {
    gateway = fakeGateway();
    gateway.act.and.returnValues(of(answer(AFTER)), of(answer(END)));
    TestBed.configureTestingModule({ providers: [ActionRunStore, { provide: GatewayClient, useValue: gateway }] });
    store = TestBed.inject(ActionRunStore);
    told = [];
    store.changed$.subscribe((request) => told.push(request));
  });

  const state = () => store.run().state;
  const outcome = () => {
    const run = store.run();
    return run.state === 'failed' ? [run.outcome, run.error.code, run.at] : [];
  };
  const sent = (): readonly [string, PerformAction, string][] => gateway.act.calls.allArgs();
  const keys = () => sent().map(([, , key]) => key);
  const fails = (code: ErrorCode, details = {}) => gateway.act.and.returnValue(failing(code, details));

  it('does the action on the version that was shown, and tells what the request is now', () => {
    store.start(ONE);
    expect(sent().map(([id, body]) => [id, body])).toEqual([
      [SHOWN.id, { side: 'borrower', action: 'accept', params: { arrivalDate: '20261124' }, version: 3 }],
    ]);
    expect([state(), told]).toEqual(['done', [AFTER]]);
  });

  it('acts once, however often it is asked while the action is on its way', () => {
    const later = new Subject<ActionAnswer>();
    gateway.act.and.returnValue(later);
    store.start(ONE);
    store.start(ONE);
    store.again();
    expect([state(), sent().length, store.open(SHOWN)]).toEqual(['running', 1, false]);
    store.forget();
    expect(state()).toBe('running');
    later.next(answer(AFTER));
    later.complete();
    expect([state(), sent().length]).toEqual(['done', 1]);
  });

  it('has one key for a form, and another for the next', () => {
    expect(store.open(SHOWN)).toBeTrue();
    gateway.act.and.returnValue(of(answer(AFTER)));
    store.start(ONE);
    store.open(AFTER);
    store.start(ONE);
    expect(new Set(keys()).size).toBe(2);
    expect(state()).toBe('done');
  });

  describe('a chain', () => {
    it('is one action after the other, each with its own key, the second on what the first left', () => {
      store.start(TWO);
      expect(sent().map(([, { action, version, params }]) => [action, version, params])).toEqual([
        ['accept', 3, {}],
        ['receive', 4, { comment: '受領' }],
      ]);
      expect(new Set(keys()).size).toBe(2);
      expect([state(), told]).toEqual(['done', [AFTER, END]]);
    });

    it('stops at the first that fails, and what was done is done', () => {
      fails('nacsis-unavailable');
      store.start(TWO);
      expect([outcome(), sent().length, told]).toEqual([['refused', 'nacsis-unavailable', 0], 1, []]);
    });

    it('stops after the first, says so, and goes on with the second', () => {
      gateway.act.and.returnValues(of(answer(AFTER)), failing('nacsis-unavailable'), of(answer(END)));
      store.start(TWO);
      expect([outcome(), told]).toEqual([['refused', 'nacsis-unavailable', 1], [AFTER]]);
      store.again();
      expect(sent().map(([, { action, version }]) => [action, version])).toEqual([
        ['accept', 3],
        ['receive', 4],
        ['receive', 4],
      ]);
      expect([state(), told]).toEqual(['done', [AFTER, AFTER, END]]);
    });
  });

  describe('an unknown outcome', () => {
    beforeEach(() => {
      fails('outcome-unknown');
      store.start(ONE);
    });

    it('is asked about with the very same under the very same key', () => {
      expect(outcome()).toEqual(['unknown', 'outcome-unknown', 0]);
      gateway.act.and.returnValue(of(answer(AFTER)));
      store.again();
      const [first, second] = sent();
      expect(second).toEqual(first);
      expect([state(), told]).toEqual(['done', [AFTER]]);
    });

    it('is asked about by itself, and the chain goes on where it was', fakeAsync(() => {
      const other = requestIn('SHIPPED', 'borrower', 'copy', { id: 'LA0000000002', version: 3 });
      store.open(other);
      gateway.act.and.returnValues(of(answer(AFTER)), failing('outcome-unknown'), of(answer(END)));
      store.start({ ...TWO, shown: other });
      expect(outcome()).toEqual(['unknown', 'outcome-unknown', 1]);
      tick(2_000);
      const [, , second, third] = sent();
      expect([third, state(), told]).toEqual([second, 'done', [AFTER, END]]);
    }));

    it('is asked about no more on wish, and is unknown still', fakeAsync(() => {
      store.stopAsking();
      const run = store.run();
      expect(run.state === 'failed' && run.outcome === 'unknown' && [run.end, run.asking]).toEqual([
        'stopped',
        undefined,
      ]);
      tick(200_000);
      expect([sent().length, store.open(SHOWN)]).toEqual([1, false]);
    }));

    it('lets nothing else of this request be begun', () => {
      store.start({ ...ONE, steps: [step('receive')] });
      expect([store.open(SHOWN), sent().length]).toEqual([false, 1]);
    });

    it('does not stand in the way of another request, and is asked about no more then', () => {
      const other = aRequest({ id: 'LA0000000002' });
      expect([store.open(other), state()]).toEqual([true, 'idle']);
      gateway.act.and.returnValue(of(answer(AFTER)));
      store.again();
      expect(sent().length).toBe(1);
      store.start({ ...ONE, shown: other });
      expect(sent().at(-1)?.[0]).toBe(other.id);
    });

    it('stays unknown while nobody can say, and ends when it is judged', () => {
      fails('gateway-unreachable');
      store.again();
      fails('forbidden');
      store.again();
      expect([outcome(), new Set(keys()).size]).toEqual([['unknown', 'forbidden', 0], 1]);
      fails('nacsis-rejected');
      store.again();
      expect(outcome()).toEqual(['refused', 'nacsis-rejected', 0]);
      store.again();
      expect(new Set(keys()).size).toBe(2);
    });
  });

  it('tells what had been done that was not on screen, of every step', () => {
    const [inquired, answered] = [
      { command: 'INQUIRE', memberId: 'FA1' },
      { command: 'ANSWER', memberId: 'FA2' },
    ];
    gateway.act.and.returnValues(
      of({ ...answer(AFTER), changes: [inquired] }),
      of({ ...answer(END), changes: [answered] }),
    );
    store.start(TWO);
    const run = store.run();
    expect(run.state === 'done' && run.changes).toEqual([inquired, answered]);
  });

  it('tells what the request is now where it was refused', () => {
    const fresh = requestIn('CANCELLED', 'borrower', 'copy', { version: 9 });
    fails('stale-version', { request: fresh });
    store.start(ONE);
    const run = store.run();
    expect([outcome(), told, run.state === 'failed' && run.request]).toEqual([
      ['refused', 'stale-version', 0],
      [fresh],
      fresh,
    ]);
  });

  it('is quiet once what was said has been read', () => {
    fails('forbidden');
    store.start(ONE);
    store.forget();
    expect(state()).toBe('idle');
    store.again();
    expect(sent().length).toBe(1);
  });
});
