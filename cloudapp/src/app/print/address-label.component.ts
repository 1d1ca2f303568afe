import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { AddressBlockComponent } from './address-block.component';
import type { LabelPlace } from './label-format';
import type { SlipContent } from './slip-content';

/** Number of address characters that fit on a label at full font size, with some reserve. */
const ROOM = { small: 70, medium: 90, large: 110 } as const;
/** Minimum font scale that is still readable on a parcel. */
const SMALLEST = 0.6;

/** 宛名ラベル: addressee, sender, and the request id for internal use. */
@Component({
  selector: 'app-address-label',
  standalone: true,
  imports: [AddressBlockComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <app-address-block class="to" [address]="content().addressee" [isAddressee]="true" />
    <div class="foot">
      <span class="from">
        差出人
        @if (content().sender.zip; as zip) {
          〒{{ zip }}
        }
        {{ content().sender.street }} {{ content().sender.name }}
      </span>
      <span class="id">{{ content().request.id }}</span>
    </div>
  `,
  styles: `
    :host {
      position: absolute;
      display: flex;
      flex-direction: column;
      justify-content: space-between;
      gap: 1mm;
      padding: 2.5mm 4mm;
      overflow: hidden;
      font-size: 9.5pt;
    }
    :host(.large) {
      padding: 5mm;
      font-size: 12pt;
    }
    :host(.small) {
      padding: 2mm 3mm;
      font-size: 7.5pt;
    }
    .to {
      font-size: calc(var(--letters) * 1em);
      line-height: 1.25;
      overflow: hidden;
    }
    .foot {
      display: flex;
      align-items: flex-end;
      justify-content: space-between;
      gap: 2mm;
      font-size: 0.7em;
      line-height: 1.2;
    }
    .id {
      flex: none;
      font-family: monospace;
    }
  `,
  host: {
    '[class.small]': "size() === 'small'",
    '[class.large]': "size() === 'large'",
    '[style.--letters]': 'letters()',
    '[style.left.mm]': 'place().left',
    '[style.top.mm]': 'place().top',
    '[style.width.mm]': 'place().width',
    '[style.height.mm]': 'place().height',
  },
})
export class AddressLabelComponent {
  readonly content = input.required<SlipContent>();
  /** Position on the sheet. */
  readonly place = input.required<LabelPlace>();
  readonly size = input<'small' | 'medium' | 'large'>('medium');

  /** Font scale: long addresses are printed smaller instead of being cut off. */
  protected readonly letters = computed(() => {
    const { street, name } = this.content().addressee;
    return Math.max(SMALLEST, Math.min(1, Math.sqrt(ROOM[this.size()] / (street.length + name.length + 1))));
  });
}
