import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { of } from 'rxjs';
import type { CatalogRecord } from '../../../domain/catalog/catalog';
import type { SourceRecord } from '../../alma/alma-record.service';
import type { Source } from '../../alma/source';
import { AppError, HostError } from '../../core/app-error';
import { SessionService } from '../../core/session.service';
import { GatewayClient } from '../../core/gateway.client';
import { IDLE, LOADING, type Remote } from '../../core/remote';
import { Dom } from '../../testing/dom';
import { FakeSession } from '../../testing/fake-session';
import { fakeGateway, type FakeGateway } from '../../testing/fake-gateway';
import { aRecord, aSource, ncidOf } from '../../testing/records';
import { NO_MATCH, type CatalogMatch } from '../../../domain/alma/citation';
import { CreateStore } from '../create.store';
import { OrderFormStore } from './order-form.store';
import { ResourceBlockComponent } from './resource-block.component';

describe('ResourceBlockComponent', () => {
  const record = signal<Remote<SourceRecord>>(IDLE);
  const match = signal<Remote<CatalogMatch>>(IDLE);
  const chosen = signal<CatalogRecord | undefined>(undefined);
  const isChosenByHand = signal(false);
  const source = signal<Source>({ type: 'bib', mmsId: '1' });
  let gateway: FakeGateway;
  let store: jasmine.SpyObj<Pick<CreateStore, 'chooseRecord' | 'matchAgain' | 'orderWithoutRecord' | 'reloadRecord'>>;
  let dom: Dom;

  beforeEach(() => {
    record.set({ state: 'ok', value: aSource() });
    match.set({ state: 'ok', value: NO_MATCH });
    chosen.set(undefined);
    isChosenByHand.set(false);
    source.set({ type: 'bib', mmsId: '1' });
    gateway = fakeGateway();
    store = jasmine.createSpyObj<CreateStore>('CreateStore', [
      'chooseRecord',
      'matchAgain',
      'orderWithoutRecord',
      'reloadRecord',
    ]);
    TestBed.configureTestingModule({
      providers: [
        provideTranslateService(),
        OrderFormStore,
        { provide: CreateStore, useValue: Object.assign(store, { record, match, chosen, isChosenByHand, source }) },
        { provide: GatewayClient, useValue: gateway },
        { provide: SessionService, useValue: new FakeSession() },
      ],
    });
  });
  const show = () => (dom = new Dom(TestBed.createComponent(ResourceBlockComponent)));
  const isSearchOffered = () => dom.all('app-catalog-search').length > 0;

  it('shows the record that stands for it, how surely, and all of it on demand', async () => {
    chosen.set(aRecord({ subjects: ['主題'] }));
    match.set({ state: 'ok', value: { record: aRecord(), confidence: 'standard-number', candidates: [aRecord()] } });
    show();
    expect([dom.text.includes('create.confidence.standard-number'), isSearchOffered()]).toEqual([true, false]);
    dom.click('create.details');
    await dom.loaded();
    expect(dom.text).toContain('主題');
    expect(dom.controls('create.chooseRecord')).toEqual([]);
  });

  it("says when it was the librarian's choice, and lets another be looked for", () => {
    chosen.set(aRecord());
    isChosenByHand.set(true);
    show();
    expect(dom.text).toContain('create.confidence.chosen');
    dom.click('create.changeRecord');
    expect(store.chooseRecord).toHaveBeenCalledOnceWith(null);
  });

  it('offers those that it may be, each with its details and a search of its own', () => {
    const candidates = [aRecord({ ncid: ncidOf(1), title: '甲' }), aRecord({ ncid: ncidOf(2), title: '乙' })];
    match.set({ state: 'ok', value: { confidence: 'none', candidates } });
    show();
    expect([dom.text.includes('create.severalFound'), isSearchOffered()]).toEqual([true, true]);
    dom.controls('create.chooseRecord')[1]?.click();
    expect(store.chooseRecord).toHaveBeenCalledOnceWith(candidates[1]!);
  });

  it('takes a record that one of them is linked with', async () => {
    const parent = aRecord({ ncid: ncidOf(3), title: '親書誌' });
    gateway.catalogRecord.and.returnValue(of(parent));
    const candidate = aRecord({ series: [{ title: '叢書', ncid: ncidOf(3) }] });
    match.set({ state: 'ok', value: { confidence: 'none', candidates: [candidate] } });
    show();
    dom.click('create.details');
    await dom.loaded();
    dom.click('叢書');
    dom.one('app-catalog-details').querySelector<HTMLElement>('.row button:last-child')?.click();
    expect(store.chooseRecord).toHaveBeenCalledOnceWith(parent);
  });

  it('says when nothing was found, and offers the search', () => {
    show();
    expect([dom.text.includes('create.noneFound'), isSearchOffered()]).toEqual([true, true]);
  });

  it('says that it looks, and offers no search meanwhile', () => {
    match.set(LOADING);
    show();
    expect([dom.text.includes('create.finding'), isSearchOffered()]).toEqual([true, false]);
    record.set(LOADING);
    match.set(IDLE);
    show();
    expect(isSearchOffered()).toBeFalse();
  });

  it("says that Alma's record is on its way", () => {
    for (const waiting of [IDLE, LOADING]) {
      record.set(waiting);
      match.set(IDLE);
      show();
      expect(dom.one('[role=status]').textContent).toContain('create.loadingRecord');
    }
  });

  it('says what is missing where no record of Alma can be looked for', () => {
    match.set(IDLE);
    record.set({ state: 'ok', value: aSource({ citation: { title: '', isbns: [], series: [], form: 'book' } }) });
    show();
    expect([dom.text.includes('create.emptyAlmaRecord'), isSearchOffered()]).toEqual([true, true]);
    source.set({ type: 'new' });
    show();
    expect([dom.text.includes('create.noAlmaRecord'), dom.text.includes('create.loadingRecord')]).toEqual([
      true,
      false,
    ]);
  });

  it('says what went wrong with the search, which is not nothing found, and looks again', () => {
    match.set({ state: 'failed', error: new AppError('nacsis-unavailable') });
    show();
    expect([dom.text.includes('error.nacsis-unavailable.title'), dom.text.includes('create.noneFound')]).toEqual([
      true,
      false,
    ]);
    dom.click('action.again');
    expect(store.matchAgain).toHaveBeenCalledTimes(1);
  });

  it('says what went wrong with the record in Alma, and reads it again', () => {
    record.set({ state: 'failed', error: new HostError('host-timeout') });
    match.set(IDLE);
    show();
    expect(dom.text).toContain('error.host-timeout.title');
    dom.click('action.again');
    expect([store.reloadRecord.calls.count(), isSearchOffered()]).toEqual([1, true]);
  });

  it('lets the work be ordered without a record, and be looked for again', () => {
    show();
    dom.one('[data-testid=order-without-record]').click();
    expect(store.orderWithoutRecord).toHaveBeenCalledTimes(1);
    TestBed.inject(OrderFormStore).isWithoutRecord.set(true);
    dom.settle();
    expect([dom.all('[data-testid=without-record]').length, isSearchOffered()]).toEqual([1, false]);
    dom.click('create.searchRecord');
    expect(store.chooseRecord).toHaveBeenCalledOnceWith(null);
  });

  it('says when the record could be read in part only', () => {
    record.set({ state: 'ok', value: aSource({ isPartial: true }) });
    show();
    expect(dom.text).toContain('create.partialRecord');
  });
});
