import { plain } from './identifiers';
import { oneLine } from './printed-text';
import type { RequestFields } from './request';

type TitleFields = Pick<RequestFields, 'bibNote' | 'bibId' | 'standardNumber'>;
type PartFields = Pick<RequestFields, 'volume' | 'year' | 'pages'>;

/** What is asked for, in one line: the bibliographic note as the borrower wrote it, else a number; '' where there is neither. */
export function titleOf({ bibNote, bibId, standardNumber }: TitleFields): string {
  return [bibNote, bibId, standardNumber].map((text) => oneLine(text ?? '')).find((text) => text !== '') ?? '';
}

/** Volume, year and pages in one line; '' where none was given. */
export function citationOf({ volume, year, pages }: PartFields): string {
  return [volume, year, pages]
    .map((text) => oneLine(text ?? ''))
    .filter((text) => text !== '')
    .join(', ');
}

/**
 * Whether two titles may well name the same work: one begins with the other when case, blanks, marks and width are left out. A bibliographic note has
 * statement of responsibility and imprint behind the title. An empty one says nothing against it.
 */
export function mayBeSameTitle(one: string, other: string): boolean {
  const [left, right] = [bare(one), bare(other)];
  return left.startsWith(right) || right.startsWith(left);
}

function bare(title: string): string {
  return plain(title).replace(/[^\p{L}\p{N}]/gu, '');
}
