import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { Failure } from '../../domain/api/imports';
import { almaWords, fieldLabel } from '../../domain/imports/import-labels';

/** Why a request failed, the remedy, and Alma's message. */
@Component({
  selector: 'app-failure-words',
  standalone: true,
  imports: [TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <p>
      <strong>{{ 'importFault.' + failure().code | translate }}</strong>
      @if (field(); as name) {
        · {{ name | translate }}
      }
      @if (failure().name; as name) {
        · <code>{{ name }}</code>
      }
    </p>
    @if (almaSays(); as message) {
      <p>{{ 'message.almaSays' | translate: { message } }}</p>
    }
    <p class="muted">{{ 'importFaultWay.' + failure().code | translate }}</p>
  `,
})
export class FailureWordsComponent {
  readonly failure = input.required<Failure>();
  /** The field's label, or its name when it has none. */
  protected readonly field = computed(() => {
    const { field } = this.failure();
    return field === undefined ? undefined : (fieldLabel(field) ?? field);
  });
  protected readonly almaSays = computed(() => almaWords(this.failure()));
}
