import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { formatDay, today } from '../../domain/ill/dates';
import { stateByWire } from '../../domain/ill/states';
import { dayOf, isFiltering, periodOf, type ListFilter } from './list-filter';
import { ListFilterStore } from './list-filter.store';
import { LIST_CLOCK } from './list-timing';
import { WorkListStore } from './work-list.store';

/** An active filter with the change that removes it. Statuses are omitted: their chips show that they are selected. */
interface ActiveFilter {
  readonly name: 'kind' | 'partner' | 'period' | 'q' | 'needsAction' | 'onlyNew' | 'ended';
  /** The filter's value, or `word`, an i18n key, instead of the value. */
  readonly value?: string;
  readonly word?: string;
  readonly without: Partial<ListFilter>;
}

/** A text, or the i18n key of one. */
type Words = { readonly text: string } | { readonly key: string };

/** The active filters, each with a button to remove it. */
@Component({
  selector: 'app-filter-chips',
  standalone: true,
  imports: [TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (isFiltering()) {
      <div class="row" role="group" [attr.aria-label]="'workList.activeFilters' | translate">
        @for (active of active(); track active.name) {
          <button class="chip remove" type="button" (click)="filters.narrow(active.without)">
            <span
              >{{ 'workList.filterName.' + active.name | translate
              }}{{ active.word ? ': ' + (active.word | translate) : active.value ? ': ' + active.value : '' }}</span
            >
            <span aria-hidden="true">✕</span
            ><span class="visually-hidden">{{ 'workList.removeFilter' | translate }}</span>
          </button>
        }
        <button class="link" type="button" (click)="filters.clear()">{{ 'workList.clearAll' | translate }}</button>
      </div>
    }
  `,
  styles: '.row { gap: 0.25rem 0.5rem; } .remove { text-align: start; }',
})
export class FilterChipsComponent {
  protected readonly filters = inject(ListFilterStore);
  private readonly list = inject(WorkListStore);
  private readonly clock = inject(LIST_CLOCK);
  protected readonly isFiltering = computed(() => isFiltering(this.filters.filter()));
  protected readonly active = computed(() =>
    activeFilters(
      this.filters.filter(),
      (id) => this.list.shown()?.facets.partner.find(({ value }) => value === id)?.name ?? id,
      (text) => formatDay(dayOf(text, today(this.clock))),
    ),
  );
}

/** What is filtered, in few words: the selected statuses, then the other filters by their values. */
export function wordsOf(filter: ListFilter, active: readonly ActiveFilter[]): readonly Words[] {
  return [
    ...filter.status.map((status) => {
      const state = stateByWire(status);
      return state === undefined ? { text: status } : { key: `state.${state}` };
    }),
    ...(filter.gone ? [{ key: 'workList.gone' }] : []),
    ...active.map(({ name, value, word }) =>
      value === undefined ? { key: word ?? `workList.filterName.${name}` } : { text: value },
    ),
  ];
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
