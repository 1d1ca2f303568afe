import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { formatDay, today } from '../../domain/ill/dates';
import { activeFilters } from './active-filters';
import { dayOf, isFiltering } from './list-filter';
import { ListFilterStore } from './list-filter.store';
import { LIST_CLOCK } from './list-timing';
import { WorkListStore } from './work-list.store';

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
  styles: '.row { gap: 0.25rem 0.5rem; } .remove { min-height: 2rem; cursor: pointer; text-align: start; }',
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
