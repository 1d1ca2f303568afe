import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { MatAnchor } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import type { RequestSummary } from '../../domain/api/work-list';
import type { Action } from '../../domain/ill/commands';
import type { Side } from '../../domain/ill/kinds';
import { actionLabelKey } from '../../domain/ill/labels';
import { ChosenRequestsService } from '../core/chosen-requests.service';
import { ListFilterStore } from './list-filter.store';
import { keyOf } from './list-row';
import { WorkListStore } from './work-list.store';

interface CommonAction {
  readonly action: Action;
  /** i18n key of the action's name; the name in the rows' state when all rows have the same state. */
  readonly label: string;
}

/** Slips that can be printed for each side; path segments of /print/…. */
const SLIPS = {
  borrower: ['pickup', 'return', 'label'],
  lender: ['pull', 'shipping', 'label'],
} as const satisfies Record<Side, readonly string[]>;

/** Actions for all selected rows. */
@Component({
  selector: 'app-chosen-bar',
  standalone: true,
  imports: [MatAnchor, RouterLink, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (chosen.chosen().length > 0) {
      <div class="row bar" role="region" [attr.aria-label]="'workList.chosenRows' | translate">
        <strong role="status">{{ 'workList.chosen' | translate: { count: chosen.chosen().length } }}</strong>
        @if (action(); as current) {
          <label
            ><span class="visually-hidden">{{ 'workList.action' | translate }}</span>
            <select (change)="choose($event)">
              @for (each of actions(); track each.action) {
                <option [value]="each.action" [selected]="each.action === current">{{ each.label | translate }}</option>
              }
            </select>
          </label>
          <a mat-stroked-button routerLink="/batch" [queryParams]="{ action: current }">{{
            'workList.batch' | translate
          }}</a>
        } @else {
          <span class="muted">{{ 'workList.noCommonAction' | translate }}</span>
        }
        <span class="row print">
          <span class="muted">{{ 'workList.print' | translate }}</span>
          @for (slip of slips(); track slip) {
            <a class="link" [routerLink]="['/print', slip]">{{ 'workList.slip.' + slip | translate }}</a>
          }
        </span>
        <button class="link" type="button" (click)="chosen.clear()">{{ 'workList.clearChosen' | translate }}</button>
        @if (unseen().length > 0) {
          <p class="unseen" data-testid="unseen-chosen">
            {{ 'workList.unseenChosen' | translate: { count: unseen().length } }}
            @for (row of unseen(); track row.id) {
              <span>{{ row.id }}</span>
            }
            <button class="link" type="button" (click)="keepSeen()">{{ 'workList.dropUnseen' | translate }}</button>
          </p>
        }
      </div>
    }
  `,
  styles: `
    :host {
      position: sticky;
      bottom: 0;
      z-index: 2;
    }
    .bar {
      gap: 0.25rem 0.75rem;
      padding: 0.5rem 0.75rem;
      border: 1px solid var(--sys-primary);
      border-radius: 4px;
      background: var(--sys-surface-container);
    }
    select {
      width: auto;
      max-width: 16rem;
    }
    .unseen {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      gap: 0 0.5rem;
      width: 100%;
      max-height: 5rem;
      overflow-y: auto;
    }
  `,
})
export class ChosenBarComponent {
  protected readonly chosen = inject(ChosenRequestsService);
  private readonly filters = inject(ListFilterStore);
  private readonly list = inject(WorkListStore);
  private readonly wanted = signal('');
  /** Selected rows that the list does not show now, because of a filter or the page. */
  protected readonly unseen = computed(() => {
    const seen = new Set(this.list.rows().map(({ key }) => key));
    return this.chosen.chosen().filter((row) => !seen.has(keyOf(row)));
  });
  protected readonly actions = computed(() => commonActions(this.chosen.chosen()));
  protected readonly action = computed(
    () => (this.actions().find(({ action }) => action === this.wanted()) ?? this.actions()[0])?.action,
  );
  protected readonly slips = computed<readonly string[]>(() => SLIPS[this.filters.choices().side]);

  protected keepSeen(): void {
    const unseen = this.unseen();
    this.chosen.choose(this.chosen.chosen().filter((row) => !unseen.includes(row)));
  }

  protected choose(event: Event): void {
    this.wanted.set((event.target as HTMLSelectElement).value);
  }
}

/** The actions that all rows allow, in the order of the panel. The rows must be of one side. */
export function commonActions(rows: readonly RequestSummary[]): readonly CommonAction[] {
  const [first, ...others] = rows;
  if (first === undefined) return [];
  const state = others.every((row) => row.state === first.state) ? first.state : null;
  const hasOneKind = others.every(({ kind }) => kind === first.kind);
  return first.allowed
    .filter((action) => others.every(({ allowed }) => allowed.includes(action)))
    .map((action) => ({
      action,
      // Receiving has a name for each kind, and a common name.
      label:
        hasOneKind || action !== 'receive'
          ? actionLabelKey(action, first.side, state, first.kind)
          : `action.${first.side}.${action}`,
    }));
}
