import { ChangeDetectionStrategy, Component, computed, effect, inject, input, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import type { ImportedRequest, ImportRun } from '../../domain/api/imports';
import type { Side } from '../../domain/ill/kinds';
import { isFinal } from '../../domain/imports/import';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { FailureWordsComponent } from './failure-words.component';
import { ImportedListStore } from './imported-list.store';
import { PageTurnerComponent } from './page-turner.component';
import { RetryStateComponent } from './retry-state.component';
import { RetryStore } from './retry.store';

/** Failed requests of one side with reason, remedy and retry. Requires a RetryStore in a parent. */
@Component({
  selector: 'app-failure-list',
  standalone: true,
  imports: [
    ErrorMessageComponent,
    FailureWordsComponent,
    MatButton,
    PageTurnerComponent,
    RetryStateComponent,
    RouterLink,
    TranslatePipe,
  ],
  providers: [ImportedListStore],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './failure-list.component.html',
  styles: 'li { padding-block: 0.5rem; } .retry { margin-inline-start: auto; }',
  host: { class: 'stack gap-m' },
})
export class FailureListComponent {
  readonly run = input.required<ImportRun>();
  readonly side = input.required<Side>();
  readonly mayManage = input(false);
  protected readonly list = inject(ImportedListStore);
  private readonly retries = inject(RetryStore);
  private readonly runId = computed(() => this.run().runId);
  protected readonly heading = computed(() => `imports.details.${this.side()}`);
  private readonly totals = computed(() => {
    const { borrowing, lending } = this.run().totals;
    return this.side() === 'borrower' ? borrowing : lending;
  });
  /** Number of failures by the run's own count, because the list may not be loaded yet. */
  protected readonly failed = computed(() => this.totals().failed);
  protected readonly rows = computed(() =>
    this.list.items().map((item) => ({ item, retry: this.retries.of(this.runId(), item), canRetry: this.can(item) })),
  );

  constructor() {
    // Makes no call when nothing failed.
    const hasFailures = computed(() => this.failed() > 0);
    effect(
      () => {
        const [runId, side] = [this.runId(), this.side()];
        if (hasFailures()) untracked(() => this.list.show(runId, { side, outcome: 'failed' }));
      },
      { allowSignalWrites: true },
    );
    effect(() => {
      this.failed();
      untracked(() => this.list.readAgain());
    });
  }

  protected retry(item: ImportedRequest): void {
    this.retries.start(this.runId(), item);
  }

  /** True when the request can be retried. A dry run has nothing to retry; a request without id cannot be addressed. */
  private can({ id }: ImportedRequest): boolean {
    const { state, dryRun } = this.run();
    return this.mayManage() && isFinal(state) && !dryRun && id !== '';
  }
}
