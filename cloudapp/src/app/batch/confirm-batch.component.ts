import { ChangeDetectionStrategy, Component, computed, ElementRef, input, output, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import type { FieldLine } from '../ui/field-line';
import { FieldListComponent } from '../ui/field-list.component';
import type { Params } from './batch-plan';
import type { BatchOrder } from './batch-run.store';
import { linesOfParams } from './param-lines';

/** Confirmation of the params and the number of rows. Enter starts, Escape returns. */
@Component({
  selector: 'app-confirm-batch',
  standalone: true,
  imports: [FieldListComponent, MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <dialog #dialog aria-labelledby="batch-confirm-heading">
      <h2 id="batch-confirm-heading">
        {{ 'batch.confirm' | translate: { action: label() | translate, count: count() } }}
      </h2>
      <app-field-list [lines]="lines()" />
      <p class="muted">{{ 'batch.confirmNote' | translate: { count: count() } }}</p>
      <div class="row end">
        <button mat-stroked-button type="button" (click)="dialog.close()">{{ 'batch.back' | translate }}</button>
        <button mat-flat-button class="primary-action" type="button" #runButton data-testid="batch-run" (click)="run()">
          {{ 'batch.run' | translate }}
        </button>
      </div>
    </dialog>
  `,
  styles: `
    dialog {
      width: 30rem;
    }
    app-field-list {
      display: block;
      margin: 0.75rem 0;
    }
    .end {
      justify-content: flex-end;
      margin-top: 0.75rem;
    }
  `,
})
export class ConfirmBatchComponent {
  readonly order = input<BatchOrder>();
  /** i18n key of the action. */
  readonly label = input.required<string>();
  readonly confirmed = output();
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  private readonly runButton = viewChild.required<unknown, ElementRef<HTMLButtonElement>>('runButton', {
    read: ElementRef,
  });

  protected readonly count = computed(() => this.order()?.rows.length ?? 0);
  protected readonly lines = computed<readonly FieldLine[]>(() => {
    const all = Object.assign({}, ...(this.order()?.rows ?? []).map(({ params }) => params)) as Params;
    return linesOfParams(all);
  });

  /** Focuses the start button, so that Enter confirms. */
  open(): void {
    this.dialog().nativeElement.showModal();
    this.runButton().nativeElement.focus();
  }

  protected run(): void {
    this.dialog().nativeElement.close();
    this.confirmed.emit();
  }
}
