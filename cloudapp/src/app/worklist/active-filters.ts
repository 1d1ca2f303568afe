import type { ListFilter } from './list-filter';
import { periodOf } from './list-filter';

/** One filter in words, with what takes it away. Statuses are not among them: their chips show that they are chosen. */
export interface ActiveFilter {
  readonly name: 'kind' | 'partner' | 'period' | 'q' | 'needsAction' | 'onlyNew' | 'ended';
  /** In the filter's own words; `word`: an i18n key instead. */
  readonly value?: string;
  readonly word?: string;
  readonly without: Partial<ListFilter>;
}

/** `partnerName`: of the partner that is filtered by; `day`: a day as it is shown. */
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
