import { TestBed } from '@angular/core/testing';
import { of } from 'rxjs';
import { SessionService } from '../core/session.service';
import { GatewayClient } from '../core/gateway.client';
import { FakeSession } from '../testing/fake-session';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { aMember, aProfile, BRANCH, LIBRARY, OWN_MEMBER } from '../testing/records';
import { OwnLibraryStore } from './own-library.store';

const TARIFF = { name: '学外', lines: [{ item: 'A4', unitPrice: 35 }] };

describe('OwnLibraryStore', () => {
  let gateway: FakeGateway;
  let session: FakeSession;
  let store: OwnLibraryStore;

  beforeEach(() => {
    gateway = fakeGateway();
    session = new FakeSession();
    session.libraries.set([LIBRARY, BRANCH]);
    TestBed.configureTestingModule({
      providers: [
        OwnLibraryStore,
        { provide: GatewayClient, useValue: gateway },
        { provide: SessionService, useValue: session },
      ],
    });
    store = TestBed.inject(OwnLibraryStore);
  });

  const begin = (library: string) => {
    store.begin(library);
    TestBed.flushEffects();
  };
  const need = () => {
    store.needProfile();
    TestBed.flushEffects();
  };

  it('takes the member record that the session has already loaded', () => {
    begin(LIBRARY.code);
    expect([store.member(), gateway.member.calls.count()]).toEqual([OWN_MEMBER, 0]);
  });

  it('reads that of another library of the institution', () => {
    const member = aMember({ memberId: BRANCH.memberId });
    gateway.member.and.returnValue(of(member));
    begin(BRANCH.code);
    expect([store.member(), gateway.member.calls.allArgs()]).toEqual([member, [[BRANCH.code, BRANCH.memberId]]]);
  });

  it('reads tariffs once they are needed', () => {
    gateway.profile.and.returnValue(of(aProfile([], { tariffs: [TARIFF] })));
    begin(BRANCH.code);
    expect(gateway.profile).not.toHaveBeenCalled();
    need();
    expect([store.tariffs(), gateway.profile.calls.allArgs()]).toEqual([[TARIFF], [[BRANCH.code]]]);
  });

  it('works without, and says why', () => {
    gateway.profile.and.returnValue(failing('gateway-unreachable'));
    begin(LIBRARY.code);
    need();
    expect([store.tariffs(), store.error()?.code]).toEqual([[], 'gateway-unreachable']);
  });

  it('lends as long as the library set, else as its member record says', () => {
    session.ownMember.set({ state: 'ok', value: aMember({ loanPeriod: '2週間' }) });
    begin(LIBRARY.code);
    expect(store.loanDays()).toEqual({ days: 14, origin: 'member-period' });
    gateway.profile.and.returnValue(of(aProfile([], { loanDays: 21 })));
    need();
    expect(store.loanDays()).toEqual({ days: 21, origin: 'loan-days' });
  });

  it('does not guess how long', () => {
    begin(LIBRARY.code);
    expect(store.loanDays()).toBeUndefined();
  });
});
