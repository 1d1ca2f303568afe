import type { Kind } from '#domain/ill/kinds';
import type { RequestFields } from '#domain/ill/request';
import { codeByWire } from '#domain/ill/codes';
import type { CitedWork } from './cited-work';

/** Alma requires author and year of each article (401930). NACSIS-ILL clients write 不明 for unknown values. */
export const NOT_KNOWN = '不明';

/** The keys of Alma's request that describe the work; unknown ones are omitted. */
export function citationBody(work: CitedWork): Readonly<Record<string, string>> {
  const { isArticle, title, year, volume, issue, pages, isbn, issn, ncid } = work;
  const numbers = { volume, issue, pages, isbn, issn, other_standard_id: ncid };
  return present(
    isArticle
      ? {
          journal_title: title || NOT_KNOWN,
          title: work.articleTitle || title,
          author: work.articleAuthor || NOT_KNOWN,
          year: year || NOT_KNOWN,
          ...numbers,
        }
      : {
          title: title || work.articleTitle,
          author: work.responsibility,
          place_of_publication: work.place,
          publisher: work.publisher,
          year,
          ...(title === '' ? {} : { chapter_title: work.articleTitle, chapter_author: work.articleAuthor }),
          ...numbers,
        },
  );
}

/** Codes of delivery as a file or by wire. FAX counts as such, as in alma.md table A. */
const DIGITAL: ReadonlySet<string> = new Set(['edds', 'dds', 'fax']);

/** Code from Alma's table RequestFormats. */
export function formatOf(kind: Kind, { copyType = '', sendingMethod = '' }: RequestFields): string {
  if (kind === 'loan') return 'PHYSICAL';
  const codes = [codeByWire('copy-type', copyType), codeByWire('sending-method', sendingMethod)];
  return codes.some((code) => code !== undefined && DIGITAL.has(code.id)) ? 'DIGITAL' : 'PHYSICAL_NON_RETURNABLE';
}

/** The note by which the import and the app find the request in Alma (domain/catalog/identifiers, `requestIdsIn`). */
export function noteOf(id: string, ...more: readonly (string | undefined)[]): string {
  return ['NACSIS-ILL', id, ...more].filter((part) => part !== undefined && part !== '').join(' ');
}

export function present(texts: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(texts).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );
}
