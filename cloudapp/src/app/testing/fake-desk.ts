import { signal } from '@angular/core';
import { BehaviorSubject } from 'rxjs';
import type { Library } from '../../domain/api/requests';
import type { Member } from '../../domain/catalog/catalog';
import type { Desk, DeskService } from '../core/desk.service';
import type { InstitutionSettings } from '../core/institution-settings';
import type { Remote } from '../core/remote';
import type { UserSettings } from '../core/user-settings';
import { aMe, anInstitution, aUser, LIBRARY, OWN_MEMBER } from './records';

/** A loaded desk whose values specs can change. */
export class FakeDesk implements Pick<DeskService, keyof DeskService> {
  readonly loaded: Desk = { me: aMe(), institution: anInstitution(), user: aUser() };
  readonly desk = signal<Remote<Desk>>({ state: 'ok', value: this.loaded });
  readonly ready$ = new BehaviorSubject<Desk>(this.loaded);
  readonly libraries = signal<readonly Library[]>([LIBRARY]);
  readonly library = signal<Library | undefined>(LIBRARY);
  readonly library$ = new BehaviorSubject<Library>(LIBRARY);
  readonly ownMember = signal<Remote<Member>>({ state: 'ok', value: OWN_MEMBER });
  readonly chooseLibrary = jasmine.createSpy<DeskService['chooseLibrary']>('chooseLibrary');
  /** Applies choices at once, like the real service. */
  readonly remember = jasmine
    .createSpy<DeskService['remember']>('remember')
    .and.callFake((choices) => this.user(choices));
  readonly reload = jasmine.createSpy<DeskService['reload']>('reload');

  /** Sets choices of the user. */
  user(choices: Partial<UserSettings>): void {
    this.desk.update((desk) =>
      'value' in desk ? { ...desk, value: { ...desk.value, user: { ...desk.value.user, ...choices } } } : desk,
    );
  }

  /** Sets institution settings. */
  institution(changes: Partial<InstitutionSettings>): void {
    this.desk.update((desk) => {
      if (!('value' in desk)) return desk;
      const value = { ...desk.value, institution: { ...desk.value.institution, ...changes } };
      this.ready$.next(value);
      return { ...desk, value };
    });
  }

  /** Makes the user a manager. */
  manager(): void {
    this.desk.update((desk) =>
      'value' in desk
        ? { ...desk, value: { ...desk.value, me: aMe({ user: { ...desk.value.me.user, mayManage: true } }) } }
        : desk,
    );
  }

  worksFor(library: Library): void {
    this.library.set(library);
    this.library$.next(library);
  }
}
