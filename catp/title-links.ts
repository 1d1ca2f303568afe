import type { CatalogRecord, LinkRelation } from '#domain/catalog';
import { CATALOG_NAMES } from './catalog-names';
import { present } from './present';
import { groups } from './record';
import { transcribedTitle } from './transcribed-title';
import type { CatpRecord } from './types';

/**
 * The types of a BHNT (BHK): two characters (CM 4.3.2). Their table (CM, appendix 1.7) could not be read, so the codes are unconfirmed:
 * supposed is that the second character is F in a note about a title before (CF: 継続前誌) and S in one about a title after (CS: 継続後誌).
 * The one place to correct; any other type is `related`.
 */
const TYPES: readonly (readonly [form: RegExp, relation: LinkRelation])[] = [
  [/^.F$/, 'former'],
  [/^.S$/, 'later'],
];
/** The types where a serial simply goes on under another title. Unconfirmed, see above. */
export const CONTINUATION = { former: 'CF', later: 'CS' } as const;

type TitleLink = NonNullable<CatalogRecord['links']>[number];

/** The serials before and after this one, in the order of the record. A note without the other record's id leads nowhere and is left out. */
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
