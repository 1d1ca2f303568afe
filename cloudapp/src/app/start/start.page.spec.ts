import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { provideTranslateService } from '@ngx-translate/core';
import { of } from 'rxjs';
import { LinkedRequestService } from '../alma/linked-request.service';
import { ListedRequestsService } from '../alma/listed-requests.service';
import type { AlmaEntity } from '../core/alma-entity';
import { AppError, HostError } from '../core/app-error';
import { SessionService } from '../core/session.service';
import { GatewayClient } from '../core/gateway.client';
import { HostService } from '../core/host.service';
import { Dom } from '../testing/dom';
import { FakeSession } from '../testing/fake-session';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { aBib, FakeHost } from '../testing/fake-host';
import { aMessage, aQueue, aRequest, BRANCH, LIBRARY } from '../testing/records';
import { StartPage } from './start.page';

const REQUEST: AlmaEntity = {
  id: '77',
  type: 'BORROWING_REQUEST',
  link: '/users/u1/resource-sharing-requests/77',
  description: '借受 1',
};
const LENDING: AlmaEntity = {
  id: '8',
  type: 'LENDING_REQUEST',
  link: '/partners/N/lending-requests/8',
  description: '貸出 1',
};

describe('StartPage', () => {
  let host: FakeHost;
  let session: FakeSession;
  let gateway: FakeGateway;
  let navigate: jasmine.Spy;

  beforeEach(() => {
    host = new FakeHost();
    session = new FakeSession();
    gateway = fakeGateway();
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideTranslateService(),
        { provide: HostService, useValue: host },
        { provide: SessionService, useValue: session },
        { provide: GatewayClient, useValue: gateway },
      ],
    });
    navigate = spyOn(TestBed.inject(Router), 'navigate').and.resolveTo(true);
  });

  const open = () => new Dom(TestBed.createComponent(StartPage));
  const opened = () => navigate.calls.allArgs().map(([commands]) => commands as unknown);

  it('says that it reads the page until Alma has answered', () => {
    expect(open().text).toContain('start.reading');
  });

  it('says so when there is no record to start from', () => {
    host.shows();
    const dom = open();
    expect(dom.text).toContain('start.noRecords');
    expect(dom.text).not.toContain('start.reading');
  });

  it('offers an order from a record', () => {
    host.shows(aBib('1'), aBib('2'));
    const dom = open();
    expect(dom.controls('start.order').map((link) => link.getAttribute('href'))).toEqual([
      '/create/bib/1',
      '/create/bib/2',
    ]);
    for (const words of ['書誌 1', 'start.type.BIB_MMS']) expect(dom.text).toContain(words);
    expect(opened()).toEqual([]);
  });

  describe('a request of the page', () => {
    let find: jasmine.Spy<LinkedRequestService['find']>;
    beforeEach(() => {
      find = spyOn(TestBed.inject(LinkedRequestService), 'find');
    });
    const shown = async (...entities: readonly AlmaEntity[]) => {
      host.shows(...entities);
      const dom = open();
      // The look-up is loaded on first use.
      for (let round = 0; round < 100 && find.calls.count() < entities.length; round += 1) {
        await new Promise((done) => setTimeout(done, 10));
        dom.settle();
      }
      dom.settle();
      return dom;
    };
    const hrefs = (dom: Dom) => dom.all('.record a').map((link) => link.getAttribute('href'));

    it('shows its NACSIS-ILL request, and leads to its next step', async () => {
      const offer = { action: 'accept', allowed: true, primary: true, command: ['RECEIVE'], params: [] } as const;
      const actions = [{ ...offer, command: [...offer.command], params: [] }];
      const request = aRequest({ id: 'LA1', state: 'SHIPPED', externalStatus: '発送', actions });
      find.and.callFake((entity) => of(entity === REQUEST ? { side: 'borrower', request } : { side: 'lender' }));
      const dom = await shown(REQUEST, LENDING);
      expect(dom.texts('[data-testid=record-standing]')).toEqual(['LA1 state.SHIPPED']);
      expect(dom.texts('.record a')).toEqual(['actionIn.borrower.accept.SHIPPED 借受 1', 'start.open 貸出 1']);
      expect(hrefs(dom)).toEqual(['/entity/borrowing/u1/77?auto=true&action=accept', '/entity/lending/N/8?auto=true']);
      expect(dom.text).toContain('start.notInNacsis');
    });

    it('opens also when its state cannot be read, and says so', async () => {
      find.and.returnValue(failing('nacsis-unavailable'));
      const dom = await shown(REQUEST, LENDING);
      expect([dom.text.includes('start.stateUnknown'), dom.text.includes('start.notInNacsis')]).toEqual([true, false]);
      expect(hrefs(dom)).toEqual(['/entity/borrowing/u1/77?auto=true', '/entity/lending/N/8?auto=true']);
    });
  });

  it('shows one of many records, how many more there are, and all of them on demand', () => {
    host.shows(aBib('1'), aBib('2'), aBib('3'));
    const dom = open();
    expect(dom.all('.record').length).toBe(1);
    dom.click('start.moreRecords');
    expect(dom.all('.record').length).toBe(3);
    expect(open().all('.record').length).toBe(3);
    dom.click('start.fewerRecords');
    expect(dom.all('.record').length).toBe(1);
  });

  it('says why a request cannot be opened that Alma gives no way to', () => {
    host.shows({ ...REQUEST, link: '' }, { ...LENDING, link: '' });
    const dom = open();
    for (const type of ['BORROWING_REQUEST', 'LENDING_REQUEST']) expect(dom.text).toContain(`start.unreadable.${type}`);
    expect(dom.controls('start.open')).toEqual([]);
  });

  it('shows a description as the text that it is', () => {
    host.shows(aBib('1', '<img src=x onerror=alert(1)>'), aBib('2'));
    const dom = open();
    expect(dom.all('img').length).toBe(0);
    expect(dom.text).toContain('<img src=x onerror=alert(1)>');
  });

  it('names a record without a description by its id', () => {
    host.shows(aBib('990001', ''), aBib('2'));
    expect(open().text).toContain('990001');
  });

  it('follows the page', () => {
    host.shows(aBib('1'), aBib('2'));
    const dom = open();
    host.shows(aBib('3'), aBib('4'));
    dom.settle();
    expect([dom.text.includes('書誌 3'), dom.text.includes('書誌 1')]).toEqual([true, false]);
  });

  describe('a single record', () => {
    it('is opened by itself', () => {
      host.shows(aBib('1'));
      open();
      expect(opened()).toEqual([['/create', 'bib', '1']]);
    });

    it('leads to its panel when it is a request, on either side', () => {
      host.shows(LENDING);
      open();
      expect(navigate.calls.allArgs()).toEqual([[['/entity', 'lending', 'N', '8'], { queryParams: { auto: 'true' } }]]);
    });

    it('is not opened again by itself when the user comes back', () => {
      host.shows(REQUEST);
      open();
      const dom = open();
      expect(opened()).toEqual([['/entity', 'borrowing', 'u1', '77']]);
      expect(dom.controls('start.open').length).toBe(1);
    });

    it('is opened by itself after another one', () => {
      host.shows(aBib('1'));
      const dom = open();
      host.shows(aBib('2'));
      dom.settle();
      expect(opened()).toEqual([
        ['/create', 'bib', '1'],
        ['/create', 'bib', '2'],
      ]);
    });
  });

  it('says what is wrong when Alma does not tell its records, and lets the user search', () => {
    host.pageRecords$.next({ state: 'failed', error: new HostError('host-timeout') });
    const dom = open();
    expect(dom.text).toContain('error.host-timeout.title');
    expect(dom.controls('start.newSearch')[0]?.getAttribute('href')).toBe('/create/new');
  });

  it('leads to a new search, the drafts, the import, the own settings and the help', () => {
    const dom = open();
    expect(dom.all('nav.tools a').map((link) => link.getAttribute('href'))).toEqual([
      '/create/new',
      '/drafts',
      '/batch',
      '/imports',
      '/members',
      '/members/closures',
      '/settings',
      '/help',
    ]);
  });

  describe('where messages are exchanged with Alma', () => {
    beforeEach(() => {
      session.libraries.set([{ ...LIBRARY, writer: 'iso18626' }]);
    });
    const line = (dom: Dom) => dom.texts('[data-testid=messages-waiting]');

    it('leads to the messages, and says how many wait for staff', () => {
      const waiting = aMessage({ state: 'waiting' });
      gateway.bridgeMessages.and.returnValue(of(aQueue([waiting, aMessage(), aMessage({ state: 'stopped' })])));
      const dom = open();
      expect(dom.all('nav.tools a').map((link) => link.getAttribute('href'))).toContain('/bridge');
      expect(line(dom)).toEqual(['start.messagesWaiting']);
      expect(dom.one('[data-testid=messages-waiting] a').getAttribute('href')).toBe('/bridge');
    });

    it('says nothing when none waits, and when it is not known', () => {
      gateway.bridgeMessages.and.returnValue(of(aQueue([aMessage({ state: 'waiting' })])));
      expect(line(open())).toEqual([]);
      gateway.bridgeMessages.and.returnValue(failing('gateway-unreachable'));
      const dom = open();
      expect([line(dom), dom.text.includes('error.')]).toEqual([[], false]);
    });

    it('has the requests of a list linked', async () => {
      const shown = spyOn(TestBed.inject(ListedRequestsService), 'show');
      host.shows(aBib('1'), REQUEST, LENDING);
      open();
      await Promise.resolve(import('../alma/listed-requests.service'));
      await new Promise((done) => setTimeout(done));
      expect(shown.calls.allArgs()).toEqual([[[REQUEST, LENDING]]]);
    });
  });

  it('asks for no messages where the import writes', () => {
    open();
    expect(gateway.bridgeMessages).not.toHaveBeenCalled();
  });

  it('says what is wrong when it is not known who works here, and tries again', () => {
    session.session.set({ state: 'failed', error: new AppError('gateway-unreachable') });
    const dom = open();
    expect(dom.text).toContain('error.gateway-unreachable.title');
    dom.click('action.again');
    expect(session.reload).toHaveBeenCalledTimes(1);
  });

  it('names the library, and lets the user choose where there are several', () => {
    expect(open().text).toContain(LIBRARY.name);
    session.libraries.set([LIBRARY, BRANCH]);
    const dom = open();
    dom.choose('app-library-choice select', BRANCH.code);
    expect(session.chooseLibrary).toHaveBeenCalledOnceWith(BRANCH.code);
  });
});
