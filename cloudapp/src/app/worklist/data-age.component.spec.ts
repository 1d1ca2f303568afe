import { TestBed } from '@angular/core/testing';
import { of, Subject } from 'rxjs';
import type { RefreshAnswer } from '../../domain/api/work-list';
import { Dom } from '../testing/dom';
import { ListTestBed } from '../testing/list-test-bed';
import { aList } from '../testing/records';
import { DataAgeComponent } from './data-age.component';
import { WorkListStore } from './work-list.store';

describe('DataAgeComponent', () => {
  let at: ListTestBed;
  let dom: Dom;
  const open = () => {
    TestBed.inject(WorkListStore).show();
    dom = new Dom(TestBed.createComponent(DataAgeComponent));
    dom.settle();
  };
  const words = () => dom.one('button').textContent ?? '';
  beforeEach(() => {
    at = new ListTestBed();
  });

  it('says how old the list is', () => {
    open();
    expect(words()).toContain('workList.ago.minutes');
  });

  it('asks NACSIS-ILL by a click, once at a time, and says that it reads', () => {
    const answer = new Subject<RefreshAnswer>();
    at.gateway.refresh.and.returnValue(answer);
    open();
    dom.one('button').click();
    dom.settle();
    dom.one('button').click();
    dom.settle();
    expect([at.gateway.refresh.calls.count(), words().includes('workList.reading')]).toEqual([1, true]);
    answer.complete();
    dom.settle();
    expect(words()).not.toContain('workList.reading');
  });

  it('knows no age of what was never read', () => {
    const { readAt: _readAt, ...never } = aList();
    at.gateway.requests.and.returnValue(of(never));
    open();
    expect(words()).not.toContain('workList.ago');
  });
});
