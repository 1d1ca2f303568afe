import { plain } from '#domain/catalog/identifiers';
import type { AlmaRequest } from '../alma/port';

/** NACSIS ids that a request in Alma names, most trusted first. */
export interface NamedIds {
  /** The external id, when it is an id as a whole: whoever created the request meant this id. */
  readonly externalId?: string;
  /** Our own mark, at the start of a line of the note (`noteOf` in citation-body.ts). */
  readonly mark?: string;
  /** Ids elsewhere in the request. They may mean anything: staff is told, nothing is done. */
  readonly mentions: readonly string[];
}

/** Two letters, nine digits and a digit or X. Typed text may contain blanks and hyphens within the id. */
const MARK = /^\s*NACSIS-ILL[^\S\n]+([A-Z]{2}\d{9}[\dX])(?![A-Z\d])/gm;
const EXTERNAL = /^[A-Z]{2}\d{9}[\dX]$/;
const GAP = String.raw`[\s\u2010-\u2015\u2212-]*`;
/** Also matches an id in the middle of a word, but not one with another digit behind it: that is a different number. */
const MENTION = new RegExp(String.raw`(?=((?:[A-Z]${GAP}){2}(?:\d${GAP}){9}[\dX])(?!\d))`, 'g');

/**
 * Finds the ids, compared in their standard form (`plain`). Two different marks are ambiguous: both become mentions.
 */
export function namedIds({ externalId = '', note = '' }: Pick<AlmaRequest, 'externalId' | 'note'>): NamedIds {
  const external = plain(externalId);
  const text = note.normalize('NFKC').toUpperCase();
  const marks = new Set([...text.matchAll(MARK)].map(([, id = '']) => id));
  const [mark] = marks.size === 1 ? marks : [];
  const isExternal = EXTERNAL.test(external);
  const named = [isExternal ? external : undefined, mark];
  const searched = `${externalId.normalize('NFKC').toUpperCase()}\n\n${text}`;
  const all = [...searched.matchAll(MENTION)].map(([, id = '']) => plain(id));
  return {
    ...(isExternal ? { externalId: external } : {}),
    ...(mark === undefined ? {} : { mark }),
    mentions: [...new Set(all)].filter((id) => !named.includes(id)),
  };
}
