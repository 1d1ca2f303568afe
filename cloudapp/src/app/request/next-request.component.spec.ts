import { TestBed } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { of } from 'rxjs';
import type { RequestSummary } from '../../domain/api/work-list';
import { GatewayClient } from '../core/gateway.client';
import { Dom } from '../testing/dom';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { aList, aRequest, aSummary, LIBRARY } from '../testing/records';
import { NextRequestComponent } from './next-request.component';

describe('NextRequestComponent', () => {
  let gateway: FakeGateway;
  let dom: Dom;
  let opened: RequestSummary[];

  beforeEach(() => {
    gateway = fakeGateway();
    TestBed.configureTestingModule({
      providers: [provideTranslateService(), { provide: GatewayClient, useValue: gateway }],
    });
    const fixture = TestBed.createComponent(NextRequestComponent);
    fixture.componentRef.setInput('request', aRequest({ side: 'lender' }));
    opened = [];
    fixture.componentInstance.next.subscribe((next) => opened.push(next));
    dom = new Dom(fixture);
  });

  it('asks only when it is wanted, and opens what waits longest, never the same again', () => {
    expect(gateway.requests).not.toHaveBeenCalled();
    const other = aSummary({ id: 'LA0012345688' });
    gateway.requests.and.returnValue(of(aList([aSummary(), other])));
    dom.click('request.next');
    expect(gateway.requests.calls.mostRecent().args).toEqual([
      { library: LIBRARY.code, side: 'lender', needsAction: true, sort: 'needs', pageSize: 2 },
    ]);
    expect(opened).toEqual([other]);
  });

  it('says that nothing else waits', () => {
    gateway.requests.and.returnValue(of(aList([aSummary()])));
    dom.click('request.next');
    expect([opened.length, dom.one('[role=status]').textContent]).toEqual([0, 'request.noNext']);
  });

  it('says why the next one is not known', () => {
    gateway.requests.and.returnValue(failing('gateway-unreachable'));
    dom.click('request.next');
    expect(dom.text).toContain('error.gateway-unreachable.title');
    expect(dom.text).not.toContain('request.noNext');
  });
});
