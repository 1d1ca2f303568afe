import fc from 'fast-check';
import type { CatalogRecord } from '../catalog/catalog';
import {
  bibNoteOf,
  citationFields,
  cutToBytes,
  LONGEST_TITLE,
  matchConfidence,
  searchKeysOf,
  standardNumberOf,
} from './citation';
import { articleIn } from '../catalog/article-text';
import { byteLength, FIELDS } from '../ill/fields';
import type { MarcCitation } from '../catalog/marc';
import { oneLine } from '../catalog/printed-text';
import { checkFields } from '../ill/validation';

const BOOK: MarcCitation = {
  title: '図書館情報学 : 入門',
  responsibility: '著者 A著',
  edition: '第2版',
  place: '東京',
  publisher: '出版社 A',
  year: '2019',
  isbns: ['9784101092058'],
  series: ['叢書 A ; 3'],
  form: 'book',
};
const RECORD: CatalogRecord = {
  ncid: 'BA51293930',
  form: 'book',
  title: '図書館情報学',
  responsibility: '著者 A著',
  publisher: '出版社 A',
  year: '2019',
  isbns: [],
  volumes: [{ volume: '上', isbn: '4101092052' }],
  series: [{ title: '叢書 A', number: '3' }],
  authors: [],
  subjects: [],
  notes: [],
};

describe('cutToBytes', () => {
  it('cuts between characters, never within one', () => {
    expect(cutToBytes('図書館', 9)).toBe('図書館');
    expect(cutToBytes('図書館', 8)).toBe('図書');
    expect(cutToBytes('𠮷野家', 3)).toBe('');
    expect(cutToBytes('か\u3099く', 5)).toBe('');
    expect(cutToBytes('葛\u{e0100}城', 7)).toBe('葛\u{e0100}');
    expect(cutToBytes('a b', 2)).toBe('a');
  });

  it('gives a beginning of the text that fits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, max) => {
        const cut = cutToBytes(text, max);
        expect(text.startsWith(cut)).toBeTrue();
        expect(byteLength(cut)).toBeLessThanOrEqual(max);
      }),
    );
  });
});

describe('bibNoteOf', () => {
  it('joins the elements as a catalogue does', () => {
    expect(bibNoteOf(BOOK)).toBe('図書館情報学 : 入門 / 著者 A著. -- 第2版. -- 東京 : 出版社 A, 2019. -- (叢書 A ; 3)');
    expect(bibNoteOf(RECORD)).toBe('図書館情報学 / 著者 A著. -- 出版社 A, 2019. -- (叢書 A ; 3)');
  });

  it('leaves no sign without its element', () => {
    expect(bibNoteOf({ title: '書名', isbns: [], series: [], form: 'book' })).toBe('書名');
    expect(bibNoteOf({ title: '書名', place: '東京', year: '2019', isbns: [], series: [''], form: 'book' })).toBe(
      '書名. -- 東京, 2019',
    );
  });

  it('writes one full stop where an element ends in one', () => {
    const edition = { title: 'Title', edition: '2nd ed.', isbns: [], series: [], form: 'book' } as const;
    expect(bibNoteOf({ ...edition, place: 'London' })).toBe('Title. -- 2nd ed. -- London');
    expect(bibNoteOf(edition)).toBe('Title. -- 2nd ed.');
  });

  it('fits its field, whatever the record', () => {
    const long = bibNoteOf({ ...BOOK, title: '書'.repeat(10_000) });
    expect(byteLength(long)).toBe(FIELDS.bibNote.maxBytes - (FIELDS.bibNote.maxBytes % 3));
  });
});

describe('standardNumberOf', () => {
  it('writes the first valid number of the kind that fits the form', () => {
    const both = { isbns: ['9784101092059', '4101092052'], issn: '03785955' };
    expect(standardNumberOf({ ...both, form: 'book' })).toBe('ISBN=9784101092058');
    expect(standardNumberOf({ ...both, form: 'serial' })).toBe('ISSN=0378-5955');
    expect(standardNumberOf({ isbns: ['9784101092059'], issn: '0378-5956', form: 'book' })).toBe('');
  });
});

