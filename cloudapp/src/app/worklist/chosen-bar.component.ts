import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { MatAnchor } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { ChosenRequestsService } from '../core/chosen-requests.service';
import { commonActions, SLIPS } from './chosen-actions';
import { ListFilterStore } from './list-filter.store';

/** Actions for all selected rows. */
@Component({
  selector: 'app-chosen-bar',
  standalone: true,
  imports: [MatAnchor, RouterLink, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (chosen.chosen().length > 0) {
      <div class="bar" role="region" [attr.aria-label]="'workList.chosenRows' | translate">
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
      display: flex;
      flex-wrap: wrap;
      align-items: center;
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
  `,
})
export class ChosenBarComponent {
  protected readonly chosen = inject(ChosenRequestsService);
  private readonly filters = inject(ListFilterStore);
  private readonly wanted = signal('');
  protected readonly actions = computed(() => commonActions(this.chosen.chosen()));
  protected readonly action = computed(
    () => (this.actions().find(({ action }) => action === this.wanted()) ?? this.actions()[0])?.action,
  );
  protected readonly slips = computed<readonly string[]>(() => SLIPS[this.filters.choices().side]);

  protected choose(event: Event): void {
    this.wanted.set((event.target as HTMLSelectElement).value);
  }
}
