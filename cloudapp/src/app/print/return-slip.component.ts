import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { AddressBlockComponent } from './address-block.component';
import { BarcodeComponent } from './barcode.component';
import { RequestedItemComponent } from './requested-item.component';
import type { SlipContent } from './slip-content';
import { SlipTextComponent } from './slip-text.component';
import { slipDay } from './slip-words';

/** 返送票: accompanies a returned loan. */
@Component({
  selector: 'app-return-slip',
  standalone: true,
  imports: [AddressBlockComponent, BarcodeComponent, RequestedItemComponent, SlipTextComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="head">
      <app-address-block class="to" [address]="content().addressee" [isAddressee]="true" />
      <app-barcode [text]="content().request.id" />
    </div>
    <div class="head">
      <h2>現物貸借 返送票</h2>
      <div class="from">
        <app-address-block [address]="content().sender" />
        @if (fields().borrowerStaff; as staff) {
          <p>担当 {{ staff }}</p>
        }
      </div>
    </div>
    <p class="words">借用した下記の資料を返送します。ご査収ください。</p>
    <app-requested-item [content]="content()" />
    <table class="dates">
      <tr>
        <th scope="row">返却期限</th>
        <td class="large"><app-slip-text [text]="day(fields().dueDate)" /></td>
        <th scope="row">返送日</th>
        <td class="large"><app-slip-text [text]="day(fields().returnDate)" /></td>
      </tr>
      <tr>
        <th scope="row">冊数</th>
        <td><app-slip-text [gap]="20" /> 冊</td>
        <th scope="row">通信欄</th>
        <td class="notes"></td>
      </tr>
    </table>
  `,
  styleUrl: './slip.scss',
  styles: `
    .to {
      width: 95mm;
      --name-size: 1.3em;
    }
    .from {
      width: 82mm;
    }
    .words {
      margin-bottom: 2mm;
    }
    .dates {
      margin-top: 3mm;
    }
    .dates th {
      width: 24mm;
    }
    .notes {
      height: 12mm;
    }
  `,
})
export class ReturnSlipComponent {
  readonly content = input.required<SlipContent>();
  protected readonly day = slipDay;
  protected readonly fields = computed(() => this.content().request.fields);
}
