import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideTranslateService } from '@ngx-translate/core';
import { of } from 'rxjs';
import { SessionService } from '../core/session.service';
import { GatewayClient } from '../core/gateway.client';
import { HostService } from '../core/host.service';
import { Dom } from '../testing/dom';
import { FakeSession } from '../testing/fake-session';
import { fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { FakeHost } from '../testing/fake-host';
import { aRequest } from '../testing/records';
import { RequestPage } from './request.page';

describe('RequestPage', () => {
  let gateway: FakeGateway;

  beforeEach(() => {
    gateway = fakeGateway();
    gateway.request.and.callFake((id, side) => of(aRequest({ id, side, seenAt: new Date().toISOString() })));
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideTranslateService(),
        { provide: GatewayClient, useValue: gateway },
        { provide: HostService, useValue: new FakeHost() },
        { provide: SessionService, useValue: new FakeSession() },
      ],
    });
  });

  function open(side: string, id: string) {
    const fixture = TestBed.createComponent(RequestPage);
    fixture.componentRef.setInput('side', side);
    fixture.componentRef.setInput('id', id);
    return { fixture, dom: new Dom(fixture) };
  }

  it('shows the request that the address names, on the side that it names', () => {
    const { fixture, dom } = open('lender', 'LA1');
    expect(dom.texts('h2')).toEqual(['LA1']);
    fixture.componentRef.setInput('id', 'LA2');
    dom.settle();
    expect(dom.texts('h2')).toEqual(['LA2']);
    expect(gateway.request.calls.allArgs()).toEqual([
      ['LA1', 'lender'],
      ['LA2', 'lender'],
    ]);
  });

  it('says so when the address names no side', () => {
    expect(open('sideways', 'LA1').dom.text).toContain('request.noSuchPage');
    expect(gateway.request).not.toHaveBeenCalled();
  });
});
