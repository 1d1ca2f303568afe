import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { SORTS } from '../core/list-choices';
import { ListFilterStore } from './list-filter.store';

/** The sort order of the list. */
@Component({
  selector: 'app-list-sort',
  standalone: true,
  imports: [TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <label
      ><span class="visually-hidden">{{ 'workList.sort' | translate }}</span>
      <select (change)="sortBy($event)">
        @for (sort of sorts; track sort) {
          <option [value]="sort" [selected]="sort === filters.choices().sort">
            {{ 'workList.sortBy.' + sort | translate }}
          </option>
        }
      </select>
    </label>
  `,
  styles: 'select { width: auto; min-height: 2rem; }',
})
export class ListSortComponent {
  protected readonly filters = inject(ListFilterStore);
  protected readonly sorts = SORTS;

  protected sortBy(event: Event): void {
    const chosen = (event.target as HTMLSelectElement).value;
    const sort = SORTS.find((each) => each === chosen);
    if (sort !== undefined) this.filters.sortBy(sort);
  }
}
