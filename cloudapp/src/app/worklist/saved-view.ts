import type { SavedView } from '../../domain/api-profile';
import { KINDS, SIDES } from '../../domain/kinds';
import { SORTS, type ListChoices } from './list-choices';
import { NO_FILTER, type ListFilter } from './list-filter';

type Shown = Omit<ListChoices, 'pageSize'>;

/** The filters and the order of the list as a view keeps them; "only new" is not kept: it is different for everybody. */
export function viewQuery(filter: ListFilter, { side, sort }: Shown): SavedView['query'] {
  const { kind, status, partner, from, to, q, needsAction, open } = filter;
  const texts = { side, sort, kind, status: status.join(' '), partner, from, to, q };
  return {
    ...Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== '')),
    ...(needsAction && { needsAction: 'true' }),
    ...(!open && { open: 'false' }),
  };
}

/** What a view shows; what cannot be read in it narrows nothing. */
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
      open: query['open'] !== 'false',
    },
  };
}
