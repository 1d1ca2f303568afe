import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { of } from 'rxjs';
import { type CatalogRecord } from '../../../domain/catalog/catalog';
import { FORMS } from '../../../domain/catalog/catalog-files';
import { CATALOG_FILES, FIRST_SEARCH_FIELDS, SEARCH_FIELDS } from '../../../domain/catalog/catalog-files';
import { SessionService } from '../../core/session.service';
import { GatewayClient } from '../../core/gateway.client';
import { Dom } from '../../testing/dom';
import { FakeSession } from '../../testing/fake-session';
import { failing, fakeGateway, type FakeGateway } from '../../testing/fake-gateway';
import { aPage, aRecord, aSource, ISBN, ISSN } from '../../testing/records';
import { CatalogSearchComponent } from './catalog-search.component';

const { citation } = aSource();

describe('CatalogSearchComponent', () => {
  let gateway: FakeGateway;
  let fixture: ComponentFixture<CatalogSearchComponent>;
  let dom: Dom;

  beforeEach(() => {
    gateway = fakeGateway();
    TestBed.configureTestingModule({
      providers: [
        provideTranslateService(),
        { provide: GatewayClient, useValue: gateway },
        { provide: SessionService, useValue: new FakeSession() },
      ],
    });
    fixture = TestBed.createComponent(CatalogSearchComponent);
    dom = new Dom(fixture);
  });

  const title = () => dom.field('.grid label input').value;
  function cite(title = citation.title): void {
    fixture.componentRef.setInput('citation', { ...citation, title });
    dom.settle();
  }

  it("starts from the record's own title", () => {
    cite();
    expect(title()).toBe('図書館情報学入門');
  });

  it('leaves what was typed', () => {
    dom.type('.grid label input', 'typed');
    cite();
    expect(title()).toBe('typed');
  });

  it('can be sent only when something is typed', () => {
    const button = dom.controls('create.search.run')[0] as HTMLButtonElement;
    expect(button.disabled).toBeTrue();
    cite();
    expect(button.disabled).toBeFalse();
  });

  it('shows what it found, and hands on the one that is chosen', () => {
    const chosen: CatalogRecord[] = [];
    fixture.componentInstance.chosen.subscribe((record) => chosen.push(record));
    cite();
    dom.click('create.search.run');
    expect(dom.text).toContain('create.search.hits');
    dom.click('create.chooseRecord');
    expect(chosen).toEqual([aRecord()]);
  });

  it('says when nothing was found', () => {
    gateway.searchCatalog.and.returnValue(of(aPage<CatalogRecord>([])));
    cite();
    dom.click('create.search.run');
    expect(dom.text).toContain('create.search.nothing');
  });

  it('says what went wrong, which is not nothing found, and tries again', () => {
    gateway.searchCatalog.and.returnValue(failing('nacsis-unavailable'));
    cite();
    dom.click('create.search.run');
    expect([dom.text.includes('error.nacsis-unavailable.title'), dom.text.includes('create.search.nothing')]).toEqual([
      true,
      false,
    ]);
    gateway.searchCatalog.and.returnValue(of(aPage([aRecord()])));
    dom.click('action.again');
    expect(dom.text).toContain('create.search.hits');
  });

  it('pages, not beyond the ends', () => {
    gateway.searchCatalog.and.returnValue(of(aPage([aRecord()], { total: 21 })));
    cite();
    dom.click('create.search.run');
    const isDisabled = () =>
      ['action.previous', 'action.next'].map((words) => (dom.controls(words)[0] as HTMLButtonElement).disabled);
    expect(isDisabled()).toEqual([true, false]);
    dom.click('action.next');
    expect([gateway.searchCatalog.calls.mostRecent().args[0].page, ...isDisabled()]).toEqual([2, false, true]);
    dom.click('action.previous');
    expect(isDisabled()).toEqual([true, false]);
  });

  function chooseForm(form: string): void {
    dom.field(`input[value=${form}]`).dispatchEvent(new Event('change'));
    dom.settle();
  }
  const query = () => gateway.searchCatalog.calls.mostRecent().args[0];

  it('searches in the form that is chosen', () => {
    cite();
    chooseForm('serial');
    dom.click('create.search.run');
    expect(query().form).toBe('serial');
  });

  it('has all the fields of each form, those of every day first', () => {
    for (const form of FORMS) {
      chooseForm(form);
      const labels = dom.texts('.grid label').filter((label) => label.startsWith('create.search.field.'));
      expect<readonly string[]>(labels.map((label) => label.replace('create.search.field.', ''))).toEqual(
        SEARCH_FIELDS[form],
      );
      expect(dom.all('details label input').length).toBe(SEARCH_FIELDS[form].length - FIRST_SEARCH_FIELDS);
    }
  });

  it('searches by each of the fields', () => {
    for (const form of FORMS) {
      chooseForm(form);
      for (const field of SEARCH_FIELDS[form]) dom.fill(`create.search.field.${field}`, `${field}!`);
      dom.click('create.search.run');
      expect<object>(query()).toEqual({
        library: 'MAIN',
        form,
        page: 1,
        pageSize: 20,
        ...Object.fromEntries(SEARCH_FIELDS[form].map((field) => [field, `${field}!`])),
      });
    }
  });

  it('begins again with nothing', () => {
    cite();
    dom.click('create.search.run');
    dom.click('create.search.clear');
    expect([title(), dom.text.includes('create.search.hits')]).toEqual(['', false]);
  });

  it('sends with Enter, and does not leave the page by it', () => {
    cite();
    const submit = new Event('submit', { cancelable: true });
    dom.one('form').dispatchEvent(submit);
    expect([submit.defaultPrevented, gateway.searchCatalog.calls.count()]).toEqual([true, 1]);
  });

  describe('the file', () => {
    it('is the union catalogue, or any reference file of the form', () => {
      for (const form of FORMS) {
        chooseForm(form);
        const [union, ...files] = dom.texts('details select option');
        expect([union, ...files]).toEqual(['create.search.union', ...CATALOG_FILES[form].slice(1)]);
      }
    });

    it('is named in a search only when it is not the union catalogue', () => {
      cite();
      dom.click('create.search.run');
      expect('file' in query()).toBeFalse();
      dom.choose('details select', 'JPMARC');
      dom.click('create.search.run');
      expect(query().file).toBe('JPMARC');
      dom.choose('details select', 'BOOK');
      dom.click('create.search.run');
      expect('file' in query()).toBeFalse();
    });
  });

  describe('a record of a reference file', () => {
    function find(record: Partial<CatalogRecord>): void {
      gateway.searchCatalog.and.returnValue(of(aPage([aRecord({ file: 'JPMARC', ncid: 'JP001', ...record })])));
      dom.choose('details select', 'JPMARC');
      cite();
      dom.click('create.search.run');
    }

    it('cannot be chosen: it has no holdings', async () => {
      find({});
      expect([dom.controls('create.chooseRecord').length, dom.text.includes('create.search.reference')]).toEqual([
        0,
        true,
      ]);
      dom.click('create.details');
      await dom.loaded();
      expect(dom.controls('create.chooseRecord')).toEqual([]);
    });

    it('leads to the same work in the union catalogue, by its number', () => {
      find({});
      gateway.searchCatalog.and.returnValue(of(aPage([aRecord()])));
      dom.click('create.search.inUnion');
      expect(query()).toEqual({ library: 'MAIN', form: 'book', page: 1, pageSize: 20, isbn: ISBN });
      expect([dom.controls('create.chooseRecord').length, dom.field('details select').value]).toEqual([1, 'BOOK']);
    });

    it('leads there by its title where it has no number', () => {
      find({ isbns: [] });
      dom.click('create.search.inUnion');
      expect(query()).toEqual({ library: 'MAIN', form: 'book', page: 1, pageSize: 20, title: '図書館情報学入門' });
    });

    it('leads there by its ISSN when it is a serial with an ISBN: a search for serials knows no ISBN', () => {
      chooseForm('serial');
      dom.choose('details select', 'JPMARCS');
      gateway.searchCatalog.and.returnValue(
        of(aPage([aRecord({ file: 'JPMARCS', form: 'serial', isbns: [ISBN], issn: ISSN })])),
      );
      dom.fill('create.search.field.title', 'x');
      dom.click('create.search.run');
      dom.click('create.search.inUnion');
      expect(query()).toEqual({ library: 'MAIN', form: 'serial', page: 1, pageSize: 20, issn: ISSN });
    });

    it('leads there in its own form, whatever was chosen since', () => {
      find({});
      chooseForm('serial');
      dom.click('create.search.inUnion');
      expect([query().form, query().isbn]).toEqual(['book', ISBN]);
    });

    it('leads there by its ISSN', () => {
      chooseForm('serial');
      dom.choose('details select', 'JPMARCS');
      gateway.searchCatalog.and.returnValue(
        of(aPage([aRecord({ file: 'JPMARCS', form: 'serial', isbns: [], issn: ISSN })])),
      );
      dom.fill('create.search.field.title', 'x');
      dom.click('create.search.run');
      dom.click('create.search.inUnion');
      expect(query()).toEqual({ library: 'MAIN', form: 'serial', page: 1, pageSize: 20, issn: ISSN });
    });
  });

  it('shows all of a record on demand', async () => {
    gateway.searchCatalog.and.returnValue(of(aPage([aRecord({ subjects: ['主題'] })])));
    cite();
    dom.click('create.search.run');
    dom.click('create.details');
    await dom.loaded();
    expect(dom.text).toContain('主題');
  });
});
