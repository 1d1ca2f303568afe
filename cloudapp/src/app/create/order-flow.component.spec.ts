import { fakeAsync, TestBed, tick } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideTranslateService } from '@ngx-translate/core';
import { of, Subject } from 'rxjs';
import type { CreateRequest, Draft, RequestView } from '../../domain/api';
import type { Source } from '../alma/source';
import { DeskService } from '../core/desk.service';
import { GatewayClient } from '../core/gateway.client';
import { HostService } from '../core/host.service';
import { Dom } from '../testing/dom';
import { FakeDesk } from '../testing/fake-desk';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { FakeHost } from '../testing/fake-host';
import {
  aHolding,
  anOrder,
  aPage,
  aRecord,
  aRequest,
  aStoredDraft,
  aUser,
  BRANCH,
  memberIdOf,
  ncidOf,
} from '../testing/records';
import { AUTOSAVE } from './draft.store';
import { OrderFlowComponent } from './order-flow.component';

const BIB: Source = { type: 'bib', mmsId: '990001' };
const ALMA_BIB = { title: '図書館情報学入門', isbn: '9784000000017' };
const ORDER = '[data-testid=order]';

describe('OrderFlowComponent', () => {
  let gateway: FakeGateway;
  let desk: FakeDesk;
  let host: FakeHost;
  let dom: Dom;
  let flow: OrderFlowComponent;

  beforeEach(() => {
    gateway = fakeGateway();
    gateway.holdings.and.returnValue(of(aPage([aHolding(10), aHolding(11)])));
    desk = new FakeDesk();
    host = new FakeHost();
    host.read.and.returnValue(of(ALMA_BIB));
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideTranslateService(),
        { provide: GatewayClient, useValue: gateway },
        { provide: DeskService, useValue: desk },
        { provide: HostService, useValue: host },
        { provide: AUTOSAVE, useValue: { pause: 800, again: 10_000 } },
      ],
    });
  });

  function open(source: Source = BIB): void {
    const fixture = TestBed.createComponent(OrderFlowComponent);
    fixture.componentRef.setInput('source', source);
    flow = fixture.componentInstance;
    dom = new Dom(fixture);
  }
  /** Everything that an order needs and that does not come by itself. */
  function fillIn(): void {
    dom.click('create.pick');
  }
  /** Says yes where the app asks once more before it orders. */
  function confirm(): void {
    dom.all('dialog[open] [data-testid=confirm]')[0]?.click();
    dom.settle();
  }
  function order(): void {
    dom.one(ORDER).click();
    dom.settle();
    confirm();
  }
  const sent = (): readonly [CreateRequest, string][] => gateway.createRequest.calls.allArgs();
  const valueOf = (id: string) => dom.field(`#field-${id}`).value;

  it('shows the form filled with what is known', () => {
    open();
    expect([valueOf('bibId'), valueOf('payment'), valueOf('borrowerStaff').includes('担当 A')]).toEqual([
      ncidOf(1),
      'pb',
      true,
    ]);
    expect(dom.text).toContain('create.origin.nacsis-cat');
  });

  it('starts with the kind of last time', () => {
    desk.desk.set({ state: 'ok', value: { ...desk.loaded, user: aUser({ kind: 'loan' }) } });
    open();
    expect(dom.field('input[value=loan]').checked).toBeTrue();
    expect(dom.all('#field-copyType').length).toBe(0);
  });

  it('keeps what is typed while more becomes known', () => {
    const search = new Subject<ReturnType<typeof aPage<ReturnType<typeof aRecord>>>>();
    gateway.searchCatalog.and.returnValue(search);
    open();
    dom.type('#field-bibNote', 'typed by hand');
    dom.type('#field-year', '');
    search.next(aPage([aRecord()]));
    dom.settle();
    expect([valueOf('bibNote'), valueOf('year'), valueOf('bibId')]).toEqual(['typed by hand', '', ncidOf(1)]);
  });

  it('would lose something once anything was typed, and nothing any more once the request exists', () => {
    open();
    expect(flow.isDirty()).toBeFalse();
    fillIn();
    expect(flow.isDirty()).toBeTrue();
    order();
    expect(flow.isDirty()).toBeFalse();
  });

  describe('Order', () => {
    it('sends the order and shows the id of the request', () => {
      open();
      fillIn();
      order();
      expect(sent().length).toBe(1);
      expect(sent()[0]?.[0].fields.lenders?.map(({ memberId }) => memberId)).toEqual([memberIdOf(10)]);
      expect(dom.one('[data-testid=request-id]').textContent).toContain('LA0012345671');
      expect(dom.all('form').length).toBe(0);
    });

    it('sends once for a double click', () => {
      gateway.createRequest.and.returnValue(new Subject<RequestView>());
      open();
      fillIn();
      const button = dom.field(ORDER);
      button.click();
      button.click();
      dom.settle();
      confirm();
      confirm();
      button.click();
      expect([sent().length, button.disabled, dom.text.includes('create.sending')]).toEqual([1, true, true]);
    });

    it('lets nothing be changed while the order is on its way', () => {
      gateway.createRequest.and.returnValue(new Subject<RequestView>());
      open();
      fillIn();
      order();
      expect(dom.one('#field-volume').matches(':disabled')).toBeTrue();
      expect(dom.one('input[name=kind]').matches(':disabled')).toBeTrue();
    });

    it('is offered for the next one by the result', () => {
      let others = 0;
      open();
      flow.another.subscribe(() => (others += 1));
      fillIn();
      order();
      dom.click('create.another');
      expect(others).toBe(1);
    });
  });

  it('keeps in NACSIS-ILL what is not yet complete', () => {
    gateway.createRequest.and.returnValue(of(aRequest({ state: 'PREPARING', externalStatus: '準備中' })));
    open();
    dom.click('action.borrower.save');
    expect([sent()[0]?.[0].mode, dom.text.includes('create.saved')]).toEqual(['save', true]);
  });

  describe('with faults', () => {
    it('lists all of them, sends nothing, and goes to the first', fakeAsync(() => {
      open();
      dom.one(ORDER).click();
      dom.settle();
      tick();
      expect(sent()).toEqual([]);
      const summary = dom.one('[role=alert]');
      expect([summary.textContent?.includes('create.summary'), summary.querySelectorAll('li').length]).toEqual([
        true,
        1,
      ]);
      expect(document.activeElement?.id).toBe('lenders-heading');
    }));

    it('goes to the field that an entry names, and opens its group', fakeAsync(() => {
      open();
      fillIn();
      dom.type('#field-borrowerStaff', '');
      dom.type('#field-orderDate', 'tomorrow');
      order();
      tick();
      expect(dom.all('[role=alert] li').length).toBe(2);
      const group = dom.one('#field-borrowerStaff').closest('details');
      expect(group?.open).toBeTrue();
      dom.one('[role=alert]').querySelector<HTMLElement>('li:last-child button')?.click();
      tick();
      expect(document.activeElement?.id).toBe('field-borrowerStaff');
      TestBed.resetTestingModule();
      tick(1000);
    }));

    it('says at the field what is wrong with it', () => {
      open();
      dom.type('#field-borrowerStaff', '');
      dom.one('#field-borrowerStaff').dispatchEvent(new Event('blur'));
      dom.settle();
      expect(dom.one('#field-borrowerStaff').getAttribute('aria-invalid')).toBe('true');
      expect(dom.one('#field-borrowerStaff-hint').textContent).toContain('fieldError.required');
    });

    it('sends after they were corrected', () => {
      open();
      order();
      fillIn();
      order();
      expect(sent().length).toBe(1);
    });
  });

  describe('after a refusal', () => {
    beforeEach(() => {
      gateway.createRequest.and.returnValue(
        failing('nacsis-rejected', { nacsis: { status: '402', message: 'パラメータ誤り' } }),
      );
      open();
      fillIn();
      dom.type('#field-volume', '12');
      order();
    });

    it('says why, keeps what was typed and lets it be corrected', () => {
      expect(dom.text).toContain('error.nacsis-rejected.title');
      expect(dom.text).toContain('create.formIntact');
      expect(valueOf('volume')).toBe('12');
      expect(dom.one('#field-volume').matches(':disabled')).toBeFalse();
    });

    it('sends the corrected order under a new key', () => {
      dom.type('#field-volume', '13');
      order();
      const [[, key], [second, next]] = sent() as [[CreateRequest, string], [CreateRequest, string]];
      expect([second.fields.volume, next === key]).toEqual(['13', false]);
    });
  });

  describe('after an unknown outcome', () => {
    beforeEach(() => {
      gateway.createRequest.and.returnValue(failing('outcome-unknown'));
      open();
      fillIn();
      order();
    });

    it('offers to ask again, and nothing else', () => {
      expect(dom.text).toContain('error.outcome-unknown.title');
      expect(dom.text).toContain('create.repeatSame');
      expect(dom.controls('create.askAgain').length).toBe(1);
      expect(dom.all(ORDER).length).toBe(0);
      expect([...dom.controls('action.borrower.order'), ...dom.controls('action.borrower.save')]).toEqual([]);
      expect(dom.one('#field-volume').matches(':disabled')).toBeTrue();
    });

    it('asks with the very same order and key, and shows the request when it is found', () => {
      gateway.createRequest.and.returnValue(of(aRequest()));
      dom.click('create.askAgain');
      const [first, second] = sent();
      expect(second).toEqual(first);
      expect(dom.one('[data-testid=request-id]').textContent).toContain('LA0012345671');
    });

    it('offers to ask again as long as nobody knows', () => {
      gateway.createRequest.and.returnValue(failing('gateway-unreachable'));
      dom.click('create.askAgain');
      expect(dom.controls('create.askAgain').length).toBe(1);
      expect(dom.text).toContain('error.gateway-unreachable.title');
    });
  });

  describe('a draft of the same record', () => {
    const content = {
      version: 1,
      source: 'bib:990001',
      typed: { volume: '12' },
      comment: '',
      lenders: [],
      key: 'kept-key',
    };
    const draft = aStoredDraft({ content });

    function openWith(...drafts: readonly Draft[]): void {
      gateway.drafts.and.returnValue(of(drafts));
      open();
    }
    const isOffered = () => dom.controls('create.resume').length > 0;

    it('is offered, and goes on when the user wants it', () => {
      openWith(draft);
      expect(dom.text).toContain('create.draftFound');
      dom.click('create.resume');
      expect([valueOf('volume'), isOffered()]).toEqual(['12', false]);
    });

    it('is dropped when the user does not want it', () => {
      openWith(draft);
      dom.click('create.discard');
      expect(gateway.deleteDraft).toHaveBeenCalledOnceWith('draft-0001');
      expect(isOffered()).toBeFalse();
    });

    it('is offered again when it could not be dropped', () => {
      gateway.deleteDraft.and.returnValue(failing('gateway-unreachable'));
      openWith(draft);
      dom.click('create.discard');
      expect(isOffered()).toBeTrue();
    });

    it('is not offered for another record or another library', () => {
      openWith(
        aStoredDraft({ content: { ...content, source: 'bib:2' } }),
        aStoredDraft({ content, library: BRANCH.code }),
      );
      expect(isOffered()).toBeFalse();
    });

    it('is not offered once something else was typed', () => {
      openWith(draft);
      dom.type('#field-volume', '1');
      expect(isOffered()).toBeFalse();
    });

    it('that is damaged does not stand in the way', () => {
      openWith(aStoredDraft({ content: null as never }), draft);
      expect(isOffered()).toBeTrue();
    });

    it('with an order of unknown outcome cannot be dropped, and can only be asked about', () => {
      const pending = anOrder();
      openWith(aStoredDraft({ content: { ...content, pending } }));
      expect(dom.text).toContain('create.draftPending');
      expect(dom.controls('create.discard')).toEqual([]);
      dom.click('create.resume');
      expect(dom.all(ORDER).length).toBe(0);
      dom.click('create.askAgain');
      expect(sent()).toEqual([[pending, 'kept-key']]);
    });

    it('is not missed when the gateway does not tell its drafts', () => {
      gateway.drafts.and.returnValue(failing('gateway-unreachable'));
      open();
      expect([isOffered(), dom.all(ORDER).length]).toEqual([false, 1]);
    });
  });

  it('says whether what is typed is kept', fakeAsync(() => {
    gateway.putDraft.and.returnValue(failing('gateway-unreachable'));
    open();
    dom.type('#field-volume', '1');
    tick(800);
    dom.settle();
    expect(dom.text).toContain('create.draft.failed');
    gateway.putDraft.and.returnValue(of(aStoredDraft()));
    dom.type('#field-volume', '12');
    tick(800);
    dom.settle();
    expect(dom.text).toContain('create.draft.saved');
  }));

  it('sends the comment, as one line', () => {
    open();
    fillIn();
    dom.type('#field-comment', 'お急ぎ\nください');
    order();
    expect(sent()[0]?.[0].comment).toBe('お急ぎ ください');
  });

  it('looks for libraries by what is typed, and at a region in NACSIS-CAT', () => {
    open();
    dom.type('input[type=search]', '館11');
    expect(dom.controls('create.pick').length).toBe(1);
    dom.choose('app-lenders-block select', '13');
    expect(gateway.holdings.calls.mostRecent().args[1].region).toBe('13');
  });

  it('loads all holdings when the user wants them', () => {
    gateway.holdings.and.returnValue(of(aPage([aHolding(10)], { total: 2 })));
    open();
    gateway.holdings.and.returnValue(of(aPage([aHolding(10), aHolding(11)])));
    dom.click('create.showAll');
    expect([dom.controls('create.pick').length, dom.controls('create.showAll').length]).toEqual([2, 0]);
  });

  describe('the rota', () => {
    it('is picked from the holdings, moved and cleared', () => {
      open();
      dom.click('create.pick');
      dom.click('create.pick');
      const names = () => dom.all('ol li strong').map(({ textContent }) => textContent);
      expect(names()).toEqual(['館10', '館11']);
      dom.controls('create.moveDown')[0]?.click();
      dom.settle();
      expect(names()).toEqual(['館11', '館10']);
      dom.controls('create.remove')[0]?.click();
      dom.settle();
      expect(names()).toEqual(['館10']);
    });

    it('is empty after another record was chosen', () => {
      const other = aRecord({ ncid: ncidOf(2), title: '別の本' });
      open();
      dom.click('create.pick');
      dom.click('create.changeRecord');
      gateway.searchCatalog.and.returnValue(of(aPage([other])));
      dom.click('create.search.run');
      dom.controls('create.chooseRecord').at(-1)?.click();
      dom.settle();
      expect([dom.all('ol li').length, valueOf('bibId')]).toEqual([0, ncidOf(2)]);
    });
  });

  describe('what cannot be had', () => {
    it('from Alma is said, and can be tried again', () => {
      host.read.and.returnValue(failing('host-timeout'));
      open();
      expect(dom.text).toContain('error.host-timeout.title');
      host.read.and.returnValue(of(ALMA_BIB));
      dom.click('action.again');
      expect(valueOf('bibId')).toBe(ncidOf(1));
    });

    it('from NACSIS-CAT is said, and is not nothing found', () => {
      gateway.searchCatalog.and.returnValue(failing('nacsis-unavailable'));
      open();
      expect(dom.text).toContain('error.nacsis-unavailable.title');
      expect(dom.text).not.toContain('create.noneFound');
    });

    it('of the holdings is said, and can be tried again', () => {
      gateway.holdings.and.returnValue(failing('nacsis-unavailable'));
      open();
      expect(dom.text).toContain('error.nacsis-unavailable.title');
      gateway.holdings.and.returnValue(of(aPage([aHolding(10)])));
      dom.click('action.again');
      expect(dom.controls('create.pick').length).toBe(1);
    });
  });
});
