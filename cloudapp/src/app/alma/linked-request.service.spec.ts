import { TestBed } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { of } from 'rxjs';
import type { RequestView } from '../../domain/api/requests';
import type { AlmaEntity } from '../core/alma-entity';
import type { AppError } from '../core/app-error';
import { GatewayClient } from '../core/gateway.client';
import { HostService } from '../core/host.service';
import { SessionService } from '../core/session.service';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { aBib, FakeHost } from '../testing/fake-host';
import { FakeSession } from '../testing/fake-session';
import { aList, aMe, aRequest, aSummary, LIBRARY } from '../testing/records';
import { LinkedRequestService, type Found } from './linked-request.service';

const ENTITY: AlmaEntity = {
  id: '7',
  type: 'BORROWING_REQUEST',
  link: '/users/u1/resource-sharing-requests/7',
  description: '借受 1',
};
const LINK = { userId: 'u1', requestId: '7' };

describe('LinkedRequestService', () => {
  let host: FakeHost;
  let gateway: FakeGateway;
  let session: FakeSession;
  /** Requests by id; all others are not found. */
  let requests: Record<string, RequestView>;

  beforeEach(() => {
    host = new FakeHost();
    gateway = fakeGateway();
    session = new FakeSession();
    requests = {};
    gateway.request.and.callFake((id) => {
      const found = requests[id];
      return found === undefined ? failing('not-found') : of(found);
    });
    TestBed.configureTestingModule({
      providers: [
        provideTranslateService(),
        { provide: HostService, useValue: host },
        { provide: GatewayClient, useValue: gateway },
        { provide: SessionService, useValue: session },
      ],
    });
  });

  function find(entity = ENTITY): Found | AppError | undefined {
    let seen: Found | AppError | undefined;
    TestBed.inject(LinkedRequestService)
      .find(entity)
      .subscribe({ next: (found) => (seen = found), error: (error: AppError) => (seen = error) });
    return seen;
  }
  function hit(entity = ENTITY): readonly unknown[] {
    const found = find(entity) as Found;
    return [found.by, found.request?.id];
  }
  const known = (id: string, changes: Partial<RequestView> = {}) => (requests[id] = aRequest({ id, ...changes }));

  it("finds it by Alma's external identifier", () => {
    host.read.and.returnValue(of({ title: '題', external_id: 'LA1234567890' }));
    known('LA1234567890');
    expect(hit()).toEqual(['external-id', 'LA1234567890']);
    expect(gateway.request.calls.allArgs()).toEqual([['LA1234567890', 'borrower']]);
    expect(gateway.requests).not.toHaveBeenCalled();
  });

  it('else by the link that the gateway keeps', () => {
    host.read.and.returnValue(of({ external_id: 'LAB0000101' }));
    known('LA2', { almaRequest: LINK });
    gateway.requests.and.returnValue(of(aList([aSummary({ id: 'LA2' })])));
    expect(hit()).toEqual(['kept', 'LA2']);
    expect(gateway.requests.calls.allArgs()).toEqual([
      [{ side: 'borrower', almaRequestId: '7', sort: 'newest', pageSize: 5 }],
    ]);
  });

  it('does not believe a list that holds what is linked to something else', () => {
    known('LA2', { almaRequest: { userId: 'u1', requestId: '9' } });
    gateway.requests.and.returnValue(of(aList([aSummary({ id: 'LA2' })])));
    expect(hit()).toEqual([undefined, undefined]);
  });

  it('of several takes the one that still goes on', () => {
    const rows = [
      aSummary({ id: 'LA3', state: 'CANCELLED' }),
      aSummary({ id: 'LA4', gone: 'not-delivered' }),
      aSummary({ id: 'LA5' }),
    ];
    for (const { id } of rows) known(id, { almaRequest: LINK });
    gateway.requests.and.returnValue(of(aList(rows)));
    expect(hit()).toEqual(['kept', 'LA5']);
    gateway.requests.and.returnValue(of(aList(rows.slice(0, 2))));
    expect(hit()).toEqual(['kept', 'LA3']);
  });

  it('else by an id that stands in a note of Alma', () => {
    host.read.and.returnValue(of({ note: 'LA1111111111 は誤り、正は LA2222222222' }));
    known('LA2222222222');
    expect(hit()).toEqual(['note', 'LA2222222222']);
  });

  it('else not, and then tells what it is in Alma', () => {
    host.read.and.returnValue(of({ title: '題', external_id: 'LA1234567890', note: 'LA1111111111' }));
    const found = find() as Found;
    expect([found.side, found.link, found.alma?.title, found.request]).toEqual(['borrower', LINK, '題', undefined]);
  });

  it('goes by the kept link alone where Alma does not give the request, and tells why', () => {
    host.read.and.returnValue(failing('host-timeout'));
    known('LA2', { almaRequest: LINK });
    gateway.requests.and.returnValue(of(aList([aSummary({ id: 'LA2' })])));
    const found = find() as Found;
    expect([found.by, found.almaError?.code, found.alma]).toEqual(['kept', 'host-timeout', undefined]);
  });

  it('asks nothing of Alma about a request without a requester', () => {
    const found = find({ ...ENTITY, link: '' }) as Found;
    expect([found.link, found.request]).toEqual([undefined, undefined]);
    expect(host.read).not.toHaveBeenCalled();
  });

  it('looks on the side of the lender for a lending request', () => {
    host.read.and.returnValue(of({ external_id: 'LA1234567890' }));
    known('LA1234567890', { side: 'lender' });
    const lending: AlmaEntity = { ...ENTITY, type: 'LENDING_REQUEST', link: '/partners/NACSIS/lending-requests/7' };
    expect(hit(lending)).toEqual(['external-id', 'LA1234567890']);
    expect(gateway.request.calls.allArgs()).toEqual([['LA1234567890', 'lender']]);
  });

  describe('where another than the import writes to Alma', () => {
    const linksTo = () => gateway.link.calls.allArgs().map(([id, side, link]) => [id, side, link]);
    beforeEach(() => {
      gateway.link.and.callFake((id, side, almaRequest) =>
        of(aRequest({ id, side, almaRequest: almaRequest ?? undefined })),
      );
    });
    const writes = (writer: 'rest' | 'iso18626' | 'alma-nacsis') => {
      session.libraries.set([{ ...LIBRARY, writer }]);
    };

    it('finds it by the external identifier of the messages, before it looks into the notes, and links it', () => {
      writes('iso18626');
      host.read.and.returnValue(of({ external_id: '01INST77', note: 'LA1111111111' }));
      gateway.requestIdOf.and.returnValue(of('LA2222222222'));
      known('LA2222222222');
      known('LA1111111111');
      const found = find() as Found;
      expect([found.by, found.request?.id, found.request?.almaRequest]).toEqual(['bridge', 'LA2222222222', LINK]);
      expect(gateway.requestIdOf.calls.allArgs()).toEqual([['01INST77', 'borrower']]);
      expect(linksTo()).toEqual([['LA2222222222', 'borrower', LINK]]);
    });

    it('goes on to the notes when no message names it, and never links what a note names', () => {
      writes('iso18626');
      host.read.and.returnValue(of({ external_id: '01INST77', note: 'LA1111111111' }));
      known('LA1111111111');
      expect(hit()).toEqual(['note', 'LA1111111111']);
      expect(linksTo()).toEqual([]);
    });

    it('asks about no external identifier where no library exchanges messages', () => {
      writes('alma-nacsis');
      host.read.and.returnValue(of({ external_id: '01INST77' }));
      expect(hit()).toEqual([undefined, undefined]);
      expect(gateway.requestIdOf).not.toHaveBeenCalled();
    });

    it("links by Alma's external identifier, once, so that a removed link stays removed", () => {
      writes('alma-nacsis');
      host.read.and.returnValue(of({ external_id: 'LA1234567890' }));
      known('LA1234567890');
      expect((find() as Found).request?.almaRequest).toEqual(LINK);
      expect(hit()).toEqual(['external-id', 'LA1234567890']);
      expect(linksTo()).toEqual([['LA1234567890', 'borrower', LINK]]);
    });

    it('shows it without the link when linking fails, and links nothing that has a link or that the user may only read', () => {
      writes('alma-nacsis');
      gateway.link.and.returnValue(failing('already-linked'));
      host.read.and.returnValue(of({ external_id: 'LA1234567890' }));
      known('LA1234567890');
      expect([...hit(), gateway.link.calls.count()]).toEqual(['external-id', 'LA1234567890', 1]);
      known('LA1234567890', { almaRequest: { userId: 'u2', requestId: '9' } });
      hit({ ...ENTITY, id: '8', link: '/users/u1/resource-sharing-requests/8' });
      known('LA1234567890');
      session.session.set({
        state: 'ok',
        value: { ...session.loaded, me: aMe({ user: { id: 'r', mayRead: true, mayAct: false, mayManage: false } }) },
      });
      hit({ ...ENTITY, id: '8', link: '/users/u1/resource-sharing-requests/8' });
      expect(gateway.link.calls.count()).toBe(1);
    });

    it('leaves linking to the import where that writes', () => {
      writes('rest');
      host.read.and.returnValue(of({ external_id: 'LA1234567890' }));
      known('LA1234567890');
      expect([...hit(), gateway.link.calls.count()]).toEqual(['external-id', 'LA1234567890', 0]);
    });
  });

  it('finds nothing for a record that is no request', () => {
    expect(find(aBib('1'))).toBeUndefined();
  });

  it('fails when the gateway cannot be asked, so that nothing looks unlinked that is not', () => {
    gateway.requests.and.returnValue(failing('gateway-unreachable'));
    expect((find() as AppError).code).toBe('gateway-unreachable');
    host.read.and.returnValue(of({ external_id: 'LA1234567890' }));
    gateway.request.and.returnValue(failing('forbidden'));
    expect((find() as AppError).code).toBe('forbidden');
  });
});
