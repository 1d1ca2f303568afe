import { ChangeDetectionStrategy, Component, type ElementRef, input, output, viewChildren } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { SIDES, type Side } from '../../domain/ill/kinds';
import { TypedKeysDirective } from './typed-keys.directive';

/** The side that each key selects. */
const KEYS: Readonly<Record<string, Side>> = {
  ArrowLeft: 'borrower',
  Home: 'borrower',
  ArrowRight: 'lender',
  End: 'lender',
};

/**
 * Tabs for borrowing and lending. The caller names the list of tabs, and renders the panel with `role="tabpanel"`, the id
 * `NAME-panel` and the label `NAME-tab-SIDE`.
 */
@Component({
  selector: 'app-side-tabs',
  standalone: true,
  imports: [TranslatePipe, TypedKeysDirective],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @for (each of sides; track each) {
      <button
        #tab
        type="button"
        role="tab"
        [attr.aria-controls]="name() + '-panel'"
        [id]="name() + '-tab-' + each"
        [attr.aria-selected]="each === side()"
        [tabindex]="each === side() ? 0 : -1"
        (click)="chosen.emit(each)"
        (appKey)="move($event)"
      >
        {{ words() + each | translate }}
        @if (waiting()(each); as count) {
          <span class="count"
            >{{ count }}<span class="visually-hidden"> {{ 'workList.waiting' | translate }}</span></span
          >
        }
      </button>
    }
  `,
  styles: `
    :host {
      display: flex;
      gap: 0.25rem;
      border-bottom: var(--line);
    }
    button {
      min-height: var(--tab-height, 44px);
      padding: 0 var(--tab-padding, 1rem);
      white-space: nowrap;
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
      background: var(--sys-on-surface-variant);
      color: var(--sys-surface);
      font-size: 0.857rem;
      line-height: 1.5rem;
    }
  `,
  host: { role: 'tablist' },
})
export class SideTabsComponent {
  /** Prefix of the ids. */
  readonly name = input.required<string>();
  /** Prefix of the i18n keys of the sides. */
  readonly words = input.required<string>();
  /** The selected side. */
  readonly side = input.required<Side>();
  /** Number of requests that wait for this library, shown unless 0 or unknown. */
  readonly waiting = input<(side: Side) => number | undefined>(() => undefined);
  readonly chosen = output<Side>();
  protected readonly sides = SIDES;
  private readonly tabs = viewChildren<ElementRef<HTMLButtonElement>>('tab');

  protected move(event: KeyboardEvent): void {
    const side = KEYS[event.key];
    if (side === undefined) return;
    event.preventDefault();
    this.chosen.emit(side);
    this.tabs()[SIDES.indexOf(side)]?.nativeElement.focus();
  }
}
