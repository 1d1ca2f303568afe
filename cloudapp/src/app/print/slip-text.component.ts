import { ChangeDetectionStrategy, Component, input } from '@angular/core';

/** A value on a slip, or a line for writing it by hand. */
@Component({
  selector: 'app-slip-text',
  standalone: true,
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (text()) {
      {{ text() }}
    } @else {
      <span class="gap" role="img" aria-label="記入欄"></span>
    }
  `,
  styles: `
    .gap {
      display: inline-block;
      width: var(--gap);
      max-width: 100%;
      height: 1.3em;
      border-bottom: 0.3mm solid #000;
      vertical-align: bottom;
    }
  `,
  host: { '[style.--gap]': "gap() + 'mm'" },
})
export class SlipTextComponent {
  readonly text = input<string | undefined>('');
  /** Length of the line in mm. */
  readonly gap = input(30);
}
