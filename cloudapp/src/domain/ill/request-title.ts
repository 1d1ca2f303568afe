import { plain } from '../catalog/identifiers';
import { oneLine } from '../catalog/printed-text';
import type { RequestFields } from './request';

type TitleFields = Pick<RequestFields, 'bibNote' | 'bibId' | 'standardNumber'>;
type PartFields = Pick<RequestFields, 'volume' | 'year' | 'pages'>;

/** Display title of a request: the bibliographic note as the borrower wrote it, otherwise a number; '' without both. */
export function titleOf({ bibNote, bibId, standardNumber }: TitleFields): string {
  return [bibNote, bibId, standardNumber].map((text) => oneLine(text ?? '')).find((text) => text !== '') ?? '';
}

/** Volume, year and pages in one line; '' when none is given. */
export function citationOf({ volume, year, pages }: PartFields): string {
  return [volume, year, pages]
    .map((text) => oneLine(text ?? ''))
    .filter((text) => text !== '')
    .join(', ');
}

/**
 * True when two titles may name the same work: one starts with the other, ignoring case, blanks, punctuation and width.
 * A bibliographic note continues with responsibility and imprint after the title. An empty title matches everything.
 */
export function mayBeSameTitle(one: string, other: string): boolean {
  const [left, right] = [bare(one), bare(other)];
  return left.startsWith(right) || right.startsWith(left);
}

function bare(title: string): string {
  return plain(title).replace(/[^\p{L}\p{N}]/gu, '');
}
