import { ChangeDetectionStrategy, Component, computed, inject, input, output, viewChild } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { CreateRequest } from '../../../domain/api/requests';
import type { Lender } from '../../../domain/ill/request';
import { SessionService } from '../../core/session.service';
import { ConfirmDialogComponent } from '../../ui/confirm-dialog.component';
import { fieldLines, type FieldLine } from '../../ui/field-line';
import { FieldListComponent } from '../../ui/field-list.component';
import { ORDER_FIELDS } from '../form/order-fields';
import { WarningsComponent } from './warnings.component';

/** Confirmation of everything that will be sent. Enter orders, Escape returns to the form. */
@Component({
  selector: 'app-confirm-order',
  standalone: true,
  imports: [ConfirmDialogComponent, FieldListComponent, TranslatePipe, WarningsComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <app-confirm-dialog
      class="long"
      [heading]="(order()?.kind === 'loan' ? 'create.confirm.loan' : 'create.confirm.copy') | translate"
      [back]="'create.confirm.back'"
      [go]="'action.borrower.order'"
      goTestId="confirm"
      (confirmed)="confirmed.emit()"
    >
      <p class="muted">
        {{ 'create.confirm.from' | translate: { library: library()?.name ?? '', memberId: library()?.memberId ?? '' } }}
      </p>
      <h3>{{ 'field.lenders' | translate }}</h3>
      <ol class="rota">
        @for (lender of order()?.fields?.lenders ?? []; track $index) {
          <li>
            {{ lender.memberName ?? lender.memberId }} <span class="muted">{{ partsOf(lender) }}</span>
            @if (lender.acceptingMemberId && lender.acceptingMemberId !== lender.memberId) {
              <span class="muted"> · {{ 'create.through' | translate: { memberId: lender.acceptingMemberId } }}</span>
            }
          </li>
        }
      </ol>
      <app-field-list [lines]="lines()" />
      <app-warnings />
    </app-confirm-dialog>
  `,
  styles: `
    h3 {
      margin-top: 0.75rem;
    }
    .rota {
      margin-top: 0.25rem;
    }
    app-field-list {
      display: block;
      margin: 0.75rem 0;
    }
  `,
})
export class ConfirmOrderComponent {
  readonly order = input<CreateRequest>();
  readonly confirmed = output();
  protected readonly library = inject(SessionService).library;
  private readonly dialog = viewChild.required(ConfirmDialogComponent);

  protected readonly lines = computed<readonly FieldLine[]>(() => {
    const { fields, comment } = this.order() ?? { fields: {} };
    const lines = fieldLines(ORDER_FIELDS, fields);
    return comment === undefined ? lines : [...lines, { label: 'field.comment', value: comment }];
  });

  open(): void {
    this.dialog().open();
  }

  protected partsOf({ memberId, location, volume, callNumber, registrationNumber }: Lender): string {
    return [memberId, location, volume, callNumber, registrationNumber].filter(Boolean).join(' · ');
  }
}
