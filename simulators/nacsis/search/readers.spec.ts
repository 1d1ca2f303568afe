import { CATALOG_SEARCH, indexSpec } from '#catp/indexes';
import { text, texts } from '#catp/record';
import type { CatpRecord } from '#catp/types';
import type { Form } from '#domain/catalog/catalog-files';
import { SEARCH_FIELDS, UNION_FILE, type SearchField } from '#domain/catalog/catalog-files';
import { NacsisWorld } from '../world';
import { readerOf } from './readers';

describe('the indexes of the catalogue', () => {
  const { catalogue } = new NacsisWorld();
  const RECORDS = { BOOK: catalogue.books, SERIAL: catalogue.serials } as const;

  function found(file: keyof typeof RECORDS, index: string, value: string): readonly CatpRecord[] {
    const reader = readerOf(file, index);
    return RECORDS[file].filter((record) => reader(record, value, false));
  }
  function having(file: keyof typeof RECORDS, name: string): readonly (readonly [value: string, record: CatpRecord])[] {
    return RECORDS[file].flatMap((record) => texts(record, name).map((value) => [value, record] as const));
  }
  /** The record id of the series with this title. */
  const parentId = (title: string): string => text(found('BOOK', 'TITLEKEY', title)[0] ?? {}, 'ID') ?? '';

  it('find each number that a record has, and that record only', () => {
    const numbers = [
      ['BOOK', 'NBN', 60],
      ['BOOK', 'NDLCN', 20],
      ['BOOK', 'LCCN', 10],
      ['SERIAL', 'NDLPN', 20],
      ['SERIAL', 'NBN', 10],
      ['SERIAL', 'CODEN', 5],
      ['SERIAL', 'LCCN', 3],
    ] as const;
    for (const [file, name, least] of numbers) {
      const each = having(file, name);
      expect(each.length).withContext(`${file} ${name}`).toBeGreaterThanOrEqual(least);
      for (const [value, record] of each)
        expect(found(file, name, value))
          .withContext(value)
          .toEqual([record]);
    }
  });

  it('take a number with and without its hyphen, in any width', () => {
    const [number = '', record] = having('BOOK', 'NDLCN')[0] ?? [];
    expect(number).toContain('-');
    for (const typed of [
      number.replace('-', ''),
      number.toLowerCase(),
      number.replace('-', ' '),
      `${number.slice(0, 2)}－${number.slice(2)}`,
    ])
      expect(found('BOOK', 'NDLCN', typed))
        .withContext(typed)
        .toEqual([record!]);
    expect(found('BOOK', 'NDLCN', number.slice(0, -1))).toEqual([]);
  });

  it('find a title by its short key, of the characters or of the reading', () => {
    const titles = (key: string): readonly string[] =>
      found('BOOK', 'AKEY', key).map((record) => JSON.stringify(record['TR']));
    expect(titles('新の誌')).toEqual([jasmine.stringContaining('新潟の地誌')]);
    expect(titles('ﾆｲｶﾞﾉﾁ')).toEqual([jasmine.stringContaining('新潟の地誌')]);
    expect(titles('INTTRH')).toEqual([jasmine.stringContaining('Introduction to regional history')]);
    expect(titles('INTTR')).toEqual([]);
  });

  it('find all titles of a family, and all parts of a series', () => {
    expect(found('SERIAL', 'FID', '99000011').length).toBe(4);
    const parts = found('BOOK', 'PTBID', parentId('学術選書'));
    expect(parts.length).toBeGreaterThan(10);
    expect(parts).toEqual(found('BOOK', 'PTBKEY', '学術選書'));
  });

  it('have something to find for every field that a search form shows', () => {
    const values = (form: Form): Readonly<Partial<Record<SearchField, string>>> => ({
      ...{
        title: '見本',
        author: '協議会',
        publisher: '見本資料協議会',
        place: '東京',
        country: 'ja',
        language: 'jpn',
      },
      ...{ isbn: '9784990050009', series: '学術選書', volume: '上', subject: '新潟', issn: '99004011' },
      ...{ parentId: parentId('学術選書') },
      ...(form === 'book'
        ? { year: '2015', fullTitle: '所蔵館が500ある見本', titleKey: '所館5' }
        : { year: '2000', fullTitle: '相互利用と資料流通', titleKey: '相利と', issn: '99006022', subject: '' }),
    });
    for (const form of ['book', 'serial'] as const) {
      const file = UNION_FILE[form];
      for (const name of SEARCH_FIELDS[form].filter((each) => form === 'book' || each !== 'subject')) {
        const index = CATALOG_SEARCH[name];
        const value = values(form)[name] ?? having(file, index)[0]?.[0] ?? '';
        expect(indexSpec(file, index)).withContext(`${form} ${name}`).toBeDefined();
        expect(found(file, index, value).length)
          .withContext(`${form} ${name} ${value}`)
          .toBeGreaterThan(0);
      }
    }
  });
});
