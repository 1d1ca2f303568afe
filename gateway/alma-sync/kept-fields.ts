import { isbnsIn, issnsIn } from '#domain/catalog/identifiers';
import type { AlmaField } from '#domain/imports/import-labels';
import { withoutIsbd } from '#domain/catalog/printed-text';
import { yearIn } from '#domain/catalog/printed-year';
import type { AlmaBody, AlmaRequest } from '../alma/port';
import type { StoredRequest } from '../store/requests-store';
import { citationBody, NOT_KNOWN, present } from './citation-body';
import type { CitedWork } from './cited-work';

export interface KeptField {
  readonly field: string;
  readonly value: string;
}

/**
 * Keys of Alma's request object for which NACSIS-ILL is authoritative. None is about a patron, and each has a name in
 * the report.
 */
const COMPARED = [
  'journal_title',
  'title',
  'author',
  'place_of_publication',
  'publisher',
  'year',
  'volume',
  'issue',
  'pages',
  'chapter_title',
  'chapter_author',
  'isbn',
  'issn',
  'other_standard_id',
  'additional_person_name',
] as const satisfies readonly AlmaField[];
type Compared = (typeof COMPARED)[number];

/**
 * Returns the values of NACSIS-ILL that Alma lacks or has differently; they are kept because Alma's API cannot change a
 * request. `body`: what would be sent to Alma.
 */
export function keptFields(body: AlmaBody, { texts }: Pick<AlmaRequest, 'texts'>): readonly KeptField[] {
  return COMPARED.flatMap((field) => {
    const value = body[field];
    if (typeof value !== 'string' || value === '' || value === NOT_KNOWN) return [];
    return normal(field, value) === normal(field, texts[field] ?? '') ? [] : [{ field, value }];
  });
}

/** The values of NACSIS-ILL for the keys that Alma shows. */
export function comparedBody(
  { side, record: { fields } }: StoredRequest,
  cited: CitedWork,
): Readonly<Record<string, string>> {
  const name = side === 'lender' ? fields.borrowerName : undefined;
  return { ...citationBody(cited), ...present({ additional_person_name: name }) };
}

/** Ignores width, blanks, case and ISBD punctuation, and the notation of numbers and years. */
function normal(field: Compared, text: string): string {
  const line = withoutIsbd(text).normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
  switch (field) {
    case 'isbn':
      return isbnsIn(line)[0] ?? line;
    case 'issn':
      return issnsIn(line)[0] ?? line;
    case 'year':
      // Alma may return `1/1/2000`; if there are several years, the body has the first.
      return yearIn(line)?.slice(0, 4) ?? line;
    default:
      return line;
  }
}
