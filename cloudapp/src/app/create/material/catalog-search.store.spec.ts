import { TestBed } from '@angular/core/testing';
import { of, Subject } from 'rxjs';
import type { Page } from '../../../domain/api/catalog';
import { type CatalogRecord } from '../../../domain/catalog/catalog';
import { FORMS } from '../../../domain/catalog/catalog-files';
import { CATALOG_FILES, SEARCH_FIELDS, UNION_FILE } from '../../../domain/catalog/catalog-files';
import { SessionService } from '../../core/session.service';
import { GatewayClient } from '../../core/gateway.client';
import { errorOf } from '../../core/remote';
import { FakeSession } from '../../testing/fake-session';
import { failing, fakeGateway, type FakeGateway } from '../../testing/fake-gateway';
import { aPage, aRecord } from '../../testing/records';
import { CatalogSearchStore } from './catalog-search.store';

describe('CatalogSearchStore', () => {
  let gateway: FakeGateway;
  let session: FakeSession;
  let store: CatalogSearchStore;

  beforeEach(() => {
    gateway = fakeGateway();
    session = new FakeSession();
    TestBed.configureTestingModule({
      providers: [
        CatalogSearchStore,
        { provide: GatewayClient, useValue: gateway },
        { provide: SessionService, useValue: session },
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
    session.library.set(undefined);
    store.run();
    expect(gateway.searchCatalog).not.toHaveBeenCalled();
    expect(store.results().state).toBe('idle');
  });

  describe('the fields', () => {
    it('are all those of the form, and each goes into the search', () => {
      for (const form of FORMS) {
        store.form.set(form);
        expect<readonly string[]>(store.fields()).toEqual(SEARCH_FIELDS[form]);
        for (const field of store.fields()) store.type(field, `${field}!`);
        store.run();
        const { library, page, pageSize, form: searched, ...fields } = lastQuery();
        expect([library, searched, page, pageSize]).toEqual(['MAIN', form, 1, 20]);
        expect<object>(fields).toEqual(Object.fromEntries(SEARCH_FIELDS[form].map((field) => [field, `${field}!`])));
      }
    });

    it('of the other form keep what was typed, and search for nothing of it', () => {
      store.type('isbn', '9784000000017');
      store.form.set('serial');
      expect(store.isEmpty()).toBeTrue();
      store.type('issn', '1234-5679');
      store.run();
      expect('isbn' in lastQuery()).toBeFalse();
      store.form.set('book');
      expect([store.isEmpty(), store.search().isbn]).toEqual([false, '9784000000017']);
    });
  });

  describe('the file', () => {
    it('is the union catalogue of the form, which is not named', () => {
      store.type('title', 'x');
      for (const form of FORMS) {
        store.form.set(form);
        store.run();
        expect([store.file(), 'file' in lastQuery()]).toEqual([UNION_FILE[form], false]);
      }
    });

    it('is the one that is chosen, any of the form', () => {
      store.type('title', 'x');
      for (const form of FORMS) {
        store.form.set(form);
        expect<readonly string[]>(store.files()).toEqual(CATALOG_FILES[form]);
        for (const file of CATALOG_FILES[form].slice(1)) {
          store.chooseFile(file);
          store.run();
          expect([store.file(), lastQuery().file, lastQuery().form]).toEqual([file, file, form]);
        }
        store.chooseFile(UNION_FILE[form]);
        store.run();
        expect('file' in lastQuery()).toBeFalse();
      }
    });

    it('of the other form is none of this one', () => {
      store.type('title', 'x');
      store.chooseFile('JPMARC');
      store.form.set('serial');
      expect(store.file()).toBe('SERIAL');
      store.run();
      expect('file' in lastQuery()).toBeFalse();
    });

    it('that there is not is the union catalogue', () => {
      store.chooseFile('INVENTED');
      expect(store.file()).toBe('BOOK');
    });
  });

  it('forgets what was typed and found', () => {
    store.type('title', 'x');
    store.chooseFile('JPMARC');
    store.run();
    store.clear();
    expect([store.isEmpty(), store.results().state, store.pages()]).toEqual([true, 'idle', 0]);
  });

  it('drops the answer to a search that was forgotten', () => {
    const late = new Subject<Page<CatalogRecord>>();
    gateway.searchCatalog.and.returnValue(late);
    store.type('title', 'x');
    store.run();
    store.clear();
    late.next(aPage([aRecord()]));
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
    store.chooseFile('JPMARCS');
    store.run(2);
    expect([lastQuery().title, lastQuery().form, lastQuery().file]).toEqual(['a', 'book', undefined]);
    store.run();
    expect([lastQuery().title, lastQuery().form, lastQuery().page]).toEqual(['other', 'serial', 1]);
  });
});
