import { signal } from '@angular/core';
import { BehaviorSubject } from 'rxjs';
import type { Library } from '../../domain/api';
import type { Member } from '../../domain/catalog';
import type { Desk, DeskService } from '../core/desk.service';
import type { Remote } from '../core/remote';
import { aMe, anInstitution, aUser, LIBRARY, OWN_MEMBER } from './records';

/** A desk that has loaded; a spec changes what it shows. */
export class FakeDesk implements Pick<DeskService, keyof DeskService> {
  readonly loaded: Desk = { me: aMe(), institution: anInstitution(), user: aUser() };
  readonly desk = signal<Remote<Desk>>({ state: 'ok', value: this.loaded });
  readonly ready$ = new BehaviorSubject<Desk>(this.loaded);
  readonly libraries = signal<readonly Library[]>([LIBRARY]);
  readonly library = signal<Library | undefined>(LIBRARY);
  readonly library$ = new BehaviorSubject<Library>(LIBRARY);
  readonly ownMember = signal<Remote<Member>>({ state: 'ok', value: OWN_MEMBER });
  readonly chooseLibrary = jasmine.createSpy<DeskService['chooseLibrary']>('chooseLibrary');
  readonly remember = jasmine.createSpy<DeskService['remember']>('remember');
  readonly reload = jasmine.createSpy<DeskService['reload']>('reload');

  worksFor(library: Library): void {
    this.library.set(library);
    this.library$.next(library);
  }
}
