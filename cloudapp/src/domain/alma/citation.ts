import type { CitedPart } from './alma-request';
import { articleText, type CitedArticle } from '../catalog/article-text';
import type { CatalogRecord } from '../catalog/catalog';
import type { Form } from '../catalog/catalog-files';
import { byteLength, FIELDS, type ScalarName } from '../ill/fields';
import { parseIsbn, parseIssn, parseNcid } from '../catalog/identifiers';
import type { MarcCitation } from '../catalog/marc';
import { comparable, oneLine } from '../catalog/printed-text';
import { yearIn } from '../catalog/printed-year';

/** The fields that a NACSIS-CAT record and an Alma record have in common. */
type Described = Pick<
  CatalogRecord,
  'title' | 'responsibility' | 'edition' | 'place' | 'publisher' | 'year' | 'isbns' | 'issn' | 'form'
> & {
  readonly series: readonly (string | { readonly title: string; readonly number?: string })[];
};

/** The bibliographic fields of an order, each cut to its field's length; '' when unknown. */
interface CitationFields {
  readonly bibId: string;
  readonly bibNote: string;
  readonly standardNumber: string;
  readonly volume?: string;
  readonly pages?: string;
  readonly year?: string;
  readonly article?: string;
}

const GRAPHEMES = new Intl.Segmenter('ja', { granularity: 'grapheme' });

/** The longest prefix of at most `max` bytes (see `byteLength`) that ends between two graphemes. */
export function cutToBytes(text: string, max: number): string {
  if (byteLength(text) <= max) return text;
  let kept = '';
  let bytes = 0;
  for (const { segment } of GRAPHEMES.segment(text)) {
    bytes += byteLength(segment);
    if (bytes > max) break;
    kept += segment;
  }
  return kept.trimEnd();
}

/** BIBNT: `title / responsibility. -- edition. -- place : publisher, year. -- (series) (series)`. */
export function bibNoteOf(record: Described): string {
  return fit('bibNote', wholeBibNote(record));
}

function wholeBibNote(record: Described): string {
  const head = joined(' / ', [record.title, record.responsibility]);
  const imprint = joined(', ', [joined(' : ', [record.place, record.publisher]), record.year]);
  const series = record.series
    .map(seriesText)
    .filter((text) => text !== '')
    .map((text) => `(${text})`)
    .join(' ');
  // Avoids a second full stop after an area that ends with the full stop of an abbreviation.
  return joined('. -- ', [head, record.edition, imprint, series]).replaceAll('.. -- ', '. -- ');
}

/** STDNO: `ISBN=…` or `ISSN=…`, valid numbers only; '' when there is none. Serials use the ISSN first. */
export function standardNumberOf(record: Pick<Described, 'isbns' | 'issn' | 'form'>): string {
  const [isbn] = validIsbns(record.isbns);
  const issn = validIssn(record.issn);
  const numbers = [isbn && `ISBN=${isbn}`, issn && `ISSN=${issn}`].filter((text) => text !== undefined);
  return (record.form === 'serial' ? numbers.at(-1) : numbers[0]) ?? '';
}

/** The fields of an order, taken from the NACSIS-CAT record when there is one, otherwise from the citation. */
export function citationFields(citation: MarcCitation, part: CitedPart = {}, record?: CatalogRecord): CitationFields {
  const whole = wholeCitation(citation, part, record);
  const optional = {
    volume: fit('volume', whole.volume),
    pages: fit('pages', whole.pages),
    year: fit('year', whole.year),
    article: fittingArticle(articleOf(part)),
  };
  return {
    bibId: whole.bibId,
    bibNote: fit('bibNote', whole.bibNote),
    standardNumber: fit('standardNumber', whole.standardNumber),
    ...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== '')) as Partial<typeof optional>),
  };
}

/** The same fields at their whole length, each on one line; '' when unknown. */
export function wholeCitation(
  citation: MarcCitation,
  part: CitedPart,
  record?: CatalogRecord,
): Readonly<Required<CitationFields>> {
  const described: Described = record ?? citation;
  const [volume, issue] = [part.volume ?? '', part.issue ?? ''];
  return {
    bibId: record?.ncid ?? citation.ncid ?? '',
    bibNote: oneLine(wholeBibNote(described)),
    standardNumber: standardNumberOf(described),
    volume: oneLine(issue === '' ? volume : `${volume}(${issue})`),
    pages: oneLine(part.pages ?? ''),
    year: oneLine(part.year ?? (described.form === 'book' ? described.year : undefined) ?? ''),
    article: articleText(articleOf(part)),
  };
}

function articleOf({ articleTitle: title = '', articleAuthor: author = '' }: CitedPart): CitedArticle {
  return { title, author };
}

/** A single search in NACSIS-CAT, as part of a catalogue query. */
export interface SearchKey {
  readonly by: 'ncid' | 'isbn' | 'issn' | 'title-year';
  readonly query: {
    readonly form: Form;
    readonly ncid?: string;
    readonly isbn?: string;
    readonly issn?: string;
    readonly title?: string;
    readonly year?: string;
  };
}

/**
 * Maximum length of a title search in bytes. A title search matches prefixes, so a longer text finds nothing more, and
 * it does not fit into a URL.
 */
export const LONGEST_TITLE = 300;
/** Maximum number of ISBNs to search for. Each ISBN costs one search, and an Alma record may carry dozens. */
const MOST_ISBNS = 3;

/**
 * Searches that may find the work, most reliable first. The year is used for books only: a serial's own year is not the
 * requested year.
 */
