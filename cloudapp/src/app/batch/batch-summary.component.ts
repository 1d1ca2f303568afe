import { DOCUMENT } from '@angular/common';
import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  type ElementRef,
  inject,
  LOCALE_ID,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { MatAnchor, MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';
import { wordsOf } from '../actions/words-of';
import { copyText } from '../core/copy-text';
import { ASK_MINUTES } from '../core/until-known';
import { SLIPS, slipsFor } from '../print/slip-kind';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { reportOf } from './batch-report';
import { BatchRunStore } from './batch-run.store';

/** The result of the batch, and the options for the remaining rows. */
@Component({
  selector: 'app-batch-summary',
  standalone: true,
  imports: [ErrorMessageComponent, MatAnchor, MatButton, RouterLink, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <section class="note stack" [class.good]="isAllDone()" [class.warn]="!isAllDone()" data-testid="batch-summary">
      <h2 #heading tabindex="-1">
        {{ (run.wasStopped() ? 'batch.stopped' : 'batch.ended') | translate: { action: run.label() | translate } }}
      </h2>
      <p>
        <strong>{{ 'batch.counts' | translate: { done: run.tally().done, failed: run.tally().failed } }}</strong>
        @if (open() > 0) {
          · <strong>{{ 'batch.openCount' | translate: { count: open() } }}</strong>
        }
      </p>
      @if (run.error(); as error) {
        <app-error-message [error]="error" />
      }
      @if (run.askingEnd(); as end) {
        <p data-testid="asking-end">{{ 'asking.end.' + end | translate: { minutes } }}</p>
      }
      @if (open() > 0) {
        <p>{{ 'batch.openNote' | translate }}</p>
      }
      <div class="row actions">
        @if (open() > 0) {
          <button mat-flat-button class="primary-action" type="button" data-testid="batch-go-on" (click)="run.goOn()">
            {{ (run.wasStopped() ? 'batch.goOn' : 'batch.findOut') | translate: { count: open() } }}
          </button>
        }
        @if (run.tally().failed > 0) {
          <button
            mat-flat-button
            class="primary-action"
            type="button"
            data-testid="batch-retry"
            (click)="run.retryFailed()"
          >
            {{ 'batch.retry' | translate: { count: run.tally().failed } }}
          </button>
          @if (open() === 0) {
            <button mat-stroked-button type="button" data-testid="batch-change" (click)="changeFailed.emit()">
              {{ 'batch.change' | translate: { count: run.tally().failed } }}
            </button>
          }
        }
        <button mat-stroked-button type="button" (click)="copy()">
          {{ (copied() ? 'create.copied' : 'batch.copy') | translate }}
        </button>
        <button mat-stroked-button type="button" (click)="print()">{{ 'batch.print' | translate }}</button>
        @for (each of slips(); track each.slip) {
          <a
            mat-stroked-button
            [routerLink]="['/print', each.slip]"
            [queryParams]="{ side: run.what().side, ids: each.ids.join(',') }"
            [attr.data-testid]="'batch-print-' + each.slip"
            >{{
              'batch.printSlip' | translate: { slip: ('print.slip.' + each.slip | translate), count: each.ids.length }
            }}</a
          >
        }
        <button mat-stroked-button type="button" data-testid="batch-new" (click)="another.emit()">
          {{ 'batch.another' | translate }}
        </button>
      </div>
      @if (byHand(); as text) {
        <label for="batch-report">{{ 'batch.copyByHand' | translate }}</label>
        <textarea id="batch-report" rows="6" readonly [value]="text"></textarea>
      }
    </section>
  `,
  styles: `
    @media print {
      .actions {
        display: none;
      }
    }
  `,
})
export class BatchSummaryComponent {
  /** Returns to the form with the failed rows. */
  readonly changeFailed = output();
  readonly another = output();
  protected readonly run = inject(BatchRunStore);
  private readonly translate = inject(TranslateService);
  private readonly locale = inject(LOCALE_ID);
  private readonly document = inject(DOCUMENT);
  private readonly heading = viewChild.required<ElementRef<HTMLElement>>('heading');
  protected readonly minutes = ASK_MINUTES;
  protected readonly copied = signal(false);
  /** The report for manual copying, when the clipboard is not available. */
  protected readonly byHand = signal('');
  /** Number of rows not sent or without a result. */
  protected readonly open = computed(() => this.run.tally().waiting + this.run.tally().unknown);
  /** The slips that the completed rows need in their new states, each with these rows. */
  protected readonly slips = computed(() => {
    const done = this.run.rows().flatMap(({ row, outcome }) => {
      if (outcome.state !== 'done') return [];
      return [{ id: row.id, slips: slipsFor({ ...row, state: outcome.to }) }];
    });
    return SLIPS.map((slip) => ({
      slip,
      ids: done.filter((each) => each.slips.includes(slip)).map(({ id }) => id),
    })).filter(({ ids }) => ids.length > 0);
  });
  protected readonly isAllDone = computed(() => this.run.tally().done === this.run.rows().length);

  constructor() {
    afterNextRender(() => {
      this.heading().nativeElement.focus();
    });
  }

  protected copy(): void {
    const text = reportOf(this.run.rows(), (wording) => wordsOf(this.translate, wording), this.locale);
    copyText(text, this.document).then(
      (isCopied) => {
        this.copied.set(isCopied);
        this.byHand.set(isCopied ? '' : text);
      },
      () => {
        this.byHand.set(text);
      },
    );
  }

  protected print(): void {
    this.document.defaultView?.print();
  }
}
