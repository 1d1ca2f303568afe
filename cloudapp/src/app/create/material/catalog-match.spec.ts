import { of, type Observable } from 'rxjs';
import type { CatalogQuery, Page } from '../../../domain/api/catalog';
import { NO_MATCH, type CatalogMatch } from '../../../domain/alma/citation';
import type { CatalogRecord } from '../../../domain/catalog/catalog';
import type { MarcCitation } from '../../../domain/catalog/marc';
import { AppError } from '../../core/app-error';
import { failing, fakeGateway, type FakeGateway } from '../../testing/fake-gateway';
import { aPage, aRecord, ISBN, ISSN, ncidOf, OTHER_ISBN } from '../../testing/records';
import { findInCatalog } from './catalog-match';

const CITED: MarcCitation = { title: '図書館情報学入門', year: '2019', isbns: [], series: [], form: 'book' };

describe('findInCatalog', () => {
  let gateway: FakeGateway;

  beforeEach(() => {
    gateway = fakeGateway();
    gateway.searchCatalog.and.returnValue(of(aPage<CatalogRecord>([])));
    gateway.catalogRecord.and.returnValue(failing('not-found'));
  });

  function find(citation: Partial<MarcCitation>): CatalogMatch | string | undefined {
    let found: CatalogMatch | string | undefined;
    findInCatalog(gateway, 'MAIN', { ...CITED, ...citation }).subscribe({
      next: (match) => (found = match),
      error: (error: unknown) => (found = error instanceof AppError ? error.code : String(error)),
    });
    return found;
  }
  const searches = (): readonly CatalogQuery[] => gateway.searchCatalog.calls.allArgs().map(([query]) => query);
  const answerTo = (answer: (query: CatalogQuery) => Observable<Page<CatalogRecord>>) =>
    gateway.searchCatalog.and.callFake(answer);

  it('asks by id, then by each number, then by title and year, until something is found', () => {
    const everything = { ncid: ncidOf(9), isbns: [ISBN, OTHER_ISBN], issn: ISSN };
    expect(find(everything)).toEqual(NO_MATCH);
    expect(gateway.catalogRecord).toHaveBeenCalledOnceWith('MAIN', ncidOf(9));
    expect(searches()).toEqual([
      { library: 'MAIN', form: 'book', isbn: ISBN, pageSize: 10 },
      { library: 'MAIN', form: 'book', isbn: OTHER_ISBN, pageSize: 10 },
      { library: 'MAIN', form: 'serial', issn: ISSN, pageSize: 10 },
      { library: 'MAIN', form: 'book', title: CITED.title, year: '2019', pageSize: 10 },
    ]);
  });

  it('stops at the first key that finds something', () => {
    const record = aRecord({ isbns: [OTHER_ISBN] });
    answerTo(({ isbn }) => of(aPage(isbn === OTHER_ISBN ? [record] : [])));
    expect(find({ isbns: [ISBN, OTHER_ISBN] })).toEqual({
      record,
      confidence: 'standard-number',
      candidates: [record],
    });
    expect(searches().length).toBe(2);
  });

  it('takes the record of the id without any search', () => {
    const record = aRecord({ ncid: ncidOf(9) });
    gateway.catalogRecord.and.returnValue(of(record));
    expect(find({ ncid: ncidOf(9), isbns: [ISBN] })).toEqual({ record, confidence: 'id', candidates: [record] });
    expect(searches()).toEqual([]);
  });

  it('asks nobody when the record says nothing that could be looked for', () => {
    expect(find({ title: '' })).toEqual(NO_MATCH);
    expect(searches()).toEqual([]);
  });

  describe('takes an error for an error, never for nothing found', () => {
    it('by id', () => {
      gateway.catalogRecord.and.returnValue(failing('nacsis-unavailable'));
      expect(find({ ncid: ncidOf(9), isbns: [ISBN] })).toBe('nacsis-unavailable');
      expect(searches()).toEqual([]);
    });

    it('by number, even when the title would find something', () => {
      answerTo(({ isbn }) => (isbn === undefined ? of(aPage([aRecord()])) : failing('gateway-unreachable')));
      expect(find({ isbns: [ISBN] })).toBe('gateway-unreachable');
    });

    it('in a search that says that the thing is not there', () => {
      gateway.searchCatalog.and.returnValue(failing('not-found'));
      expect(find({})).toBe('not-found');
    });
  });

  describe('of several records', () => {
    const same = aRecord({ ncid: ncidOf(1), isbns: [ISBN] });
    const other = aRecord({ ncid: ncidOf(2), isbns: [OTHER_ISBN], title: '別の本' });

    it('takes the one that is surest and puts it first', () => {
      answerTo(() => of(aPage([other, same])));
      expect(find({ isbns: [ISBN] })).toEqual({
        record: same,
        confidence: 'standard-number',
        candidates: [same, other],
      });
    });

    it('takes none when two are as sure', () => {
      const twin = aRecord({ ncid: ncidOf(3), isbns: [ISBN] });
      answerTo(() => of(aPage([same, twin])));
      expect(find({ isbns: [ISBN] })).toEqual({ confidence: 'none', candidates: [same, twin] });
    });

    it('takes none that has nothing in common with the record but the words of the search', () => {
      answerTo(() => of(aPage([other])));
      expect(find({})).toEqual({ confidence: 'none', candidates: [other] });
    });

    it('takes one that has title and year in common', () => {
      const titled = aRecord({ isbns: [] });
      answerTo(() => of(aPage([other, titled])));
      expect(find({})).toEqual({ record: titled, confidence: 'title-year', candidates: [titled, other] });
    });
  });
});
