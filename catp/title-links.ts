import type { CatalogRecord, LinkRelation } from '#domain/catalog/catalog';
import { CATALOG_NAMES } from './catalog-names';
import { present } from './present';
import { groups } from './record';
import { transcribedTitle } from './transcribed-title';
import type { CatpRecord } from './types';

/**
 * The types of a BHNT (BHK): two characters (CM 4.3.2). Any other type is `related`.
 * @unconfirmed I: The second character is F in a note about a title before (CF: 継続前誌) and S in one about a title after (CS: 継続後誌).
 * Confirm: read a serial of SERIAL that has changed its title, or the table of types in appendix 1.7 of the coding manual.
 */
const TYPES: readonly (readonly [form: RegExp, relation: LinkRelation])[] = [
  [/^.F$/, 'former'],
  [/^.S$/, 'later'],
];
/** The types for a serial that simply continues under another title; see `TYPES`. */
export const CONTINUATION = { former: 'CF', later: 'CS' } as const;

type TitleLink = NonNullable<CatalogRecord['links']>[number];

/** The earlier and later serials in the order of the record. Omits a note without the other record's id. */
export function titleLinksOf(record: CatpRecord): readonly TitleLink[] {
  const { group, type, title, id } = CATALOG_NAMES.history;
  return groups(record, group).flatMap((note) => {
    const ncid = note[id] ?? '';
    if (ncid === '') return [];
    return [
      { relation: relationOf(note[type] ?? ''), ncid, ...present({ title: transcribedTitle(note[title] ?? '')[0] }) },
    ];
  });
}

function relationOf(type: string): LinkRelation {
  return TYPES.find(([form]) => form.test(type))?.[1] ?? 'related';
}
