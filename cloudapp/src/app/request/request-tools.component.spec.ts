import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { provideTranslateService } from '@ngx-translate/core';
import { of, Subject } from 'rxjs';
import type { Draft, RequestView } from '../../domain/api/requests';
import { SessionService } from '../core/session.service';
import { GatewayClient } from '../core/gateway.client';
import { Dom } from '../testing/dom';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { FakeSession } from '../testing/fake-session';
import { aRecord, aRequest, aStoredDraft, BRANCH, LIBRARY, memberIdOf, ncidOf } from '../testing/records';
import { RequestToolsComponent } from './request-tools.component';

describe('RequestToolsComponent', () => {
  let gateway: FakeGateway;
  let session: FakeSession;
  let navigate: jasmine.Spy;
  let fixture: ComponentFixture<RequestToolsComponent>;
  let dom: Dom;

  beforeEach(() => {
    gateway = fakeGateway();
    session = new FakeSession();
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideTranslateService(),
        { provide: GatewayClient, useValue: gateway },
        { provide: SessionService, useValue: session },
      ],
    });
    navigate = spyOn(TestBed.inject(Router), 'navigate').and.resolveTo(true);
  });

  function open(changes: Partial<RequestView> = {}): void {
    fixture = TestBed.createComponent(RequestToolsComponent);
    fixture.componentRef.setInput('request', aRequest(changes));
    dom = new Dom(fixture);
  }
  const put = () => gateway.putDraft.calls.mostRecent().args;

  it('offers the slips that fit, each for this request', () => {
    open({ id: 'LA1', side: 'lender', state: 'PROCESSING' });
    expect(dom.all('li a').map((link) => link.getAttribute('href'))).toEqual([
      '/print/pull?side=lender&ids=LA1',
      '/print/shipping?side=lender&ids=LA1',
      '/print/label?side=lender&ids=LA1',
    ]);
    expect(dom.text).not.toContain('requestTools.orderAgain');
    open({ state: 'UNPROCESSED' });
    expect(dom.text).not.toContain('requestTools.print');
  });

  it('says what an order still lacks, and leads to the form as the next step', () => {
    const save = { action: 'save', command: [], allowed: true, primary: false, params: [] } as const;
    open({ state: 'PREPARING', lacks: ['payment', 'bibId'], actions: [{ ...save, command: [], params: [] }] });
    expect(dom.one('[data-testid=lacks]').textContent).toContain('requestTools.lacksHint');
    expect(dom.all('[data-testid=edit-request]').length).toBe(1);
    dom.click('requestTools.complete');
    expect(navigate.calls.mostRecent().args[0]).toEqual(['/create', 'new']);
    open({ state: 'PREPARING', lacks: ['payment'] });
    expect(dom.all('[data-testid=edit-request]')).toEqual([]);
    open({ state: 'PREPARING', lacks: [], actions: [{ ...save, command: [], params: [] }] });
    expect([dom.all('[data-testid=lacks]').length, dom.controls('requestTools.edit').length]).toEqual([0, 1]);
  });

  it('opens a request in 準備中 on the form, and no other', () => {
    const save = { action: 'save', command: ['SAVE'], allowed: true, primary: false, params: [] } as const;
    open({ state: 'PREPARING', actions: [{ ...save, command: [...save.command], params: [] }] });
    dom.click('requestTools.edit');
    const [draftId, { content }] = put();
    expect(content['prepared']).toEqual({ id: aRequest().id, version: 1 });
    expect(navigate.calls.mostRecent().args).toEqual([['/create', 'new'], { queryParams: { draft: draftId } }]);
    open({ state: 'UNPROCESSED' });
    expect(dom.text).not.toContain('requestTools.edit');
  });

  it('orders again from any state: a draft, and the form that resumes it', () => {
    for (const state of ['CONFIRMED', 'CANCELLED', 'UNPROCESSED', null] as const) {
      open({ state, fields: { volume: '3', applicant: '利用者 001' } });
      dom.click('requestTools.orderAgain');
      const [draftId, { library, kind, content }] = put();
      expect([library, kind, content['typed'], content['source']]).toEqual([
        LIBRARY.code,
        'copy',
        { volume: '3', applicant: '利用者 001' },
        'new',
      ]);
      expect(navigate.calls.mostRecent().args).toEqual([['/create', 'new'], { queryParams: { draft: draftId } }]);
    }
    expect(new Set(gateway.putDraft.calls.allArgs().map(([id]) => id)).size).toBe(4);
    expect(session.chooseLibrary).not.toHaveBeenCalled();
  });

  it('finds the record by its NCID again', () => {
    open({ fields: { bibId: ncidOf(1) } });
    dom.click('requestTools.orderAgain');
    expect(gateway.catalogRecord.calls.allArgs()).toEqual([[LIBRARY.code, ncidOf(1)]]);
    expect(put()[1].content['catalogRecord']).toEqual(aRecord());
  });

  it('goes on without a record that is no longer there', () => {
    gateway.catalogRecord.and.returnValue(failing('not-found'));
    open({ fields: { bibId: ncidOf(1) } });
    dom.click('requestTools.orderAgain');
    expect(put()[1].content['typed']).toEqual({ bibId: ncidOf(1) });
    expect(put()[1].content['catalogRecord']).toBeUndefined();
  });

  it('asks the same lenders where that is wanted', () => {
    const lenders = [{ memberId: memberIdOf(10) }];
    open({ fields: { lenders } });
    dom.click('requestTools.orderAgain');
    expect(put()[1].content['lenders']).toEqual([]);
    dom.check('requestTools.sameLenders', true);
    dom.click('requestTools.orderAgain');
    expect(put()[1].content['lenders']).toEqual(lenders);
    open({ fields: {} });
    expect(dom.text).not.toContain('requestTools.sameLenders');
  });

  it('takes a second click for nothing while the first is under way', () => {
    const answer = new Subject<Draft>();
    gateway.putDraft.and.returnValue(answer);
    open();
    dom.one('[data-testid=order-again]').click();
    dom.one('[data-testid=order-again]').click();
    dom.settle();
    expect([gateway.putDraft.calls.count(), dom.text.includes('requestTools.preparing')]).toEqual([1, true]);
    answer.next(aStoredDraft());
    answer.complete();
    expect(navigate).toHaveBeenCalledTimes(1);
  });

  it('tells what is wrong and goes nowhere, and can be tried again', () => {
    gateway.putDraft.and.returnValue(failing('gateway-unreachable'));
    open();
    dom.click('requestTools.orderAgain');
    expect([dom.text.includes('error.gateway-unreachable.title'), navigate.calls.count()]).toEqual([true, 0]);
    gateway.putDraft.and.returnValue(of(aStoredDraft()));
    dom.click('action.again');
    expect([dom.text.includes('error.'), navigate.calls.count()]).toEqual([false, 1]);
  });

  it('works for the library of the request', () => {
    open({ library: BRANCH.code });
    dom.click('requestTools.orderAgain');
    expect(session.chooseLibrary.calls.allArgs()).toEqual([[BRANCH.code]]);
  });
});
