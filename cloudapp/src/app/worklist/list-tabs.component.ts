import { ChangeDetectionStrategy, Component, type ElementRef, inject, viewChildren } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { SIDES } from '../../domain/ill/kinds';
import { TypedKeysDirective } from '../ui/typed-keys.directive';
import { ListFilterStore } from './list-filter.store';
import { WorkListStore } from './work-list.store';

/** Number of tabs that each key moves; Home and End reach the first and last. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowLeft: -1,
  Home: -SIDES.length,
  End: SIDES.length,
};

/** Borrowing and lending tabs, each with the number of requests that wait for this library. */
@Component({
  selector: 'app-list-tabs',
  standalone: true,
  imports: [TranslatePipe, TypedKeysDirective],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div role="tablist" [attr.aria-label]="'workList.title' | translate">
      @for (side of sides; track side) {
        <button
          #tab
          type="button"
          role="tab"
          aria-controls="work-list-panel"
          [id]="'work-list-tab-' + side"
          [attr.aria-selected]="side === filters.choices().side"
          [tabindex]="side === filters.choices().side ? 0 : -1"
          (click)="filters.showSide(side)"
          (appKey)="move($event)"
        >
          {{ 'workList.side.' + side | translate }}
          @if (list.waiting()(side); as count) {
            <span class="count"
              >{{ count }}<span class="visually-hidden"> {{ 'workList.waiting' | translate }}</span></span
            >
          }
        </button>
      }
    </div>
  `,
  styles: `
    div {
      display: flex;
      gap: 0.25rem;
      border-bottom: 1px solid var(--sys-outline-variant);
    }
    button {
      min-height: 44px;
      min-width: 6rem;
      padding: 0 1rem;
      border: 0;
      border-bottom: 3px solid transparent;
      background: none;
      cursor: pointer;
    }
    button[aria-selected='true'] {
      border-bottom-color: var(--sys-primary);
      font-weight: 600;
    }
    .count {
      display: inline-block;
      min-width: 1.5rem;
      margin-inline-start: 0.25rem;
      padding: 0 0.375rem;
      border-radius: 999px;
      background: var(--sys-primary);
      color: var(--sys-on-primary);
      font-size: 0.857rem;
      line-height: 1.5rem;
    }
  `,
})
export class ListTabsComponent {
  protected readonly filters = inject(ListFilterStore);
  protected readonly list = inject(WorkListStore);
  protected readonly sides = SIDES;
  private readonly tabs = viewChildren<ElementRef<HTMLButtonElement>>('tab');

  protected move(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const to = Math.min(Math.max(SIDES.indexOf(this.filters.choices().side) + step, 0), SIDES.length - 1);
    const side = SIDES[to];
    if (side === undefined) return;
    this.filters.showSide(side);
    this.tabs()[to]?.nativeElement.focus();
  }
}
