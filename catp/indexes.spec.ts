import { CATALOG_FILES, SEARCH_FIELDS, UNION_FILE } from '#domain/catalog/catalog-files';
import { CATALOG_SEARCH, HOLDINGS_OF_RECORD, indexSpec, INDEXES, MEMBERS_SEARCH, TITLE_INDEXES } from './indexes';
import { DATABASE_NAMES } from './names';

describe('the search indexes', () => {
  it('are listed for every file', () => {
    expect(Object.keys(INDEXES).sort()).toEqual([...DATABASE_NAMES].sort());
  });

  it('are found by name only in the file that has them', () => {
    expect(indexSpec('BOOK', 'ISBNKEY')).toEqual({ prefix: false, basis: 'documented' });
    expect(indexSpec('BOOK', 'TITLEKEY')?.prefix).toBeTrue();
    expect(indexSpec('SERIAL', 'ISBNKEY')).toBeUndefined();
    expect(indexSpec('SERIAL', 'CODEN')).toBeDefined();
    expect(indexSpec('COPYO', 'OMLIDS')).toBeDefined();
    expect(indexSpec('BOOK', 'constructor')).toBeUndefined();
  });

  it('of the holdings are the record, the holder, the own id and the day of the last change; what SCAN filters by is none', () => {
    for (const file of ['BHOLD', 'SHOLD'] as const)
      expect(Object.keys(INDEXES[file]).sort()).withContext(file).toEqual(['BID', 'FANO', 'ID', 'RNWDT']);
    expect(indexSpec('BHOLD', '_COPYS_')).toBeUndefined();
    expect(indexSpec('BHOLD', HOLDINGS_OF_RECORD)).toBeDefined();
  });

  it('of title and author exist in both spellings', () => {
    for (const { title, author } of Object.values(TITLE_INDEXES)) {
      for (const file of ['BOOK', 'SERIAL', 'JPMARC'] as const)
        expect([title, author].map((index) => indexSpec(file, index)?.prefix))
          .withContext(`${file} ${title}`)
          .toEqual([true, true]);
    }
    expect(indexSpec('BOOK', '_TITLE_')?.basis).toBe('proposed');
    expect([CATALOG_SEARCH.title, CATALOG_SEARCH.author]).toEqual(['TITLEKEY', 'AUTHKEY']);
  });

  it('of a reference file are those of the union file of its form, as a proposal', () => {
    expect(indexSpec('JPMARC', 'ISBNKEY')).toEqual({ prefix: false, basis: 'proposed' });
    expect(indexSpec('JPMARC', 'TITLEKEY')).toEqual({ prefix: true, basis: 'proposed' });
    expect(indexSpec('BNFSER', 'CODEN')).toEqual({ prefix: false, basis: 'proposed' });
    expect([indexSpec('JPMARCS', 'ISBNKEY'), indexSpec('BNFBKS', 'CODEN')]).toEqual([undefined, undefined]);
    for (const form of ['book', 'serial'] as const) {
      for (const file of CATALOG_FILES[form])
        expect(Object.keys(INDEXES[file])).withContext(file).toEqual(Object.keys(INDEXES[UNION_FILE[form]]));
    }
  });

  it('are there for every field that the form of books or serials shows', () => {
    for (const form of ['book', 'serial'] as const) {
      const targets = SEARCH_FIELDS[form].map(
        (name) => [name, indexSpec(UNION_FILE[form], CATALOG_SEARCH[name])] as const,
      );
      expect(targets.filter(([, spec]) => spec === undefined).map(([name]) => name))
        .withContext(form)
        .toEqual([]);
    }
    expect([CATALOG_SEARCH.titleKey, CATALOG_SEARCH.parentId, CATALOG_SEARCH.familyId]).toEqual([
      'AKEY',
      'PTBID',
      'FID',
    ]);
    expect([CATALOG_SEARCH.ndlcn, CATALOG_SEARCH.ndlpn]).toEqual(['NDLCN', 'NDLPN']);
    expect(indexSpec('BOOK', 'AKEY')).toEqual({ prefix: false, basis: 'documented' });
  });

  it('have a target for every field of a search', () => {
    expect(
      Object.values(CATALOG_SEARCH).filter(
        (index) => indexSpec('BOOK', index) === undefined && indexSpec('SERIAL', index) === undefined,
      ),
    ).toEqual([]);
    expect(Object.values(MEMBERS_SEARCH).filter((index) => indexSpec('MEMBER', index) === undefined)).toEqual([]);
  });
});
