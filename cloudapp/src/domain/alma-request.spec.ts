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
