import { TestBed } from '@angular/core/testing';
import { provideTranslateService, TranslateService } from '@ngx-translate/core';
import { of, Subject } from 'rxjs';
import type { RequestView } from '../../domain/api/requests';
import { HostError } from '../core/app-error';
import { HostService } from '../core/host.service';
import { SessionService } from '../core/session.service';
import { failing } from '../testing/fake-gateway';
import { FakeHost } from '../testing/fake-host';
import { FakeSession } from '../testing/fake-session';
import { aRequest, LIBRARY } from '../testing/records';
import { AlmaSideStore } from './alma-side.store';

const LINK = { userId: 'u1', requestId: '7' };
const PATH = '/users/u1/resource-sharing-requests/7';
const sent = (sum = 0, status = 'REQUEST_SENT') => ({
  status: { value: status, desc: status },
  shipping_cost: { sum, currency: { value: 'JPY' } },
});
const SHIPPED: Partial<RequestView> = { state: 'SHIPPED', fields: { total: '450' }, almaRequest: LINK };

describe('AlmaSideStore', () => {
  let host: FakeHost;
  let store: AlmaSideStore;
  let session: FakeSession;

  beforeEach(() => {
    host = new FakeHost();
    session = new FakeSession();
    TestBed.configureTestingModule({
      providers: [
        AlmaSideStore,
        provideTranslateService(),
        { provide: HostService, useValue: host },
        { provide: SessionService, useValue: session },
      ],
    });
    TestBed.inject(TranslateService).use('en');
    store = TestBed.inject(AlmaSideStore);
    host.read.and.callFake(() => of(sent()));
  });

  const show = (changes: Partial<RequestView>) => {
    store.show(aRequest(changes), undefined);
  };
  const written = () => host.write.calls.allArgs().map(([method, path]) => `${method} ${path}`);
  const onPage = (requestId = '7') => {
    const link = `/users/u1/resource-sharing-requests/${requestId}`;
    host.shows({ id: requestId, type: 'BORROWING_REQUEST', link, description: '' });
  };

  it('reads nothing for a request that is linked to none of Alma', () => {
    show({});
    expect([store.link(), store.remote().state, store.steps()]).toEqual([undefined, 'idle', []]);
    store.tell();
    expect(host.read).not.toHaveBeenCalled();
  });

  it('reads the request that it is linked to, once, and again for another one', () => {
    show({ almaRequest: LINK });
    show({ almaRequest: { ...LINK }, version: 2 });
    expect(host.read.calls.allArgs()).toEqual([[PATH]]);
    show({ almaRequest: { userId: 'u1', requestId: '8' } });
    expect(host.read).toHaveBeenCalledTimes(2);
  });

  it('goes by the page where the gateway keeps no link', () => {
    store.show(aRequest(), LINK);
    expect(store.alma()?.status.code).toBe('REQUEST_SENT');
  });

  it('says what Alma can be told and does not know, and that the rest will follow', () => {
    show(SHIPPED);
    expect([store.steps(), store.comparison()]).toEqual([[{ do: 'shipping-cost', yen: 450 }], 'differs']);
    expect(written()).toEqual([]);
  });

  describe('after an action', () => {
    it('tells it, reads Alma again, and has the page loaded that shows it', () => {
      onPage();
      show(SHIPPED);
      host.write.and.callFake(() => {
        host.read.and.callFake(() => of(sent(450)));
        return of({});
      });
      store.tell();
      expect(written()).toEqual([`POST ${PATH}?op=update_shipping&shipping_cost=450`]);
      expect([store.told(), store.steps(), store.failure(), store.isTelling()]).toEqual([
        [{ do: 'shipping-cost', yen: 450 }],
        [],
        undefined,
        false,
      ]);
      expect(host.refreshPage).toHaveBeenCalledTimes(1);
    });

    for (const writer of ['iso18626', 'alma-nacsis'] as const)
      it(`writes and promises nothing where ${writer} writes, but has the page loaded again`, () => {
        session.libraries.set([{ ...LIBRARY, writer }]);
        onPage();
        show(SHIPPED);
        expect([store.writer(), store.steps()]).toEqual([writer, []]);
        host.read.calls.reset();
        store.tell();
        expect([written(), store.told(), store.failure()]).toEqual([[], [], undefined]);
        expect(host.refreshPage).toHaveBeenCalledTimes(1);
        // Read for its status, which is shown.
        expect(host.read.calls.allArgs()).toEqual([[PATH]]);
      });

    it('writes nothing about a request of another library', () => {
      show({ ...SHIPPED, library: 'OTHER' });
      store.tell();
      expect([store.steps(), written()]).toEqual([[], []]);
    });

    it('leaves a page alone that shows something else', () => {
      onPage('9');
      show(SHIPPED);
      store.tell();
      expect(host.write).toHaveBeenCalledTimes(1);
      expect(host.refreshPage).not.toHaveBeenCalled();
    });

    it('tells nothing that Alma knows by now', () => {
      show(SHIPPED);
      host.read.and.callFake(() => of(sent(450)));
      store.tell();
      expect(written()).toEqual([]);
    });

    it('tells nothing of a lending request, but has its page loaded again', () => {
      host.shows({ id: '8', type: 'LENDING_REQUEST', link: '/partners/N/lending-requests/8', description: '' });
      show({ ...SHIPPED, side: 'lender', almaRequest: { partnerCode: 'N', requestId: '8' } });
      store.tell();
      expect(written()).toEqual([]);
      expect(host.refreshPage).toHaveBeenCalledTimes(1);
    });

    it('says what Alma says when it refuses, and tries again by reading first', () => {
      show({ state: 'CANCELLED', almaRequest: LINK });
      const refusal = new HostError('host-refused', { alma: { code: '401694', message: 'no' } });
      host.write.and.callFake(() => failing(refusal.code, refusal.details));
      store.tell();
      expect([store.failure()?.details.alma?.message, store.told()]).toEqual(['no', []]);
      host.read.and.callFake(() => of(sent(0, 'CANCELLED_BY_STAFF')));
      store.tell();
      expect([store.failure(), host.write.calls.count()]).toEqual([undefined, 1]);
    });

    it('looks whether it was done where no answer came, and does not do it again', () => {
      show({ state: 'CANCELLED', almaRequest: LINK });
      host.write.and.callFake(() => {
        host.read.and.callFake(() => of(sent(0, 'CANCELLED_BY_STAFF')));
        return failing('host-timeout');
      });
      store.tell();
      expect([store.failure(), store.told(), host.write.calls.count()]).toEqual([undefined, [{ do: 'cancel' }], 1]);
    });

    it('says that no answer came where it was not done', () => {
      show({ state: 'CANCELLED', almaRequest: LINK });
      host.write.and.callFake(() => failing('host-timeout'));
      store.tell();
      expect([store.failure()?.code, store.told(), host.write.calls.count()]).toEqual(['host-timeout', [], 1]);
    });

    it('never tells one request what is true of another that is shown by now', () => {
      const slow$ = new Subject<unknown>();
      show({ state: 'SHIPPED', fields: {}, almaRequest: LINK });
      host.read.and.callFake((path) => (path === PATH ? slow$ : of(sent())));
      store.tell();
      show({ id: 'LA2', state: 'CANCELLED', almaRequest: { userId: 'u2', requestId: '8' } });
      slow$.next(sent());
      slow$.complete();
      expect(written()).toEqual([]);
      expect([store.told(), store.failure()]).toEqual([[], undefined]);
    });

    it('does not tell what was taken back meanwhile', () => {
      const slow$ = new Subject<unknown>();
      show({ state: 'CANCELLED', almaRequest: LINK });
      host.read.and.callFake(() => slow$);
      store.tell();
      show({ state: 'PREPARING', almaRequest: LINK });
      slow$.next(sent());
      slow$.complete();
      expect(written()).toEqual([]);
    });
  });

  it('keeps what it knew when Alma cannot be read again', () => {
    show({ almaRequest: LINK });
    host.read.and.callFake(() => failing('host-timeout'));
    store.reload();
    expect([store.alma()?.status.code, store.readError()?.code]).toEqual(['REQUEST_SENT', 'host-timeout']);
  });
});
