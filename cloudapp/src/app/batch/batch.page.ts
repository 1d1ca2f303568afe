import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  input,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import { tap, type Observable } from 'rxjs';
import actionsMessages from '../../i18n/actions.json';
import batchMessages from '../../i18n/batch.json';
import { ACTIONS } from '../../domain/ill/commands';
import type { Leavable } from '../core/leave-page.guard';
import { PageMessages } from '../core/page-messages';
import { PageHeaderComponent } from '../ui/page-header.component';
import { QuestionDialogComponent } from '../ui/question-dialog.component';
import { BatchActionComponent } from './batch-action.component';
import { BatchInputStore } from './batch-input.store';
import { BatchIntakeComponent } from './batch-intake.component';
import { BatchProgressComponent } from './batch-progress.component';
import { BatchResultListComponent } from './batch-result-list.component';
import { BatchRowListComponent } from './batch-row-list.component';
import { BatchRowsStore } from './batch-rows.store';
import { BatchRunStore } from './batch-run.store';
import { BatchSetupStore } from './batch-setup.store';
import { BatchSummaryComponent } from './batch-summary.component';
import { UnfinishedBatchService, type UnfinishedBatch } from './unfinished-batch.service';

/** Batch page: rows, action, parameters, and then the results. */
@Component({
  standalone: true,
  imports: [
    BatchActionComponent,
    BatchIntakeComponent,
    BatchProgressComponent,
    BatchResultListComponent,
    BatchRowListComponent,
    BatchSummaryComponent,
    MatButton,
    PageHeaderComponent,
    QuestionDialogComponent,
    TranslatePipe,
  ],
  providers: [BatchInputStore, BatchRowsStore, BatchSetupStore],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { 'class': 'stack', '(window:beforeunload)': 'askBeforeUnload($event)' },
  template: `
    <app-page-header [heading]="'batch.title' | translate" />
    @if (isSettingUp()) {
      @if (unfinished.found(); as batch) {
        <section class="note warn stack" data-testid="batch-unfinished">
          <h2>{{ 'batch.unfinished.title' | translate }}</h2>
          <p>{{ 'batch.unfinished.note' | translate: { count: batch.ids.length } }}</p>
          <div class="row">
            <button mat-stroked-button type="button" data-testid="batch-look" (click)="takeUp(batch)">
              {{ 'batch.unfinished.look' | translate: { count: batch.ids.length } }}
            </button>
            <button mat-stroked-button type="button" (click)="unfinished.drop()">
              {{ 'batch.unfinished.drop' | translate }}
            </button>
          </div>
        </section>
      }
      <div class="setup">
        <section class="stack">
          <h2>{{ 'batch.requests' | translate }}</h2>
          <app-batch-intake (finished)="toForm()" />
          @if (rows.rows().length > 0 || rows.missing().length > 0) {
            <app-batch-row-list />
          }
        </section>
        @if (rows.rows().length > 0) {
          <app-batch-action />
        }
      </div>
    } @else {
      @if (run.isBusy()) {
        <app-batch-progress />
      } @else {
        <app-batch-summary (changeFailed)="changeFailed()" (another)="another()" />
      }
      <app-batch-result-list />
    }
    <app-question-dialog [words]="'batch.leave.'" />
  `,
  styles: `
    .setup {
      display: grid;
      gap: 0.75rem 1.5rem;
    }
    @media (min-width: 900px) {
      .setup {
        grid-template-columns: 1fr 1fr;
        align-items: start;
      }
    }
    @media print {
      app-page-header {
        display: none;
      }
    }
  `,
})
export class BatchPage implements Leavable {
  /** Query parameter: the preselected action. */
  readonly action = input<string>();
  protected readonly rows = inject(BatchRowsStore);
  protected readonly run = inject(BatchRunStore);
  protected readonly unfinished = inject(UnfinishedBatchService);
  private readonly setup = inject(BatchSetupStore);
  private readonly inputs = inject(BatchInputStore);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly dialog = viewChild(QuestionDialogComponent);
  protected readonly isSettingUp = computed(() => this.run.phase() === 'ready');

  constructor() {
    inject(PageMessages).add(actionsMessages, batchMessages);
    // Drops the results of the last batch when other rows were selected since.
    const last = new Set(this.run.rows().map(({ row }) => row.id));
    if (this.rows.rows().some(({ id }) => !last.has(id))) this.run.clear();
    effect(
      () => {
        const wanted = ACTIONS.find((each) => each === this.action());
        if (wanted !== undefined) this.setup.choose(wanted);
      },
      { allowSignalWrites: true },
    );
    effect(() => {
      // Closes the dialog when the batch ends while the dialog is open.
      if (!this.run.isBusy()) this.dialog()?.close();
    });
  }

  mayLeave(): Observable<boolean> | boolean {
    const dialog = this.dialog();
    if (!this.run.isBusy() || dialog === undefined) return true;
    return dialog.ask().pipe(
      tap((isLeaving) => {
        if (isLeaving) this.run.stop();
      }),
    );
  }

  /** Returns the failed rows to the form to send them with other params. */
  protected changeFailed(): void {
    const failed = this.run.rows().filter(({ outcome }) => outcome.state === 'failed');
    this.rows.start(failed.map(({ row }) => row));
    this.inputs.takeBack(this.run.what().action, failed);
    this.setup.choose(this.run.what().action);
    this.run.clear();
  }

  /** Leads from the scanned rows to what is to be filled in. */
  protected toForm(): void {
    const form = this.host.querySelector('app-batch-action');
    const next = ['[data-cell]', '[type=submit]', 'input'].map((each) => form?.querySelector<HTMLElement>(each));
    next.find((each) => each instanceof HTMLElement)?.focus();
  }

  protected another(): void {
    this.rows.start([]);
    this.inputs.clear();
    this.run.clear();
  }

  /** Continues a batch that a reload interrupted, after looking up the state of its rows. */
  protected takeUp({ side, action, ids }: UnfinishedBatch): void {
    this.rows.lookAgain(side, ids);
    this.setup.choose(action);
    this.unfinished.drop();
  }

  protected askBeforeUnload(event: BeforeUnloadEvent): void {
    if (this.run.isBusy()) event.preventDefault();
  }
}
