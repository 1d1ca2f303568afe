import { articleIn } from '#domain/catalog/article-text';
import { isbnsIn, issnsIn, parseNcid } from '#domain/catalog/identifiers';
import type { Kind } from '#domain/ill/kinds';
import { oneLine, withoutIsbd } from '#domain/catalog/printed-text';
import { yearIn } from '#domain/catalog/printed-year';
import type { RequestFields } from '#domain/ill/request';

/** The requested work, extracted from the fields of a request. '' when unknown. */
export interface CitedWork {
  /** For a copy: true when it is of an article in a serial. */
  readonly isArticle: boolean;
  /** Title of the book or serial; its number when NACSIS-ILL has no title. */
  readonly title: string;
  readonly responsibility: string;
  readonly place: string;
  readonly publisher: string;
  readonly year: string;
  readonly volume: string;
  readonly issue: string;
  readonly pages: string;
  readonly articleTitle: string;
  readonly articleAuthor: string;
  readonly isbn: string;
  readonly issn: string;
  readonly ncid: string;
}

/** Returns undefined when the fields do not identify a work. */
export function citedWork(kind: Kind, fields: RequestFields): CitedWork | undefined {
  const { isSerial, ...numbers } = identified(fields);
  const described = describedBy(fields.bibNote ?? '');
  const article = articleIn(fields.article ?? '');
  const title = described.title || numbers.ncid || numbers.isbn || numbers.issn;
  if (title === '' && article.title === '') return undefined;
  return {
    ...described,
    ...numbering(fields.volume ?? ''),
    articleTitle: article.title,
    articleAuthor: article.author,
    ...numbers,
    isArticle: kind === 'copy' && isSerial,
    title,
    // The imprint of a serial gives the year in which it began.
    year: yearOrText(fields.year ?? '') || (isSerial ? '' : described.year),
    pages: oneLine(fields.pages ?? ''),
  };
}

/** BIBID and STDNO, and whether the work is a serial. */
function identified(fields: RequestFields): Pick<CitedWork, 'ncid' | 'isbn' | 'issn'> & { readonly isSerial: boolean } {
  const { isbn, issn } = standardNumbers(fields.standardNumber ?? '');
  const ncid = parseNcid(fields.bibId ?? '');
  if (ncid.ok) return { ncid: ncid.value.id, isbn, issn, isSerial: ncid.value.form === 'serial' };
  return { ncid: '', isbn, issn, isSerial: isbn === '' && hasParts(fields, issn) };
}

function hasParts({ volume = '', article = '' }: RequestFields, issn: string): boolean {
  return issn !== '' || volume !== '' || article !== '';
}

/**
 * Parses BIBNT as domain/alma/citation writes it: `title / responsibility. -- edition. -- place : publisher, year. --
 * (series)`. Parts may be missing.
 */
function describedBy(bibNote: string): Pick<CitedWork, 'title' | 'responsibility' | 'place' | 'publisher' | 'year'> {
  const [head = '', ...areas] = oneLine(bibNote).split(/\s*\. -- /);
  const [title = '', ...responsibility] = head.split(' / ');
  const [, place = '', rest = ''] =
    areas.map((area) => /^([^:(]+) : (.+)$/.exec(area)).find((imprint) => imprint !== null) ?? [];
  const [, before = rest, last = ''] = /^(.+), ([^,]+)$/.exec(rest) ?? [];
  const year = yearIn(last) ?? '';
  return {
    title: withoutIsbd(title),
    responsibility: withoutIsbd(responsibility.join(' / ')),
    place: withoutIsbd(place),
    publisher: withoutIsbd(year === '' ? rest : before),
    year: firstOf(year),
  };
}

/** VLNO: `12(3)` is volume 12, issue 3; any other text stays whole. */
function numbering(text: string): Pick<CitedWork, 'volume' | 'issue'> {
  const line = oneLine(text);
  const [, volume = line, issue = ''] = /^([^()]+)\(([^()]+)\)$/.exec(line.normalize('NFKC')) ?? [];
  return { volume: volume.trim(), issue: issue.trim() };
}

/** STDNO: `ISBN=…`, `ISSN=…`, or the number alone. Only valid numbers count. */
function standardNumbers(text: string): Pick<CitedWork, 'isbn' | 'issn'> {
  return { isbn: isbnsIn(text)[0] ?? '', issn: issnsIn(text)[0] ?? '' };
}

/** The first year; a text without a year stays as it is. */
function yearOrText(text: string): string {
  return firstOf(yearIn(text) ?? '') || oneLine(text);
}

function firstOf(years: string): string {
  return years.slice(0, 4);
}
