import { ChangeDetectionStrategy, Component, computed, effect, inject, input, output, viewChild } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { CreateRequest } from '../../../domain/api/requests';
import type { FieldError } from '../../../domain/errors';
import type { Lender } from '../../../domain/ill/request';
import { namesNoPart } from '../../../domain/ill/validation';
import { SessionService } from '../../core/session.service';
import { ConfirmDialogComponent } from '../../ui/confirm-dialog.component';
import { FieldErrorComponent } from '../../ui/field-error.component';
import { fieldLines, type FieldLine } from '../../ui/field-line';
import { FieldListComponent } from '../../ui/field-list.component';
import { labelOf, ORDER_FIELDS } from '../form/order-fields';
import { SubmissionNoticeComponent } from './submission-notice.component';
import { SubmissionStore } from './submission.store';
import { WarningsComponent } from './warnings.component';

/**
 * Confirmation of everything that will be sent. Enter orders, Escape returns to the form. Stays open until NACSIS-ILL has
 * the order, so that a refusal is read where the order was given.
 */
@Component({
  selector: 'app-confirm-order',
  standalone: true,
  imports: [
    ConfirmDialogComponent,
    FieldErrorComponent,
    FieldListComponent,
    SubmissionNoticeComponent,
    TranslatePipe,
    WarningsComponent,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <app-confirm-dialog
      class="long"
      [heading]="(order()?.kind === 'loan' ? 'create.confirm.loan' : 'create.confirm.copy') | translate"
      [back]="'create.confirm.back'"
      [go]="isSending() ? 'create.sending' : 'action.borrower.order'"
      goTestId="confirm"
      [isKept]="true"
      [isBusy]="isSending()"
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
      @if (isWithoutPart()) {
        <p foot class="note warn" data-testid="warning-part">⚠ {{ 'warnings.part' | translate }}</p>
      }
      <app-submission-notice foot />
      @if (faults().length > 0) {
        <ul foot>
          @for (fault of faults(); track $index) {
            <li>{{ labelOf(fault.field) | translate }}: <app-field-error [error]="fault" /></li>
          }
        </ul>
      }
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
  private readonly sending = inject(SubmissionStore);
  private readonly dialog = viewChild.required(ConfirmDialogComponent);
  protected readonly isSending = computed(() => this.sending.submission().state === 'sending');
  /** What the gateway found wrong with the fields of the order. */
  protected readonly faults = computed<readonly FieldError[]>(() => {
    const submission = this.sending.submission();
    return submission.state === 'editing' ? (submission.error?.details.fieldErrors ?? []) : [];
  });
  protected readonly labelOf = labelOf;
  protected readonly isWithoutPart = computed(() => {
    const order = this.order();
    return order !== undefined && namesNoPart(order);
  });
  readonly isOpen = computed(() => this.dialog().isOpen());

  protected readonly lines = computed<readonly FieldLine[]>(() => {
    const { fields, comment } = this.order() ?? { fields: {} };
    const lines = fieldLines(ORDER_FIELDS, fields);
    return comment === undefined ? lines : [...lines, { label: 'field.comment', value: comment }];
  });

  constructor() {
    effect(
      () => {
        const { state } = this.sending.submission();
        // The result, and what asks for an unknown outcome, are on the page.
        if (state === 'done' || state === 'unknown') this.dialog().close();
      },
      { allowSignalWrites: true },
    );
  }

  open(): void {
    this.dialog().open();
  }

  protected partsOf({ memberId, location, volume, callNumber, registrationNumber }: Lender): string {
    return [memberId, location, volume, callNumber, registrationNumber].filter(Boolean).join(' · ');
  }
}
