import type { Change } from '../../domain/api-import';
import { SCALAR_NAMES } from '../../domain/fields';

/** Keys of Alma's request object that have a name on the screen. */
export const ALMA_FIELDS = [
  'title',
  'journal_title',
  'author',
  'publisher',
  'place_of_publication',
  'year',
  'edition',
  'series_title_number',
  'volume',
  'issue',
  'pages',
  'chapter_title',
  'isbn',
  'issn',
  'other_standard_id',
  'external_id',
  'call_number',
  'bib_note',
  'note',
  'partner',
  'shipping_cost',
] as const;

/** i18n key of the name of a field, Alma's or NACSIS-ILL's; the field itself where it has none. */
export function fieldKey(field: string): string {
  if (ALMA_FIELDS.some((known) => known === field)) return `imports.almaField.${field}`;
  return SCALAR_NAMES.some((known) => known === field) ? `field.${field}` : field;
}

/** A change in words. */
export interface ChangeLine {
  /** i18n key. */
  readonly word: string;
  /** i18n key of the name of the field that it is about. */
  readonly field: string;
  readonly from: string;
  readonly to: string;
}

/** `isDry`: it would be done. */
export function changeLine({ what, field = '', from = '', to = '' }: Change, isDry: boolean): ChangeLine {
  const name = what === 'status' && from === '' ? 'status-new' : what;
  return {
    word: isDry ? `imports.wouldChange.${name}` : `imports.change.${name}`,
    field: fieldKey(field),
    from,
    to,
  };
}
