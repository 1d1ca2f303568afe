import type { Kind } from '#domain/ill/kinds';
import type { RequestFields } from '#domain/ill/request';
import { citedWork } from './cited-work';

describe('the work that is asked for', () => {
  const cited = (fields: RequestFields, kind: Kind = 'copy') => citedWork(kind, fields);
  const article = (text: string) => {
    const { articleAuthor, articleTitle } = cited({ article: text }) ?? {};
    return [articleAuthor, articleTitle];
  };

  it('is cut out of the bibliographic note', () => {
    const bibNote = '見本の本 / 著者 001 著. -- 第2版. -- 東京 : 見本書房, 2004. -- (叢書 ; 3)';
    const { title, responsibility, place, publisher, year } = cited({ bibNote }, 'loan') ?? {};
    expect([title, responsibility, place, publisher, year]).toEqual([
      ...['見本の本', '著者 001 著', '東京', '見本書房', '2004'],
    ]);
  });

  it('reads years and numbers as those of a catalogue record', () => {
    const imprint = (text: string) => {
      const { publisher, year } = cited({ bibNote: `見本の本. -- ${text}` }, 'loan') ?? {};
      return [publisher, year];
    };
    expect(imprint('東京 : 見本書房, 昭和60')).toEqual(['見本書房', '1985']);
    expect(imprint('Tehran : Sample, 1422 n. H. = 2001 or 2002')).toEqual(['Sample', '2001']);
    expect(imprint('New York : Sample, Inc.')).toEqual(['Sample, Inc.', '']);
    expect(imprint('New York : Sample, Inc., 19[85]')).toEqual(['Sample, Inc.', '1985']);
    const work = cited({ bibNote: '見本', year: '平成3年', standardNumber: 'ISSN 0028-0836 (print)' });
    expect([work?.year, work?.issn]).toEqual(['1991', '0028-0836']);
    expect(cited({ bibNote: '見本', standardNumber: '978 4 00 310101 8' }, 'loan')?.isbn).toBe('9784003101018');
  });

  it('keeps a note of another form whole', () => {
    expect(cited({ bibNote: 'Sample journal : a quarterly' })?.title).toBe('Sample journal : a quarterly');
    expect(cited({ bibNote: '見本誌. -- 東京 : 見本学会, 1990-' })?.publisher).toBe('見本学会');
  });

  it('prefers the year that is asked for', () => {
    const bibNote = '見本の本. -- 東京 : 見本書房, 1990';
    expect(cited({ bibNote }, 'loan')?.year).toBe('1990');
    expect(cited({ bibNote, bibId: 'AN00000011' })?.year).toBe('');
    expect(cited({ bibNote, year: '２００１年' })?.year).toBe('2001');
    expect(cited({ bibNote, year: '2001-2002' })?.year).toBe('2001');
    expect(cited({ bibNote, year: '不明' })?.year).toBe('不明');
  });

  it('parts volume and issue where they are written so', () => {
    const numbers = (volume: string) => {
      const work = cited({ bibNote: '見本誌', volume });
      return [work?.volume, work?.issue];
    };
    expect(numbers('12(3)')).toEqual(['12', '3']);
    expect(numbers('１２（３）')).toEqual(['12', '3']);
    expect(numbers('12巻3号')).toEqual(['12巻3号', '']);
    expect(numbers('不明')).toEqual(['不明', '']);
  });

  it('parts author and title of an article, and takes no subtitle for a title', () => {
    expect(article('見本 : その構造 / 著者 001')).toEqual(['著者 001', '見本 : その構造']);
    expect(article('著者 001 : 見本 : その構造')).toEqual(['著者 001', '見本 : その構造']);
    expect(article('夏目漱石, 森鷗外. 題名 : 副題')).toEqual(['夏目漱石, 森鷗外', '題名 : 副題']);
    expect(article('見本 : その構造')).toEqual(['', '見本 : その構造']);
    expect(article('pH 7. 2 : a study')).toEqual(['', 'pH 7. 2 : a study']);
  });

  it('is an article where it is a copy out of a serial', () => {
    const isArticle = (fields: RequestFields, kind: Kind = 'copy') =>
      cited({ bibNote: '見本', ...fields }, kind)?.isArticle;
    expect(isArticle({ bibId: 'AN00000011' })).toBeTrue();
    expect(isArticle({ bibId: 'BA00000015', article: '第3章' })).toBeFalse();
    expect(isArticle({ standardNumber: 'ISSN=0000-0019' })).toBeTrue();
    expect(isArticle({ standardNumber: 'ISBN=9784000000031', article: '第3章' })).toBeFalse();
    expect(isArticle({ article: '見本の論文' })).toBeTrue();
    expect(isArticle({})).toBeFalse();
    expect(isArticle({ bibId: 'AN00000011' }, 'loan')).toBeFalse();
  });

  it('takes valid numbers only, with or without their names', () => {
    const numbers = (standardNumber: string) => {
      const work = cited({ bibNote: '見本', standardNumber });
      return [work?.isbn, work?.issn];
    };
    expect(numbers('ISSN=00000019')).toEqual(['', '0000-0019']);
    expect(numbers('0000-0019; ISBN 4-00-000003-9')).toEqual(['9784000000031', '0000-0019']);
    expect(numbers('ISSN=0000-0018')).toEqual(['', '']);
  });

  it('goes by its number where it has no title, and is unknown where it has neither', () => {
    expect(cited({ bibId: 'AN00000011' })?.title).toBe('AN00000011');
    expect(cited({ standardNumber: 'ISSN=0000-0019' })?.title).toBe('0000-0019');
    expect(cited({ article: '見本の論文' })?.articleTitle).toBe('見本の論文');
    expect(cited({})).toBeUndefined();
    expect(cited({ bibId: 'AN1', bibNote: ' / ', year: '2001', volume: '3' })).toBeUndefined();
  });
});
