import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { BarcodeComponent } from './barcode.component';
import type { SlipContent } from './slip-content';
import { SlipTextComponent } from './slip-text.component';
import { KIND_WORDS, paymentWord, slipDay } from './slip-words';

/** 出納票: the item to fetch and its location. For internal use; contains no applicant data. */
@Component({
  selector: 'app-pull-slip',
  standalone: true,
  imports: [BarcodeComponent, SlipTextComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="head">
      <div>
        <h2>資料出納票</h2>
        <p>
          <span class="kind">{{ kind() }}</span>
        </p>
      </div>
      <app-barcode [text]="request().id" [module]="isSmall() ? 0.28 : 0.33" [height]="isSmall() ? 9 : 11" />
    </div>
    <table>
      <colgroup>
        <col class="label" />
        <col />
        <col class="label" />
        <col />
      </colgroup>
      <tr>
        <th scope="row">配架場所</th>
        <td class="large"><app-slip-text [text]="shelf().location" [gap]="25" /></td>
        <th scope="row">請求記号</th>
        <td class="large"><app-slip-text [text]="shelf().callNumber" [gap]="25" /></td>
      </tr>
      <tr>
        <th scope="row">所蔵巻次</th>
        <td><app-slip-text [text]="shelf().volume" [gap]="25" /></td>
        <th scope="row">登録番号</th>
        <td><app-slip-text [text]="shelf().registrationNumber" [gap]="25" /></td>
      </tr>
      <tr>
        <th scope="row">書誌事項</th>
        <td colspan="3">
          <strong><app-slip-text [text]="fields().bibNote" [gap]="60" /></strong>
        </td>
      </tr>
      <tr>
        <th scope="row">巻号</th>
        <td class="large"><app-slip-text [text]="fields().volume" [gap]="25" /></td>
        <th scope="row">年次</th>
        <td><app-slip-text [text]="fields().year" [gap]="25" /></td>
      </tr>
      @if (request().kind === 'copy') {
        <tr>
          <th scope="row">ページ</th>
          <td class="large"><app-slip-text [text]="fields().pages" [gap]="25" /></td>
          <th scope="row">複写種別</th>
          <td><app-slip-text [text]="fields().copyType" [gap]="25" /></td>
        </tr>
        <tr>
          <th scope="row">論文</th>
          <td colspan="3"><app-slip-text [text]="fields().article" [gap]="60" /></td>
        </tr>
      }
      <tr>
        <th scope="row">書誌ID</th>
        <td colspan="3">{{ numbers() }}</td>
      </tr>
      <tr>
        <th scope="row">依頼館</th>
        <td>{{ request().partner.name }} {{ request().partner.id }}</td>
        <th scope="row">送付・支払</th>
        <td>{{ terms() }}</td>
      </tr>
      <tr>
        <th scope="row">依頼日</th>
        <td><app-slip-text [text]="day(fields().orderDate)" [gap]="25" /></td>
        <th scope="row">受付番号</th>
        <td><app-slip-text [text]="fields().lenderNumber" [gap]="25" /></td>
      </tr>
      @if (content().remark; as remark) {
        <tr>
          <th scope="row">連絡事項</th>
          <td colspan="3">{{ remark }}</td>
        </tr>
      }
      <tr>
        <th scope="row">調査結果</th>
        <td colspan="3">
          <span class="boxes">
            <span>□ あり</span><span>□ 貸出中</span><span>□ 欠号</span><span>□ 製本中</span><span>□ 所在不明</span>
            <span>担当 <app-slip-text [gap]="18" /></span>
          </span>
        </td>
      </tr>
    </table>
  `,
  styleUrl: './slip.scss',
  styles: '.label { width: 15%; } :host(.small) { font-size: 8pt; } :host(.small) .label { width: 18%; }',
  host: { '[class.small]': 'isSmall()' },
})
export class PullSlipComponent {
  readonly content = input.required<SlipContent>();
  /** True for four slips per sheet. */
  readonly isSmall = input(false);

  protected readonly day = slipDay;
  protected readonly request = computed(() => this.content().request);
  protected readonly fields = computed(() => this.request().fields);
  protected readonly shelf = computed(() => this.content().shelf);
  protected readonly kind = computed(() => KIND_WORDS[this.request().kind]);
  protected readonly numbers = computed(() => joined([this.fields().bibId, this.fields().standardNumber]));
  protected readonly terms = computed(() => joined([this.fields().sendingMethod, paymentWord(this.fields().payment)]));
}

function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' / ');
}
