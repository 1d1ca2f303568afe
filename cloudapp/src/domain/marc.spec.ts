import fc from 'fast-check';
import { citationFromMarc, type MarcDataField, type MarcRecord } from './marc';

/** `field('245', '10', 'a', 'Title /', 'c', 'Author')` */
function field(tag: string, indicators: string, ...codesAndValues: readonly string[]): MarcDataField {
  const subfields = codesAndValues.flatMap((code, at) =>
    at % 2 === 0 ? [{ code, value: codesAndValues[at + 1] ?? '' }] : [],
  );
  return { tag, ind1: indicators.charAt(0), ind2: indicators.charAt(1), subfields };
}

function record(dataFields: readonly MarcDataField[], rest: Partial<MarcRecord> = {}): MarcRecord {
  return { leader: '00000nam a2200000 i 4500', controlFields: [], dataFields, ...rest };
}

const SERIAL = '00000nas a2200000 i 4500';
const fixed = (dates: string, language = 'jpn') => [
  { tag: '008', value: `000101${dates.padEnd(9)}ja ${' '.repeat(17)}${language} d` },
];

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
    expect(citationFromMarc(record([field('245', '00', 'h', '[microform]', 'b', 'only the remainder')])).title).toBe(
      'only the remainder',
    );
  });

  describe('with linked fields (880)', () => {
    const romanised = field('245', '10', '6', '880-02', 'a', 'Toshokan nyūmon /', 'c', 'A cho.');
    const original = field('880', '10', '6', '245-02/$1', 'a', '図書館入門 /', 'c', 'A著.');

    it('prefers the Japanese text, the romanised one is its reading', () => {
      const citation = citationFromMarc(record([original, romanised]));
      expect([citation.title, citation.titleReading, citation.responsibility]).toEqual([
        '図書館入門',
        'Toshokan nyūmon',
        'A著',
      ]);
    });

    it('prefers a kana reading to a romanised one', () => {
      const citation = citationFromMarc(
        record([
          field('245', '10', '6', '880-02', 'a', '図書館入門'),
          field('880', '10', '6', '245-02/(B', 'a', 'Toshokan nyūmon'),
          field('880', '10', '6', '245-02/$1', 'a', 'トショカン ニュウモン'),
        ]),
      );
      expect([citation.title, citation.titleReading]).toEqual(['図書館入門', 'トショカン ニュウモン']);
    });

    it('takes no reading from a text in the same script', () => {
      const citation = citationFromMarc(
        record([
          field('245', '10', '6', '880-01', 'a', 'Psychology'),
          field('880', '10', '6', '245-01', 'a', 'Psychologie'),
        ]),
      );
      expect(citation.title).toBe('Psychology');
      expect(citation.titleReading).toBeUndefined();
    });

    it('does not mix fields of other occurrences or tags', () => {
      const other = field('880', '10', '6', '245-03/$1', 'a', '別の書名');
      expect(citationFromMarc(record([romanised, other])).title).toBe('Toshokan nyūmon');
      expect(citationFromMarc(record([romanised, field('880', '1 ', '6', '700-02/$1', 'a', '人名')])).title).toBe(
        'Toshokan nyūmon',
      );
    });

    it('uses an 880 that has no partner', () => {
      expect(citationFromMarc(record([field('880', '10', '6', '245-00/$1', 'a', '図書館入門')])).title).toBe(
        '図書館入門',
      );
    });

    it('pairs publishers too', () => {
      const citation = citationFromMarc(
        record([
          field('264', ' 1', '6', '880-01', 'a', 'Tōkyō :', 'b', 'Shuppansha A,', 'c', '2019'),
          field('880', ' 1', '6', '264-01/$1', 'a', '東京 :', 'b', '出版社 A,', 'c', '2019'),
        ]),
      );
      expect([citation.place, citation.publisher, citation.year]).toEqual(['東京', '出版社 A', '2019']);
    });
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

    it('takes the year from 008 when the printed one has no four digits', () => {
      expect(
        citationFromMarc(record([field('260', '  ', 'c', '平成3.')], { controlFields: fixed('s1991    ') })).year,
      ).toBe('1991');
      expect(citationFromMarc(record([field('260', '  ', 'c', '平成3.')])).year).toBe('平成3');
      expect(citationFromMarc(record([], { leader: SERIAL, controlFields: fixed('d19701985') })).year).toBe(
        '1970-1985',
      );
      expect(citationFromMarc(record([], { controlFields: fixed('n||||    ') })).year).toBeUndefined();
    });
  });

  it('puts valid ISBNs first, without qualifiers, repeats or cancelled ones', () => {
    const citation = citationFromMarc(
      record([
        field('020', '  ', 'a', '9784101092059'),
        field('020', '  ', 'a', '4-10-109205-2 (上巻) :', 'z', '9780306406157'),
        field('020', '  ', 'a', '978-4-10-109205-8'),
        field('020', '  ', 'a', '500円'),
      ]),
    );
    expect(citation.isbns).toEqual(['9784101092058', '9784101092059']);
  });

  it('takes only a valid ISSN', () => {
    expect(
      citationFromMarc(record([field('022', '  ', 'a', '0378-5956'), field('022', '  ', 'a', '0378-5955 :')])).issn,
    ).toBe('0378-5955');
    expect(citationFromMarc(record([field('022', '  ', 'a', '0378-5956')])).issn).toBeUndefined();
  });

  describe('NACSIS-CAT id', () => {
    const other = field('035', '  ', 'a', '(OTHER)BA51293930');
    const wanted = field('035', '  ', 'a', '(JP-NC)BD19656670', 'z', '(JP-NC)BA4445754X');

    it('prefers the prefix of the setting, written with or without parentheses', () => {
      expect(citationFromMarc(record([other, wanted]), ['JP-NC']).ncid).toBe('BD19656670');
      expect(citationFromMarc(record([other, wanted]), ['(jp-nc)']).ncid).toBe('BD19656670');
      expect(
        citationFromMarc(record([other, field('016', '7 ', 'a', 'BD19656670', '2', 'JP-NC')]), ['JP-NC']).ncid,
      ).toBe('BD19656670');
    });

    it('falls back to any valid id there, never to a wrong or cancelled one', () => {
      expect(citationFromMarc(record([other])).ncid).toBe('BA51293930');
      expect(citationFromMarc(record([field('035', '  ', 'a', 'BA51293930')])).ncid).toBe('BA51293930');
      expect(
        citationFromMarc(record([field('035', '  ', 'a', '(JP-NC)BA51293931', 'z', '(JP-NC)BA4445754X')]), ['JP-NC'])
          .ncid,
      ).toBeUndefined();
    });
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
