import { ChangeDetectionStrategy, Component, computed, inject, input, LOCALE_ID } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { WordingComponent } from '../actions/wording.component';
import { FieldErrorComponent } from '../ui/field-error.component';
import type { RunRow } from './batch-plan';
import { errorOfRow, faultsOf, reasonsOf } from './row-reasons';

/** Why a row was not processed: the error, the wrong fields, and who did what meanwhile. */
@Component({
  selector: 'app-row-failure',
  standalone: true,
  imports: [FieldErrorComponent, TranslatePipe, WordingComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (error(); as error) {
      <p>
        <strong>{{ 'error.' + error.code + '.title' | translate }}</strong>
        @for (fault of faults(); track $index) {
          · {{ fault.label | translate }}: <app-field-error [error]="fault.error" />
        }
      </p>
      @for (reason of reasons(); track $index) {
        <p><app-wording [of]="reason" /></p>
      }
    }
  `,
})
export class RowFailureComponent {
  readonly of = input.required<RunRow>();
  private readonly locale = inject(LOCALE_ID);
  protected readonly error = computed(() => errorOfRow(this.of()));
  protected readonly faults = computed(() => {
    const error = this.error();
    return error === undefined ? [] : faultsOf(error);
  });
  protected readonly reasons = computed(() => {
    const error = this.error();
    return error === undefined ? [] : reasonsOf(error, this.locale);
  });
}
