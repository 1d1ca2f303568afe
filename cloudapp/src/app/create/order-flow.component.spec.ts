import { discardPeriodicTasks, fakeAsync, TestBed, tick } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideTranslateService } from '@ngx-translate/core';
import { of, Subject } from 'rxjs';
import type { CreateRequest, Draft, RequestView } from '../../domain/api/requests';
import type { Page } from '../../domain/api/catalog';
import type { Holding } from '../../domain/catalog/catalog';
import type { Source } from '../alma/source';
import { SessionService } from '../core/session.service';
import { GatewayClient } from '../core/gateway.client';
import { SPARE_STORAGE } from '../core/spare-drafts.service';
import { HostService } from '../core/host.service';
import { Dom } from '../testing/dom';
import { FakeSession } from '../testing/fake-session';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { FakeHost } from '../testing/fake-host';
import {
  aHolding,
  aMember,
  anOrder,
  aPage,
  aProfile,
  aRecord,
  aRequest,
  aStoredDraft,
  aSummary,
  aTemplate,
  BRANCH,
  holdings,
  memberIdOf,
  ncidOf,
} from '../testing/records';
import { AUTOSAVE } from './form/draft.store';
import { OrderFlowComponent } from './order-flow.component';

const BIB: Source = { type: 'bib', mmsId: '990001' };
const ALMA_BIB = { title: '図書館情報学入門', isbn: '9784000000017' };
const ORDER = '[data-testid=order]';

