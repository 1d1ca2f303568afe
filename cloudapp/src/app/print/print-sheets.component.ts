import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { AddressLabelComponent } from './address-label.component';
import { labelSheets, type LabelFormat } from './label-format';
import { PickupSlipComponent } from './pickup-slip.component';
import { PullSlipComponent } from './pull-slip.component';
import { ReturnSlipComponent } from './return-slip.component';
import { ShippingSlipComponent } from './shipping-slip.component';
import type { SlipContent } from './slip-content';
import type { Slip } from './slip-kind';

/** Possible numbers of slips on an A4 sheet. */
export type PerSheet = 1 | 2 | 4;

/** The printed sheets, one page each. Always black on white, regardless of the theme. */
@Component({
  selector: 'app-print-sheets',
  standalone: true,
  imports: [AddressLabelComponent, PickupSlipComponent, PullSlipComponent, ReturnSlipComponent, ShippingSlipComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (slip() === 'label') {
      @for (sheet of labels(); track $index) {
        <div class="sheet exact" [class.single]="format() === 'single'" data-testid="sheet">
          @for (label of sheet; track $index) {
            <app-address-label
              class="label"
              [content]="label.item"
              [place]="label"
              [size]="labelSize()"
              data-testid="slip"
            />
          }
        </div>
      }
    } @else {
      @for (sheet of sheets(); track $index) {
        <div class="sheet" [class]="'of-' + perSheet()" data-testid="sheet">
          @for (content of sheet; track content.request.id) {
            <div class="slip" data-testid="slip">
              @switch (slip()) {
                @case ('pull') {
                  <app-pull-slip [content]="content" [isSmall]="perSheet() === 4" />
                }
                @case ('shipping') {
                  <app-shipping-slip [content]="content" />
                }
                @case ('pickup') {
                  <app-pickup-slip [content]="content" />
                }
                @case ('return') {
                  <app-return-slip [content]="content" />
                }
              }
            </div>
          }
        </div>
      }
    }
  `,
  styleUrl: './print-sheets.component.scss',
  host: { lang: 'ja' },
})
export class PrintSheetsComponent {
  readonly slip = input.required<Slip>();
  readonly contents = input.required<readonly SlipContent[]>();
  readonly perSheet = input<PerSheet>(1);
  readonly format = input<LabelFormat>('a4-12');
  /** First free label of a partly used sheet, from 1. */
  readonly start = input(1);

  protected readonly labels = computed(() => labelSheets(this.contents(), this.format(), this.start()));
  protected readonly labelSize = computed(() => {
    const sizes = { 'a4-12': 'medium', 'a4-24': 'small', 'single': 'large' } as const;
    return sizes[this.format()];
  });
  protected readonly sheets = computed(() => {
    const [contents, size] = [this.contents(), this.perSheet()];
    return Array.from({ length: Math.ceil(contents.length / size) }, (_, at) =>
      contents.slice(at * size, (at + 1) * size),
    );
  });
}
