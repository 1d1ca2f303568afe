import { ChangeDetectionStrategy, Component, computed, input, output, viewChild } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { fieldSpec, SCALAR_NAMES, type ScalarName } from '../../domain/ill/fields';
import { dashed } from '../actions/action-field';
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
      @if (own().length > 0) {
        <table class="table" data-testid="confirm-rows">
          <thead>
            <tr>
              <th scope="col">{{ 'field.id' | translate }}</th>
              @if (hasOwnDates()) {
                <th scope="col">{{ 'field.dueDate' | translate }}</th>
              }
              <th scope="col" class="number">{{ 'field.total' | translate }}</th>
            </tr>
          </thead>
          @for (each of own(); track each.id) {
            <tr>
              <th scope="row">{{ each.id }}</th>
              @if (hasOwnDates()) {
                <td>{{ each.dueDate }}</td>
              }
              <td class="number">{{ each.total }}</td>
            </tr>
          }
          <tr>
            <td [attr.colspan]="hasOwnDates() ? 3 : 2" class="number">
              {{ 'batch.ship.sum' | translate: { count: own().length } }} <strong>{{ sum() }}</strong>
            </td>
          </tr>
        </table>
      }
      <p class="muted">{{ 'batch.confirmNote' | translate: { count: count() } }}</p>
    </app-confirm-dialog>
  `,
  styles: `
    app-field-list {
      display: block;
      margin: 0.75rem 0;
    }
    table {
      margin-bottom: 0.75rem;
    }
    .number {
      text-align: end;
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
  private readonly params = computed(() => (this.order()?.rows ?? []).map(({ params }) => params));
  /** Names of params that differ between the rows. */
  private readonly different = computed<ReadonlySet<string>>(() => differentIn(this.params()));
  protected readonly hasOwnDates = computed(() => this.different().has('dueDate'));
  protected readonly lines = computed<readonly FieldLine[]>(() => {
    const all = Object.assign({}, ...this.params()) as Params;
    return linesOfParams(Object.fromEntries(Object.entries(all).filter(([name]) => !this.different().has(name))));
  });
  /** The total, and the due date, of each row where they differ. */
  protected readonly own = computed(() =>
    this.different().size === 0
      ? []
      : (this.order()?.rows ?? []).map(({ row: { id }, params: { total = '', dueDate = '' } }) => ({
          id,
          total: yen(total),
          dueDate: dashed(dueDate),
        })),
  );
  protected readonly sum = computed(() => yen(this.params().reduce((all, { total = '' }) => all + Number(total), 0)));

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

/** A param that only some rows have, such as the due date of loans, does not count as different. */
function differentIn(all: readonly Params[]): ReadonlySet<string> {
  const values = new Map<string, Set<string>>();
  for (const [name, value] of all.flatMap((params) => Object.entries(params)))
    values.set(name, (values.get(name) ?? new Set()).add(JSON.stringify(value)));
  return new Set([...values].filter(([, { size }]) => size > 1).map(([name]) => name));
}

function isYen(name: ScalarName): boolean {
  return fieldSpec(name).form === 'yen';
}
