import fc from 'fast-check';
import { citationFromMarc } from './marc';
import { field, fixed, record, SERIAL } from './marc-record.fixture';

describe('citationFromMarc', () => {
  it('reads a Japanese book', () => {
    const citation = citationFromMarc(
      record(
        [
          field('016', '7 ', 'a', 'BA51293930', '2', 'NACSIS'),
          field('020', '  ', 'a', '9784101092058 (文庫) :', 'c', '500円'),
          field('100', '1 ', 'a', '著者 A,', 'd', '1900-'),
          field('245', '10', 'a', '図書館情報学 :', 'b', '入門 /', 'c', '著者 A, 著者 B著.'),
          field('250', '  ', 'a', '第2版.'),
          field('264', ' 1', 'a', '東京 :', 'b', '出版社 A,', 'c', '2019.4.'),
          field('490', '1 ', 'a', '叢書 A ;', 'v', '3'),
        ],
        { controlFields: fixed('s2019    ') },
      ),
      ['NACSIS'],
    );
    expect(citation).toEqual({
      title: '図書館情報学 : 入門',
      responsibility: '著者 A, 著者 B著',
      author: '著者 A',
      edition: '第2版',
      place: '東京',
      publisher: '出版社 A',
      year: '2019',
      isbns: ['9784101092058'],
      ncid: 'BA51293930',
      series: ['叢書 A ; 3'],
      language: 'jpn',
      form: 'book',
    });
  });

  it('reads a serial', () => {
    const citation = citationFromMarc(
      record(
        [
          field('022', '0 ', 'a', '0378-5955', 'y', '1234-5679'),
          field('245', '00', 'a', '心理学研究.', 'n', '第2部,', 'p', '資料編'),
          field('260', '  ', 'c', '1926-'),
        ],
        { leader: SERIAL, controlFields: fixed('c19269999') },
      ),
    );
    expect(citation).toEqual({
      title: '心理学研究. 第2部. 資料編',
      year: '1926-',
      isbns: [],
      issn: '0378-5955',
      series: [],
      language: 'jpn',
      form: 'serial',
    });
  });

  it('tells the sign before the remainder of the title', () => {
    expect(citationFromMarc(record([field('245', '00', 'a', '書名 =', 'b', 'Title /', 'c', 'X')])).title).toBe(
      '書名 = Title',
    );
    expect(citationFromMarc(record([field('245', '00', 'a', '書名', 'b', '= Title /', 'c', 'X')])).title).toBe(
      '書名 = Title',
    );
    expect(
      citationFromMarc(record([field('245', '00', 'a', '書名', 'h', '[electronic resource] =', 'b', 'Title')])).title,
    ).toBe('書名 = Title');
    expect(citationFromMarc(record([field('245', '00', 'h', '[microform]', 'b', 'only the remainder')])).title).toBe(
      'only the remainder',
    );
  });

  describe('publication', () => {
    const copyright = field('264', ' 4', 'c', '©2001');
    const old = field('260', '  ', 'a', 'London :', 'b', 'Publisher B,', 'c', 'c1999.');

    it('ranks 264 with indicator 1 before 260 and never takes the copyright', () => {
      const published = field('264', ' 1', 'b', 'Publisher A,', 'c', '[2002]');
      expect(citationFromMarc(record([copyright, old, published])).publisher).toBe('Publisher A');
      expect(citationFromMarc(record([copyright, old, published])).year).toBe('2002');
      expect(citationFromMarc(record([copyright, old])).year).toBe('1999');
      expect(citationFromMarc(record([copyright])).year).toBeUndefined();
    });

    it('takes the year from 008 when the printed one is not of our calendar, and computes it when there is none', () => {
      expect(
        citationFromMarc(record([field('260', '  ', 'c', '平成3.')], { controlFields: fixed('s1991    ') })).year,
      ).toBe('1991');
      expect(citationFromMarc(record([field('260', '  ', 'c', '平成3.')])).year).toBe('1991');
      expect(citationFromMarc(record([field('260', '  ', 'c', '[出版年不明]')])).year).toBe('[出版年不明]');
      expect(citationFromMarc(record([], { leader: SERIAL, controlFields: fixed('d19701985') })).year).toBe(
        '1970-1985',
      );
      expect(citationFromMarc(record([], { controlFields: fixed('n||||    ') })).year).toBeUndefined();
    });
  });

  describe('year', () => {
    /** 260 $c, 008 (type and dates), the year of a book. */
    const BOOKS: readonly (readonly [printed: string, dates: string, year: string | undefined])[] = [
      ['1422 n. H. = 2001 or 2002', 's2001    ', '2001'],
      ['檀紀4288 [1955]', 's1955    ', '1955'],
      ['2546 [2003]', 's2003    ', '2003'],
      ['saṃ. 2033 vi.', 's1976    ', '1976'],
      ['2033', 's1976    ', '1976'],
      ['1422', 's2001    ', '2001'],
      ['1380', 's2001    ', '2001'],
      ['1898', 's1976    ', '1976'],
      ['1422', 's1422    ', '1422'],
      ['昭和30', 's1955    ', '1955'],
      ['昭和30', 's1956    ', '1956'],
      ['民國72', 'n        ', '1983'],
      ['令和5', '', '2023'],
      ['光緒23', 's1897    ', '1897'],
      ['MDCCLXXVI', 's1776    ', '1776'],
      ['[1995?]', 'q19951999', '1995'],
      ['[between 1995 and 1999?]', 'q19951999', undefined],
      ['[199-?]', 'q19901999', '[199-?]'],
      ['', 'q19951999', undefined],
      ['', 's9999    ', undefined],
      ['', 'm99999999', undefined],
      ['', 'nuuuuuuuu', undefined],
      ['', 's0000    ', undefined],
      ['', 'm19909999', '1990'],
      ['', 's2019    ', '2019'],
      ['', 't20192018', '2019'],
      ['', 'r19781950', '1978'],
      ['9999', 's9999    ', undefined],
      ['1978', 'r19781950', '1978'],
    ];
    for (const [text, dates, year] of BOOKS)
      it(`of a book with ${text || 'nothing'} and 008 ${dates} is ${year ?? 'not known'}`, () => {
        const printed = text === '' ? [] : [field('260', '  ', 'c', text)];
        expect(citationFromMarc(record(printed, { controlFields: fixed(dates) })).year).toBe(year);
      });

    /** The same for a serial. */
    const SERIALS: readonly (readonly [printed: string, dates: string, year: string | undefined])[] = [
      ['昭和30-', 'c19559999', '1955-'],
      ['昭和30-平成3 [1955-1991]', 'd19551991', '1955-1991'],
      ['1365-   [1986-      ]', 'c19869999', '1986-'],
      ['', 'c19269999', '1926-'],
      ['', 'd19261930', '1926-1930'],
      ['', 'd19301926', '1930-'],
      ['', 'q19261930', undefined],
      ['', 'c99999999', undefined],
      ['', 'u1926uuuu', '1926-'],
    ];
    for (const [text, dates, year] of SERIALS)
      it(`of a serial with ${text || 'nothing'} and 008 ${dates} is ${year ?? 'not known'}`, () => {
        const printed = text === '' ? [] : [field('260', '  ', 'c', text)];
        expect(citationFromMarc(record(printed, { leader: SERIAL, controlFields: fixed(dates) })).year).toBe(year);
      });

    it('is read from either version of the field', () => {
      const fields = [
        field('264', ' 1', '6', '880-01', 'a', 'Peking :', 'c', 'Kuang-hsü 23 [1897]'),
        field('880', ' 1', '6', '264-01/$1', 'a', '北京 :', 'c', '光緒23'),
      ];
      expect(citationFromMarc(record(fields)).year).toBe('1897');
    });
  });

  it('takes the signs off wherever they stand, and each once', () => {
    const citation = citationFromMarc(
      record([
        field('245', '10', 'a', '<<The>> title :', 'b', ': the &lt;i&gt;remainder&lt;/i&gt; / /', 'c', '夏目 漱石 著.'),
        field('250', '  ', 'a', '第 2 版..'),
        field('260', '  ', 'a', 'New York : :', 'b', ': Rizzoli,,', 'c', ', 1999.'),
      ]),
    );
    expect(citation).toEqual({
      title: 'The title : the remainder',
      responsibility: '夏目 漱石 著',
      edition: '第 2 版',
      place: 'New York',
      publisher: 'Rizzoli',
      year: '1999',
      isbns: [],
      series: [],
      form: 'book',
    });
  });

  it('composes letters', () => {
    const citation = citationFromMarc(record([field('245', '10', 'a', 'か\u3099くせい no To\u0304kyo\u0304')]));
    expect(citation.title).toBe('がくせい no Tōkyō');
  });

  it('finds the author in any of the name fields', () => {
    expect(citationFromMarc(record([field('710', '2 ', 'a', '学会 A.', 'b', '部会 B')])).author).toBe('学会 A. 部会 B');
    expect(
      citationFromMarc(record([field('700', '1 ', 'a', '著者 B'), field('111', '2 ', 'a', '会議 A')])).author,
    ).toBe('会議 A');
  });

  it('takes 830 only when there is no 490, each once', () => {
    const traced = field('830', ' 0', 'a', '叢書 B ;', 'v', '1');
    expect(citationFromMarc(record([traced, traced])).series).toEqual(['叢書 B ; 1']);
    expect(citationFromMarc(record([traced, field('490', '1 ', 'a', '叢書 A')])).series).toEqual(['叢書 A']);
  });

  it('reads the language from 008, else from 041', () => {
    expect(
      citationFromMarc(record([field('041', '1 ', 'a', 'engjpn')], { controlFields: fixed('s2019', 'ger') })).language,
    ).toBe('ger');
    expect(
      citationFromMarc(record([field('041', '1 ', 'a', 'engjpn')], { controlFields: fixed('s2019', 'und') })).language,
    ).toBe('eng');
  });

  it('decodes entities that were escaped on the way', () => {
    expect(citationFromMarc(record([field('245', '00', 'a', 'R &amp;amp; D &lt;A&gt;\u0000 /')])).title).toBe(
      'R & D <A>',
    );
  });

  it('has an empty title when the record has none', () => {
    expect(citationFromMarc(record([], { leader: '' }))).toEqual({ title: '', isbns: [], series: [], form: 'book' });
  });

  it('takes long and repeated fields', () => {
    const title = '書'.repeat(10_000);
    expect(
      citationFromMarc(record(Array.from({ length: 200 }, () => field('245', '00', '6', '880-01', 'a', title)))).title,
    ).toBe(title);
  });

  it('never throws and gives single lines', () => {
    const text = fc.string({ unit: 'binary', maxLength: 30 });
    const anyField = fc.record({
      tag: fc.constantFrom('016', '020', '022', '035', '041', '100', '245', '250', '260', '264', '490', '830', '880'),
      ind1: text,
      ind2: text,
      subfields: fc.array(
        fc.record({
          code: fc.constantFrom('a', 'b', 'c', 'n', 'p', 'v', '2', '6', ''),
          value: fc.oneof(text, fc.constant('245-01')),
        }),
        { maxLength: 4 },
      ),
    });
    const anyRecord = fc.record({
      leader: text,
      controlFields: fc.array(fc.record({ tag: fc.constant('008'), value: text }), { maxLength: 2 }),
      dataFields: fc.array(anyField, { maxLength: 8 }),
    });
    fc.assert(
      fc.property(anyRecord, (any) => {
        const citation = citationFromMarc(any, ['NACSIS']);
        const texts = Object.values(citation).flat() as readonly string[];
        expect(texts.filter((each) => /[\p{Cc}\p{Surrogate}]/u.test(each))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
