import type { Kind } from '#domain/kinds';
import type { RequestFields } from '#domain/request';
import { codeByWire } from '#domain/codes';
import type { CitedWork } from './cited-work';

/** Alma wants author and year of each article (401930), and NACSIS-ILL's 不明 is what its clients write where something is not known. */
export const NOT_KNOWN = '不明';

/** The keys of Alma's request that say what is asked for; those of which nothing is known are left out. */
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

/** What reaches the reader as a file or by wire. FAX counts, as in alma.md table A. */
const DIGITAL: ReadonlySet<string> = new Set(['edds', 'dds', 'fax']);

/** Code of Alma's table RequestFormats. */
export function formatOf(kind: Kind, { copyType = '', sendingMethod = '' }: RequestFields): string {
  if (kind === 'loan') return 'PHYSICAL';
  const codes = [codeByWire('copy-type', copyType), codeByWire('sending-method', sendingMethod)];
  return codes.some((code) => code !== undefined && DIGITAL.has(code.id)) ? 'DIGITAL' : 'PHYSICAL_NON_RETURNABLE';
}

/** By this the request is found again in Alma (domain/identifiers, `requestIdsIn`), also by the app. */
export function noteOf(id: string, ...more: readonly (string | undefined)[]): string {
  return ['NACSIS-ILL', id, ...more].filter((part) => part !== undefined && part !== '').join(' ');
}

export function present(texts: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(texts).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );
}
