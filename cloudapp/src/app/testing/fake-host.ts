import { BehaviorSubject, of, ReplaySubject, type Observable } from 'rxjs';
import type { AlmaEntity } from '../core/alma-entity';
import type { HostService, HostSession, PageRecords } from '../core/host.service';

export const SESSION: HostSession = {
  language: 'ja',
  colour: 'blue',
  institution: 'LAB_INST',
  userId: 'staff001',
  isAdmin: false,
};

export function aBib(id: string, description = `書誌 ${id}`): AlmaEntity {
  return { id, type: 'BIB_MMS', link: `/bibs/${id}`, description };
}

/** Fake of our own adapter for Alma. */
export class FakeHost implements Pick<
  HostService,
  | 'session$'
  | 'pageRecords$'
  | 'authToken'
  | 'read'
  | 'write'
  | 'refreshPage'
  | 'readConfig'
  | 'writeConfig'
  | 'readSettings'
  | 'writeSettings'
> {
  readonly session$ = new ReplaySubject<HostSession>(1);
  readonly pageRecords$ = new BehaviorSubject<PageRecords>({ state: 'pending' });
  readonly authToken = jasmine.createSpy<() => Observable<string>>('authToken').and.returnValue(of('token'));
  readonly read = jasmine.createSpy<(path: string) => Observable<unknown>>('read').and.returnValue(of({}));
  readonly write = jasmine
    .createSpy<(method: string, path: string, body?: object) => Observable<unknown>>('write')
    .and.returnValue(of({}));
  readonly refreshPage = jasmine.createSpy<() => Observable<void>>('refreshPage').and.returnValue(of(undefined));
  readonly readConfig = jasmine.createSpy<() => Observable<unknown>>('readConfig').and.returnValue(of({}));
  readonly writeConfig = jasmine
    .createSpy<(value: object) => Observable<void>>('writeConfig')
    .and.returnValue(of(undefined));
  readonly readSettings = jasmine.createSpy<() => Observable<unknown>>('readSettings').and.returnValue(of({}));
  readonly writeSettings = jasmine
    .createSpy<(value: object) => Observable<void>>('writeSettings')
    .and.returnValue(of(undefined));

  shows(...entities: readonly AlmaEntity[]): void {
    this.pageRecords$.next({ state: 'ok', entities });
  }
}
