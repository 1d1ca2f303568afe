import type { Form } from './catalog';
import { parseIsbn, parseIssn, parseNcid } from './identifiers';
import type { MarcCitation } from './marc';
import { oneLine, withoutIsbd } from './printed-text';

/** The part of a work that a copy is wanted of. */
export interface CitedPart {
  readonly volume?: string;
  readonly issue?: string;
  readonly pages?: string;
  /** Of the issue, not of the journal. */
  readonly year?: string;
  readonly articleTitle?: string;
  readonly articleAuthor?: string;
}

export interface RequestedItem {
  readonly citation: MarcCitation;
  readonly part: CitedPart;
}

/**
 * What the patron asked for, from a resource sharing request of Alma (borrowing side, JSON of the REST API).
 * Every field is optional and may have a wrong type. In an article request (`journal_title` is filled) `title` and `author` are the article's.
 * `other_standard_id` is read as a NACSIS-CAT id when it is a valid one.
 */
export function citationFromAlmaRequest(request: unknown): RequestedItem {
  const read = readerOf(request);
  const journal = read('journal_title');
  return journal === '' ? bookRequest(read) : articleRequest(read, journal);
}

type Reader = (name: string) => string;

function bookRequest(read: Reader): RequestedItem {
  const form: Form = read('isbn') === '' && issnOf(read) !== undefined ? 'serial' : 'book';
  const citation = citationWith(read, read('title'), form);
  const part = partWith(read, read('chapter_title') || read('chapter'), read('chapter_author'));
  return {
    citation: present({ ...citation, author: read('author'), year: yearOf(read), edition: read('edition') }),
    part,
  };
}

function articleRequest(read: Reader, journal: string): RequestedItem {
  const article = read('title') === journal ? '' : read('title');
  return { citation: present(citationWith(read, journal, 'serial')), part: partWith(read, article, read('author')) };
}

function citationWith(read: Reader, title: string, form: Form): MarcCitation {
  const isbns = read('isbn')
    .split(/[\s,;]+/)
    .flatMap((text) => {
      const isbn = parseIsbn(text);
      return isbn.ok ? [isbn.value] : [];
    });
  const ncid = parseNcid(read('other_standard_id'));
  const series = read('series_title_number');
  return {
    title,
    form,
    place: read('place_of_publication'),
    publisher: read('publisher'),
    isbns: [...new Set(isbns)],
    issn: issnOf(read),
    ncid: ncid.ok ? ncid.value.id : undefined,
    series: series === '' ? [] : [series],
    language: /^[a-z]{3}$/.exec(read('requested_language').toLowerCase())?.[0],
  };
}

function partWith(read: Reader, articleTitle: string, articleAuthor: string): CitedPart {
  const range = [read('start_page'), read('end_page')].filter((page) => page !== '').join('-');
  return present({
    volume: read('volume'),
    issue: read('issue'),
    pages: read('pages') || range,
    year: yearOf(read),
    articleTitle,
    articleAuthor,
  });
}

function issnOf(read: Reader): string | undefined {
  const issn = parseIssn(read('issn'));
  return issn.ok ? issn.value : undefined;
}

/** Alma hands on what was typed, among others `1/1/2000`. */
function yearOf(read: Reader): string {
  const year = read('year').normalize('NFKC');
  return /(?<!\d)\d{4}(?!\d)/.exec(year)?.[0] ?? year;
}

/** Texts, numbers and coded values (`{ value, desc }`) as one line; '' for anything else. */
function readerOf(request: unknown): Reader {
  const source = isRecord(request) ? request : {};
  return (name) => {
    const value = source[name];
    const bare = isRecord(value) ? value['value'] : value;
    if (typeof bare === 'number' && Number.isFinite(bare)) return String(bare);
    return typeof bare === 'string' ? (name.endsWith('title') ? withoutIsbd(bare) : oneLine(bare)) : '';
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function present<T extends object>(values: T): T {
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => name === 'title' || (value !== undefined && value !== '')),
  ) as T;
}