export function searchKeysOf(citation: MarcCitation): readonly SearchKey[] {
  const ncid = parseNcid(citation.ncid ?? '');
  const issn = validIssn(citation.issn);
  const title = cutToBytes(properTitle(citation.title), LONGEST_TITLE);
  const year = citation.form === 'book' ? firstYear(citation.year) : undefined;
  return [
    ...(ncid.ok ? [{ by: 'ncid', query: { form: ncid.value.form, ncid: ncid.value.id } } as const] : []),
    ...validIsbns(citation.isbns)
      .slice(0, MOST_ISBNS)
      .map((isbn) => ({ by: 'isbn', query: { form: 'book', isbn } }) as const),
    ...(issn === undefined ? [] : [{ by: 'issn', query: { form: 'serial', issn } } as const]),
    ...(title === ''
      ? []
      : [
          { by: 'title-year', query: { form: citation.form, title, ...(year === undefined ? {} : { year }) } } as const,
        ]),
  ];
}

export type MatchConfidence = 'id' | 'standard-number' | 'title-year' | 'none';

/**
 * Tells how reliably the citation and the record describe the same work. Compares titles without case, width,
 * punctuation and blanks; a missing year never matches.
 */
export function matchConfidence(citation: MarcCitation, record: CatalogRecord): MatchConfidence {
  if (citation.ncid !== undefined && citation.ncid === record.ncid) return 'id';
  const theirs = new Set(validIsbns([...record.isbns, ...record.volumes.flatMap(({ isbn }) => isbn ?? [])]));
  const issn = validIssn(citation.issn);
  if (validIsbns(citation.isbns).some((isbn) => theirs.has(isbn))) return 'standard-number';
  if (issn !== undefined && issn === validIssn(record.issn)) return 'standard-number';
  const year = firstYear(citation.year);
  const sameYear = year !== undefined && year === firstYear(record.year);
  return sameYear && citation.form === record.form && isSameTitle(citation.title, record.title) ? 'title-year' : 'none';
}

/** Result of searching NACSIS-CAT for the work. */
export interface CatalogMatch {
  /** The reliable or very probable match; undefined when the librarian has to choose or search. */
  readonly record?: CatalogRecord;
  readonly confidence: MatchConfidence;
  /** Best first; empty when nothing was found. */
  readonly candidates: readonly CatalogRecord[];
}

export const NO_MATCH: CatalogMatch = { confidence: 'none', candidates: [] };
const RANK: Readonly<Record<MatchConfidence, number>> = { 'id': 3, 'standard-number': 2, 'title-year': 1, 'none': 0 };

/**
 * Ranks the records that a search found, and picks the best one when it has something in common with the citation and
 * no other has as much.
 */
export function bestMatch(citation: MarcCitation, records: readonly CatalogRecord[]): CatalogMatch {
  const ranked = records
    .map((record) => ({ record, confidence: matchConfidence(citation, record) }))
    .sort((one, other) => RANK[other.confidence] - RANK[one.confidence]);
  const candidates = ranked.map(({ record }) => record);
  const [best, second] = ranked;
  const stands = best !== undefined && best.confidence !== 'none' && best.confidence !== second?.confidence;
  return stands ? { record: best.record, confidence: best.confidence, candidates } : { confidence: 'none', candidates };
}

/** True for equal titles, or equal titles without subtitle when only one of them has a subtitle. */
function isSameTitle(one: string, other: string): boolean {
  const [whole, otherWhole] = [comparable(one), comparable(other)];
  if (whole === '' || otherWhole === '') return false;
  if (whole === otherWhole) return true;
  const [proper, otherProper] = [comparable(properTitle(one)), comparable(properTitle(other))];
  return proper === otherProper && (proper === whole || otherProper === otherWhole);
}

/** The title without other title information (` : `), parallel title (` = `) and further works (` ; `). */
function properTitle(title: string): string {
  return (
    oneLine(title)
      .split(/ [:=;] /)[0]
      ?.trim() ?? ''
  );
}

function firstYear(year: string | undefined): string | undefined {
  return /^\d{4}/.exec(yearIn(year ?? '') ?? '')?.[0];
}

function validIsbns(texts: readonly string[]): readonly string[] {
  return [
    ...new Set(
      texts.flatMap((text) => {
        const isbn = parseIsbn(text);
        return isbn.ok ? [isbn.value] : [];
      }),
    ),
  ];
}

function validIssn(text: string | undefined): string | undefined {
  const issn = parseIssn(text ?? '');
  return issn.ok ? issn.value : undefined;
}

function seriesText(series: string | { readonly title: string; readonly number?: string }): string {
  return typeof series === 'string' ? oneLine(series) : joined(' ; ', [series.title, series.number]);
}

function joined(sign: string, parts: readonly (string | undefined)[]): string {
  return parts
    .map((part) => oneLine(part ?? ''))
    .filter((part) => part !== '')
    .join(sign);
}

function fit(name: ScalarName, text: string): string {
  return cutToBytes(oneLine(text), FIELDS[name].maxBytes);
}

/**
 * Returns ARTCL, cut to the length of its field. Cuts an author of more than a quarter of the field first, then the
 * title.
 */
function fittingArticle(article: CitedArticle): string {
  const { maxBytes } = FIELDS.article;
  const whole = articleText(article);
  if (byteLength(whole) <= maxBytes) return whole;
  const author = cutToBytes(oneLine(article.author), maxBytes / 4);
  let title = oneLine(article.title);
  for (;;) {
    const text = articleText({ title, author });
    const excess = byteLength(text) - maxBytes;
    if (excess <= 0) return text;
    title = cutToBytes(title, byteLength(title) - excess);
  }
}
