import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { provideTranslateService } from '@ngx-translate/core';
import { of, Subject } from 'rxjs';
import type { RequestView } from '../../domain/api/requests';
import type { AlmaEntity } from '../core/alma-entity';
import { SessionService } from '../core/session.service';
import { GatewayClient } from '../core/gateway.client';
import { HostService } from '../core/host.service';
import { Dom } from '../testing/dom';
import { FakeSession } from '../testing/fake-session';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { aBib, FakeHost } from '../testing/fake-host';
import { aList, aRequest, aSummary, LIBRARY } from '../testing/records';
import { EntityPage } from './entity.page';

const ID = 'LA0012345671';
const LINK = { userId: 'u1', requestId: '7' };
const here: AlmaEntity = {
  id: '7',
  type: 'BORROWING_REQUEST',
  link: '/users/u1/resource-sharing-requests/7',
  description: '',
};
const lending: AlmaEntity = { ...here, id: '8', type: 'LENDING_REQUEST', link: '/partners/N/lending-requests/8' };

describe('EntityPage', () => {
  let host: FakeHost;
  let gateway: FakeGateway;
  let session: FakeSession;
  let fixture: ComponentFixture<EntityPage>;
  let navigate: jasmine.Spy;

  beforeEach(() => {
    host = new FakeHost();
    gateway = fakeGateway();
    session = new FakeSession();
    host.read.and.callFake((path) => of(path.startsWith('/conf/') ? {} : { title: '図書館情報学入門' }));
    answer({});
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideTranslateService(),
        { provide: HostService, useValue: host },
        { provide: GatewayClient, useValue: gateway },
        { provide: SessionService, useValue: session },
      ],
    });
    navigate = spyOn(TestBed.inject(Router), 'navigate').and.resolveTo(true);
  });

  function answer(changes: Partial<RequestView>): void {
    gateway.request.and.callFake((id, side) =>
      of(aRequest({ id, side, seenAt: new Date().toISOString(), ...changes })),
    );
    gateway.link.and.callFake((id, side, almaRequest) =>
      of(aRequest({ id, side, almaRequest: almaRequest ?? undefined })),
    );
  }
  function kept(): void {
    answer({ almaRequest: LINK });
    gateway.requests.and.returnValue(of(aList([aSummary({ id: ID })])));
  }
  function open(inputs: Readonly<Record<string, string>> = {}): Dom {
    fixture = TestBed.createComponent(EntityPage);
    const all = { type: 'borrowing', holder: 'u1', requestId: '7', ...inputs };
    for (const [name, value] of Object.entries(all)) fixture.componentRef.setInput(name, value);
    return new Dom(fixture);
  }
  const went = () => navigate.calls.allArgs().map(([commands]) => commands as unknown);

  it('shows the panel of the request that it is linked to', () => {
    kept();
    const dom = open({ auto: 'true' });
    expect(dom.texts('h2')[0]).toBe(ID);
    expect(went()).toEqual([]);
  });

  it('opens what was sent from Alma by a message, instead of ordering it again', () => {
    session.libraries.set([{ ...LIBRARY, writer: 'iso18626' }]);
    host.read.and.callFake((path) => of(path.startsWith('/conf/') ? {} : { title: '題', external_id: '01INST7' }));
    gateway.requestIdOf.and.returnValue(of('LA0000000077'));
    answer({ state: 'PREPARING', externalStatus: '準備中', lacks: ['payment'] });
    const dom = open({ auto: 'true' });
    expect([dom.texts('h2')[0], went()]).toEqual(['LA0000000077', []]);
    expect(dom.text).toContain('requestTools.lacksHint');
    expect(gateway.link.calls.allArgs().map(([id, , link]) => [id, link])).toEqual([['LA0000000077', LINK]]);
  });

  it('says that it looks for it', () => {
    host.read.and.returnValue(new Subject());
    expect(open().text).toContain('entity.searching');
  });

  it('goes on to an order when a borrowing request has none and nobody chose this page', () => {
    open({ auto: 'true' });
    expect(navigate.calls.allArgs()).toEqual([[['/create', 'request', 'u1', '7'], { replaceUrl: true }]]);
  });

  it('offers both ways when somebody chose it', () => {
    const dom = open();
    expect(went()).toEqual([]);
    expect(dom.controls('entity.order')[0]?.getAttribute('href')).toBe('/create/request/u1/7');
    expect([dom.text.includes('図書館情報学入門'), dom.all('#link-id').length]).toEqual([true, 1]);
  });

  it('offers a lending request to be linked only', () => {
    const dom = open({ type: 'lending', holder: 'N', auto: 'true' });
    expect([went(), dom.controls('entity.order').length, dom.all('#link-id').length]).toEqual([[], 0, 1]);
  });

  it('links by hand, shows the panel, and takes it back', () => {
    const dom = open();
    dom.type('#link-id', ID);
    dom.one('form').dispatchEvent(new Event('submit', { cancelable: true }));
    dom.settle();
    dom.click('link.link');
    expect([dom.texts('h2')[0], dom.text.includes('link.linked')]).toEqual([ID, true]);
    dom.click('link.undo');
    expect([dom.text.includes('link.unlinked'), dom.all('#link-id').length]).toEqual([true, 1]);
    expect(gateway.link.calls.allArgs().map(([, , link]) => link)).toEqual([LINK, null]);
  });

  it('unlinks, and takes that back', () => {
    kept();
    const dom = open();
    dom.click('link.unlink');
    expect(dom.all('[data-testid=unlinked]').length).toBe(1);
    dom.click('link.undo');
    expect(dom.texts('h2')[0]).toBe(ID);
  });

  it('asks whether an id in a note is the right one', () => {
    host.read.and.callFake((path) => of(path.startsWith('/conf/') ? {} : { note: `NACSIS ${ID}` }));
    const dom = open();
    expect([dom.texts('h2')[0], dom.text.includes('entity.byNote')]).toEqual([ID, true]);
    dom.click('link.link');
    expect(gateway.link.calls.mostRecent().args[2]).toEqual(LINK);
    expect(dom.text).not.toContain('entity.byNote');
  });

  it('says what is wrong when it is not known whether there is one, lets order all the same, and tries again', () => {
    gateway.requests.and.returnValue(failing('gateway-unreachable'));
    const dom = open({ auto: 'true' });
    expect([dom.text.includes('error.gateway-unreachable.title'), dom.controls('entity.order').length]).toEqual([
      true,
      1,
    ]);
    kept();
    dom.click('action.again');
    expect(dom.texts('h2')[0]).toBe(ID);
  });

  it('says so when Alma does not give the request', () => {
    host.read.and.returnValue(failing('host-refused'));
    const { text } = open();
    expect([text.includes('error.host-refused.title'), text.includes('entity.unlinked')]).toEqual([true, true]);
  });

  it('knows an address that names nothing', () => {
    expect(open({ type: 'sideways' }).text).toContain('request.noSuchPage');
  });

  describe('when the Alma page changes', () => {
    function change(...entities: readonly AlmaEntity[]): Dom {
      kept();
      host.shows(here);
      const dom = open();
      host.shows(...entities);
      dom.settle();
      return dom;
    }

    it('follows to another record, and to the start from several', () => {
      change(lending);
      expect(navigate.calls.allArgs()).toEqual([[['/entity', 'lending', 'N', '8'], { queryParams: { auto: 'true' } }]]);
      change(aBib('1'), aBib('2'));
      expect(went().at(-1)).toEqual(['/']);
    });

    it('stays where its own request is among them, and where there is none', () => {
      change(here, lending);
      change();
      expect(went()).toEqual([]);
    });

    it('asks first while a command runs', () => {
      gateway.isCommanding.set(true);
      const dom = change(lending);
      expect([went(), dom.text.includes('entity.pageChanged')]).toEqual([[], true]);
      dom.click('create.goThere');
      expect(went()).toEqual([['/entity', 'lending', 'N', '8']]);
    });
  });
});