describe('citationFields', () => {
  it('describes by the record of NACSIS-CAT when there is one', () => {
    expect(citationFields(BOOK, {}, RECORD)).toEqual({
      bibId: 'BA51293930',
      bibNote: '図書館情報学 / 著者 A著. -- 出版社 A, 2019. -- (叢書 A ; 3)',
      standardNumber: '',
      year: '2019',
    });
  });

  it('writes volume, issue, pages, year and article of the part', () => {
    const journal: MarcCitation = {
      title: '心理学研究',
      year: '1926-',
      isbns: [],
      issn: '0378-5955',
      ncid: 'AA1070693X',
      series: [],
      form: 'serial',
    };
    expect(
      citationFields(journal, {
        volume: '12',
        issue: '3',
        pages: '45-50',
        year: '2019',
        articleTitle: '論文 A',
        articleAuthor: '著者 A',
      }),
    ).toEqual({
      bibId: 'AA1070693X',
      bibNote: '心理学研究. -- 1926-',
      standardNumber: 'ISSN=0378-5955',
      volume: '12(3)',
      pages: '45-50',
      year: '2019',
      article: '論文 A / 著者 A',
    });
    expect(citationFields(journal, { issue: '3' })).toEqual({
      bibId: 'AA1070693X',
      bibNote: '心理学研究. -- 1926-',
      standardNumber: 'ISSN=0378-5955',
      volume: '(3)',
    });
  });

  describe('of an article', () => {
    const journal: MarcCitation = { title: '心理学研究', isbns: [], series: [], form: 'serial' };
    const written = (articleTitle: string, articleAuthor = '') =>
      citationFields(journal, { articleTitle, articleAuthor }).article ?? '';
    const { maxBytes } = FIELDS.article;

    it('are read again as they were meant, whatever title and author are', () => {
      const text = fc.array(
        fc.constantFrom('夏目漱石', 'Mori O', '題名', ' : ', ' / ', '. ', '[著者]', '𠮷', 'e\u0301'),
        {
          maxLength: 8,
        },
      );
      fc.assert(
        fc.property(text, text, (title, author) => {
          const [one, other] = [title, author].map((words) => oneLine(words.join('')));
          expect(articleIn(written(title.join(''), author.join('')))).toEqual({
            title: one ?? '',
            author: other ?? '',
          });
        }),
      );
    });

    it('keep the author of a title that is too long, and cut one that is too long itself', () => {
      for (const [title, author] of [
        ['題'.repeat(1000), '夏目漱石'],
        ['Title : '.repeat(300), 'World Health Organization'],
        ['題名. '.repeat(300), '著'.repeat(1000)],
        ['夏目漱石. '.repeat(300), ''],
        ['', '夏目漱石, '.repeat(300)],
        ['[著者]'.repeat(300), 'A [著者] B'],
      ] as const) {
        const text = written(title, author);
        const read = articleIn(text);
        expect(byteLength(text)).toBeLessThanOrEqual(maxBytes);
        expect(byteLength(text)).toBeGreaterThan(maxBytes / 5);
        expect([title.startsWith(read.title), author.startsWith(read.author)]).toEqual([true, true]);
        expect(byteLength(read.author)).toBeGreaterThanOrEqual(Math.min(byteLength(author), maxBytes / 4 - 3));
      }
    });
  });

  it('count letters that were sent in parts as they are sent', () => {
    const decomposed = 'か\u3099'.repeat(400);
    const fields = citationFields(
      { ...BOOK, title: decomposed, series: [] },
      { articleTitle: decomposed, pages: decomposed },
    );
    expect(fields.article).toBe('が'.repeat(341));
    expect(fields.pages).toBe('が'.repeat(84));
    expect(fields.bibNote).toBe('が'.repeat(341));
  });

  it('gives fields that a new order accepts', () => {
    const text = fc.string({ unit: 'binary', maxLength: 500 });
    const citation = fc.record({
      title: text,
      responsibility: text,
      publisher: text,
      year: text,
      isbns: fc.array(text),
      series: fc.array(text),
      form: fc.constantFrom('book', 'serial'),
    });
    fc.assert(
      fc.property(citation, fc.record({ volume: text, pages: text, articleTitle: text }), (any, part) => {
        expect(checkFields(citationFields(any, part), { kind: 'copy', side: 'borrower', preparing: true })).toEqual([]);
      }),
    );
  });
});

