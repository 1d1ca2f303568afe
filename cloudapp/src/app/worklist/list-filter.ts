import type { ListQuery, Sort } from '../../domain/api/work-list';
import { addDays } from '../../domain/ill/dates';
import type { Kind, Side } from '../../domain/ill/kinds';
import { STATES, stateByWire } from '../../domain/ill/states';

/** Filters of the list. '' and false: not filtered. */
export interface ListFilter {
  readonly kind: Kind | '';
  /** External System Status: texts of NACSIS-ILL. */
  readonly status: readonly string[];
  /** True also selects requests that NACSIS-ILL no longer delivers, in addition to the selected statuses. */
  readonly gone: boolean;
  /** FA number of the library on the other side. */
  readonly partner: string;
  /** Date of the last command: yyyyMMdd, or days relative to today (`-6` = the last seven days). */
  readonly from: string;
  readonly to: string;
  readonly q: string;
  readonly needsAction: boolean;
  readonly onlyNew: boolean;
  /** True hides ended requests unless a status of ended requests is selected. */
  readonly open: boolean;
}

/** Default filter: open requests only. */
export const NO_FILTER: ListFilter = {
  kind: '',
  status: [],
  gone: false,
  partner: '',
  from: '',
  to: '',
  q: '',
  needsAction: false,
  onlyNew: false,
  open: true,
};

/** Period shortcuts: today, the last 7 days, the last 30 days. */
export const QUICK_PERIODS = ['-0', '-6', '-29'] as const;
export type Period = '' | 'range' | (typeof QUICK_PERIODS)[number];

export function periodOf({ from, to }: Pick<ListFilter, 'from' | 'to'>): Period {
  if (from === '' && to === '') return '';
  return (to === '' ? QUICK_PERIODS.find((quick) => quick === from) : undefined) ?? 'range';
}

/** True when a filter other than the status hides requests; the counts of NACSIS-ILL then differ from the list. */
export function narrows({ kind, partner, from, to, q, needsAction, onlyNew }: ListFilter): boolean {
  return [kind, partner, from, to, q].some((value) => value !== '') || needsAction || onlyNew;
}

export function isFiltering(filter: ListFilter): boolean {
  return narrows(filter) || filter.status.length > 0 || filter.gone || !filter.open;
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
  const { kind, status, gone, partner, q, needsAction, onlyNew, open } = filter;
  const [one, other] = [dayOf(filter.from, today), dayOf(filter.to, today)];
  // Swaps the two dates when `to` is before `from`.
  const [from, to] = other !== '' && other < one ? [other, one] : [one, other];
  return {
    ...asked,
    ...(kind !== '' && { kind }),
    ...(status.length > 0 && { status: [...status] }),
    ...(gone && { gone }),
    ...(partner !== '' && { partner }),
    ...(from !== '' && { from }),
    ...(to !== '' && { to }),
    ...(q !== '' && { q }),
    ...(needsAction && { needsAction }),
    ...(open && !status.some(isEnded) && { open }),
    ...(newSince !== undefined && { newSince, ...(onlyNew && { onlyNew }) }),
  };
}

/** yyyyMMdd of an absolute or relative date; '' for '' and invalid texts. */
export function dayOf(text: string, today: string): string {
  if (/^-\d{1,3}$/.test(text)) return addDays(today, Number(text));
  return /^\d{8}$/.test(text) ? text : '';
}
