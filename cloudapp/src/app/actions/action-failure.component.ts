import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import { ASK_MINUTES } from '../core/until-known';
import { AskingComponent } from '../ui/asking.component';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { isAsking, type Failed } from './action-run.store';
import { stoppedWording } from './action-wordings';
import { WordingComponent } from './wording.component';

/**
 * Shows a failed action or one with unknown outcome: the reason, how far a chain came, and the state of asking for the
 * outcome.
 */
@Component({
  selector: 'app-action-failure',
  standalone: true,
  imports: [AskingComponent, ErrorMessageComponent, MatButton, TranslatePipe, WordingComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="stack" data-said tabindex="-1">
      @if (chain(); as words) {
        <p class="note warn" data-testid="action-stopped"><app-wording [of]="words" /></p>
      }
      @if (asked(); as asking) {
        <app-asking [asking]="asking" (now)="again.emit()" (stopped)="stopped.emit()" />
      } @else {
        <app-error-message
          [error]="run().error"
          [canRetry]="run().outcome === 'refused' && run().error.retryable && !isFormOpen()"
          (again)="again.emit()"
        />
        @if (run().outcome === 'unknown') {
          @if (end(); as end) {
            <p data-testid="asking-end">{{ 'asking.end.' + end | translate: { minutes } }}</p>
          }
          <p>{{ 'actions.unknown' | translate }}</p>
          <div>
            <button
              mat-flat-button
              class="primary-action"
              type="button"
              (click)="again.emit()"
              data-testid="action-check"
            >
              {{ 'actions.check' | translate }}
            </button>
          </div>
        }
      }
    </div>
  `,
})
export class ActionFailureComponent {
  readonly run = input.required<Failed>();
  /** True when the form is open. The form has its own button. */
  readonly isFormOpen = input.required<boolean>();
  readonly again = output();
  /** Emits when the user stops the automatic asking for the outcome. */
  readonly stopped = output();
  protected readonly minutes = ASK_MINUTES;
  protected readonly chain = computed(() => stoppedWording(this.run()));
  protected readonly asked = computed(() => {
    const run = this.run();
    return isAsking(run) ? run.asking : undefined;
  });
  protected readonly end = computed(() => {
    const run = this.run();
    return run.outcome === 'unknown' ? run.end : undefined;
  });
}
