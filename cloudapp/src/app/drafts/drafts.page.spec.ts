import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideTranslateService } from '@ngx-translate/core';
import { of, Subject } from 'rxjs';
import type { Draft } from '../../domain/api/requests';
import { SessionService } from '../core/session.service';
import { GatewayClient } from '../core/gateway.client';
import { SPARE_STORAGE } from '../core/spare-drafts.service';
import { Dom } from '../testing/dom';
import { FakeSession } from '../testing/fake-session';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { anOrder, aRecord, aStoredDraft, memberIdOf } from '../testing/records';
import { DraftsPage } from './drafts.page';

describe('DraftsPage', () => {
  let gateway: FakeGateway;
  let dom: Dom;
  let session: FakeSession;

  beforeEach(() => {
    gateway = fakeGateway();
    session = new FakeSession();
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideTranslateService(),
        { provide: GatewayClient, useValue: gateway },
        { provide: SPARE_STORAGE, useValue: undefined },
        { provide: SessionService, useValue: session },
      ],
    });
  });

  const draft = (draftId: string, content: Record<string, unknown> = {}, changes: Partial<Draft> = {}): Draft =>
    aStoredDraft({ draftId, ...changes, content: { ...aStoredDraft().content, ...content } });
  function open(...drafts: readonly Draft[]): void {
    gateway.drafts.and.returnValue(of(drafts));
    dom = new Dom(TestBed.createComponent(DraftsPage));
  }
  const titles = () => dom.texts('.draft strong');
  const links = () => dom.controls('create.resume').map((link) => link.getAttribute('href'));

  it('says that it loads, and says so when there is none', () => {
    gateway.drafts.and.returnValue(new Subject<readonly Draft[]>());
    dom = new Dom(TestBed.createComponent(DraftsPage));
    expect([dom.text.includes('drafts.loading'), dom.text.includes('drafts.none')]).toEqual([true, false]);
    open();
    expect([dom.text.includes('drafts.loading'), dom.text.includes('drafts.none')]).toEqual([false, true]);
  });

  it('names each by the work, as far as it is known', () => {
    open(
      draft('1', { catalogRecord: aRecord(), typed: { bibNote: 'typed' } }),
      draft('2', { typed: { bibNote: 'よみもの', article: '論文' } }),
      draft('3', { typed: { article: '論文' } }),
      draft('4'),
    );
    expect(titles()).toEqual(['図書館情報学入門', 'よみもの', '論文', 'drafts.untitled']);
  });

  it('says what kind it is, when it was kept, and how many lenders are in it', () => {
    open(draft('1', { lenders: [{ memberId: memberIdOf(10) }, { memberId: memberIdOf(11) }] }, { kind: 'loan' }));
    const [line] = dom.texts('.draft .muted');
    expect([line?.includes('kind.loan'), line?.includes('drafts.lenders')]).toEqual([true, true]);
    expect(dom.one('time').getAttribute('datetime')).toBe('2026-11-24T01:42:00.000Z');
    expect(dom.one('time').getAttribute('title')).toMatch(/^2026-11-24 \d\d:42:00$/);
    open(draft('1'));
    expect(dom.text).not.toContain('drafts.lenders');
  });

  it('leads to the record that it belongs to, and goes on with it there', () => {
    open(draft('d1', { source: 'bib:990001' }), draft('d2', { source: 'request:u 1:77' }), draft('d3'));
    expect(links()).toEqual([
      '/create/bib/990001?draft=d1',
      '/create/request/u%201/77?draft=d2',
      '/create/new?draft=d3',
    ]);
  });

  it('goes on for the library that it is for', () => {
    open(draft('1', {}, { library: 'MED' }));
    const [resume] = dom.controls('create.resume');
    resume?.addEventListener('click', (event) => event.preventDefault());
    dom.click('create.resume');
    expect(session.chooseLibrary).toHaveBeenCalledOnceWith('MED');
  });

  it('does not show one that cannot be read', () => {
    open(draft('1', { version: 9 }), draft('2', { key: '' }), draft('3', { typed: { article: '論文' } }));
    expect(titles()).toEqual(['論文']);
  });

  it('with an order of unknown outcome says so and lets it not be discarded', () => {
    open(draft('1', { pending: anOrder() }));
    expect([dom.text.includes('drafts.pending'), dom.controls('create.discard').length, links().length]).toEqual([
      true,
      0,
      1,
    ]);
  });

  it('says what is wrong when they cannot be had, which is not that there is none, and tries again', () => {
    gateway.drafts.and.returnValue(failing('gateway-unreachable'));
    dom = new Dom(TestBed.createComponent(DraftsPage));
    expect([dom.text.includes('error.gateway-unreachable.title'), dom.text.includes('drafts.none')]).toEqual([
      true,
      false,
    ]);
    gateway.drafts.and.returnValue(of([draft('1', { typed: { article: '論文' } })]));
    dom.click('action.again');
    expect([titles(), dom.text.includes('error.')]).toEqual([['論文'], false]);
  });

  describe('discarding', () => {
    beforeEach(() => open(draft('1', { typed: { article: '一' } }), draft('2', { typed: { article: '二' } })));

    it('takes it off the list and offers to bring it back', () => {
      expect(dom.controls('drafts.undo')).toEqual([]);
      dom.click('create.discard');
      expect([titles(), dom.text.includes('drafts.discarded'), dom.controls('drafts.undo').length]).toEqual([
        ['二'],
        true,
        1,
      ]);
      expect(gateway.deleteDraft).toHaveBeenCalledOnceWith('1');
    });

    it('is taken back where it was', () => {
      dom.click('create.discard');
      dom.click('drafts.undo');
      expect([titles(), dom.controls('drafts.undo').length]).toEqual([['一', '二'], 0]);
      const { kind, library, content } = draft('1', { typed: { article: '一' } });
      expect(gateway.putDraft).toHaveBeenCalledOnceWith('1', { library, content, kind: kind! });
    });

    it('that fails brings it back and says why', () => {
      gateway.deleteDraft.and.returnValue(failing('gateway-unreachable'));
      dom.click('create.discard');
      expect([
        titles(),
        dom.text.includes('error.gateway-unreachable.title'),
        dom.controls('drafts.undo').length,
      ]).toEqual([['一', '二'], true, 0]);
    });

    it('of all leaves a list that says so', () => {
      dom.click('create.discard');
      dom.click('create.discard');
      expect([titles(), dom.text.includes('drafts.none')]).toEqual([[], true]);
    });
  });
});
