import {
  ChangeDetectionStrategy,
  Component,
  computed,
  ElementRef,
  inject,
  input,
  output,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import type { CreateRequest } from '../../../domain/api/requests';
import type { Lender } from '../../../domain/ill/request';
import { DeskService } from '../../core/desk.service';
import { fieldLines, type FieldLine } from '../../ui/field-line';
import { FieldListComponent } from '../../ui/field-list.component';
import { ORDER_FIELDS } from '../form/order-fields';
import { WarningsComponent } from './warnings.component';

/** Confirmation of everything that will be sent. Enter orders, Escape returns to the form. */
@Component({
  selector: 'app-confirm-order',
  standalone: true,
  imports: [FieldListComponent, MatButton, TranslatePipe, WarningsComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <dialog #dialog aria-labelledby="confirm-heading">
      <h2 id="confirm-heading">
        {{ (order()?.kind === 'loan' ? 'create.confirm.loan' : 'create.confirm.copy') | translate }}
      </h2>
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
      <div class="row end">
        <button mat-stroked-button type="button" (click)="close()">{{ 'create.confirm.back' | translate }}</button>
        <button
          mat-flat-button
          class="primary-action"
          type="button"
          #orderButton
          (click)="confirm()"
          data-testid="confirm"
        >
          {{ 'action.borrower.order' | translate }}
        </button>
      </div>
    </dialog>
  `,
  styles: `
    dialog {
      width: 34rem;
    }
    h3 {
      margin-top: 0.75rem;
    }
    .rota {
      margin: 0.25rem 0 0;
      padding-inline-start: 1.5rem;
    }
    app-field-list {
      display: block;
      margin: 0.75rem 0;
    }
    .end {
      justify-content: flex-end;
      position: sticky;
      bottom: -1rem;
      margin: 0.5rem -1rem -1rem;
      padding: 0.75rem 1rem;
      background: var(--sys-surface);
      border-top: 1px solid var(--sys-outline-variant);
    }
  `,
})
export class ConfirmOrderComponent {
  readonly order = input<CreateRequest>();
  readonly confirmed = output();
  protected readonly library = inject(DeskService).library;
  private readonly orderButton = viewChild.required<unknown, ElementRef<HTMLButtonElement>>('orderButton', {
    read: ElementRef,
  });
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');

  protected readonly lines = computed<readonly FieldLine[]>(() => {
    const { fields, comment } = this.order() ?? { fields: {} };
    const lines = fieldLines(ORDER_FIELDS, fields);
    return comment === undefined ? lines : [...lines, { label: 'field.comment', value: comment }];
  });

  /** Focuses the order button, so that Enter confirms. */
  open(): void {
    this.dialog().nativeElement.showModal();
    this.orderButton().nativeElement.focus();
  }

  protected confirm(): void {
    this.dialog().nativeElement.close();
    this.confirmed.emit();
  }

  protected close(): void {
    this.dialog().nativeElement.close();
  }

  protected partsOf({ memberId, location, volume, callNumber, registrationNumber }: Lender): string {
    return [memberId, location, volume, callNumber, registrationNumber].filter(Boolean).join(' · ');
  }
}
