import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { citationOf, titleOf } from '../../domain/ill/request-title';
import { BarcodeComponent } from './barcode.component';
import type { SlipContent } from './slip-content';
import { SlipTextComponent } from './slip-text.component';
import { KIND_WORDS, slipDay, slipYen } from './slip-words';

/** 受取票: goes with an arrived item to the desk and to the patron, and therefore also has English labels. */
@Component({
  selector: 'app-pickup-slip',
  standalone: true,
  imports: [BarcodeComponent, SlipTextComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="head">
      <div>
        <h2>受取票</h2>
        <p>
          <span lang="en">Pick-up slip</span>&ngsp;<span class="kind">{{ kind() }}</span>
        </p>
      </div>
      <app-barcode [text]="request().id" />
    </div>
    <table>
      <colgroup>
        <col class="label" />
        <col />
      </colgroup>
      <tr>
        <th scope="row">お名前 <span lang="en">Name</span></th>
        <td class="large">
          <app-slip-text [text]="fields().applicant" [gap]="50" />
          @if (fields().applicant) {
            様
          }
        </td>
      </tr>
      @if (fields().applicantAffiliation; as affiliation) {
        <tr>
          <th scope="row">所属 <span lang="en">Affiliation</span></th>
          <td>{{ affiliation }}</td>
        </tr>
      }
      <tr>
        <th scope="row">資料 <span lang="en">Title</span></th>
        <td><app-slip-text [text]="title()" [gap]="60" /></td>
      </tr>
      @if (citation(); as part) {
        <tr>
          <th scope="row">巻号・年・ページ <span lang="en">Volume, year, pages</span></th>
          <td>{{ part }}</td>
        </tr>
      }
      @if (fields().article; as article) {
        <tr>
          <th scope="row">論文 <span lang="en">Article</span></th>
          <td>{{ article }}</td>
        </tr>
      }
      <tr>
        <th scope="row">提供館 <span lang="en">From</span></th>
        <td><app-slip-text [text]="request().partner.name ?? request().partner.id" [gap]="50" /></td>
      </tr>
      <tr>
        <th scope="row">料金 <span lang="en">Charge</span></th>
        <td class="large"><app-slip-text [text]="yen(fields().total)" [gap]="30" /></td>
      </tr>
      @if (request().kind === 'loan') {
        <tr>
          <th scope="row">返却期限 <span lang="en">Due date</span></th>
          <td class="large"><app-slip-text [text]="day(fields().dueDate)" [gap]="40" /></td>
        </tr>
      }
      <tr>
        <th scope="row">取置期限 <span lang="en">Held until</span></th>
        <td><app-slip-text [gap]="40" /></td>
      </tr>
      <tr>
        <th scope="row">受取日・署名 <span lang="en">Received, signature</span></th>
        <td><app-slip-text [gap]="70" /></td>
      </tr>
    </table>
  `,
  styleUrl: './slip.scss',
  styles: `
    .label {
      width: 30%;
    }
    th span {
      display: block;
    }
  `,
})
export class PickupSlipComponent {
  readonly content = input.required<SlipContent>();

  protected readonly day = slipDay;
  protected readonly yen = slipYen;
  protected readonly request = computed(() => this.content().request);
  protected readonly fields = computed(() => this.request().fields);
  protected readonly title = computed(() => titleOf(this.fields()));
  protected readonly citation = computed(() => citationOf(this.fields()));
  protected readonly kind = computed(() => KIND_WORDS[this.request().kind]);
}
