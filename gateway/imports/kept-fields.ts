import { parseIsbn, parseIssn } from '#domain/identifiers';
import type { AlmaField } from '#domain/import-labels';
import { withoutIsbd } from '#domain/printed-text';
import type { AlmaBody, AlmaRequest } from '../alma/port';
import { NOT_KNOWN } from './citation-body';

export interface KeptField {
  readonly field: string;
  readonly value: string;
}

/** Keys of Alma's request object of which NACSIS-ILL is the truth. None of them is about a patron, and each has a name in the report. */
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
 * What NACSIS-ILL has and Alma has differently or not at all: its API has no way to change a request. The body is what Alma would be sent.
 */
export function keptFields(body: AlmaBody, { texts }: Pick<AlmaRequest, 'texts'>): readonly KeptField[] {
  return COMPARED.flatMap((field) => {
    const value = body[field];
    if (typeof value !== 'string' || value === '' || value === NOT_KNOWN) return [];
    return normal(field, value) === normal(field, texts[field] ?? '') ? [] : [{ field, value }];
  });
}

/** Width, blanks, case and the marks of ISBD make no difference; nor how a number or a year is written. */
function normal(field: Compared, text: string): string {
  const line = withoutIsbd(text).normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
  if (field === 'isbn' || field === 'issn') {
    const parsed = field === 'isbn' ? parseIsbn(line) : parseIssn(line);
    return parsed.ok ? parsed.value : line;
  }
  // Alma may answer `1/1/2000`.
  return field === 'year' ? (/(?<!\d)\d{4}(?!\d)/.exec(line)?.[0] ?? line) : line;
}
