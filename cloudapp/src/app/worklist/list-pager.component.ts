import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { ListFilterStore } from './list-filter.store';
import { PAGE_SIZES } from '../core/list-choices';
import { WorkListStore } from './work-list.store';

/** Page x of y. */
@Component({
  selector: 'app-list-pager',
  standalone: true,
  imports: [TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <nav class="row" [attr.aria-label]="'workList.pages' | translate">
      <button class="plain-button" type="button" [disabled]="filters.page() <= 1" (click)="turn(-1)">
        ← {{ 'action.previous' | translate }}
      </button>
      <span role="status">{{ 'workList.page' | translate: { page: filters.page(), pages: list.pageCount() } }}</span>
      <button class="plain-button" type="button" [disabled]="filters.page() >= list.pageCount()" (click)="turn(1)">
        {{ 'action.next' | translate }} →
      </button>
      <label class="muted small"
        >{{ 'workList.pageSize' | translate }}
        <select (change)="resize($event)">
          @for (size of sizes; track size) {
            <option [value]="size" [selected]="size === filters.choices().pageSize">{{ size }}</option>
          }
        </select>
      </label>
    </nav>
  `,
  styles: `
    nav {
      padding: 0.5rem 0;
    }
    .plain-button {
      min-height: 2.25rem;
      padding: 0 0.75rem;
    }
    .plain-button:disabled {
      color: var(--sys-on-surface-variant);
      opacity: 0.6;
    }
    label {
      margin-inline-start: auto;
    }
    select {
      width: auto;
    }
  `,
})
export class ListPagerComponent {
  protected readonly filters = inject(ListFilterStore);
  protected readonly list = inject(WorkListStore);
  protected readonly sizes = PAGE_SIZES;

  protected turn(step: number): void {
    this.filters.turnTo(this.filters.page() + step);
  }

  protected resize(event: Event): void {
    this.filters.showRows(Number((event.target as HTMLSelectElement).value));
  }
}
