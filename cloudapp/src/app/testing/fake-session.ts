import { signal } from '@angular/core';
import { BehaviorSubject } from 'rxjs';
import type { Library } from '../../domain/api/requests';
import type { Member } from '../../domain/catalog/catalog';
import type { Session, SessionService } from '../core/session.service';
import type { InstitutionSettings } from '../core/institution-settings';
import type { Remote } from '../core/remote';
import type { UserSettings } from '../core/user-settings';
import { aMe, anInstitution, aUser, LIBRARY, OWN_MEMBER } from './records';

/** A loaded session whose values specs can change. */
export class FakeSession implements Pick<SessionService, keyof SessionService> {
  readonly loaded: Session = { me: aMe(), institution: anInstitution(), user: aUser() };
  readonly session = signal<Remote<Session>>({ state: 'ok', value: this.loaded });
  readonly ready$ = new BehaviorSubject<Session>(this.loaded);
  readonly libraries = signal<readonly Library[]>([LIBRARY]);
  readonly library = signal<Library | undefined>(LIBRARY);
  readonly library$ = new BehaviorSubject<Library>(LIBRARY);
  readonly ownMember = signal<Remote<Member>>({ state: 'ok', value: OWN_MEMBER });
  readonly chooseLibrary = jasmine.createSpy<SessionService['chooseLibrary']>('chooseLibrary');
  /** Applies choices at once, like the real service. */
  readonly remember = jasmine
    .createSpy<SessionService['remember']>('remember')
    .and.callFake((choices) => this.user(choices));
  readonly reload = jasmine.createSpy<SessionService['reload']>('reload');

  /** Sets choices of the user. */
  user(choices: Partial<UserSettings>): void {
    this.session.update((session) =>
      'value' in session
        ? { ...session, value: { ...session.value, user: { ...session.value.user, ...choices } } }
        : session,
    );
  }

  /** Sets institution settings. */
  institution(changes: Partial<InstitutionSettings>): void {
    this.session.update((session) => {
      if (!('value' in session)) return session;
      const value = { ...session.value, institution: { ...session.value.institution, ...changes } };
      this.ready$.next(value);
      return { ...session, value };
    });
  }

  /** Makes the user a manager. */
  manager(): void {
    this.session.update((session) =>
      'value' in session
        ? { ...session, value: { ...session.value, me: aMe({ user: { ...session.value.me.user, mayManage: true } }) } }
        : session,
    );
  }

  worksFor(library: Library): void {
    this.library.set(library);
    this.library$.next(library);
  }
}
