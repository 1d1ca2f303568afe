import fc from 'fast-check';
import { citationFromAlmaRequest } from './alma-request';

describe('citationFromAlmaRequest', () => {
  it('reads an article request: the journal is the work', () => {
    expect(
      citationFromAlmaRequest({
        citation_type: { value: 'CR' },
        title: '論文 A',
        author: '著者 A',
        journal_title: '心理学研究 /',
        volume: '12',
        issue: 3,
        start_page: '45',
        end_page: '50',
        year: '2019',
        issn: '03785955',
        other_standard_id: 'AA1070693X',
        requested_language: { value: 'jpn', desc: 'Japanese' },
      }),
    ).toEqual({
      citation: {
        title: '心理学研究',
        isbns: [],
        issn: '0378-5955',
        ncid: 'AA1070693X',
        series: [],
        language: 'jpn',
        form: 'serial',
      },
      part: { volume: '12', issue: '3', pages: '45-50', year: '2019', articleTitle: '論文 A', articleAuthor: '著者 A' },
    });
  });

  it('reads a book request, a chapter of it as the part', () => {
    expect(
      citationFromAlmaRequest({
        title: '図書館情報学 &amp; 入門',
        author: '著者 A',
        isbn: '4-10-109205-2; 978-4-10-109205-8, 123',
        year: '1/1/2000',
        publisher: '出版社 A',
        place_of_publication: '東京',
        edition: '2nd ed.',
        series_title_number: '叢書 A 3',
        chapter_title: '第1章',
        chapter_author: '著者 B',
        pages: '1-20',
      }),
    ).toEqual({
      citation: {
        title: '図書館情報学 & 入門',
        author: '著者 A',
        edition: '2nd ed.',
        place: '東京',
        publisher: '出版社 A',
        year: '2000',
        isbns: ['9784101092058'],
        series: ['叢書 A 3'],
        form: 'book',
      },
      part: { pages: '1-20', year: '2000', articleTitle: '第1章', articleAuthor: '著者 B' },
    });
  });

  it('takes a request with an ISSN and no ISBN for a serial', () => {
    expect(citationFromAlmaRequest({ title: '心理学研究', issn: '0378-5955' }).citation.form).toBe('serial');
    expect(
      citationFromAlmaRequest({ title: '叢書の一冊', issn: '0378-5955', isbn: '9784101092058' }).citation.form,
    ).toBe('book');
  });

  it('leaves out what is no valid identifier', () => {
    const { citation } = citationFromAlmaRequest({
      title: 'x',
      isbn: '123',
      issn: '0378-5956',
      other_standard_id: 'BA51293931',
    });
    expect(citation).toEqual({ title: 'x', isbns: [], series: [], form: 'book' });
  });

  it('cleans what was copied from a catalogue', () => {
    const { citation } = citationFromAlmaRequest({
      title: '<<The>> title / :',
      author: '夏目 漱石 著.',
      place_of_publication: 'New York : :',
      publisher: 'Rizzoli,,',
      edition: '2nd ed..',
      year: 'c1999.',
      series_title_number: 'Series ;',
    });
    expect(citation).toEqual({
      title: 'The title',
      author: '夏目 漱石 著',
      place: 'New York',
      publisher: 'Rizzoli',
      edition: '2nd ed.',
      year: '1999',
      isbns: [],
      series: ['Series'],
      form: 'book',
    });
    const arabic = citationFromAlmaRequest({
      title: 'كتاب /',
      publisher: 'دار الشروق،',
      place_of_publication: 'القاهرة :',
    });
    expect([arabic.citation.publisher, arabic.citation.place]).toEqual(['دار الشروق', 'القاهرة']);
  });

  it('takes entities and escaped tags out of titles, and composes letters', () => {
    const { citation, part } = citationFromAlmaRequest({
      title: 'Role of &lt;i&gt;p53&lt;/i&gt; and &alpha;-synuclein in H&lt;sub&gt;2&lt;/sub&gt;O.',
      author: 'Mu\u0308ller, A.',
      journal_title: '&lt;&lt;The&gt;&gt; Journal of cells',
    });
    expect(citation.title).toBe('The Journal of cells');
    expect([part.articleTitle, part.articleAuthor]).toEqual(['Role of p53 and α-synuclein in H2O', 'Müller, A.']);
  });

  /** Typed or imported text → year of the request. */
  const YEARS: readonly (readonly [typed: unknown, year: string | undefined])[] = [
    ['1/1/2000', '2000'],
    ['2001-05-12', '2001'],
    ['20010512', '2001'],
    [2001, '2001'],
    ['1422 n. H. = 2001 or 2002', '2001'],
    ['檀紀4288 [1955]', '1955'],
    ['2546 [2003]', '2003'],
    ['２５４６', '2003'],
    ['昭和30', '1955'],
    ['平成3年', '1991'],
    ['民國72', '1983'],
    ['1926-', '1926-'],
    ['[1995?]', '1995'],
    ['不明', '不明'],
    ['', undefined],
  ];
  for (const [typed, year] of YEARS)
    it(`reads the year ${year ?? 'as missing'} in ${JSON.stringify(typed)}`, () => {
      expect(citationFromAlmaRequest({ title: 'x', year: typed }).citation.year).toBe(year);
      expect(citationFromAlmaRequest({ title: 'x', journal_title: 'y', year: typed }).part.year).toBe(year);
    });

  it('reads numbers with labels, qualifiers and blanks, several in a field', () => {
    for (const isbn of ['978 4 00 310101 8', '(pbk.) 9784003101018', 'ISBN-13: 978-4-00-310101-8', 'ISBN4003101014'])
      expect(citationFromAlmaRequest({ title: 'x', isbn }).citation.isbns)
        .withContext(isbn)
        .toEqual(['9784003101018']);
    for (const issn of ['0028-0836 (print)', 'ISSN 0028-0836', '0028-0836 1476-4687', 'ISSN-L: 0028-0836'])
      expect(citationFromAlmaRequest({ journal_title: 'x', issn }).citation.issn)
        .withContext(issn)
        .toBe('0028-0836');
    for (const id of ['(NACSIS)AA1070693X', 'NCID: AA1070693X'])
      expect(citationFromAlmaRequest({ journal_title: 'x', other_standard_id: id }).citation.ncid).toBe('AA1070693X');
  });

  it('tolerates any type anywhere', () => {
    const names = [
      'title',
      'author',
      'journal_title',
      'volume',
      'issue',
      'pages',
      'year',
      'isbn',
      'issn',
      'chapter_title',
      'requested_language',
    ];
    for (const nothing of [undefined, null, 'text', 7, []]) {
      expect(citationFromAlmaRequest(nothing)).toEqual({
        citation: { title: '', isbns: [], series: [], form: 'book' },
        part: {},
      });
    }
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), fc.anything({ maxDepth: 2 })), (request) => {
        const { citation, part } = citationFromAlmaRequest(request);
        expect(typeof citation.title).toBe('string');
        expect(Object.values(part).every((value) => typeof value === 'string' && value !== '')).toBeTrue();
      }),
    );
  });
});