describe('searchKeysOf', () => {
  it('takes only the beginning of an endless title', () => {
    const [key] = searchKeysOf({ ...BOOK, title: '長い題名'.repeat(2500), isbns: [] });
    expect(byteLength(key?.query.title ?? '')).toBe(LONGEST_TITLE);
  });

  it('searches by the surest key first', () => {
    expect(searchKeysOf({ ...BOOK, ncid: 'BA51293930', issn: '0378-5955' })).toEqual([
      { by: 'ncid', query: { form: 'book', ncid: 'BA51293930' } },
      { by: 'isbn', query: { form: 'book', isbn: '9784101092058' } },
      { by: 'issn', query: { form: 'serial', issn: '0378-5955' } },
      { by: 'title-year', query: { form: 'book', title: '図書館情報学', year: '2019' } },
    ]);
  });

  it('leaves out what would find nothing', () => {
    expect(
      searchKeysOf({
        title: '',
        isbns: ['9784101092059'],
        issn: '0378-5956',
        ncid: 'BA51293931',
        series: [],
        form: 'book',
      }),
    ).toEqual([]);
    expect(searchKeysOf({ title: '心理学研究', year: '1926-', isbns: [], series: [], form: 'serial' })).toEqual([
      { by: 'title-year', query: { form: 'serial', title: '心理学研究' } },
    ]);
  });

  it('searches by three ISBNs at most', () => {
    const isbns = ['9784101092058', '9780306406157', '9791032300824', '9784000000000', '9784000000017'];
    expect(searchKeysOf({ ...BOOK, isbns }).filter(({ by }) => by === 'isbn').length).toBe(3);
  });
});

describe('matchConfidence', () => {
  const bare: MarcCitation = { title: 'x', isbns: [], series: [], form: 'book' };

  it('trusts the id most, then numbers, also those of a volume', () => {
    expect(matchConfidence({ ...bare, ncid: 'BA51293930' }, RECORD)).toBe('id');
    expect(matchConfidence({ ...bare, isbns: ['9784101092058'] }, RECORD)).toBe('standard-number');
    expect(
      matchConfidence({ ...bare, form: 'serial', issn: '0378-5955' }, { ...RECORD, form: 'serial', issn: '03785955' }),
    ).toBe('standard-number');
  });

  it('then title and year, without case, width, punctuation and subtitle', () => {
    const java = { ...RECORD, title: 'Java入門', year: '2019.4' };
    expect(matchConfidence({ ...bare, title: 'Ｊａｖａ 入門', year: '2019' }, java)).toBe('title-year');
    expect(matchConfidence({ ...bare, title: 'JAVA入門 : はじめの一歩', year: '2019' }, java)).toBe('title-year');
  });

  it('does not take another work for the same', () => {
    expect(matchConfidence(bare, { ...RECORD, title: '', year: undefined })).toBe('none');
    expect(matchConfidence({ ...bare, title: '図書館情報学' }, RECORD)).toBe('none');
    expect(matchConfidence({ ...bare, title: '図書館情報学', year: '2018' }, RECORD)).toBe('none');
    expect(matchConfidence({ ...bare, title: '図書館情報学', year: '2019', form: 'serial' }, RECORD)).toBe('none');
    expect(
      matchConfidence(
        { ...bare, title: '図書館情報学 : 演習', year: '2019' },
        { ...RECORD, title: '図書館情報学 : 入門' },
      ),
    ).toBe('none');
    expect(matchConfidence({ ...bare, title: '!!', year: '2019' }, { ...RECORD, title: '??' })).toBe('none');
  });
});
