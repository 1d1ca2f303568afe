import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { SlipContent } from './slip-content';
import { SlipTextComponent } from './slip-text.component';
import { KIND_WORDS } from './slip-words';

/**
 * The requested item on slips that leave the library: both libraries' numbers, title and part. Contains no applicant
 * data.
 */
@Component({
  selector: 'app-requested-item',
  standalone: true,
  imports: [SlipTextComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <table>
      <colgroup>
        <col class="label" />
        <col />
        <col class="label" />
        <col />
      </colgroup>
      <tr>
        <th scope="row">ILL番号</th>
        <td>
          <strong>{{ request().id }}</strong>
        </td>
        <th scope="row">種別</th>
        <td>{{ kind() }}</td>
      </tr>
      <tr>
        <th scope="row">依頼番号</th>
        <td><app-slip-text [text]="fields().borrowerNumber" [gap]="30" /></td>
        <th scope="row">受付番号</th>
        <td><app-slip-text [text]="fields().lenderNumber" [gap]="30" /></td>
      </tr>
      <tr>
        <th scope="row">書誌事項</th>
        <td colspan="3"><app-slip-text [text]="fields().bibNote" [gap]="100" /></td>
      </tr>
      <tr>
        <th scope="row">巻号・年次</th>
        <td colspan="3"><app-slip-text [text]="numbering()" [gap]="100" /></td>
      </tr>
      @if (request().kind === 'copy') {
        <tr>
          <th scope="row">ページ</th>
          <td colspan="3"><app-slip-text [text]="fields().pages" [gap]="60" /></td>
        </tr>
        @if (fields().article; as article) {
          <tr>
            <th scope="row">論文</th>
            <td colspan="3">{{ article }}</td>
          </tr>
        }
      } @else {
        <tr>
          <th scope="row">請求記号</th>
          <td><app-slip-text [text]="content().shelf.callNumber" [gap]="40" /></td>
          <th scope="row">登録番号</th>
          <td><app-slip-text [text]="content().shelf.registrationNumber" [gap]="40" /></td>
        </tr>
      }
    </table>
  `,
  styleUrl: './slip.scss',
  styles: '.label { width: 24mm; }',
})
export class RequestedItemComponent {
  readonly content = input.required<SlipContent>();
  protected readonly request = computed(() => this.content().request);
  protected readonly fields = computed(() => this.request().fields);
  protected readonly kind = computed(() => KIND_WORDS[this.request().kind]);
  protected readonly numbering = computed(() =>
    [this.fields().volume, this.fields().year].filter((part) => part !== undefined && part !== '').join('　'),
  );
}
