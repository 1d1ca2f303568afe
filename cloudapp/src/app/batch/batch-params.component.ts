import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  input,
  output,
  signal,
} from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { ActionParam } from '../../domain/api';
import type { Kind, Side } from '../../domain/kinds';
import { FieldErrorComponent } from '../ui/field-error.component';
import type { Params } from './batch-plan';
import { faultsOf, filled, formOfParam, isAsked, startOf, warningsOf, type ParamValues } from './param-values';

/** What is said once for all rows: dates, sums in yen, the comment. */
@Component({
  selector: 'app-batch-params',
  standalone: true,
  imports: [FieldErrorComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
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
  `,
  styles: `
    :host {
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
  readonly asked = input.required<readonly ActionParam[]>();
  readonly side = input.required<Side>();
  readonly kind = input.required<Kind>();
  /** With every change, and once at the beginning. */
  readonly changed = output<{ readonly params: Params; readonly isReady: boolean }>();
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly typed = signal<ParamValues>({});
  private readonly isShowing = signal(false);

  /** Groups (charges, lenders) belong to one request, not to many. */
  private readonly single = computed(() => this.asked().filter(({ name }) => isAsked(name)));
  private readonly values = computed(() => startOf(this.single(), this.typed()));
  private readonly faults = computed(() =>
    faultsOf(this.single(), this.values(), { side: this.side(), kind: this.kind() }),
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

  constructor() {
    effect(
      () => {
        const isPast = this.warnings().some(({ code }) => code === 'due-date-past');
        this.changed.emit({ params: filled(this.values()), isReady: this.faults().length === 0 && !isPast });
      },
      { allowSignalWrites: true },
    );
  }

  /** Says what is wrong, and leads there. */
  show(): void {
    this.isShowing.set(true);
    const wrong = this.faults()[0]?.field ?? this.warnings()[0]?.field;
    this.host.nativeElement.querySelector<HTMLElement>(`#param-${wrong ?? ''}`)?.focus();
  }

  protected type(name: string, event: Event): void {
    const { value } = event.target as HTMLInputElement | HTMLTextAreaElement;
    const isDate = formOfParam(name) === 'date';
    this.typed.update((typed) => ({ ...typed, [name]: isDate ? value.replaceAll('-', '') : value }));
  }
}
