import { TestBed } from '@angular/core/testing';
import { of, Subject } from 'rxjs';
import type { RequestView } from '../../domain/api/requests';
import { GatewayClient } from '../core/gateway.client';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { aRequest } from '../testing/records';
import { LinkStore } from './link.store';

const LINK = { userId: 'u1', requestId: '7' };
const LENDING = { partnerCode: 'N', requestId: '8' };
const ID = 'LA0012345671';

describe('LinkStore', () => {
  let gateway: FakeGateway;
  let store: LinkStore;

  beforeEach(() => {
    gateway = fakeGateway();
    gateway.link.and.callFake((id, side, almaRequest) =>
      of(aRequest({ id, side, almaRequest: almaRequest ?? undefined })),
    );
    TestBed.configureTestingModule({ providers: [LinkStore, { provide: GatewayClient, useValue: gateway }] });
    store = TestBed.inject(LinkStore);
  });

  it('looks for the id that was typed, on the side of the request of Alma', () => {
    store.check(' la0012345671 ', LENDING);
    expect(gateway.request.calls.allArgs()).toEqual([[ID, 'lender']]);
    expect(store.candidate().state).toBe('ok');
  });

  it('asks nobody about what is no id', () => {
    store.check('123', LINK);
    expect([store.isMalformed(), gateway.request.calls.count()]).toEqual([true, 0]);
    store.check(ID, LINK);
    expect(store.isMalformed()).toBeFalse();
  });

  it('says that there is no such request', () => {
    gateway.request.and.returnValue(failing('not-found'));
    store.check(ID, LINK);
    expect(store.error()?.code).toBe('not-found');
  });

  it('links, and takes it back to what it was linked to before', () => {
    store.link(aRequest({ almaRequest: { userId: 'u9', requestId: '9' } }), LINK);
    expect(store.done()?.request.almaRequest).toEqual(LINK);
    store.undo();
    expect(gateway.link.calls.allArgs().map(([id, side, link]) => [id, side, link])).toEqual([
      [ID, 'borrower', LINK],
      [ID, 'borrower', { userId: 'u9', requestId: '9' }],
    ]);
  });

  it('takes it back to nothing, and undoes an unlinking by linking again', () => {
    store.link(aRequest(), LINK);
    store.undo();
    expect(gateway.link.calls.mostRecent().args[2]).toBeNull();
    store.unlink(aRequest({ almaRequest: LINK }));
    store.undo();
    expect(gateway.link.calls.allArgs().map(([, , link]) => link)).toEqual([LINK, null, null, LINK]);
  });

  it('gives each change a key of its own, and makes one at a time', () => {
    const slow$ = new Subject<RequestView>();
    gateway.link.and.returnValue(slow$);
    store.link(aRequest(), LINK);
    store.link(aRequest(), LINK);
    expect([gateway.link.calls.count(), store.isChanging()]).toEqual([1, true]);
    slow$.next(aRequest({ almaRequest: LINK }));
    slow$.complete();
    store.undo();
    const keys = gateway.link.calls.allArgs().map(([, , , key]) => key);
    expect(new Set(keys).size).toBe(2);
  });

  it('says what is wrong when it cannot be linked', () => {
    gateway.link.and.returnValue(failing('forbidden'));
    store.link(aRequest(), LINK);
    expect([store.error()?.code, store.done()]).toEqual(['forbidden', undefined]);
  });

  it('begins anew for another request of Alma', () => {
    store.link(aRequest(), LINK);
    store.reset();
    expect([store.done(), store.candidate().state, store.error()]).toEqual([undefined, 'idle', undefined]);
  });
});
