import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { ListFilterStore } from './list-filter.store';
import { ListPlace } from './list-place';
import { WorkListStore } from './work-list.store';

/**
 * Status filter with counts; several statuses may be selected. While the filters are folded, only the statuses that wait
 * for us and the selected ones are shown.
 */
@Component({
  selector: 'app-status-chips',
  standalone: true,
  imports: [TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @for (group of groups(); track group.name) {
      <div class="row gap-xs group" role="group" [attr.aria-label]="'workList.group.' + group.name | translate">
        <span class="muted small" aria-hidden="true">{{ 'workList.group.' + group.name | translate }}</span>
        @for (status of group.statuses; track status.value) {
          <button
            class="chip"
            type="button"
            [class.ours]="status.waiting > 0"
            [attr.data-status]="status.value"
            [attr.aria-pressed]="filters.filter().status.includes(status.value)"
            (click)="filters.toggleStatus(status.value)"
          >
            {{ status.state === null ? status.value : ('state.' + status.state | translate) }}
            <strong>{{ status.count }}</strong>
            @if (status.waiting > 0 && status.waiting < status.count) {
              <span>&ngsp;{{ 'workList.waitingOf' | translate: { count: status.waiting } }}</span>
            }
          </button>
        }
      </div>
    }
    @if (isGoneShown()) {
      <div class="row gap-xs group" role="group" [attr.aria-label]="'workList.group.gone' | translate">
        <span class="muted small" aria-hidden="true">{{ 'workList.group.gone' | translate }}</span>
        <button
          class="chip"
          type="button"
          [title]="'workList.goneHint' | translate"
          [attr.aria-pressed]="filters.filter().gone"
          (click)="filters.toggleGone()"
          data-testid="gone-requests"
        >
          {{ 'workList.gone' | translate }} <strong>{{ list.goneCount() }}</strong>
        </button>
      </div>
    }
  `,
  styles: `
    .group > .muted {
      flex: none;
      min-width: 5rem;
    }
    .ours:not([aria-pressed='true']) {
      font-weight: 600;
    }
  `,
  host: { class: 'stack gap-xs' },
})
export class StatusChipsComponent {
  protected readonly filters = inject(ListFilterStore);
  protected readonly list = inject(WorkListStore);
  private readonly place = inject(ListPlace);
  /**
   * True when there is a chip for requests that NACSIS-ILL no longer delivers, which have no status. The chip stays
   * while selected, so that it can be deselected.
   */
  private readonly hasGone = computed(() => this.list.goneCount() > 0 || this.filters.filter().gone);
  private readonly isFolded = computed(() => !this.place.isUnfolded());
  protected readonly isGoneShown = computed(() => this.hasGone() && (!this.isFolded() || this.filters.filter().gone));
  /** The groups to show; folded groups keep only the selected statuses. */
  protected readonly groups = computed(() => {
    const groups = this.list.groups();
    if (!this.isFolded()) return groups;
    const chosen = this.filters.filter().status;
    return groups
      .map((group) =>
        group.name === 'ours'
          ? group
          : { ...group, statuses: group.statuses.filter(({ value }) => chosen.includes(value)) },
      )
      .filter(({ statuses }) => statuses.length > 0);
  });
}
