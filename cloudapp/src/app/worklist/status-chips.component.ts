import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { ViewportService } from '../ui/viewport.service';
import { ListFilterStore } from './list-filter.store';
import { ListPlace } from './list-place';
import { WorkListStore } from './work-list.store';

/** So many chips are shown beside those that wait for us without being asked for, in the sidebar. */
const MANY = 4;

/** External System Status with counts: several may be chosen, and taken back. */
@Component({
  selector: 'app-status-chips',
  standalone: true,
  imports: [TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @for (group of groups(); track group.name) {
      <div class="group" role="group" [attr.aria-label]="'workList.group.' + group.name | translate">
        <span class="muted" aria-hidden="true">{{ 'workList.group.' + group.name | translate }}</span>
        @for (status of group.statuses; track status.value) {
          <button
            class="chip status"
            type="button"
            [class.ours]="status.waitsForUs"
            [attr.data-status]="status.value"
            [attr.aria-pressed]="filters.filter().status.includes(status.value)"
            (click)="filters.toggleStatus(status.value)"
          >
            {{ status.state === null ? status.value : ('state.' + status.state | translate) }}
            <strong>{{ status.count }}</strong>
          </button>
        }
      </div>
    }
    @if (isFoldable()) {
      <button
        class="link fold"
        type="button"
        [attr.aria-expanded]="place.isUnfolded()"
        (click)="place.isUnfolded.set(!place.isUnfolded())"
        data-testid="more-statuses"
      >
        {{
          (place.isUnfolded() ? 'workList.lessStatuses' : 'workList.moreStatuses') | translate: { count: foldable() }
        }}
      </button>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 0.375rem;
      min-height: 2rem;
    }
    .group {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0.25rem;
    }
    .group > span {
      flex: none;
      min-width: 5rem;
      font-size: 0.857rem;
    }
    .fold {
      align-self: flex-start;
    }
    .status {
      min-height: 2rem;
      cursor: pointer;
    }
    .status.ours {
      border-color: var(--sys-primary);
      color: var(--sys-primary);
    }
    .status[aria-pressed='true'] {
      border-color: var(--sys-primary);
      background: var(--sys-primary);
      color: var(--sys-on-primary);
    }
    .status[aria-pressed='true']::before {
      content: '✓';
    }
  `,
})
export class StatusChipsComponent {
  protected readonly filters = inject(ListFilterStore);
  protected readonly list = inject(WorkListStore);
  protected readonly place = inject(ListPlace);
  private readonly viewport = inject(ViewportService);
  /** How many chips may be folded away in the sidebar: what waits for us is always seen. */
  protected readonly foldable = computed(() =>
    this.list
      .groups()
      .filter(({ name }) => name !== 'ours')
      .reduce((sum, { statuses }) => sum + statuses.length, 0),
  );
  protected readonly isFoldable = computed(() => !this.viewport.isWide() && this.foldable() > MANY);
  /** A folded group keeps the statuses that are chosen. */
  protected readonly groups = computed(() => {
    const groups = this.list.groups();
    if (!this.isFoldable() || this.place.isUnfolded()) return groups;
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