describe('OrderFlowComponent', () => {
  let gateway: FakeGateway;
  let session: FakeSession;
  let host: FakeHost;
  let dom: Dom;
  let flow: OrderFlowComponent;

  beforeEach(() => {
    gateway = fakeGateway();
    gateway.holdings.and.returnValue(of(aPage([aHolding(10), aHolding(11)])));
    session = new FakeSession();
    // Lenders are chosen manually here; the proposal is tested below.
    session.user({ noProposal: true, kinds: { book: 'copy' } });
    host = new FakeHost();
    host.read.and.returnValue(of(ALMA_BIB));
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideTranslateService(),
        { provide: GatewayClient, useValue: gateway },
        { provide: SPARE_STORAGE, useValue: undefined },
        { provide: SessionService, useValue: session },
        { provide: HostService, useValue: host },
        { provide: AUTOSAVE, useValue: { pause: 800, again: 10_000 } },
      ],
    });
  });

  function open(source: Source = BIB, draftId?: string): void {
    const fixture = TestBed.createComponent(OrderFlowComponent);
    fixture.componentRef.setInput('source', source);
    fixture.componentRef.setInput('draftId', draftId);
    flow = fixture.componentInstance;
    dom = new Dom(fixture);
  }
  /** Fills in everything that has no preset. */
  function fillIn(): void {
    pick();
  }
  /** Picks the next available library from the holdings. */
  function pick(): void {
    const list = dom.one('app-holdings-panel details') as HTMLDetailsElement;
    if (!list.open) {
      list.open = true;
      list.dispatchEvent(new Event('toggle'));
      dom.settle();
    }
    dom.click('create.pick');
  }
  const rotaNames = () => dom.texts('app-rota-list li strong');
  /** Confirms the dialog before ordering, if it is open. */
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
    session.user({ kinds: { book: 'loan' } });
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

  it('goes to the applicant whom a request of Alma does not name', fakeAsync(() => {
    host.read.and.returnValue(of({ title: '図書館情報学入門' }));
    open({ type: 'request', userId: 'u1', requestId: '77' });
    document.body.append(dom.root);
    tick();
    expect(document.activeElement?.id).toBe('field-applicant');
    dom.type('#field-applicant', '利用者 001');
    expect(dom.one('#field-applicant-hint').textContent).not.toContain('create.applicantMissing');
    TestBed.resetTestingModule();
    tick(1000);
  }));

  it('does not go there when the request names the applicant', fakeAsync(() => {
    host.read.and.returnValue(of({ title: '図書館情報学入門', requester: { desc: '利用者 001' } }));
    open({ type: 'request', userId: 'u1', requestId: '77' });
    tick();
    expect([valueOf('applicant'), document.activeElement?.id]).toEqual(['利用者 001', '']);
  }));

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

  describe('before it orders', () => {
    const dialog = () => dom.one('dialog') as HTMLDialogElement;

    it('shows everything that is sent, and sends it when the user says so', () => {
      open();
      pick();
      pick();
      dom.type('#field-volume', '12');
      dom.type('#field-comment', 'お急ぎください');
      dom.one(ORDER).click();
      dom.settle();
      expect([dialog().open, sent()]).toEqual([true, []]);
      const shown = dom.texts('dialog dt');
      const [lenders, values] = [dom.texts('dialog ol.rota li'), dom.texts('dialog dd')];
      confirm();
      const [[{ fields, comment }]] = sent() as [[CreateRequest, string]];
      const { lenders: asked = [], ...scalars } = fields;
      expect([...shown].sort()).toEqual([...Object.keys(scalars), 'comment'].map((name) => `field.${name}`).sort());
      for (const value of [comment, fields.volume, fields.bibNote, fields.borrowerStaff, fields.bibId])
        expect<readonly unknown[]>(values).toContain(value);
      expect(lenders.length).toBe(2);
      asked.forEach(({ memberId }, at) => expect(lenders[at]).toContain(memberId));
      expect(dialog().open).toBeFalse();
    });

    it('sends once, however often it is said', () => {
      gateway.createRequest.and.returnValue(new Subject<RequestView>());
      open();
      fillIn();
      dom.one(ORDER).click();
      dom.settle();
      const yes = dom.one('[data-testid=confirm]');
      yes.click();
      yes.click();
      dom.settle();
      expect(sent().length).toBe(1);
    });

    it('sends nothing and keeps everything when the user goes back', () => {
      open();
      fillIn();
      dom.type('#field-volume', '12');
      dom.one(ORDER).click();
      dom.settle();
      dom.click('create.confirm.back');
      expect([sent(), dialog().open, valueOf('volume'), rotaNames()]).toEqual([[], false, '12', ['館10']]);
      order();
      expect(sent().length).toBe(1);
    });

    it('shows what is on the form now, not what was there the last time', () => {
      open();
      fillIn();
      dom.type('#field-volume', '12');
      dom.one(ORDER).click();
      dom.settle();
      dom.click('create.confirm.back');
      dom.type('#field-volume', '13');
      dom.one(ORDER).click();
      dom.settle();
      expect([dom.texts('dialog dd').includes('13'), dom.texts('dialog dd').includes('12')]).toEqual([true, false]);
    });

    it('does not ask a user who does without it', () => {
      session.user({ skipConfirm: true });
      open();
      fillIn();
      dom.type('#field-volume', '12');
      dom.one(ORDER).click();
      dom.settle();
      expect([sent().length, dialog().open]).toEqual([1, false]);
    });

    it('asks also such a user before a copy without volume, pages and article', () => {
      session.user({ skipConfirm: true });
      open();
      fillIn();
      dom.one(ORDER).click();
      dom.settle();
      expect([sent().length, dom.all('dialog[open] [data-testid=warning-part]').length]).toEqual([0, 1]);
      confirm();
      expect(sent()[0]?.[0].fields.volume).toBe('不明');
    });

    it('asks no more as soon as the user has chosen to do without it', () => {
      open();
      fillIn();
      session.remember({ skipConfirm: true });
      dom.type('#field-volume', '12');
      dom.one(ORDER).click();
      dom.settle();
      expect(sent().length).toBe(1);
    });

    it('sends what it has shown, whatever is learnt meanwhile', () => {
      session.user({ noProposal: false });
      const later = new Subject<Page<Holding>>();
      gateway.holdings.and.returnValues(of(aPage([aHolding(10)], { total: 300 })), later);
      open();
      dom.one(ORDER).click();
      dom.settle();
      const shown = dom.texts('dialog ol.rota li');
      const near = aHolding(12, { member: aMember({ memberId: memberIdOf(12), region: '13' }) });
      later.next(aPage([near], { page: 2, total: 300 }));
      dom.settle();
      expect(dom.texts('dialog ol.rota li')).toEqual(shown);
      confirm();
      expect(sent()[0]?.[0].fields.lenders?.map(({ memberId }) => memberId)).toEqual([memberIdOf(10)]);
    });

    it('does not ask while something is wrong with it', () => {
      open();
      dom.one(ORDER).click();
      dom.settle();
      expect(dialog().open).toBeFalse();
    });

    it('does not ask before it only keeps it, and before it asks about an order once more', () => {
      gateway.createRequest.and.returnValue(failing('outcome-unknown'));
      open();
      dom.click('action.borrower.save');
      expect([sent().length, dialog().open]).toEqual([1, false]);
      dom.click('asking.now');
      expect([sent().length, dialog().open]).toEqual([2, false]);
    });
  });

  describe('a template of the library', () => {
    beforeEach(() => {
      gateway.profile.and.returnValue(
        of(aProfile([aTemplate('急ぎ', { values: { payment: 'pr', comment: 'お急ぎください' } })])),
      );
      open();
      fillIn();
    });

    it('fills what nobody has typed, and is sent', () => {
      dom.fill('templates.label', '急ぎ');
      expect([valueOf('payment'), valueOf('comment'), dom.text.includes('create.origin.template')]).toEqual([
        'pr',
        'お急ぎください',
        true,
      ]);
      order();
      expect([sent()[0]?.[0].fields.payment, sent()[0]?.[0].comment]).toEqual(['pr', 'お急ぎください']);
    });

    it('does not touch what was typed', () => {
      dom.choose('#field-payment', 'co');
      dom.fill('templates.label', '急ぎ');
      expect(valueOf('payment')).toBe('co');
    });
  });

  describe('a warning', () => {
    it('is shown and stops nothing', () => {
      gateway.openRequests.and.returnValue(of([aSummary({ id: 'LA9' })]));
      open();
      fillIn();
      expect(dom.text).toContain('LA9');
      order();
      expect(sent().length).toBe(1);
    });

    it('that cannot be read says so and stops nothing', () => {
      gateway.openRequests.and.returnValue(failing('nacsis-unavailable'));
      open();
      fillIn();
      expect(dom.text).toContain('warnings.unread');
      order();
      expect(sent().length).toBe(1);
    });
  });

  it('orders a work that is not in NACSIS-CAT from a library that was found by its name', fakeAsync(() => {
    gateway.searchCatalog.and.returnValue(of(aPage([])));
    gateway.members.and.returnValue(of(aPage([aMember({ memberId: memberIdOf(20), abbreviation: '館20' })])));
    open({ type: 'new' });
    document.body.append(dom.root);
    dom.one('[data-testid=order-without-record]').click();
    dom.settle();
    tick();
    expect(document.activeElement?.id).toBe('field-bibNote');
    dom.type('#field-bibNote', '郷土の記録');
    dom.one('app-lenders-block details').dispatchEvent(new Event('toggle'));
    dom.settle();
    tick();
    dom.settle();
    dom.type('#member-words', '館20');
    dom.one('app-member-search form').dispatchEvent(new Event('submit', { cancelable: true }));
    dom.settle();
    dom.click('create.pick');
    order();
    const [[{ fields }]] = sent() as [[CreateRequest, string]];
    expect([fields.bibId, fields.bibNote, fields.lenders?.[0]?.memberId]).toEqual([
      undefined,
      '郷土の記録',
      memberIdOf(20),
    ]);
    TestBed.resetTestingModule();
    tick(1000);
  }));

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

    it('says nothing before anything was entered', () => {
      host.read.and.returnValue(of({ title: '題'.repeat(500) }));
      open();
      dom.one('#field-payment').dispatchEvent(new Event('blur'));
      dom.one('#field-borrowerStaff').dispatchEvent(new Event('blur'));
      dom.settle();
      expect([dom.all('[aria-invalid=true]').length, dom.all('app-field-error').length]).toEqual([0, 0]);
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

    it('says why in the dialog, keeps what was typed and lets it be corrected', () => {
      const dialog = dom.one('dialog[open]').textContent;
      expect(dialog).toContain('error.nacsis-rejected.title');
      expect(dialog).toContain('create.formIntact');
      dom.click('create.confirm.back');
      expect(valueOf('volume')).toBe('12');
      expect(dom.one('#field-volume').matches(':disabled')).toBeFalse();
    });

    it('stays in view beside the button, until the user puts it away', () => {
      const bar = () => dom.one('[data-testid=order-bar]').textContent;
      expect(bar()).not.toContain('error.nacsis-rejected.title');
      dom.click('create.confirm.back');
      expect(bar()).toContain('error.nacsis-rejected.title');
      dom.click('create.closeNotice');
      expect(bar()).not.toContain('error.nacsis-rejected.title');
    });

    it('sends the corrected order under a new key', () => {
      dom.click('create.confirm.back');
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

    it('says that it asks by itself, and offers nothing but to ask now or to stop', () => {
      expect(dom.all('[data-testid=asking]').length).toBe(1);
      expect([...dom.controls('asking.now'), ...dom.controls('asking.stop')].length).toBe(2);
      expect([...dom.controls('create.askAgain'), ...dom.all(ORDER), ...dom.all('[role=alert]')]).toEqual([]);
    });

    it('asks by itself, and shows the request when it is found', fakeAsync(() => {
      open();
      fillIn();
      order();
      gateway.createRequest.and.returnValue(of(aRequest()));
      tick(2_000);
      dom.settle();
      const [, first, second] = sent();
      expect(second).toEqual(first);
      expect(dom.one('[data-testid=request-id]').textContent).toContain('LA0012345671');
      discardPeriodicTasks();
    }));

    it('offers to ask again when it has stopped, and nothing else; the focus goes there', () => {
      document.body.append(dom.root);
      const stop = dom.one('[data-testid=ask-stop]');
      stop.focus();
      stop.click();
      dom.settle();
      expect(dom.text).toContain('error.outcome-unknown.title');
      expect(dom.text).toContain('create.repeatSame');
      expect(dom.one('[data-testid=asking-end]').textContent).toContain('asking.end.stopped');
      expect(dom.controls('create.askAgain').length).toBe(1);
      expect(dom.all(ORDER).length).toBe(0);
      expect([...dom.controls('action.borrower.order'), ...dom.controls('action.borrower.save')]).toEqual([]);
      expect(dom.one('#field-volume').matches(':disabled')).toBeTrue();
    });

    it('lets the lenders and the record not be changed either', () => {
      for (const part of ['app-rota-list', 'app-holdings-panel', 'app-resource-block'])
        expect(dom.one(part).closest('[inert]')).withContext(part).not.toBeNull();
    });

    it('asks with the very same order and key, and shows the request when it is found', () => {
      gateway.createRequest.and.returnValue(of(aRequest()));
      dom.click('asking.now');
      const [first, second] = sent();
      expect(second).toEqual(first);
      expect(dom.one('[data-testid=request-id]').textContent).toContain('LA0012345671');
    });

    it('goes on as long as nobody knows, and says why', () => {
      gateway.createRequest.and.returnValue(failing('gateway-unreachable'));
      dom.click('asking.now');
      expect([sent().length, dom.controls('asking.now').length]).toEqual([2, 1]);
      expect(dom.text).toContain('error.gateway-unreachable.title');
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

    it('goes on at once when the address names it', () => {
      gateway.drafts.and.returnValue(of([aStoredDraft({ draftId: 'draft-0002', content }), draft]));
      open(BIB, 'draft-0001');
      expect([valueOf('volume'), isOffered()]).toEqual(['12', false]);
      dom.type('#field-volume', '13');
      TestBed.resetTestingModule();
      expect(gateway.putDraft.calls.mostRecent().args[0]).toBe('draft-0001');
    });

    it("that is not there any more when the address names it stands in nobody's way", () => {
      gateway.drafts.and.returnValue(of([]));
      open(BIB, 'draft-0001');
      expect([valueOf('volume'), dom.all(ORDER).length]).toEqual(['', 1]);
    });

    it('brings its lenders back, whatever is proposed', () => {
      session.user({ noProposal: false });
      const lenders = [{ memberId: memberIdOf(11), memberName: '館11' }];
      openWith(aStoredDraft({ content: { ...content, lenders } }));
      expect(rotaNames()).toEqual(['館10', '館11']);
      dom.click('create.resume');
      expect([rotaNames(), dom.text.includes('create.rotaOwn')]).toEqual([['館11'], true]);
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

    it('with an order that was sent a short time ago is asked about without a click', () => {
      const pending = anOrder();
      gateway.createRequest.and.returnValue(failing('outcome-unknown'));
      openWith(aStoredDraft({ content: { ...content, pending }, updatedAt: new Date().toISOString() }));
      expect(sent()).toEqual([[pending, 'kept-key']]);
      expect([dom.all('[data-testid=asking]').length, isOffered()]).toEqual([1, false]);
    });

    it('with an order from no record is only offered, for another may be wanted now', () => {
      const fresh = { updatedAt: new Date().toISOString() };
      gateway.drafts.and.returnValue(
        of([aStoredDraft({ content: { ...content, source: 'new', pending: anOrder() }, ...fresh })]),
      );
      open({ type: 'new' });
      expect([sent().length, isOffered()]).toEqual([0, true]);
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

  it('looks for libraries by what is typed, and at a region, without asking NACSIS-CAT again', () => {
    const near = aHolding(12, { member: aMember({ region: '13' }) });
    gateway.holdings.and.returnValue(of(aPage([aHolding(10), aHolding(11), near])));
    open();
    dom.type('input[type=search]', '館11');
    expect(dom.controls('create.pick').length).toBe(1);
    dom.type('input[type=search]', '');
    (dom.one('[data-filter=region] input[value="13"]') as HTMLInputElement).click();
    dom.settle();
    expect(dom.texts('app-holding-row strong')).toEqual(['館12']);
    expect(gateway.holdings).toHaveBeenCalledTimes(1);
  });

  it('loads all holdings by itself, and says how far it has come', () => {
    const later = new Subject<Page<Holding>>();
    gateway.holdings.and.returnValues(of(aPage(holdings(2), { total: 300 })), later);
    open();
    expect([dom.controls('create.pick').length, dom.text.includes('create.loadedOf')]).toEqual([2, true]);
    later.next(aPage(holdings(1, 20), { page: 2, total: 3 }));
    later.complete();
    dom.settle();
    expect([dom.controls('create.pick').length, dom.text.includes('create.loadedOf')]).toEqual([3, false]);
  });

  describe('the rota', () => {
    it('is picked from the holdings, moved and cleared', () => {
      open();
      pick();
      pick();
      expect(rotaNames()).toEqual(['館10', '館11']);
      dom.controls('create.moveDown')[0]?.click();
      dom.settle();
      expect(rotaNames()).toEqual(['館11', '館10']);
      dom.controls('create.remove')[0]?.click();
      dom.settle();
      expect(rotaNames()).toEqual(['館10']);
      dom.click('create.clearRota');
      expect(rotaNames()).toEqual([]);
    });

    it('is there by itself, and can be ordered from as it is', () => {
      session.user({ noProposal: false });
      open();
      expect([rotaNames(), flow.isDirty(), dom.text.includes('create.rotaProposed')]).toEqual([
        ['館10', '館11'],
        false,
        true,
      ]);
      order();
      expect(sent()[0]?.[0].fields.lenders?.map(({ memberId }) => memberId)).toEqual([10, 11].map(memberIdOf));
    });

    it("is the librarian's once it was changed, until the proposal is wanted back", () => {
      session.user({ noProposal: false });
      gateway.holdings.and.returnValue(of(aPage([aHolding(10, { volumeRange: '1-4' }), aHolding(11)])));
      open();
      dom.controls('create.moveDown')[0]?.click();
      dom.settle();
      dom.type('#field-volume', '12');
      expect([rotaNames(), dom.text.includes('create.rotaOwn'), flow.isDirty()]).toEqual([
        ['館11', '館10'],
        true,
        true,
      ]);
      dom.click('create.proposeAgain');
      expect([rotaNames(), dom.text.includes('create.rotaProposed')]).toEqual([['館11'], true]);
    });

    it('is empty after another record was chosen', () => {
      const other = aRecord({ ncid: ncidOf(2), title: '別の本' });
      open();
      pick();
      dom.click('create.changeRecord');
      gateway.searchCatalog.and.returnValue(of(aPage([other])));
      dom.click('create.search.run');
      dom.controls('create.chooseRecord').at(-1)?.click();
      dom.settle();
      expect([rotaNames(), valueOf('bibId')]).toEqual([[], ncidOf(2)]);
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
