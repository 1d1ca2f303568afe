import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { By } from '@angular/platform-browser';
import { provideTranslateService } from '@ngx-translate/core';
import { provideRouter } from '@angular/router';
import { of, Subject } from 'rxjs';
import { ActionBarComponent } from '../actions/action-bar.component';
import type { RequestView } from '../../domain/api/requests';
import { SessionService } from '../core/session.service';
import { GatewayClient } from '../core/gateway.client';
import { HostService } from '../core/host.service';
import { Dom } from '../testing/dom';
import { FakeSession } from '../testing/fake-session';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { FakeHost } from '../testing/fake-host';
import { aMessage, aProfile, aRequest, LIBRARY, memberIdOf } from '../testing/records';
import { RequestPanelComponent } from './request-panel.component';

/** Stub of the action bar, which has its own specs. */
@Component({
  selector: 'app-action-bar',
  standalone: true,
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: '',
})
class FakeActionBarComponent {
  readonly request = input.required<RequestView>();
  readonly begin = input<string>();
  readonly changed = output<RequestView>();
}

describe('RequestPanelComponent', () => {
  let gateway: FakeGateway;
  let host: FakeHost;
  let session: FakeSession;
  let fixture: ComponentFixture<RequestPanelComponent>;
  let dom: Dom;

  beforeEach(() => {
    gateway = fakeGateway();
    host = new FakeHost();
    session = new FakeSession();
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideTranslateService(),
        { provide: GatewayClient, useValue: gateway },
        { provide: HostService, useValue: host },
        { provide: SessionService, useValue: session },
      ],
    }).overrideComponent(RequestPanelComponent, {
      remove: { imports: [ActionBarComponent] },
      add: { imports: [FakeActionBarComponent] },
    });
  });

  function open(id = 'LA0012345671'): void {
    fixture = TestBed.createComponent(RequestPanelComponent);
    fixture.componentRef.setInput('side', 'borrower');
    fixture.componentRef.setInput('requestId', id);
    dom = new Dom(fixture);
  }
  const fresh = (changes: Partial<RequestView> = {}) => aRequest({ seenAt: new Date().toISOString(), ...changes });
  function show(changes: Partial<RequestView>): void {
    gateway.request.and.returnValue(of(fresh(changes)));
    open();
  }
  const bar = () =>
    fixture.debugElement.query(By.directive(FakeActionBarComponent)).componentInstance as FakeActionBarComponent;
  const lines = (place: string) => dom.texts(`${place} dl > div`);

  it('says that it is on its way, and shows nothing of another one meanwhile', () => {
    show({});
    gateway.request.and.returnValue(new Subject<RequestView>());
    fixture.componentRef.setInput('requestId', 'LA2');
    dom.settle();
    expect([dom.text.includes('request.loading'), dom.text.includes('state.UNPROCESSED')]).toEqual([true, false]);
  });

  it('shows id, kind, side, title, citation, and the partner with its place among the candidates', () => {
    const lenders = [{ memberId: memberIdOf(9) }, { memberId: memberIdOf(10) }, { memberId: memberIdOf(11) }];
    show({
      kind: 'loan',
      fields: { bibNote: '図書館情報学入門', volume: '1', article: '論文 A', lenders, lenderId: memberIdOf(10) },
    });
    for (const words of ['LA0012345671', 'kind.loan', 'side.borrower', '図書館情報学入門', '1', '論文 A', '館10'])
      expect(dom.text).toContain(words);
    expect(dom.one('[data-testid=partner]').textContent).toContain('request.place');
    expect(dom.all('app-partner-contact, app-lender-list, app-history-list').length).toBe(3);
  });

  it('bears with a request that says nearly nothing', () => {
    show({ partner: {}, fields: {} });
    for (const words of ['request.untitled', 'request.noPartner']) expect(dom.text).toContain(words);
    expect(dom.all('app-partner-contact, app-lender-list, app-charge-lines section').length).toBe(0);
  });

  it('shows the dates in the order of its life, and every other field folded', () => {
    show({
      fields: { shipDate: '20261123', orderDate: '20261120', dueDate: '', borrowerNumber: 'B-1' },
    });
    expect(lines('section')).toEqual(['field.orderDate2026-11-20', 'field.shipDate2026-11-23']);
    expect(lines('app-request-panel, details:last-of-type')).toContain('field.borrowerNumberB-1');
    const details = dom.all('details').at(-1) as HTMLDetailsElement;
    expect(details.open).toBeFalse();
  });

  it('shows beside the title what the borrower decides by', () => {
    show({ fields: { applicant: '利用者 001', payment: 'pb', sendingMethod: '普通' } });
    expect(dom.texts('[data-testid=facts] > div')).toEqual([
      'field.applicant利用者 001',
      'field.paymentcode.payment.pb',
      'field.sendingMethodcode.sending-method.regular',
    ]);
  });

  it('shows the lender where the material stands, as the candidate list has it', () => {
    const lenderId = memberIdOf(1);
    const lenders = [
      { memberId: memberIdOf(9), location: '他館' },
      { memberId: lenderId, location: '2F 開架', callNumber: '010||A' },
    ];
    show({ side: 'lender', fields: { lenderId, lenders, payment: 'pb' } });
    expect(dom.texts('[data-testid=facts] > div')).toEqual([
      'lenderPart.location2F 開架',
      'lenderPart.callNumber010||A',
      'field.paymentcode.payment.pb',
    ]);
  });

  it('begins with what the lender asks, and says which meaning 新着照会 has', () => {
    const [own, lenderId] = [LIBRARY.memberId, memberIdOf(10)];
    const history = [
      { command: 'ORDER', memberId: own },
      { command: 'RECEIVE', memberId: lenderId },
      { command: 'INQUIRE', memberId: lenderId, comment: '巻号をご確認ください' },
    ];
    show({ state: 'NEW_INQUIRY', fields: { borrowerId: own, lenderId }, history });
    expect(dom.one('[data-testid=partner-said] .words').textContent).toBe('巻号をご確認ください');
    expect(dom.text).toContain('request.said.borrower');
    expect(dom.text).toContain('stateMeaning.NEW_INQUIRY.borrower-asked');
  });

  describe('that is not linked to Alma', () => {
    const ENTITY = {
      id: '7',
      type: 'BORROWING_REQUEST',
      link: '/users/u1/resource-sharing-requests/7',
      description: '',
    } as const;
    const alma = (externalId: string) => ({
      title: '図書館情報学入門',
      external_id: externalId,
      status: { value: 'REQUEST_SENT', desc: 'Request sent to partner' },
    });

    it('shows the request of the Alma page that names it', () => {
      host.shows(ENTITY);
      host.read.and.returnValue(of(alma('LA0012345671')));
      show({});
      expect(dom.one('[data-testid=alma-state]').textContent).toBe('Request sent to partner');
      expect([dom.all('[data-testid=alma-matches]').length, gateway.link.calls.count()]).toEqual([0, 0]);
    });

    it('offers one of the same title, links it, and takes that back', () => {
      host.shows(ENTITY);
      host.read.and.returnValue(of(alma('')));
      const fields = { bibNote: '図書館情報学入門 / 著者 A 著' };
      show({ fields });
      const link = { userId: 'u1', requestId: '7' };
      gateway.link.and.returnValue(of(fresh({ version: 2, almaRequest: link, fields })));
      dom.click('link.link');
      expect(gateway.link.calls.mostRecent().args.slice(0, 3)).toEqual(['LA0012345671', 'borrower', link]);
      expect(dom.all('[data-testid=match-linked]').length).toBe(1);
      gateway.link.and.returnValue(of(fresh({ version: 3, fields })));
      dom.click('link.undo');
      expect(gateway.link.calls.mostRecent().args[2]).toBeNull();
      expect(dom.controls('link.link').length).toBe(1);
    });

    it('says when Alma could not be searched', () => {
      host.shows();
      gateway.profile.and.returnValue(failing('gateway-unreachable'));
      show({});
      expect(dom.all('[data-testid=no-matches]').length).toBe(1);
      gateway.profile.and.returnValue(of(aProfile()));
      dom.click('action.again');
      expect(dom.all('[data-testid=no-matches]').length).toBe(0);
    });
  });

  it('hands the request to the action bar', () => {
    show({ version: 7 });
    expect(bar().request().version).toBe(7);
  });

  it('says what is wrong when it cannot be had, and tries again', () => {
    gateway.request.and.returnValue(failing('not-found'));
    open();
    expect([dom.text.includes('error.not-found.title'), dom.all('header').length]).toEqual([true, 0]);
    gateway.request.and.returnValue(of(fresh()));
    dom.click('action.again');
    expect([dom.text.includes('error.'), dom.text.includes('state.UNPROCESSED')]).toEqual([false, true]);
  });

  it('says that it shows what was known before when the newest cannot be had', () => {
    show({});
    gateway.request.and.returnValue(failing('nacsis-unavailable'));
    dom.click('request.reload');
    for (const words of ['error.nacsis-unavailable.title', 'request.keptOld', 'state.UNPROCESSED'])
      expect(dom.text).toContain(words);
  });

  describe('after an action', () => {
    const LINK = { userId: 'u1', requestId: '7' };
    const alma = { status: { value: 'REQUEST_SENT', desc: 'Request sent to partner' } };

    it('shows what it made of the request, tells the list, and tells Alma', () => {
      host.read.and.returnValue(of(alma));
      show({ almaRequest: LINK });
      const told: string[] = [];
      fixture.componentInstance.changed.subscribe(({ externalStatus }) => told.push(externalStatus));
      bar().changed.emit(fresh({ version: 2, state: 'CANCELLED', externalStatus: 'CANCEL', almaRequest: LINK }));
      dom.settle();
      expect(dom.text).toContain('state.CANCELLED');
      expect(told).toEqual(['CANCEL']);
      expect(host.write.calls.allArgs().map(([method]) => method)).toEqual(['DELETE']);
    });

    it('tells Alma nothing where it is linked to nothing', () => {
      show({});
      bar().changed.emit(fresh({ version: 2, state: 'CANCELLED', externalStatus: 'CANCEL' }));
      expect([host.read.calls.count(), host.write.calls.count()]).toEqual([0, 0]);
    });

    it('goes by the page that led here where the gateway keeps no link', () => {
      host.read.and.returnValue(of(alma));
      show({ library: LIBRARY.code });
      fixture.componentRef.setInput('almaRequest', LINK);
      dom.settle();
      expect(dom.text).toContain('Request sent to partner');
    });
  });

  describe('of a library that exchanges messages with Alma', () => {
    beforeEach(() => {
      session.libraries.set([{ ...LIBRARY, writer: 'iso18626' }]);
    });
    const messages = (answer: Parameters<typeof gateway.requestMessages.and.returnValue>[0]) => {
      gateway.requestMessages.and.returnValue(answer);
    };

    it('shows the messages in the history, and those that wait with their buttons', () => {
      messages(
        of({
          items: [
            aMessage({ id: 'a', state: 'done', can: [] }),
            aMessage({ id: 'b', hold: { reason: 'ask-late', since: '2026-11-24T01:00:00Z' } }),
          ],
        }),
      );
      show({});
      expect(gateway.requestMessages.calls.allArgs()).toEqual([['LA0012345671', 'borrower']]);
      expect(dom.all('app-history-list [data-testid=message]').length).toBe(2);
      expect(dom.all('app-bridge-message').length).toBe(1);
      gateway.actOnMessage.and.returnValue(
        of(aMessage({ id: 'b', state: 'done', can: [], commands: ['RECEIVE', 'OK'] })),
      );
      messages(of({ items: [] }));
      const reads = gateway.request.calls.count();
      dom.click('bridge.apply.ask-late');
      expect(gateway.actOnMessage.calls.allArgs().map(([id, action]) => [id, action])).toEqual([['b', 'apply']]);
      expect(dom.one('[data-testid=result]').textContent).toContain('bridge.result.done');
      expect([dom.all('app-bridge-message').length, gateway.request.calls.count() > reads]).toEqual([0, true]);
    });

    it('names the buttons of Alma to press, in their order', () => {
      messages(
        of({
          items: [],
          contradiction: { what: 'press', buttons: ['receive', 'return'], since: '2026-11-24T01:00:00Z' },
        }),
      );
      show({});
      expect(dom.texts('[data-testid=contradiction] li')).toEqual(['bridge.press.receive', 'bridge.press.return']);
      expect(dom.text).toContain('bridge.pressEffect');
    });

    it('says that Alma is ahead and cannot be moved back, without a button', () => {
      messages(of({ items: [], contradiction: { what: 'ahead', buttons: [], since: '2026-11-24T01:00:00Z' } }));
      show({});
      expect([
        dom.text.includes('bridge.contradiction.ahead'),
        dom.all('[data-testid=contradiction] li').length,
      ]).toEqual([true, 0]);
    });

    it('stays on screen without the messages, says so, and tries again', () => {
      messages(failing('gateway-unreachable'));
      show({ history: [{ command: 'ORDER', memberId: LIBRARY.memberId }] });
      expect([dom.texts('h2')[0], dom.all('app-history-list li').length]).toEqual(['LA0012345671', 1]);
      expect(dom.text).toContain('bridge.notRead');
      messages(of({ items: [aMessage()] }));
      dom.click('action.again');
      expect([dom.text.includes('bridge.notRead'), dom.all('app-history-list li').length]).toEqual([false, 2]);
    });

    it('reads the messages again with the request, and shows none of another request', () => {
      messages(of({ items: [aMessage()] }));
      show({});
      gateway.request.and.returnValue(of(fresh({ version: 2 })));
      dom.click('request.reload');
      expect(gateway.requestMessages.calls.count()).toBe(2);
      messages(new Subject());
      gateway.request.and.returnValue(of(fresh({ id: 'LA2' })));
      fixture.componentRef.setInput('requestId', 'LA2');
      dom.settle();
      expect(dom.all('app-bridge-message').length).toBe(0);
    });
  });

  it('asks for no messages where others write to Alma', () => {
    show({});
    session.libraries.set([{ ...LIBRARY, writer: 'alma-nacsis' }]);
    dom.settle();
    expect(gateway.requestMessages).not.toHaveBeenCalled();
    expect(dom.text).toContain('request.alma.follows');
  });

  it('tells the list what NACSIS-ILL told', () => {
    show({});
    const told: number[] = [];
    fixture.componentInstance.changed.subscribe(({ version }) => told.push(version));
    gateway.request.and.returnValue(of(fresh({ version: 2 })));
    dom.click('request.reload');
    expect(told).toEqual([2]);
    expect(dom.text).toContain('request.newsContent');
  });
});
