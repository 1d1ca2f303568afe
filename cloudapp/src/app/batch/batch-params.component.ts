import { ChangeDetectionStrategy, Component, computed, ElementRef, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import type { ActionOffer, RequestView } from '../../domain/api';
import { FieldErrorComponent } from '../ui/field-error.component';
import type { Params } from './batch-plan';
import { faultsOf, filled, formOfParam, isAsked, startOf, warningsOf, type ParamValues } from './param-values';

/** What is said once for all rows, and the button that goes on with it: dates, sums in yen, the comment. */
@Component({
  selector: 'app-batch-params',
  standalone: true,
  imports: [FieldErrorComponent, MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form novalidate (submit)="$event.preventDefault(); submit()">
      @if (fields().length > 0) {
        <h3>{{ 'batch.params' | translate }}</h3>
      }
      <div class="fields">
        @for (field of fields(); track field.name) {
          <div class="field" [class.wrong]="field.errors.length > 0">
            <label [attr.for]="'param-' + field.name">
              {{ 'field.' + field.name | translate }}
              @if (field.required) {
                <span class="required" aria-hidden="true">*</span
                ><span class="visually-hidden">{{ 'create.required' | translate }}</span>
              }
            </label>
            @if (field.form === 'comment') {
              <textarea
                rows="2"
                [id]="'param-' + field.name"
                [value]="field.value"
                (input)="type(field.name, $event)"
                [attr.aria-invalid]="field.errors.length > 0"
                [attr.aria-describedby]="'hint-' + field.name"
              ></textarea>
            } @else {
              <input
                autocomplete="off"
                [type]="field.form === 'date' ? 'date' : 'text'"
                [attr.inputmode]="field.form === 'yen' ? 'numeric' : null"
                [id]="'param-' + field.name"
                [value]="field.value"
                (input)="type(field.name, $event)"
                [attr.aria-invalid]="field.errors.length > 0"
                [attr.aria-describedby]="'hint-' + field.name"
              />
            }
            <div class="hint" [id]="'hint-' + field.name">
              @for (error of field.errors; track error.code) {
                <app-field-error [error]="error" />
              }
              @for (warning of field.warnings; track warning.code) {
                <span class="warning">⚠ {{ 'warning.' + warning.code | translate: warning.params }}</span>
              }
            </div>
          </div>
        }
      </div>
      <button mat-flat-button class="primary-action" type="submit">
        {{ 'batch.ask' | translate: { action: label() | translate, count: count() } }}
      </button>
    </form>
  `,
  styles: `
    .fields {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr));
      gap: 0 0.75rem;
    }
    .field:has(textarea) {
      grid-column: 1 / -1;
    }
    label {
      font-size: 0.857rem;
      color: var(--sys-on-surface-variant);
    }
    .required {
      color: var(--sys-error);
    }
    .hint {
      min-height: 1.2rem;
      font-size: 0.857rem;
    }
    .warning {
      color: var(--warn);
    }
    .wrong :is(input, textarea) {
      border-color: var(--sys-error);
    }
  `,
})
export class BatchParamsComponent {
  /** What all rows together are asked for. */
  readonly offer = input.required<ActionOffer>();
  /** One of the requests, which says side and kind. */
  readonly request = input.required<RequestView>();
  /** i18n key of the action, and how many rows there are. */
  readonly label = input.required<string>();
  readonly count = input.required<number>();
  readonly submitted = output<{ readonly params: Params }>();
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly typed = signal<ParamValues>({});
  private readonly isShowing = signal(false);

  /** Groups (charges, lenders) belong to one request, not to many. */
  private readonly single = computed(() => this.offer().params.filter(({ name }) => isAsked(name)));
  private readonly values = computed(() => startOf(this.single(), this.typed()));
  private readonly faults = computed(() =>
    faultsOf(this.single(), this.values(), { side: this.request().side, kind: this.request().kind }),
  );
  private readonly warnings = computed(() => warningsOf(this.values()));
  protected readonly fields = computed(() =>
    this.single().map(({ name, required }) => {
      const form = formOfParam(name);
      const value = this.values()[name] ?? '';
      return {
        name,
        required,
        form,
        value: form === 'date' ? value.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3') : value,
        // What is missing is said when it is to be sent, and no sooner.
        errors: this.faults().filter(({ field, code }) => field === name && (this.isShowing() || code !== 'required')),
        warnings: this.warnings().filter(({ field }) => field === name),
      };
    }),
  );

  /** Says what is wrong, and leads there. */
  protected submit(): void {
    const past = this.warnings().find(({ code }) => code === 'due-date-past');
    const wrong = this.faults()[0]?.field ?? past?.field;
    if (wrong === undefined) {
      this.submitted.emit({ params: filled(this.values()) });
      return;
    }
    this.isShowing.set(true);
    this.host.nativeElement.querySelector<HTMLElement>(`#param-${wrong}`)?.focus();
  }

  protected type(name: string, event: Event): void {
    const { value } = event.target as HTMLInputElement | HTMLTextAreaElement;
    const isDate = formOfParam(name) === 'date';
    this.typed.update((typed) => ({ ...typed, [name]: isDate ? value.replaceAll('-', '') : value }));
  }
}
