import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { RequestView } from '../../domain/api/requests';
import { yen } from '../ui/yen';

/** The lender's charges in yen: lines, fee, postage and total. Hidden when there are none. */
@Component({
  selector: 'app-charge-lines',
  standalone: true,
  imports: [TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (lines().length > 0 || total()) {
      <section data-testid="charges">
        <h3>{{ 'field.charges' | translate }}</h3>
        <dl>
          @for (line of lines(); track $index) {
            <div>
              <dt>{{ line.label ? (line.label | translate) : line.item }}</dt>
              <dd>
                <span class="muted">{{ line.how }}</span> {{ line.amount }}
              </dd>
            </div>
          }
          @if (total(); as sum) {
            <div class="total">
              <dt>{{ 'field.total' | translate }}</dt>
              <dd>{{ sum }}</dd>
            </div>
          }
        </dl>
      </section>
    }
  `,
  styles: `
    div {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      gap: 0.5rem;
      padding: 0.125rem 0;
    }
    dd {
      font-variant-numeric: tabular-nums;
    }
    .muted {
      margin-inline-end: 0.5rem;
    }
    .total {
      border-top: 1px solid var(--sys-outline);
      font-weight: 700;
    }
  `,
})
export class ChargeLinesComponent {
  readonly fields = input.required<RequestView['fields']>();

  protected readonly lines = computed(() => {
    const { charges = [], fee = '', postage = '' } = this.fields();
    return [
      ...charges.map(({ item = '', quantity = '', unitPrice = '', amount = '' }) => ({
        label: item === '' ? 'request.chargeLine' : undefined,
        item,
        how: quantity !== '' && unitPrice !== '' ? `${quantity} × ${yen(unitPrice)}` : '',
        amount: yen(amount),
      })),
      ...(fee === '' ? [] : [{ label: 'field.fee', item: '', how: '', amount: yen(fee) }]),
      ...(postage === '' ? [] : [{ label: 'field.postage', item: '', how: '', amount: yen(postage) }]),
    ];
  });
  protected readonly total = computed(() => {
    const { total = '' } = this.fields();
    return total === '' ? undefined : yen(total);
  });
}
