import { fakeAsync, TestBed, tick } from '@angular/core/testing';
import { of, Subject } from 'rxjs';
import type { RefreshAnswer } from '../../domain/api/work-list';
import { failing } from '../testing/fake-gateway';
import { ListTestBed } from '../testing/list-test-bed';
import { aList, aSummary } from '../testing/records';
import { ListRefreshStore, MAX_FAILURES } from './list-refresh.store';
import { READING_PAUSE } from './list-timing';
import { WorkListStore } from './work-list.store';

const PAUSE = 60_000;

describe('ListRefreshStore', () => {
  let at: ListTestBed;
  let list: WorkListStore;
  let refresh: ListRefreshStore;
  let visibility: jasmine.Spy;
  let readAt: string | undefined;

  beforeEach(() => {
    at = new ListTestBed(PAUSE);
    readAt = at.now.toISOString();
    at.gateway.requests.and.callFake(() => {
      const { readAt: _readAt, ...page } = aList([aSummary()]);
      return of({ ...page, ...(readAt !== undefined && { readAt }) });
    });
    visibility = spyOnProperty(document, 'visibilityState').and.returnValue('visible');
    list = TestBed.inject(WorkListStore);
    refresh = TestBed.inject(ListRefreshStore);
  });
  const show = () => {
    list.show();
    pass(0);
  };
  const pass = (milliseconds: number) => {
    at.later(milliseconds / 1000);
    tick(milliseconds);
    at.settle();
    tick(0);
  };
  const leave = () => {
    list.hide();
    pass(0);
  };
  const refreshed = () => at.gateway.refresh.calls.count();
  const read = () => at.gateway.requests.calls.count();

  it('asks NACSIS-ILL nothing while the list is fresh, but looks at it from time to time', fakeAsync(() => {
    show();
    expect([refreshed(), read()]).toEqual([0, 1]);
    pass(PAUSE);
    expect([refreshed(), read()]).toEqual([0, 2]);
    leave();
  }));

  it('lets the gateway read when the list is old, then reads the list again', fakeAsync(() => {
    readAt = new Date(at.now.getTime() - 121_000).toISOString();
    at.gateway.refresh.and.callFake(() => {
      readAt = at.now.toISOString();
      return of({ libraries: [] });
    });
    show();
    expect(at.gateway.refresh.calls.allArgs()).toEqual([['MAIN']]);
    expect([read(), refresh.readAt()]).toEqual([2, readAt]);
    leave();
  }));

  it('reads at once what was never read, and says so meanwhile', fakeAsync(() => {
    readAt = undefined;
    const answer = new Subject<RefreshAnswer>();
    at.gateway.refresh.and.returnValue(answer);
    show();
    expect([refreshed(), refresh.isReading()]).toEqual([1, true]);
    answer.next({ libraries: [] });
    answer.complete();
    expect(refresh.isReading()).toBeFalse();
    leave();
  }));

  it('asks again soon while a long reading goes on, and shows it until its end', fakeAsync(() => {
    const told = { library: 'MAIN', isFull: true, read: 200, changed: 200, gone: 0, unreadable: 0 };
    at.gateway.refresh.and.returnValue(of({ libraries: [{ ...told, isReading: true }] }));
    show();
    refresh.now();
    pass(0);
    expect([refreshed(), read(), refresh.isReading()]).toEqual([1, 2, true]);
    const soon = TestBed.inject(READING_PAUSE);
    pass(soon);
    expect([refreshed(), read(), refresh.isReading()]).toEqual([2, 3, true]);
    at.gateway.refresh.and.returnValue(of({ libraries: [{ ...told, readAt: at.now.toISOString() }] }));
    pass(soon);
    expect([refreshed(), read(), refresh.isReading()]).toEqual([3, 4, false]);
    pass(soon);
    expect(refreshed()).toBe(3);
    leave();
  }));

  it('stops when the list is left or Alma hides the page, and goes on afterwards', fakeAsync(() => {
    show();
    visibility.and.returnValue('hidden');
    document.dispatchEvent(new Event('visibilitychange'));
    pass(PAUSE * 5);
    expect(read()).toBe(1);
    visibility.and.returnValue('visible');
    document.dispatchEvent(new Event('visibilitychange'));
    pass(0);
    expect(refreshed()).toBe(1);
    leave();
    const before = read();
    pass(PAUSE * 5);
    expect(read()).toBe(before);
  }));

  it('waits twice as long after each failure, says what failed, and gives up after some', fakeAsync(() => {
    readAt = undefined;
    at.gateway.refresh.and.returnValue(failing('nacsis-unavailable'));
    show();
    expect([refreshed(), refresh.error()?.code]).toEqual([1, 'nacsis-unavailable']);
    pass(PAUSE);
    expect(refreshed()).toBe(1);
    pass(PAUSE);
    expect(refreshed()).toBe(2);
    pass(PAUSE * 1000);
    expect(refreshed()).toBe(MAX_FAILURES);
    at.gateway.refresh.and.returnValue(of({ libraries: [] }));
    refresh.now();
    pass(0);
    expect([refreshed(), refresh.error()]).toEqual([MAX_FAILURES + 1, undefined]);
    leave();
  }));

  it('says that the reading did not come to its end', fakeAsync(() => {
    const told = { library: 'MAIN', isFull: false, read: 3, changed: 1, gone: 0, unreadable: 0 };
    at.gateway.refresh.and.returnValue(of({ libraries: [{ ...told, failure: 'nacsis-malformed' }] }));
    show();
    refresh.now();
    pass(0);
    expect(refresh.error()?.code).toBe('nacsis-malformed');
    at.gateway.refresh.and.returnValue(of({ libraries: [{ ...told, failure: 'of tomorrow' }] }));
    refresh.now();
    pass(0);
    expect(refresh.error()?.code).toBe('internal');
    leave();
  }));

  it('asks at once when the user wants it, however fresh the list is', fakeAsync(() => {
    show();
    refresh.now();
    pass(0);
    expect([refreshed(), read()]).toEqual([1, 2]);
    leave();
  }));
});
