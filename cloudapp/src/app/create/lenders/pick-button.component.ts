import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { HoldingRow } from '../../../domain/ill/rota';

/** Adds a library to the lenders or removes it. Shows nothing for a library that cannot serve. */
@Component({
  selector: 'app-pick-button',
  standalone: true,
  imports: [TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (isPicked()) {
      <button type="button" class="plain-button on" (click)="dropped.emit()">
        {{ 'create.unpick' | translate }}<span class="visually-hidden"> {{ row().name }}</span>
      </button>
    } @else if (!row().refusal) {
      <button type="button" class="plain-button" [disabled]="isFull()" (click)="picked.emit()">
        {{ 'create.pick' | translate }}<span class="visually-hidden"> {{ row().name }}</span>
      </button>
    }
  `,
  styles: `
    :host(:empty) {
      display: none;
    }
    button {
      min-width: 4rem;
      min-height: var(--height, 32px);
      border-color: var(--sys-primary);
      color: var(--sys-primary);
    }
    .on {
      background: var(--sys-primary);
      color: var(--sys-on-primary);
    }
  `,
})
export class PickButtonComponent {
  readonly row = input.required<HoldingRow>();
  readonly isPicked = input.required<boolean>();
  /** True when no further lender fits. */
  readonly isFull = input.required<boolean>();
  readonly picked = output();
  readonly dropped = output();
}
