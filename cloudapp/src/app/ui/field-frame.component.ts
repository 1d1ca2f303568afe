import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';

/**
 * A form field: its label, the projected control, and a line with hints, faults and the number of bytes. The control has
 * the id `for` and is described by `FOR-hint`. Project hints and faults with `ngProjectAs="[hint]"`.
 */
@Component({
  selector: 'app-field-frame',
  standalone: true,
  imports: [TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <label class="muted small" [attr.for]="for()">
      {{ label() | translate }}
      @if (wireName(); as name) {
        <span lang="en">（{{ name }}）</span>
      }
      @if (required()) {
        <span class="fault" aria-hidden="true">*</span
        ><span class="visually-hidden">{{ 'create.required' | translate }}</span>
      }
    </label>
    <ng-content />
    <div class="muted small hint" [id]="for() + '-hint'">
      <ng-content select="[hint]" />
      @if (isCounted()) {
        <span class="bytes">{{ bytes() }} / {{ maxBytes() }} {{ 'create.bytes' | translate }}</span>
      }
    </div>
  `,
  styles: `
    :host {
      gap: 0.125rem;
    }
    .hint {
      display: flex;
      justify-content: space-between;
      gap: 0.5rem;
      min-height: 1.2rem;
    }
    .bytes {
      margin-inline-start: auto;
      white-space: nowrap;
    }
  `,
  host: { class: 'stack' },
})
export class FieldFrameComponent {
  /** Id of the control. */
  readonly for = input.required<string>();
  /** i18n key. */
  readonly label = input.required<string>();
  /** The name of CATP, shown beside the label. */
  readonly wireName = input<string>();
  readonly required = input(false);
  readonly bytes = input(0);
  readonly maxBytes = input(0);
  /** True to show the number of bytes. */
  readonly isCounted = input(false);
}
