import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { Location } from '@angular/common';
import { TranslatePipe } from '@ngx-translate/core';
import type { Sort } from '../../domain/api/work-list';
import { ChosenRequestsService } from '../core/chosen-requests.service';
import { LacksComponent } from '../ui/lacks.component';
import { DayPipe } from './day.pipe';
import { ListFilterStore } from './list-filter.store';
import type { ListRow, OpenedRow } from './list-row';
import { RowMarksComponent } from './row-marks.component';

interface Column {
  readonly name: string;
  /** The sort orders that clicks cycle through, with the direction in which each sorts this column. */
  readonly sorts?: readonly { readonly sort: Sort; readonly direction: 'ascending' | 'descending' }[];
}

const COLUMNS: readonly Column[] = [
  { name: 'status', sorts: [{ sort: 'needs', direction: 'ascending' }] },
  { name: 'id' },
  { name: 'title', sorts: [{ sort: 'title', direction: 'ascending' }] },
  { name: 'partner', sorts: [{ sort: 'partner', direction: 'ascending' }] },
  { name: 'ordered' },
  {
    name: 'updated',
    sorts: [
      { sort: 'oldest', direction: 'ascending' },
      { sort: 'newest', direction: 'descending' },
    ],
  },
  { name: 'due', sorts: [{ sort: 'due', direction: 'ascending' }] },
  { name: 'age' },
  { name: 'next' },
];

/** The rows as a table, for full screen. */
@Component({
  selector: 'app-request-table',
  standalone: true,
  imports: [DayPipe, LacksComponent, RowMarksComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './request-table.component.html',
  styleUrl: './request-table.component.scss',
})
export class RequestTableComponent {
  protected readonly chosen = inject(ChosenRequestsService);
  private readonly location = inject(Location);
  protected readonly filters = inject(ListFilterStore);
  protected readonly columns = COLUMNS;
  readonly rows = input.required<readonly ListRow[]>();
  /** Key of the row with the open panel. */
  readonly current = input<string>();
  /** Emits when a link of a row is clicked. */
  readonly opened = output<OpenedRow>();
  /** Selects all rows of the page, or none when all are selected. */
  readonly allChosen = output();

  private readonly chosenHere = computed(() => this.rows().filter(({ request }) => this.chosen.has(request)).length);
  protected readonly isAllChosen = computed(() => this.rows().length > 0 && this.chosenHere() === this.rows().length);
  protected readonly isSomeChosen = computed(() => this.chosenHere() > 0 && !this.isAllChosen());

  protected sort({ sorts = [] }: Column): void {
    const at = sorts.findIndex(({ sort }) => sort === this.filters.choices().sort);
    const next = sorts[(at + 1) % sorts.length];
    if (next !== undefined) this.filters.sortBy(next.sort);
  }

  protected sortOf({ sorts = [] }: Column): 'ascending' | 'descending' | null {
    return sorts.find(({ sort }) => sort === this.filters.choices().sort)?.direction ?? null;
  }

  protected arrowOf(column: Column): string {
    const direction = this.sortOf(column);
    return direction === null ? '' : direction === 'ascending' ? '▲' : '▼';
  }

  protected hrefOf(route: string): string {
    return this.location.prepareExternalUrl(route);
  }
}
