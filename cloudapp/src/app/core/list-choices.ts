import type { Sort } from '../../domain/api/work-list';
import { SIDES, type Side } from '../../domain/ill/kinds';
import { objectOf } from './unknown-json';

export const SORTS = ['needs', 'oldest', 'newest', 'due', 'title', 'partner'] as const satisfies readonly Sort[];
export const PAGE_SIZES = [20, 50, 100, 200] as const;

/**
 * View options of the user, stored in Alma's SETTINGS. Filters are not stored, because a filter from the day before
 * would hide work.
 */
export interface ListChoices {
  readonly side: Side;
  readonly sort: Sort;
  readonly pageSize: number;
}

export const DEFAULT_CHOICES: ListChoices = { side: 'borrower', sort: 'needs', pageSize: 50 };

export function readChoices(raw: unknown): ListChoices {
  const stored = objectOf(raw);
  return {
    side: SIDES.find((side) => side === stored['side']) ?? DEFAULT_CHOICES.side,
    sort: SORTS.find((sort) => sort === stored['sort']) ?? DEFAULT_CHOICES.sort,
    pageSize: PAGE_SIZES.find((size) => size === stored['pageSize']) ?? DEFAULT_CHOICES.pageSize,
  };
}
