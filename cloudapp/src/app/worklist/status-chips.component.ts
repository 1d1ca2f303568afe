import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { ViewportService } from '../ui/viewport.service';
import { ListFilterStore } from './list-filter.store';
import { ListPlace } from './list-place';
import { WorkListStore } from './work-list.store';

/** Maximum number of chips, besides those that wait for us, that the sidebar shows without folding. */
const MANY = 4;

/** Status filter with counts; several statuses may be selected. */
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
      min-height: 2rem;
    }
    .group > .muted {
      flex: none;
      min-width: 5rem;
    }
    .fold {
      align-self: flex-start;
    }
    .ours:not([aria-pressed='true']) {
      border-color: var(--sys-primary);
      color: var(--sys-primary);
    }
  `,
  host: { class: 'stack gap-s' },
})
export class StatusChipsComponent {
  protected readonly filters = inject(ListFilterStore);
  protected readonly list = inject(WorkListStore);
  protected readonly place = inject(ListPlace);
  private readonly viewport = inject(ViewportService);
  /**
   * True when there is a chip for requests that NACSIS-ILL no longer delivers, which have no status. The chip stays
   * while selected, so that it can be deselected.
   */
  private readonly hasGone = computed(() => this.list.goneCount() > 0 || this.filters.filter().gone);
  /** Number of chips that the sidebar may fold; those that wait for us are always visible. */
  protected readonly foldable = computed(() =>
    this.list
      .groups()
      .filter(({ name }) => name !== 'ours')
      .reduce((sum, { statuses }) => sum + statuses.length, this.hasGone() ? 1 : 0),
  );
  protected readonly isFoldable = computed(() => !this.viewport.isWide() && this.foldable() > MANY);
  private readonly isFolded = computed(() => this.isFoldable() && !this.place.isUnfolded());
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
