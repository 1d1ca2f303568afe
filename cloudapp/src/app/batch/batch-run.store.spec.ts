import { fakeAsync, TestBed, tick } from '@angular/core/testing';
import { of, Subject, throwError } from 'rxjs';
import type { Action } from '../../domain/ill/commands';
import { AppError } from '../core/app-error';
import { BatchClient } from './batch.client';
import type { RowResult } from './batch.client';
import { ChosenRequestsService } from '../core/chosen-requests.service';
import { GatewayClient } from '../core/gateway.client';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { aList, aRequest, aSummary } from '../testing/records';
import { rowOfSummary } from './batch-row';
import { BatchRunStore } from './batch-run.store';
import { standingOf } from './row-reasons';

const IDS = ['LA0000000011', 'LA0000000022', 'LA0000000033'] as const;
const [A, B, C] = IDS;
const offer = (action: Action) => ({ action, command: [], allowed: true, primary: true, params: [] });

describe('BatchRunStore', () => {
  let client: jasmine.SpyObj<BatchClient>;
  let gateway: FakeGateway;
  let answers: Subject<RowResult>[];

  beforeEach(() => {
    answers = [];
    client = jasmine.createSpyObj<BatchClient>('BatchClient', ['run']);
    client.run.and.callFake(() => {
      const answer = new Subject<RowResult>();
      answers.push(answer);
      return answer;
    });
    gateway = fakeGateway();
    TestBed.configureTestingModule({
      providers: [
        { provide: BatchClient, useValue: client },
        { provide: GatewayClient, useValue: gateway },
      ],
    });
    listing(2);
  });

  /** Sets the requests that the gateway lists. */
  function listing(version: number, allowed: readonly Action[] = ['accept']): void {
    gateway.requests.and.callFake(({ ids = [] }) =>
      of(aList(ids.map((id) => aSummary({ id, version, state: 'SHIPPED', allowed: [...allowed] })))),
    );
  }
  const store = () => TestBed.inject(BatchRunStore);
  function start(): void {
    const rows = IDS.map((id) => rowOfSummary(aSummary({ id, state: 'SHIPPED', allowed: ['accept'] })));
    store().start({ side: 'borrower', action: 'accept', rows: rows.map((row) => ({ row, params: { comment: 'x' } })) });
  }
  const done = (id: string): RowResult => ({
    id,
    ok: true,
    from: 'SHIPPED',
    to: 'ARRIVED',
    externalStatus: '到着処理中',
    version: 9,
  });
  const refused = (id: string, code: AppError['code'] = 'nacsis-rejected'): RowResult => ({
    id,
    ok: false,
    error: new AppError(code),
  });
  /** Emits results of a call and ends it. */
  function answer(call: number, results: readonly RowResult[], end?: AppError): void {
    for (const result of results) answers[call]?.next(result);
    if (end === undefined) answers[call]?.complete();
    else answers[call]?.error(end);
  }
  const states = () =>
    store()
      .rows()
      .map(({ outcome }) => outcome.state);
  const sent = (call: number) => client.run.calls.argsFor(call);
  const idsOf = (call: number) => sent(call)[0].items.map(({ id }) => id);

  it('sends all rows under one key, and shows each result as it comes', () => {
    start();
    expect([store().phase(), states()]).toEqual(['running', ['running', 'running', 'running']]);
    expect(sent(0)[0]).toEqual({
      side: 'borrower',
      action: 'accept',
      params: { comment: 'x' },
      items: IDS.map((id) => ({ id, version: 1 })),
    });
    answers[0]?.next(done(A));
    expect([states(), store().progress()]).toEqual([['done', 'running', 'running'], { count: 1, total: 3 }]);
    answer(0, [refused(B), done(C)]);
    expect([store().phase(), states(), store().error()]).toEqual(['ended', ['done', 'failed', 'done'], undefined]);
    expect(store().label()).toBe('actionIn.borrower.accept.SHIPPED');
  });

  it('does not begin a second batch while one runs', () => {
    start();
    start();
    store().retryFailed();
    store().clear();
    expect([client.run.calls.count(), store().rows().length]).toEqual([1, 3]);
  });

  it('sends only those again that failed, with their new version, under a new key', () => {
    start();
    listing(7);
    answer(0, [done(A), refused(B, 'stale-version'), done(C)]);
    store().retryFailed();
    expect(idsOf(1)).toEqual([B]);
    expect(sent(1)[0].items).toEqual([{ id: B, version: 7 }]);
    expect(sent(1)[1]).not.toBe(sent(0)[1]);
    expect(store().progress()).toEqual({ count: 0, total: 1 });
    answer(1, [done(B)]);
    expect(states()).toEqual(['done', 'done', 'done']);
    store().retryFailed();
    store().goOn();
    expect(client.run).toHaveBeenCalledTimes(2);
  });

  it('asks NACSIS-ILL before it says that the action is not possible any more', () => {
    start();
    listing(7, ['callback']);
    gateway.request.and.callFake((id) => of(aRequest({ id, version: 8, actions: id === B ? [offer('accept')] : [] })));
    answer(0, [done(A), refused(B), refused(C)]);
    store().retryFailed();
    expect(gateway.request.calls.allArgs()).toEqual([B, C].map((id) => [id, 'borrower', true]));
    expect([idsOf(1), sent(1)[0].items[0]?.version]).toEqual([[B], 8]);
    answer(1, [done(B)]);
    const last = store().rows()[2]?.outcome;
    expect(last?.state === 'failed' && last.error.code).toBe('action-not-allowed');
  });

  it('sends nothing when none can be sent again', () => {
    start();
    answer(0, [done(A), refused(B), done(C)]);
    gateway.requests.and.returnValue(of(aList()));
    gateway.request.and.returnValue(failing('not-found'));
    store().retryFailed();
    expect([store().phase(), client.run.calls.count()]).toEqual(['ended', 1]);
    const outcome = store().rows()[1]?.outcome;
    expect(outcome?.state === 'failed' && outcome.error.code).toBe('not-found');
  });

  it('sends nothing when they cannot be read again, and says why', () => {
    start();
    answer(0, [done(A), refused(B), done(C)]);
    gateway.requests.and.returnValue(failing('gateway-unreachable'));
    store().retryFailed();
    expect([store().phase(), store().error()?.code, client.run.calls.count(), states()[1]]).toEqual([
      'ended',
      'gateway-unreachable',
      1,
      'failed',
    ]);
  });

  it('does not know of rows whose result did not come, and repeats exactly what it had sent', () => {
    start();
    listing(7);
    answer(0, [done(A)], new AppError('outcome-unknown'));
    store().stop();
    expect([store().phase(), store().error()?.code, states()]).toEqual([
      'ended',
      'outcome-unknown',
      ['done', 'unknown', 'unknown'],
    ]);
    store().goOn();
    expect([idsOf(1), sent(1)[1]]).toEqual([[B, C], sent(0)[1]]);
    expect(sent(1)[0].items.map(({ version }) => version)).toEqual([1, 1]);
    // This attempt did nothing, but the first attempt may have been executed.
    answer(1, [done(B), refused(C, 'nacsis-unavailable')]);
    expect(states()).toEqual(['done', 'done', 'unknown']);
    store().stop();
    store().goOn();
    expect([idsOf(2), sent(2)[1]]).toEqual([[C], sent(0)[1]]);
  });

  describe('rows with an unknown outcome', () => {
    const unknown = (id: string, retryAfterSeconds?: number): RowResult => ({
      id,
      ok: false,
      error: new AppError('outcome-unknown', retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    });

    it('are asked about by themselves after the others are through, as they were sent, under their key', fakeAsync(() => {
      start();
      listing(7);
      answers[0]?.next(unknown(A));
      tick(60_000);
      expect([store().phase(), client.run.calls.count()]).toEqual(['running', 1]);
      answer(0, [done(B), refused(C)]);
      expect([store().phase(), store().isBusy(), store().asking()?.isCalling]).toEqual(['asking', true, false]);
      tick(2_000);
      expect([idsOf(1), sent(1)[1], sent(1)[0].items[0]?.version]).toEqual([[A], sent(0)[1], 1]);
      expect([store().progress(), store().asking()?.isCalling]).toEqual([{ count: 0, total: 1 }, true]);
      answer(1, [done(A)]);
      expect([store().phase(), states(), store().asking()]).toEqual(['ended', ['done', 'done', 'failed'], undefined]);
    }));

    it('are asked about again, only those that are still unknown, as late as any of them asks for', fakeAsync(() => {
      start();
      answer(0, [unknown(A), unknown(B, 5), unknown(C, 3)]);
      tick(4_999);
      expect(client.run).toHaveBeenCalledTimes(1);
      tick(1);
      answer(1, [done(A), unknown(B), refused(C)]);
      tick(3_000);
      expect([idsOf(2), sent(2)[1]]).toEqual([[B], sent(0)[1]]);
      answer(2, [done(B)]);
      expect(states()).toEqual(['done', 'done', 'failed']);
    }));

    it('of a call that broke off are asked about, too, and at once on wish', fakeAsync(() => {
      start();
      answer(0, [done(A)], new AppError('gateway-unreachable'));
      expect([store().phase(), store().error()?.code]).toEqual(['asking', 'gateway-unreachable']);
      store().askNow();
      expect([idsOf(1), store().error()]).toEqual([[B, C], undefined]);
      answer(1, [done(B), done(C)]);
      expect([store().phase(), states()]).toEqual(['ended', ['done', 'done', 'done']]);
    }));

    it('are asked about no more after two minutes, or on wish, and can be asked about by hand', fakeAsync(() => {
      client.run.and.callFake(({ items }) => of(...items.map(({ id }) => unknown(id))));
      start();
      tick(120_000);
      expect([store().phase(), store().askingEnd(), states()[0]]).toEqual(['ended', 'too-long', 'unknown']);
      store().goOn();
      expect([store().phase(), store().askingEnd()]).toEqual(['asking', undefined]);
      store().stop();
      expect([store().phase(), store().askingEnd(), store().wasStopped()]).toEqual(['ended', 'stopped', false]);
      const calls = client.run.calls.count();
      tick(120_000);
      expect(client.run).toHaveBeenCalledTimes(calls);
    }));

    it('are not asked about where the user has stopped the batch', fakeAsync(() => {
      start();
      answers[0]?.next(unknown(A));
      store().stop();
      tick(120_000);
      expect([store().phase(), client.run.calls.count()]).toEqual(['ended', 1]);
    }));
  });

  it('shows the state NACSIS-ILL is in now where a row was refused from an old version', () => {
    start();
    const fresh = aRequest({ id: B, version: 5, state: 'PROCESSING', externalStatus: '処理中' });
    gateway.requests.and.returnValue(failing('gateway-unreachable'));
    answer(0, [done(A), { id: B, ok: false, error: new AppError('stale-version', { request: fresh }) }, done(C)]);
    const [, row] = store().rows();
    expect(row && standingOf(row)).toEqual({ key: 'state.PROCESSING' });
  });

  it('counts as refused what was not even taken in', () => {
    start();
    answer(0, [], new AppError('forbidden'));
    expect([states(), store().error()?.code]).toEqual([['failed', 'failed', 'failed'], 'forbidden']);
  });

  it('hangs up when it is stopped; what was on its way is open', () => {
    start();
    answers[0]?.next(done(A));
    store().stop();
    expect(answers[0]?.observed).toBeFalse();
    expect([store().phase(), store().wasStopped(), states()]).toEqual(['ended', true, ['done', 'unknown', 'unknown']]);
    expect(store().error()).toBeUndefined();
    store().goOn();
    expect([idsOf(1), sent(1)[1], store().wasStopped()]).toEqual([[B, C], sent(0)[1], false]);
  });

  it('makes no further call after one that broke off', () => {
    start();
    answer(0, [done(A), refused(B)], new AppError('outcome-unknown'));
    store().stop();
    store().retryFailed();
    answer(1, [refused(B)]);
    expect(states()).toEqual(['done', 'failed', 'unknown']);
    store().goOn();
    expect([idsOf(2), sent(2)[1]]).toEqual([[C], sent(0)[1]]);
    answer(2, [], new AppError('gateway-unreachable'));
    store().stop();
    expect([states(), store().error()?.code]).toEqual([['done', 'failed', 'unknown'], 'gateway-unreachable']);
  });

  it('shows how those stand now that were not done, and is not disturbed when that fails', () => {
    start();
    gateway.requests.and.returnValue(of(aList([aSummary({ id: B, state: 'PROCESSING', version: 4 })])));
    answer(0, [done(A), refused(B), done(C)]);
    expect(gateway.requests.calls.mostRecent().args[0].ids).toEqual([B]);
    expect(store().rows()[1]?.row.state).toBe('PROCESSING');
    gateway.requests.and.returnValue(throwError(() => new AppError('gateway-unreachable')));
    store().goOn();
    expect(store().error()).toBeUndefined();
  });

  it('takes out of the choice of the work list what is done', () => {
    const chosen = TestBed.inject(ChosenRequestsService);
    chosen.choose(IDS.map((id) => aSummary({ id })));
    start();
    answer(0, [done(A), refused(B), done(C)]);
    expect(chosen.chosen().map(({ id }) => id)).toEqual([B]);
  });

  it('is forgotten on request', () => {
    start();
    answer(0, IDS.map(done));
    store().clear();
    expect([store().phase(), store().rows()]).toEqual(['ready', []]);
  });
});
