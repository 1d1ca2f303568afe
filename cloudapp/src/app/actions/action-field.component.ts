import { ChangeDetectionStrategy, Component, computed, input, output, signal } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { Warning } from '../../domain/ill/plausibility';
import { FieldErrorComponent } from '../ui/field-error.component';
import { FieldFrameComponent } from '../ui/field-frame.component';
import { dashed, WISHED_DATE, type FieldView } from './action-field';

/** A field of an action: label, control, origin of the value, faults and warnings. */
@Component({
  selector: 'app-action-field',
  standalone: true,
  imports: [FieldErrorComponent, FieldFrameComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <app-field-frame
      [for]="id()"
      [label]="labelKey()"
      [required]="field().required"
      [bytes]="field().bytes"
      [maxBytes]="field().maxBytes"
      [isCounted]="field().form === 'text' && field().bytes > field().maxBytes / 2"
    >
      <input
        [id]="id()"
        [type]="field().form === 'date' ? 'date' : 'text'"
        [attr.inputmode]="field().form === 'yen' ? 'numeric' : null"
        [value]="shown()"
        [disabled]="disabled()"
        (input)="type($event)"
        (blur)="leave.emit()"
        [attr.aria-describedby]="id() + '-hint'"
        [attr.aria-invalid]="field().errors.length > 0"
        [attr.aria-required]="field().required"
        autocomplete="off"
      />
      <ng-container ngProjectAs="[hint]">
        @for (error of field().errors; track error.code) {
          @if (isWish() && error.code === 'bad-date') {
            <span class="fault">{{ 'actions.wishPast' | translate }}</span>
          } @else {
            <app-field-error [error]="error" />
          }
        } @empty {
          @for (warning of warnings(); track warning.code) {
            <span class="warn-text">⚠ {{ 'warning.' + warning.code | translate: paramsOf(warning) }}</span>
          } @empty {
            @if (field().origin; as origin) {
              <span>{{ 'actions.origin.' + origin | translate: { days: field().days } }}</span>
            }
          }
        }
      </ng-container>
    </app-field-frame>
  `,
  styles: ':host { display: block; }',
})
export class ActionFieldComponent {
  readonly field = input.required<FieldView>();
  readonly warnings = input<readonly Warning[]>([]);
  readonly disabled = input(false);
  /** Emits the typed value; dates as yyyyMMdd. */
  readonly typed = output<string>();
  readonly leave = output();

  protected readonly id = computed(() => `action-${this.field().name}`);
  protected readonly isWish = computed(() => this.field().name === WISHED_DATE);
  protected readonly labelKey = computed(() => (this.isWish() ? 'actions.wish' : `field.${this.field().name}`));
  /** Keeps the control unchanged while a date is incomplete, because writing to it would clear the input. */
  private readonly held = signal<string | undefined>(undefined);
  protected readonly shown = computed(
    () => this.held() ?? (this.field().form === 'date' ? dashed(this.field().value) : this.field().value),
  );

  protected type(event: Event): void {
    const control = event.target as HTMLInputElement;
    if (this.field().form !== 'date') {
      this.typed.emit(control.value);
      return;
    }
    this.held.set(control.validity.badInput ? this.shown() : undefined);
    this.typed.emit(control.value.replaceAll('-', ''));
  }

  protected paramsOf({ params }: Warning): Readonly<Record<string, string | number>> {
    const date = params?.['date'];
    return { ...params, ...(date !== undefined && { date: dashed(String(date)) }) };
  }
}
