import { fakeAsync, TestBed, tick } from '@angular/core/testing';
import { defer, of, Subject } from 'rxjs';
import type { CreateRequest, RequestView } from '../../../domain/api/requests';
import type { ErrorCode } from '../../../domain/errors';
import { GatewayClient } from '../../core/gateway.client';
import { SPARE_STORAGE } from '../../core/spare-drafts.service';
import { SessionService } from '../../core/session.service';
import { FakeSession } from '../../testing/fake-session';
import { failing, fakeGateway, type FakeGateway } from '../../testing/fake-gateway';
import { anOrder, aRequest } from '../../testing/records';
import { DraftStore } from '../form/draft.store';
import { SubmissionStore } from './submission.store';

const ORDER = anOrder();
const OTHER = anOrder({ fields: { payment: 'pr' } });

describe('SubmissionStore', () => {
  let gateway: FakeGateway;
  let drafts: jasmine.SpyObj<DraftStore>;
  let store: SubmissionStore;

  beforeEach(() => {
    gateway = fakeGateway();
    drafts = jasmine.createSpyObj<DraftStore>('DraftStore', {
      flush: of(undefined),
      close: undefined,
      discard: of(undefined),
    });
    TestBed.configureTestingModule({
      providers: [
        SubmissionStore,
        { provide: GatewayClient, useValue: gateway },
        { provide: SPARE_STORAGE, useValue: undefined },
        { provide: SessionService, useValue: new FakeSession() },
        { provide: DraftStore, useValue: drafts },
      ],
    });
    store = TestBed.inject(SubmissionStore);
  });

  const state = () => store.submission().state;
  const code = () => {
    const now = store.submission();
    return 'error' in now ? now.error?.code : undefined;
  };
  /** The sent orders with their keys. */
  const sent = (): readonly [CreateRequest, string][] => gateway.createRequest.calls.allArgs();
  /** Makes the gateway fail with this code from now on. */
  const fails = (failure: ErrorCode) => gateway.createRequest.and.returnValue(failing(failure));
  const answersLater = (): Subject<RequestView> => {
    const answer = new Subject<RequestView>();
    gateway.createRequest.and.returnValue(answer);
    return answer;
  };

  it('sends the order under its key and has the request in the end', () => {
    const key = store.key();
    store.send(ORDER);
    expect(sent()).toEqual([[ORDER, key]]);
    expect(store.submission()).toEqual({ state: 'done', order: ORDER, request: aRequest() });
  });

  it('closes the draft once the request exists, not before', () => {
    const answer = answersLater();
    store.send(ORDER);
    expect(drafts.close).not.toHaveBeenCalled();
    answer.next(aRequest());
    expect(drafts.close).toHaveBeenCalledTimes(1);
  });

  describe('of a request in 準備中', () => {
    const PREPARED = { id: 'LA0012345671', version: 3 };
    const EDITED = anOrder({ draftId: 'draft-0001', fields: { payment: 'pr', volume: '3' }, comment: '急ぎです' });
    beforeEach(() => {
      store.prepared.set(PREPARED);
    });

    it('orders that request with all that is on the form, emptied fields too, and drops the draft', () => {
      const key = store.key();
      store.send(EDITED);
      const [id, { version, action, params }, usedKey] = gateway.act.calls.mostRecent().args;
      expect([id, version, action, usedKey]).toEqual([PREPARED.id, 3, 'order', key]);
      expect(params).toEqual(
        jasmine.objectContaining({ payment: 'pr', volume: '3', pages: '', lenders: [], comment: '急ぎです' }),
      );
      expect([sent().length, state(), drafts.discard.calls.allArgs()]).toEqual([0, 'done', [['draft-0001']]]);
    });

    it('saves it', () => {
      store.send({ ...EDITED, mode: 'save', kind: 'loan' });
      const [id, { version, fields, comment }] = gateway.edit.calls.mostRecent().args;
      expect([id, version, comment, fields.payment, 'copyType' in fields]).toEqual([
        PREPARED.id,
        3,
        '急ぎです',
        'pr',
        false,
      ]);
      expect(gateway.act).not.toHaveBeenCalled();
    });

    it('is done also where the draft cannot be dropped', () => {
      drafts.discard.and.returnValue(failing('gateway-unreachable'));
      store.send(EDITED);
      expect(state()).toBe('done');
    });

    it('asks about an unknown outcome under the same key', () => {
      gateway.act.and.returnValue(failing('outcome-unknown'));
      const key = store.key();
      store.send(EDITED);
      expect(state()).toBe('unknown');
      store.send(EDITED);
      expect(gateway.act.calls.allArgs().map(([, , each]) => each)).toEqual([key, key]);
    });
  });

  describe('one at a time', () => {
    it('sends once, however often it is asked while the order is on its way', () => {
      const answer = answersLater();
      for (const order of [ORDER, ORDER, OTHER]) store.send(order);
      expect([sent().length, state()]).toEqual([1, 'sending']);
      answer.next(aRequest());
      answer.complete();
      expect([sent().length, state()]).toEqual([1, 'done']);
    });

    it('sends once while the draft is still being kept', () => {
      const flushed = new Subject<undefined>();
      drafts.flush.and.returnValue(flushed);
      store.send(ORDER);
      store.send(ORDER);
      expect([sent().length, drafts.flush.calls.count(), state()]).toEqual([0, 1, 'sending']);
      flushed.next(undefined);
      flushed.complete();
      expect(sent().length).toBe(1);
    });

    it('sends nothing more once the request exists', () => {
      store.send(ORDER);
      store.send(OTHER);
      expect(sent().length).toBe(1);
    });
  });

  describe('an unknown outcome', () => {
    beforeEach(() => {
      fails('outcome-unknown');
      store.send(ORDER);
    });

    it('keeps the order and says what happened', () => {
      expect([state(), code()]).toEqual(['unknown', 'outcome-unknown']);
      expect(drafts.close).not.toHaveBeenCalled();
    });

    it('is asked about with the very same order under the very same key, whatever is on the form now', () => {
      store.send(OTHER);
      const [first, second] = sent();
      expect(second).toEqual(first);
    });

    it('stays unknown while the gateway cannot say', () => {
      for (const failure of [
        'gateway-unreachable',
        'nacsis-unavailable',
        'unauthenticated',
        'invalid-request',
        'internal',
      ] as const) {
        fails(failure);
        store.send(OTHER);
        expect([state(), code()]).withContext(failure).toEqual(['unknown', failure]);
      }
      expect(new Set(sent().map(([order, key]) => JSON.stringify([order, key]))).size).toBe(1);
    });

    it('is done when the gateway finds the request', () => {
      gateway.createRequest.and.returnValue(of(aRequest()));
      store.send(OTHER);
      expect(store.submission()).toEqual({ state: 'done', order: ORDER, request: aRequest() });
    });

    it('is over when the order itself was refused: the form is free again, under a new key', () => {
      const [[, key]] = sent() as [[CreateRequest, string]];
      fails('nacsis-rejected');
      store.send(ORDER);
      expect([state(), code()]).toEqual(['editing', 'nacsis-rejected']);
      expect(store.key()).not.toBe(key);
    });

    it('is asked about by itself, without the draft being kept once more', fakeAsync(() => {
      store.stopAsking();
      store.send(ORDER);
      gateway.createRequest.and.returnValue(of(aRequest()));
      tick(3_000);
      expect([state(), sent().length]).toEqual(['done', 3]);
      expect(new Set(sent().map((each) => JSON.stringify(each))).size).toBe(1);
      expect(drafts.flush).toHaveBeenCalledTimes(1);
    }));

    it('says since when it is asked about, and why that has ended', fakeAsync(() => {
      const before = store.submission();
      expect(before.state === 'unknown' && before.asking?.isCalling).toBeFalse();
      store.stopAsking();
      expect([state(), code()]).toEqual(['unknown', 'outcome-unknown']);
      const now = store.submission();
      expect(now.state === 'unknown' && [now.end, now.asking]).toEqual(['stopped', undefined]);
      tick(200_000);
      expect(sent().length).toBe(1);
    }));

    it('is not asked about any more when the page is left', fakeAsync(() => {
      store.stopAsking();
      store.send(ORDER);
      const calls = gateway.createRequest.calls;
      TestBed.resetTestingModule();
      tick(200_000);
      expect(calls.count()).toBe(2);
    }));
  });

  it('has a new key after a refusal, and sends what is on the form then', () => {
    fails('invalid-fields');
    store.send(ORDER);
    expect([state(), code()]).toEqual(['editing', 'invalid-fields']);
    store.send(OTHER);
    const [[order, key], [next, nextKey]] = sent() as [[CreateRequest, string], [CreateRequest, string]];
    expect([order, next]).toEqual([ORDER, OTHER]);
    expect(nextKey).not.toBe(key);
  });

  it('takes whatever was thrown for an unknown outcome once the order was sent', () => {
    gateway.createRequest.and.callFake(() => of(null as unknown as RequestView));
    drafts.close.and.throwError(new TypeError('broken'));
    store.send(ORDER);
    expect([state(), code()]).toEqual(['unknown', 'internal']);
  });

  describe('the draft first', () => {
    it('is kept before the order is sent', () => {
      const calls: string[] = [];
      drafts.flush.and.returnValue(
        defer(() => {
          calls.push(`draft while ${state()}`);
          return of(undefined);
        }),
      );
      gateway.createRequest.and.callFake(() => {
        calls.push('order');
        return of(aRequest());
      });
      store.send(ORDER);
      expect(calls).toEqual(['draft while sending', 'order']);
    });

    it('sends nothing when the gateway is not there, or gets no token: nothing happened, the key stays', () => {
      for (const failure of [
        'gateway-unreachable',
        'gateway-not-configured',
        'unauthenticated',
        'host-timeout',
        'host-refused',
      ] as const) {
        const key = store.key();
        drafts.flush.and.returnValue(failing(failure));
        store.send(ORDER);
        expect([state(), code(), sent().length, store.key()])
          .withContext(failure)
          .toEqual(['editing', failure, 0, key]);
      }
    });

    it('does not stop the order when only the draft is in trouble', () => {
      drafts.flush.and.returnValue(failing('payload-too-large'));
      store.send(ORDER);
      expect(state()).toBe('done');
    });

    it('is waited for five seconds', fakeAsync(() => {
      drafts.flush.and.returnValue(new Subject());
      store.send(ORDER);
      tick(4_999);
      expect(sent().length).toBe(0);
      tick(1);
      expect([sent().length, state()]).toEqual([1, 'done']);
    }));
  });

  describe('a draft that comes back', () => {
    it('goes on under its key', () => {
      store.resume('kept-key', undefined);
      store.send(OTHER);
      expect(sent()).toEqual([[OTHER, 'kept-key']]);
    });

    it('with an order of unknown outcome asks about that order only', () => {
      store.resume('kept-key', ORDER);
      expect(sent()).toEqual([[ORDER, 'kept-key']]);
      expect(store.submission()).toEqual({ state: 'done', order: ORDER, request: aRequest() });
    });

    it('with one that is too old to be asked about by itself waits for the user', () => {
      store.resume('kept-key', ORDER, false);
      expect([store.submission(), sent()]).toEqual([{ state: 'unknown', order: ORDER }, []]);
      store.send(OTHER);
      expect(sent()).toEqual([[ORDER, 'kept-key']]);
    });
  });
});
