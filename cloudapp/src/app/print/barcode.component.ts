import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { code128 } from './code-128';

/** The id as Code 128 with the id below it; only as text when it cannot be encoded. */
@Component({
  selector: 'app-barcode',
  standalone: true,
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (symbol(); as drawn) {
      <svg
        role="img"
        [attr.aria-label]="text()"
        [attr.viewBox]="'0 0 ' + drawn.width + ' 1'"
        preserveAspectRatio="none"
        shape-rendering="crispEdges"
      >
        <rect [attr.width]="drawn.width" height="1" fill="#fff" />
        <path [attr.d]="path()" fill="#000" />
      </svg>
    }
    <span class="text" data-testid="barcode-text">{{ text() }}</span>
  `,
  styles: `
    :host {
      display: inline-flex;
      flex-direction: column;
      align-items: center;
    }
    svg {
      display: block;
      width: var(--width);
      height: var(--height);
      forced-color-adjust: none;
      print-color-adjust: exact;
    }
    .text {
      font-family: monospace;
      font-size: 9pt;
      line-height: 1.2;
      letter-spacing: 0.1em;
    }
  `,
  host: { '[style.--width]': "width() + 'mm'", '[style.--height]': "height() + 'mm'" },
})
export class BarcodeComponent {
  readonly text = input.required<string>();
  /** Module width in mm. Hand scanners read 0.25 mm and more on office paper. */
  readonly module = input(0.33);
  /** Height in mm. */
  readonly height = input(11);

  protected readonly symbol = computed(() => {
    try {
      return code128(this.text());
    } catch {
      return undefined;
    }
  });
  protected readonly width = computed(() => (this.symbol()?.width ?? 0) * this.module());
  protected readonly path = computed(() =>
    (this.symbol()?.bars ?? [])
      .map(({ at, width }) => `M${String(at)} 0h${String(width)}v1h-${String(width)}z`)
      .join(''),
  );
}
