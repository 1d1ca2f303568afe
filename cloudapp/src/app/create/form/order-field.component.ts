import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { CODE_TABLES, type Code, type CodeTable } from '../../../domain/ill/codes';
import { fieldSpec } from '../../../domain/ill/fields';
import { valueOf } from '../../core/remote';
import { SessionService } from '../../core/session.service';
import { FieldErrorComponent } from '../../ui/field-error.component';
import { FieldFrameComponent } from '../../ui/field-frame.component';
import { formOf, isLong, type OrderField } from './order-fields';
import { OrderFormStore } from './order-form.store';

/** A field of the order: label, origin of the value, control, byte count, and faults. */
@Component({
  selector: 'app-order-field',
  standalone: true,
  imports: [FieldErrorComponent, FieldFrameComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <app-field-frame
      [for]="id()"
      [label]="'field.' + name()"
      [wireName]="wireName()"
      [required]="view().required"
      [bytes]="view().bytes"
      [maxBytes]="view().maxBytes"
      [isCounted]="!table() && view().bytes > view().maxBytes / 2"
    >
      @if (table(); as codes) {
        <select
          [id]="id()"
          [value]="view().value"
          (change)="type($event)"
          (blur)="leave()"
          [attr.aria-describedby]="id() + '-hint'"
          [attr.aria-invalid]="errors().length > 0"
        >
          <option value="" [selected]="view().value === ''">{{ 'create.choose' | translate }}</option>
          @for (code of codes; track code.id) {
            <option [value]="code.wire" [selected]="view().value === code.wire">
              {{ 'code.' + tableName() + '.' + code.id | translate }}
            </option>
          }
        </select>
      } @else if (long()) {
        <textarea
          [id]="id()"
          rows="2"
          [value]="view().value"
          (input)="type($event)"
          (blur)="leave()"
          [attr.aria-describedby]="id() + '-hint'"
          [attr.aria-invalid]="errors().length > 0"
        ></textarea>
      } @else {
        <input
          [id]="id()"
          type="text"
          [attr.inputmode]="date() ? 'numeric' : null"
          [value]="view().value"
          (input)="type($event)"
          (blur)="leave()"
          [attr.aria-describedby]="id() + '-hint'"
          [attr.aria-invalid]="errors().length > 0"
          autocomplete="off"
        />
      }
      <ng-container ngProjectAs="[hint]">
        @for (error of errors(); track error.code) {
          <app-field-error [error]="error" />
        } @empty {
          @if (view().origin; as origin) {
            <span>{{ 'create.origin.' + origin | translate }}</span>
          } @else if (isApplicantAsked()) {
            <span class="warn-text">{{ 'create.applicantMissing' | translate }}</span>
          } @else if (isUnknownSent()) {
            <span>{{ 'create.volumeUnknown' | translate }}</span>
          }
        }
      </ng-container>
    </app-field-frame>
  `,
  styles: ':host { display: block; }',
})
export class OrderFieldComponent {
  readonly name = input.required<OrderField>();
  private readonly form = inject(OrderFormStore);
  private readonly session = inject(SessionService);

  /** The field's name of CATP, for users who want to see these. */
  protected readonly wireName = computed(() =>
    valueOf(this.session.session())?.user.catpNames === true ? fieldSpec(this.name()).wire : undefined,
  );
  protected readonly view = computed(() => this.form.view(this.name()));
  protected readonly errors = computed(() => this.form.shownErrors().filter(({ field }) => field === this.name()));
  protected readonly id = computed(() => `field-${this.name()}`);
  protected readonly long = computed(() => isLong(this.name()));
  protected readonly date = computed(() => formOf(this.name()) === 'date');
  protected readonly tableName = computed(() => formOf(this.name()));
  protected readonly table = computed<readonly Code[] | undefined>(() => {
    const form = this.tableName();
    return form in CODE_TABLES ? CODE_TABLES[form as CodeTable] : undefined;
  });

  /** True when an empty volume of a copy will be sent as 不明. */
  protected readonly isUnknownSent = computed(
    () => this.name() === 'volume' && this.form.kind() === 'copy' && this.view().value === '',
  );

  protected readonly isApplicantAsked = computed(() => this.name() === 'applicant' && this.form.asksApplicant());

  protected type(event: Event): void {
    this.form.type(this.name(), (event.target as HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement).value);
  }

  protected leave(): void {
    this.form.leave(this.name());
  }
}
