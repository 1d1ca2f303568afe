import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { FailureWordsComponent } from './failure-words.component';
import type { Retry } from './retry.store';

/** Progress and result of a retried request. */
@Component({
  selector: 'app-retry-state',
  standalone: true,
  imports: [ErrorMessageComponent, FailureWordsComponent, RouterLink, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div role="status" data-testid="retry-state">
      @switch (retry()?.state) {
        @case ('running') {
          <p>{{ 'imports.retry.running' | translate }}</p>
        }
        @case ('succeeded') {
          @if (succeeded(retry()); as done) {
            <p>
              <span class="chip good">✓ {{ 'imports.retry.succeeded' | translate }}</span>
              {{ 'imports.did.' + done.item.outcome | translate }} ·
              <a [routerLink]="['/imports', done.runId]">{{ 'imports.retry.result' | translate }}</a>
            </p>
          }
        }
        @case ('failed') {
          @if (failed(retry()); as again) {
            <p>
              <span class="chip warn">✗ {{ 'imports.retry.failed' | translate }}</span>
              @if (again.run.failure; as failure) {
                {{ 'runFault.' + failure.code | translate }}
              }
              <a [routerLink]="['/imports', again.runId]">{{ 'imports.retry.result' | translate }}</a>
            </p>
            @if (again.item?.failure; as failure) {
              <app-failure-words [failure]="failure" />
            }
          }
        }
      }
    </div>
    @if (refused(retry()); as refusal) {
      <app-error-message [error]="refusal.error" />
    }
  `,
})
export class RetryStateComponent {
  readonly retry = input.required<Retry | undefined>();
  protected readonly succeeded = (retry?: Retry) => (retry?.state === 'succeeded' ? retry : undefined);
  protected readonly failed = (retry?: Retry) => (retry?.state === 'failed' ? retry : undefined);
  protected readonly refused = (retry?: Retry) => (retry?.state === 'refused' ? retry : undefined);
}
