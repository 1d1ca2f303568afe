import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { ListFilterStore } from './list-filter.store';
import { WorkListStore } from './work-list.store';

/** External System Status with counts: several may be chosen, and taken back. */
@Component({
  selector: 'app-status-chips',
  standalone: true,
  imports: [TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @for (group of list.groups(); track group.name) {
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
}
