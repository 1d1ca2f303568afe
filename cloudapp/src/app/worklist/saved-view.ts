import type { SavedView } from '../../domain/api/profile';
import { KINDS, SIDES } from '../../domain/ill/kinds';
import { SORTS, type ListChoices } from '../core/list-choices';
import { NO_FILTER, type ListFilter } from './list-filter';

type Shown = Omit<ListChoices, 'pageSize'>;

/** Filters and sort order as stored in a view. "Only new" is not stored, because it differs per user. */
export function viewQuery(filter: ListFilter, { side, sort }: Shown): SavedView['query'] {
  const { kind, status, gone, partner, from, to, q, needsAction, open } = filter;
  const texts = { side, sort, kind, status: status.join(' '), partner, from, to, q };
  return {
    ...Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== '')),
    ...(needsAction && { needsAction: 'true' }),
    ...(gone && { gone: 'true' }),
    ...(!open && { open: 'false' }),
  };
}

/** Reads a stored view; invalid values are ignored. */
export function shownBy(query: SavedView['query']): Shown & { readonly filter: ListFilter } {
  const text = (name: string): string => query[name] ?? '';
  const day = (name: string): string => (/^(?:\d{8}|-\d{1,3})$/.test(text(name)) ? text(name) : '');
  return {
    side: SIDES.find((side) => side === query['side']) ?? 'borrower',
    sort: SORTS.find((sort) => sort === query['sort']) ?? 'needs',
    filter: {
      ...NO_FILTER,
      kind: KINDS.find((kind) => kind === query['kind']) ?? '',
      status: text('status')
        .split(' ')
        .filter((status) => status !== ''),
      partner: text('partner'),
      from: day('from'),
      to: day('to'),
      q: text('q'),
      needsAction: query['needsAction'] === 'true',
      gone: query['gone'] === 'true',
      open: query['open'] !== 'false',
    },
  };
}
