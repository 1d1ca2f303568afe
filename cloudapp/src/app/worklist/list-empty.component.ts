import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import { ListFilterStore } from './list-filter.store';
import { isFiltering } from './list-filter';
import { ListRefreshStore } from './list-refresh.store';

/** Why the list is empty, and what to do. */
@Component({
  selector: 'app-list-empty',
  standalone: true,
  imports: [MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="note stack" role="status">
      <p>{{ 'workList.empty.' + why() | translate }}</p>
      @if (why() === 'filtered') {
        <div class="row">
          <button mat-stroked-button type="button" (click)="filters.clear()">
            {{ 'workList.clearAll' | translate }}
          </button>
          @if (filters.filter().open) {
            <button mat-stroked-button type="button" (click)="filters.showEnded(true)">
              {{ 'workList.searchEnded' | translate }}
            </button>
          }
        </div>
      } @else if (why() === 'none-open') {
        <div>
          <button mat-stroked-button type="button" (click)="filters.showEnded(true)">
            {{ 'workList.showEnded' | translate }}
          </button>
        </div>
      }
    </div>
  `,
})
export class ListEmptyComponent {
  protected readonly filters = inject(ListFilterStore);
  private readonly refresh = inject(ListRefreshStore);
  protected readonly why = computed(() => {
    const filter = this.filters.filter();
    if (this.refresh.readAt() === undefined) return this.refresh.isReading() ? 'first-reading' : 'never-read';
    // Showing ended requests does not count as a filter here.
    if (isFiltering({ ...filter, open: true })) return 'filtered';
    return filter.open ? 'none-open' : `none-${this.filters.choices().side}`;
  });
}
