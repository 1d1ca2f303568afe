import { TestBed } from '@angular/core/testing';
import { of, Subject, take, tap, throwError } from 'rxjs';
import type { Me } from '../../domain/api/requests';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { aMe, anInstitution, aUser, BRANCH, LIBRARY, OWN_MEMBER } from '../testing/records';
import { HostError } from './app-error';
import { SessionService, type Session } from './session.service';
import { GatewayClient } from './gateway.client';
import { errorOf } from './remote';
import { SettingsService } from './settings.service';
import type { UserSettings } from './user-settings';

describe('SessionService', () => {
  let gateway: FakeGateway;
  let settings: jasmine.SpyObj<SettingsService>;

  beforeEach(() => {
    gateway = fakeGateway();
    gateway.me.and.returnValue(of(aMe({ libraries: [LIBRARY, BRANCH] })));
    settings = jasmine.createSpyObj<SettingsService>('SettingsService', {
      institution: of(anInstitution()),
      user: of(aUser()),
      remember: of(undefined),
    });
    TestBed.configureTestingModule({
      providers: [
        { provide: GatewayClient, useValue: gateway },
        { provide: SettingsService, useValue: settings },
      ],
    });
  });

  function start(): SessionService {
    const session = TestBed.inject(SessionService);
    TestBed.flushEffects();
    return session;
  }

  it('loads user, libraries and both kinds of settings together', () => {
    const session = start();
    const loaded: Session[] = [];
    session.ready$.subscribe((each) => loaded.push(each));
    const whole = { me: aMe({ libraries: [LIBRARY, BRANCH] }), institution: anInstitution(), user: aUser() };
    expect(session.session()).toEqual({ state: 'ok', value: whole });
    expect(loaded).toEqual([whole]);
    expect(session.libraries()).toEqual([LIBRARY, BRANCH]);
  });

  it('has no library while it loads', () => {
    gateway.me.and.returnValue(new Subject());
    const session = start();
    expect([session.session().state, session.library(), session.libraries()]).toEqual(['loading', undefined, []]);
  });

  describe('the library that is worked for', () => {
    it('is the first', () => {
      expect(start().library()).toEqual(LIBRARY);
    });

    it('is the one of last time', () => {
      settings.user.and.returnValue(of(aUser({ library: BRANCH.code })));
      expect(start().library()).toEqual(BRANCH);
    });

    it('is the first when the one of last time is none of the user any more', () => {
      settings.user.and.returnValue(of(aUser({ library: 'CLOSED' })));
      expect(start().library()).toEqual(LIBRARY);
    });

    it('is the chosen one, and is remembered', () => {
      const session = start();
      session.chooseLibrary(BRANCH.code);
      expect(session.library()).toEqual(BRANCH);
      expect(settings.remember).toHaveBeenCalledOnceWith({ library: BRANCH.code });
    });

    it('is told once, and again when another is chosen', () => {
      const session = start();
      const told: string[] = [];
      session.library$.subscribe(({ code }) => told.push(code));
      session.chooseLibrary(LIBRARY.code);
      TestBed.flushEffects();
      session.chooseLibrary(BRANCH.code);
      TestBed.flushEffects();
      expect(told).toEqual([LIBRARY.code, BRANCH.code]);
    });

    it('has its own member record', () => {
      const session = start();
      expect(session.ownMember()).toEqual({ state: 'ok', value: OWN_MEMBER });
      session.chooseLibrary(BRANCH.code);
      TestBed.flushEffects();
      expect(gateway.member.calls.allArgs()).toEqual([
        [LIBRARY.code, LIBRARY.memberId],
        [BRANCH.code, BRANCH.memberId],
      ]);
    });
  });

  it('works without the own member record', () => {
    gateway.member.and.returnValue(failing('nacsis-unavailable'));
    const session = start();
    expect([session.session().state, session.ownMember().state]).toEqual(['ok', 'failed']);
  });

  it('is closed to a user without a library', () => {
    gateway.me.and.returnValue(of(aMe({ libraries: [] })));
    expect(errorOf(start().session())?.code).toBe('forbidden');
  });

  it('fails when the gateway says something else than who works here', () => {
    for (const answer of [null, {}, { libraries: 'MAIN' }]) {
      gateway.me.and.returnValue(of(answer as unknown as Me));
      const session = start();
      session.reload();
      expect(errorOf(session.session())?.code).withContext(JSON.stringify(answer)).toBe('internal');
    }
  });

  it('loads again after a failure', () => {
    gateway.me.and.returnValue(failing('gateway-unreachable'));
    const session = start();
    expect(errorOf(session.session())?.code).toBe('gateway-unreachable');
    gateway.me.and.returnValue(of(aMe()));
    session.reload();
    expect(session.session().state).toBe('ok');
  });

  describe('what is chosen in the session', () => {
    const chosen = (session: SessionService) => {
      const now = session.session();
      return 'value' in now ? now.value.user : undefined;
    };

    it('is there at once, before Alma has kept it', () => {
      settings.remember.and.returnValue(new Subject<void>());
      const session = start();
      session.remember({ skipConfirm: true, payment: 'pr' });
      expect(chosen(session)).toEqual(aUser({ skipConfirm: true, payment: 'pr' }));
    });

    it('stays when Alma does not keep it', () => {
      settings.remember.and.returnValue(throwError(() => new HostError('host-refused')));
      const session = start();
      session.remember({ noProposal: true });
      expect(chosen(session)?.noProposal).toBeTrue();
    });

    it('stays beside what is chosen next, and goes before what was chosen earlier', () => {
      const session = start();
      session.remember({ kinds: { book: 'loan' }, payment: 'pr' });
      session.remember({ kinds: { book: 'copy' } });
      expect(chosen(session)).toEqual(aUser({ kinds: { book: 'copy' }, payment: 'pr' }));
    });

    it('goes before what Alma tells when it is asked again', () => {
      const session = start();
      session.remember({ kinds: { book: 'loan' } });
      settings.user.and.returnValue(of(aUser({ kinds: { book: 'copy' }, payment: 're' })));
      session.reload();
      expect(chosen(session)).toEqual(aUser({ kinds: { book: 'loan' }, payment: 're' }));
    });

    it('is there when it was chosen before the session was loaded', () => {
      const me = new Subject<Me>();
      gateway.me.and.returnValue(me);
      const session = start();
      session.remember({ kinds: { book: 'loan' } });
      expect([session.session().state, chosen(session)]).toEqual(['loading', undefined]);
      me.next(aMe());
      me.complete();
      expect(chosen(session)?.kinds).toEqual({ book: 'loan' });
    });

    it('does not hide that the session could not be loaded', () => {
      gateway.me.and.returnValue(failing('gateway-unreachable'));
      const session = start();
      session.remember({ kinds: { book: 'loan' } });
      expect(errorOf(session.session())?.code).toBe('gateway-unreachable');
    });

    it('includes the library', () => {
      const session = start();
      session.chooseLibrary(BRANCH.code);
      expect(chosen(session)?.library).toBe(BRANCH.code);
    });
  });

  it('remembers the next choice after one could not be kept', () => {
    const session = start();
    settings.remember.and.returnValue(throwError(() => new HostError('host-timeout')));
    session.remember({ kinds: { book: 'loan' } });
    settings.remember.and.returnValue(of(undefined));
    session.remember({ kinds: { book: 'copy' } });
    expect(settings.remember).toHaveBeenCalledTimes(2);
  });

  it('remembers each of two choices that come close together', () => {
    const kept: Partial<UserSettings>[] = [];
    const slow = new Subject<void>();
    settings.remember.and.callFake((choices) =>
      slow.pipe(
        take(1),
        tap(() => kept.push(choices)),
      ),
    );
    const session = start();
    session.remember({ kinds: { book: 'loan' } });
    session.remember({ payment: 'pr' });
    slow.next();
    slow.next();
    expect(kept).toEqual([{ kinds: { book: 'loan' } }, { payment: 'pr' }]);
  });
});
