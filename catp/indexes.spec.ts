import { CATALOG_SEARCH, HOLDINGS_SEARCH, indexSpec, INDEXES, MEMBERS_SEARCH } from './indexes';
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
    expect(indexSpec('BHOLD', '_COPYS_')).toBeDefined();
    expect(indexSpec('COPYO', 'OMLIDS')).toBeDefined();
    expect(indexSpec('BOOK', 'constructor')).toBeUndefined();
  });

  it('have a target for every field of a search', () => {
    expect(
      Object.values(CATALOG_SEARCH).filter(
        (index) => indexSpec('BOOK', index) === undefined && indexSpec('SERIAL', index) === undefined,
      ),
    ).toEqual([]);
    expect(Object.values(MEMBERS_SEARCH).filter((index) => indexSpec('MEMBER', index) === undefined)).toEqual([]);
    const holdings = Object.values(HOLDINGS_SEARCH);
    const inBooks = holdings
      .map((index) => (typeof index === 'string' ? index : index.book))
      .filter((index) => index !== undefined);
    const inSerials = holdings.map((index) => (typeof index === 'string' ? index : index.serial));
    expect(inBooks.filter((index) => indexSpec('BHOLD', index) === undefined)).toEqual([]);
    expect(inSerials.filter((index) => indexSpec('SHOLD', index) === undefined)).toEqual([]);
  });
});
