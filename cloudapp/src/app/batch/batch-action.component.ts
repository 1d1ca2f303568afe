import { ChangeDetectionStrategy, Component, inject, signal, viewChild } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { BatchParamsComponent, type BatchInput } from './batch-params.component';
import { BatchRowsStore } from './batch-rows.store';
import { BatchRunStore, type BatchOrder } from './batch-run.store';
import { BatchSetupStore } from './batch-setup.store';
import { ConfirmBatchComponent } from './confirm-batch.component';

/** The actions that all rows allow, the form of the selected one, and its start button. */
@Component({
  selector: 'app-batch-action',
  standalone: true,
  imports: [BatchParamsComponent, ConfirmBatchComponent, ErrorMessageComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (setup.common().length > 0) {
      <fieldset class="stack gap-xs">
        <legend>{{ 'batch.action' | translate }}</legend>
        @for (each of setup.common(); track each.action) {
          <label class="row">
            <input
              type="radio"
              name="batch-action"
              [value]="each.action"
              [checked]="setup.choice()?.action === each.action"
              (change)="setup.choose(each.action)"
            />
            {{ each.label | translate }}
          </label>
        }
      </fieldset>
    } @else {
      <p class="note warn">{{ 'batch.noneCommon' | translate }}</p>
    }
    @if (setup.partial().length > 0) {
      <details [open]="setup.common().length === 0">
        <summary>{{ 'batch.partial' | translate }}</summary>
        <ul class="plain-list" data-testid="batch-partial">
          @for (each of setup.partial(); track each.action) {
            <li class="row lined">
              <span>{{ each.label | translate }}</span>
              <span class="muted">{{
                'batch.ofRows' | translate: { count: each.count, total: store.rows().length }
              }}</span>
              <button type="button" class="link" (click)="store.keepOnly(each.action); setup.choose(each.action)">
                {{ 'batch.keepOnly' | translate: { count: each.count }
                }}<span class="visually-hidden"> {{ each.label | translate }}</span>
              </button>
            </li>
          }
        </ul>
      </details>
    }
    @if (setup.leavesOut()) {
      <p class="muted">{{ 'batch.oneByOne' | translate }}</p>
    }
    @if (setup.isLoading()) {
      <p class="muted" role="status">{{ 'batch.asking' | translate }}</p>
    }
    @if (setup.error(); as error) {
      <app-error-message [error]="error" [canRetry]="true" (again)="setup.again()" />
    }
    @if (setup.form(); as form) {
      <app-batch-params
        [offer]="form.offer"
        [request]="form.request"
        [shipRows]="setup.shipRows()"
        [label]="setup.choice()?.label ?? ''"
        [count]="store.rows().length"
        (submitted)="ask($event)"
      />
    }
    <app-confirm-batch [order]="order()" [label]="setup.choice()?.label ?? ''" (confirmed)="start()" />
  `,
  styles: `
    legend {
      padding: 0;
      font-size: 1.143rem;
      font-weight: 600;
    }
    label {
      min-height: 2rem;
    }
    summary {
      padding: 0.25rem 0;
    }
    li {
      justify-content: space-between;
    }
  `,
  host: { class: 'stack' },
})
export class BatchActionComponent {
  protected readonly store = inject(BatchRowsStore);
  protected readonly setup = inject(BatchSetupStore);
  private readonly run = inject(BatchRunStore);
  private readonly dialog = viewChild.required(ConfirmBatchComponent);
  /** The order that awaits confirmation. */
  protected readonly order = signal<BatchOrder | undefined>(undefined);

  protected ask({ params, own }: BatchInput): void {
    const order = this.setup.orderWith(params, own);
    this.order.set(order);
    if (order !== undefined) this.dialog().open();
  }

  protected start(): void {
    const order = this.order();
    if (order !== undefined) this.run.start(order);
  }
}
