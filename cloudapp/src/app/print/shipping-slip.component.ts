import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { Charge } from '../../domain/ill/request';
import { AddressBlockComponent } from './address-block.component';
import { BarcodeComponent } from './barcode.component';
import { RequestedItemComponent } from './requested-item.component';
import type { SlipContent } from './slip-content';
import { SlipTextComponent } from './slip-text.component';
import { paymentWord, slipDay, slipYen } from './slip-words';

/** Blank rows for handwriting while there are no charges. */
const BLANK_ROWS = 3;

/** 発送票: accompanies a shipped item. States the charges, and the due date of a loan. */
@Component({
  selector: 'app-shipping-slip',
  standalone: true,
  imports: [AddressBlockComponent, BarcodeComponent, RequestedItemComponent, SlipTextComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="head">
      <app-address-block class="to" [address]="content().addressee" [isAddressee]="true" />
      <app-barcode [text]="request().id" />
    </div>
    <div class="head">
      <h2>{{ request().kind === 'copy' ? '文献複写 発送票' : '現物貸借 発送票' }}</h2>
      <div class="from">
        <p>発送日 <app-slip-text [text]="day(fields().shipDate)" /></p>
        <app-address-block [address]="content().sender" />
        @if (fields().lenderStaff; as staff) {
          <p>担当 {{ staff }}</p>
        }
      </div>
    </div>
    <p class="words">ご依頼の資料を下記のとおりお送りします。ご確認ください。</p>
    <app-requested-item [content]="content()" />
    @if (request().kind === 'loan') {
      <p class="due">
        返却期限 <span class="large"><app-slip-text [text]="day(fields().dueDate)" [gap]="45" /></span>
      </p>
    }
    <table class="charges">
      <thead>
        <tr>
          <th scope="col">形・大きさ</th>
          <th scope="col">数量</th>
          <th scope="col">単価</th>
          <th scope="col">小計</th>
        </tr>
      </thead>
      <tbody>
        @for (line of lines(); track $index) {
          <tr>
            <td>{{ line.item }}&nbsp;</td>
            <td class="number">{{ line.quantity }}</td>
            <td class="number">{{ yen(line.unitPrice) }}</td>
            <td class="number">{{ yen(line.amount) }}</td>
          </tr>
        }
        <tr>
          <th scope="row" colspan="3" class="number">基本料</th>
          <td class="number">{{ yen(fields().fee) }}</td>
        </tr>
        <tr>
          <th scope="row" colspan="3" class="number">送料</th>
          <td class="number">{{ yen(fields().postage) }}</td>
        </tr>
        <tr>
          <th scope="row" colspan="3" class="number">合計金額</th>
          <td class="number large"><app-slip-text [text]="yen(fields().total)" [gap]="25" /></td>
        </tr>
      </tbody>
    </table>
    <table class="terms">
      <tr>
        <th scope="row">支払区分</th>
        <td><app-slip-text [text]="payment()" [gap]="30" /></td>
        <th scope="row">送付方法</th>
        <td><app-slip-text [text]="fields().sendingMethod" [gap]="30" /></td>
      </tr>
      <tr>
        <th scope="row">支払方法</th>
        <td colspan="3">
          <span class="boxes">
            <span>{{ content().isOffset ? '☑' : '□' }} 料金相殺</span><span>□ 請求書同封</span><span>□ 請求書別送</span
            ><span>□ 前納・切手等</span><span>□ 無料</span>
          </span>
        </td>
      </tr>
      <tr>
        <th scope="row">通信欄</th>
        <td colspan="3" class="notes"></td>
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
    .words,
    .due,
    .charges,
    .terms {
      margin-top: 3mm;
    }
    .words {
      margin-bottom: 2mm;
    }
    .due {
      padding: 1.5mm 3mm;
      border: 0.6mm solid #000;
    }
    .terms th {
      width: 24mm;
    }
    .notes {
      height: 14mm;
    }
  `,
})
export class ShippingSlipComponent {
  readonly content = input.required<SlipContent>();
  protected readonly day = slipDay;
  protected readonly yen = slipYen;
  protected readonly request = computed(() => this.content().request);
  protected readonly fields = computed(() => this.request().fields);
  protected readonly payment = computed(() => paymentWord(this.fields().payment));
  protected readonly lines = computed<readonly Charge[]>(() => {
    const { charges = [] } = this.fields();
    return charges.length > 0 ? charges : Array.from({ length: BLANK_ROWS }, () => ({}));
  });
}
