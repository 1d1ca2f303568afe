import type { ListFilter } from './list-filter';
import { periodOf } from './list-filter';

/** An active filter with the change that removes it. Statuses are omitted: their chips show that they are selected. */
export interface ActiveFilter {
  readonly name: 'kind' | 'partner' | 'period' | 'q' | 'needsAction' | 'onlyNew' | 'ended';
  /** The filter's value; `word`: an i18n key instead. */
  readonly value?: string;
  readonly word?: string;
  readonly without: Partial<ListFilter>;
}

/** `partnerName`: name of the partner; `day`: formats a date. */
export function activeFilters(
  filter: ListFilter,
  partnerName: (id: string) => string,
  day: (text: string) => string,
): readonly ActiveFilter[] {
  const { kind, partner, from, to, q, needsAction, onlyNew, open } = filter;
  const period = periodOf(filter);
  return [
    ...(q === '' ? [] : [{ name: 'q', value: q, without: { q: '' } } as const]),
    ...(kind === '' ? [] : [{ name: 'kind', word: `kind.${kind}`, without: { kind: '' } } as const]),
    ...(partner === '' ? [] : [{ name: 'partner', value: partnerName(partner), without: { partner: '' } } as const]),
    ...(period === ''
      ? []
      : [
          {
            name: 'period',
            ...(period === 'range' ? { value: `${day(from)}–${day(to)}` } : { word: `workList.period.${period}` }),
            without: { from: '', to: '' },
          } as const,
        ]),
    ...(needsAction ? [{ name: 'needsAction', without: { needsAction: false } } as const] : []),
    ...(onlyNew ? [{ name: 'onlyNew', without: { onlyNew: false } } as const] : []),
    ...(open ? [] : [{ name: 'ended', without: { open: true } } as const]),
  ];
}
