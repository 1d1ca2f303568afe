import { TestBed } from '@angular/core/testing';
import { of, Subject } from 'rxjs';
import type { Page } from '../../domain/api';
import type { CatalogRecord } from '../../domain/catalog';
import { DeskService } from '../core/desk.service';
import { GatewayClient } from '../core/gateway.client';
import { errorOf } from '../core/remote';
import { FakeDesk } from '../testing/fake-desk';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { aPage, aRecord } from '../testing/records';
import { CatalogSearchStore } from './catalog-search.store';

describe('CatalogSearchStore', () => {
  let gateway: FakeGateway;
  let desk: FakeDesk;
  let store: CatalogSearchStore;

  beforeEach(() => {
    gateway = fakeGateway();
    desk = new FakeDesk();
    TestBed.configureTestingModule({
      providers: [
        CatalogSearchStore,
        { provide: GatewayClient, useValue: gateway },
        { provide: DeskService, useValue: desk },
      ],
    });
    store = TestBed.inject(CatalogSearchStore);
  });
  const lastQuery = () => gateway.searchCatalog.calls.mostRecent().args[0];

  it('searches for what was typed, without the fields left empty', () => {
    store.type('title', '心理学');
    store.type('author', '  ');
    store.type('year', '2019');
    store.form.set('serial');
    store.run();
    expect(gateway.searchCatalog).toHaveBeenCalledOnceWith({
      library: 'MAIN',
      form: 'serial',
      page: 1,
      pageSize: 20,
      title: '心理学',
      year: '2019',
    });
    expect(store.results()).toEqual({ state: 'ok', value: aPage([aRecord()]) });
  });

  it('searches for nothing when nothing was typed, or while it is not known for which library', () => {
    expect(store.isEmpty()).toBeTrue();
    store.run();
    store.type('title', 'x');
    desk.library.set(undefined);
    store.run();
    expect(gateway.searchCatalog).not.toHaveBeenCalled();
    expect(store.results().state).toBe('idle');
  });

  it('shows the newest search only, whatever comes late', () => {
    const [first, second] = [new Subject<Page<CatalogRecord>>(), new Subject<Page<CatalogRecord>>()];
    gateway.searchCatalog.and.returnValues(first, second);
    store.type('title', 'a');
    store.run();
    store.type('title', 'b');
    store.run();
    second.next(aPage([aRecord({ title: 'b' })]));
    first.next(aPage([aRecord({ title: 'a' })]));
    expect(store.results()).toEqual({ state: 'ok', value: aPage([aRecord({ title: 'b' })]) });
  });

  it('says what went wrong, and searches again', () => {
    gateway.searchCatalog.and.returnValue(failing('nacsis-unavailable'));
    store.type('title', 'a');
    store.run();
    expect(errorOf(store.results())?.code).toBe('nacsis-unavailable');
    gateway.searchCatalog.and.returnValue(of(aPage([aRecord()])));
    store.run(store.page());
    expect(store.results().state).toBe('ok');
  });

  it('pages through what it found', () => {
    gateway.searchCatalog.and.returnValue(of(aPage([aRecord()], { total: 41 })));
    store.type('title', 'a');
    store.run();
    expect([store.page(), store.pages()]).toEqual([1, 3]);
    store.run(2);
    expect([store.page(), lastQuery().page]).toEqual([2, 2]);
  });

  it('pages through the search that was made, not through what was typed since', () => {
    gateway.searchCatalog.and.returnValue(of(aPage([aRecord()], { total: 41 })));
    store.type('title', 'a');
    store.run();
    store.type('title', 'other');
    store.form.set('serial');
    store.run(2);
    expect([lastQuery().title, lastQuery().form]).toEqual(['a', 'book']);
    store.run();
    expect([lastQuery().title, lastQuery().form, lastQuery().page]).toEqual(['other', 'serial', 1]);
  });
});
