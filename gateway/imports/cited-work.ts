import { parseIsbn, parseIssn, parseNcid } from '#domain/identifiers';
import type { Kind } from '#domain/kinds';
import { oneLine, withoutIsbd } from '#domain/printed-text';
import type { RequestFields } from '#domain/request';

/** What is asked for, cut out of the fields of a request. '' where nothing is known. */
export interface CitedWork {
  /** Of a copy: whether it is one of an article in a serial. */
  readonly isArticle: boolean;
  /** Of the book or the serial; a number of it where NACSIS-ILL has no title. */
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

/** The work that is asked for, or undefined where nothing tells which. */
export function citedWork(kind: Kind, fields: RequestFields): CitedWork | undefined {
  const numbers = standardNumbers(fields.standardNumber ?? '');
  const ncid = parseNcid(fields.bibId ?? '');
  const described = describedBy(fields.bibNote ?? '');
  const article = articleOf(fields.article ?? '');
  const number = ncid.ok ? ncid.value.id : numbers.isbn || numbers.issn;
  const title = described.title || number;
  if (title === '' && article.articleTitle === '') return undefined;
  const isSerial = ncid.ok ? ncid.value.form === 'serial' : numbers.isbn === '' && hasParts(fields, numbers.issn);
  return {
    ...described,
    ...numbering(fields.volume ?? ''),
    ...article,
    ...numbers,
    isArticle: kind === 'copy' && isSerial,
    title,
    // Of a serial the imprint tells when it began.
    year: yearIn(fields.year ?? '') || (isSerial ? '' : described.year),
    pages: oneLine(fields.pages ?? ''),
    ncid: ncid.ok ? ncid.value.id : '',
  };
}

function hasParts({ volume = '', article = '' }: RequestFields, issn: string): boolean {
  return issn !== '' || volume !== '' || article !== '';
}

/** BIBNT as domain/citation writes it: `title / responsibility. -- edition. -- place : publisher, year. -- (series)`; parts may be missing. */
function describedBy(bibNote: string): Pick<CitedWork, 'title' | 'responsibility' | 'place' | 'publisher' | 'year'> {
  const [head = '', ...areas] = oneLine(bibNote).split(/\s*\. -- /);
  const [title = '', ...responsibility] = head.split(' / ');
  const imprint = areas
    .map((area) => /^([^:(]+) : (.+?)(?:, ([^,]*\d{4}[^,]*))?$/.exec(area))
    .find((cut) => cut !== null);
  const [, place = '', publisher = '', year = ''] = imprint ?? [];
  return {
    title: withoutIsbd(title),
    responsibility: withoutIsbd(responsibility.join(' / ')),
    place: withoutIsbd(place),
    publisher: withoutIsbd(publisher),
    year: /\d{4}/.exec(year.normalize('NFKC'))?.[0] ?? '',
  };
}

/** VLNO: `12(3)` is volume 12, issue 3; everything else stays whole. */
function numbering(text: string): Pick<CitedWork, 'volume' | 'issue'> {
  const line = oneLine(text);
  const [, volume = line, issue = ''] = /^([^()]+)\(([^()]+)\)$/.exec(line.normalize('NFKC')) ?? [];
  return { volume: volume.trim(), issue: issue.trim() };
}

/** ARTCL as domain/citation writes it, `author : title`, else `author. title`, as other clients do; a text without both is the title. */
function articleOf(text: string): Pick<CitedWork, 'articleTitle' | 'articleAuthor'> {
  const line = oneLine(text);
  const colon = line.indexOf(' : ');
  if (colon > 0) return { articleAuthor: line.slice(0, colon).trim(), articleTitle: line.slice(colon + 3).trim() };
  for (const { index } of line.matchAll(/\. /g)) {
    const [author, title] = [line.slice(0, index), line.slice(index + 2).trim()];
    // An initial is followed by a full stop, too.
    if (/\p{L}{2}/u.test(author) && !/^\p{L}\./u.test(title)) return { articleAuthor: author, articleTitle: title };
  }
  return { articleAuthor: '', articleTitle: line };
}

/** STDNO: `ISBN=…`, `ISSN=…`, or the number alone. Only valid numbers. */
function standardNumbers(text: string): Pick<CitedWork, 'isbn' | 'issn'> {
  const numbers = text.normalize('NFKC').split(/[\s,;=:]+/);
  const isbns = numbers.map(parseIsbn).flatMap((parsed) => (parsed.ok ? [parsed.value] : []));
  const issns = numbers.map(parseIssn).flatMap((parsed) => (parsed.ok ? [parsed.value] : []));
  return { isbn: isbns[0] ?? '', issn: issns[0] ?? '' };
}

function yearIn(text: string): string {
  const line = oneLine(text);
  return /(?<!\d)\d{4}(?!\d)/.exec(line.normalize('NFKC'))?.[0] ?? line;
}
