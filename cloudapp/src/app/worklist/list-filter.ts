import type { ListQuery, Sort } from '../../domain/api-list';
import { addDays } from '../../domain/dates';
import type { Kind, Side } from '../../domain/kinds';
import { STATES, stateByWire } from '../../domain/states';

/** What narrows the list. '' and false: not narrowed by this. */
export interface ListFilter {
  readonly kind: Kind | '';
  /** External System Status: texts of NACSIS-ILL. */
  readonly status: readonly string[];
  /** FA number of the library on the other side. */
  readonly partner: string;
  /** The day of the last command: yyyyMMdd, or days counted from today (`-6` = the last seven days). */
  readonly from: string;
  readonly to: string;
  readonly q: string;
  readonly needsAction: boolean;
  readonly onlyNew: boolean;
  /** Without those that have ended, unless such a status is chosen. */
  readonly open: boolean;
}

/** In the morning only what still goes on is of interest. */
export const NO_FILTER: ListFilter = {
  kind: '',
  status: [],
  partner: '',
  from: '',
  to: '',
  q: '',
  needsAction: false,
  onlyNew: false,
  open: true,
};

/** Quick choices of the period: today, the last 7 days, the last 30 days. */
export const QUICK_PERIODS = ['-0', '-6', '-29'] as const;
export type Period = '' | 'range' | (typeof QUICK_PERIODS)[number];

export function periodOf({ from, to }: Pick<ListFilter, 'from' | 'to'>): Period {
  if (from === '' && to === '') return '';
  return (to === '' ? QUICK_PERIODS.find((quick) => quick === from) : undefined) ?? 'range';
}

/** Whether something beside the status hides requests: then the counts of NACSIS-ILL are not those of the list. */
export function narrows({ kind, partner, from, to, q, needsAction, onlyNew }: ListFilter): boolean {
  return [kind, partner, from, to, q].some((value) => value !== '') || needsAction || onlyNew;
}

export function isFiltering(filter: ListFilter): boolean {
  return narrows(filter) || filter.status.length > 0 || !filter.open;
}

export function isEnded(status: string): boolean {
  const state = stateByWire(status);
  return state !== undefined && STATES[state].final;
}

export interface Asked {
  readonly library: string;
  readonly side: Side;
  readonly sort: Sort;
  readonly page: number;
  readonly pageSize: number;
  /** ISO 8601 */
  readonly newSince?: string;
  /** yyyyMMdd */
  readonly today: string;
}

export function queryOf(filter: ListFilter, { today, newSince, ...asked }: Asked): ListQuery {
  const { kind, status, partner, q, needsAction, onlyNew, open } = filter;
  const [one, other] = [dayOf(filter.from, today), dayOf(filter.to, today)];
  // Days that were given the wrong way round mean the same.
  const [from, to] = other !== '' && other < one ? [other, one] : [one, other];
  return {
    ...asked,
    ...(kind !== '' && { kind }),
    ...(status.length > 0 && { status: [...status] }),
    ...(partner !== '' && { partner }),
    ...(from !== '' && { from }),
    ...(to !== '' && { to }),
    ...(q !== '' && { q }),
    ...(needsAction && { needsAction }),
    ...(open && !status.some(isEnded) && { open }),
    ...(newSince !== undefined && { newSince, ...(onlyNew && { onlyNew }) }),
  };
}

/** yyyyMMdd of a day that may be counted from today; '' for '' and what is no day. */
export function dayOf(text: string, today: string): string {
  if (/^-\d{1,3}$/.test(text)) return addDays(today, Number(text));
  return /^\d{8}$/.test(text) ? text : '';
}
