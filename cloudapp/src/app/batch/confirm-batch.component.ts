import { ChangeDetectionStrategy, Component, computed, input, output, viewChild } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { fieldSpec, SCALAR_NAMES, type ScalarName } from '../../domain/ill/fields';
import { ConfirmDialogComponent } from '../ui/confirm-dialog.component';
import { fieldLines, type FieldLine } from '../ui/field-line';
import { FieldListComponent } from '../ui/field-list.component';
import { yen } from '../ui/yen';
import type { Params } from './batch-plan';
import type { BatchOrder } from './batch-run.store';

/** Confirmation of the params and the number of rows. Enter starts, Escape returns. */
@Component({
  selector: 'app-confirm-batch',
  standalone: true,
  imports: [ConfirmDialogComponent, FieldListComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <app-confirm-dialog
      [heading]="'batch.confirm' | translate: { action: label() | translate, count: count() }"
      [back]="'batch.back'"
      [go]="'batch.run'"
      goTestId="batch-run"
      (confirmed)="confirmed.emit()"
    >
      <app-field-list [lines]="lines()" />
      <p class="muted">{{ 'batch.confirmNote' | translate: { count: count() } }}</p>
    </app-confirm-dialog>
  `,
  styles: `
    app-field-list {
      display: block;
      margin: 0.75rem 0;
    }
  `,
})
export class ConfirmBatchComponent {
  readonly order = input<BatchOrder>();
  /** i18n key of the action. */
  readonly label = input.required<string>();
  readonly confirmed = output();
  private readonly dialog = viewChild.required(ConfirmDialogComponent);

  protected readonly count = computed(() => this.order()?.rows.length ?? 0);
  protected readonly lines = computed<readonly FieldLine[]>(() => {
    const all = Object.assign({}, ...(this.order()?.rows ?? []).map(({ params }) => params)) as Params;
    return linesOfParams(all);
  });

  open(): void {
    this.dialog().open();
  }
}

/** Params for confirmation: the fields in order, then charge lines, amounts and the comment. */
export function linesOfParams({ comment, charges = [], lenders: _lenders, ...fields }: Params): readonly FieldLine[] {
  const amounts = SCALAR_NAMES.filter(isYen);
  const others = SCALAR_NAMES.filter((name) => !isYen(name));
  return [
    ...fieldLines(others, fields),
    ...charges.map(({ item = '', quantity = '', unitPrice = '' }) => ({
      label: 'field.charges',
      value: `${item} ${quantity} × ${yen(unitPrice)}`.trim(),
    })),
    ...fieldLines(amounts, fields).map(({ label, value = '' }) => ({ label, value: yen(value) })),
    ...(comment === undefined ? [] : [{ label: 'field.comment', value: comment }]),
  ];
}

function isYen(name: ScalarName): boolean {
  return fieldSpec(name).form === 'yen';
}
