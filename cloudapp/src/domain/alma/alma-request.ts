import type { Form } from '../catalog/catalog-files';
import { isbnsIn, issnsIn, ncidsIn } from '../catalog/identifiers';
import type { MarcCitation } from '../catalog/marc';
import { withoutIsbd } from '../catalog/printed-text';
import { yearIn } from '../catalog/printed-year';

/** The part of a work that a copy is requested of. */
export interface CitedPart {
  readonly volume?: string;
  readonly issue?: string;
  readonly pages?: string;
  /** Year of the issue, not of the journal. */
  readonly year?: string;
  readonly articleTitle?: string;
  readonly articleAuthor?: string;
}

interface RequestedItem {
  readonly citation: MarcCitation;
  readonly part: CitedPart;
}

/**
 * Reads the citation from an Alma resource sharing request (borrowing side, JSON of the REST API). Every field is
 * optional and may have a wrong type. In an article request (`journal_title` is filled) `title` and `author` belong to
 * the article. Numbers and years are read like those of a catalogue record, because most of them come from one.
 * `other_standard_id` is read as a NACSIS-CAT id when it holds a valid one.
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
  const series = read('series_title_number');
  return {
    title,
    form,
    place: read('place_of_publication'),
    publisher: read('publisher'),
    isbns: isbnsIn(read('isbn')),
    issn: issnOf(read),
    ncid: ncidsIn(read('other_standard_id'))[0],
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
  return issnsIn(read('issn'))[0];
}

/**
 * Returns the year. Alma passes on what was typed, such as `1/1/2000`; returns text without a readable year unchanged.
 */
function yearOf(read: Reader): string {
  const year = read('year');
  return yearIn(year) ?? year;
}

/**
 * Reads texts, numbers and coded values (`{ value, desc }`) as one line without ISBD punctuation at its ends; '' for
 * anything else.
 */
function readerOf(request: unknown): Reader {
  const source = isRecord(request) ? request : {};
  return (name) => {
    const value = source[name];
    const bare = isRecord(value) ? value['value'] : value;
    if (typeof bare === 'number' && Number.isFinite(bare)) return String(bare);
    return typeof bare === 'string' ? withoutIsbd(bare) : '';
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
