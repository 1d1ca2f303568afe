import { citationOf, mayBeSameTitle, titleOf } from './request-title';

describe('titleOf', () => {
  it('is the note, else a number, else nothing', () => {
    expect(titleOf({ bibNote: '図書館 情報学\n入門 / 著者 A', bibId: 'BA1' })).toBe('図書館 情報学 入門 / 著者 A');
    expect(titleOf({ bibNote: ' ', bibId: 'BA1', standardNumber: 'ISSN=1' })).toBe('BA1');
    expect(titleOf({ standardNumber: 'ISSN=1' })).toBe('ISSN=1');
    expect(titleOf({})).toBe('');
  });
});

describe('citationOf', () => {
  it('has volume, year and pages, as far as they are given', () => {
    expect(citationOf({ volume: '12(3)', year: '2019', pages: '45-50' })).toBe('12(3), 2019, 45-50');
    expect(citationOf({ volume: '', pages: '45-50' })).toBe('45-50');
    expect(citationOf({})).toBe('');
  });
});

describe('mayBeSameTitle', () => {
  it('sees through what stands behind the title, and through width, case and marks', () => {
    expect(mayBeSameTitle('図書館情報学入門', '図書館情報学入門 / 著者 A 著. -- 出版社 A, 2019')).toBeTrue();
    expect(mayBeSameTitle('ＡＢＣ年報', 'Abc 年報 : 資料編')).toBeTrue();
    expect(mayBeSameTitle('', '図書館情報学入門')).toBeTrue();
  });

  it('tells different works apart', () => {
    expect(mayBeSameTitle('図書館情報学入門', '新潟の地誌')).toBeFalse();
  });
});
