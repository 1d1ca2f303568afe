import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import type { AppError } from '../core/app-error';
import { AlertDirective } from './alert.directive';

/** An error with its reason and remedy, messages of NACSIS-ILL or Alma, and the gateway's log id. */
@Component({
  selector: 'app-error-message',
  standalone: true,
  imports: [AlertDirective, MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="note error stack gap-xs" appAlert [isQuiet]="isQuiet()">
      <p>
        <strong>{{ title() | translate }}</strong>
      </p>
      @if (error().details.nacsis; as nacsis) {
        <p>{{ 'message.nacsisSays' | translate: { status: nacsis.status, message: nacsis.message } }}</p>
      }
      @if (error().details.alma?.message; as message) {
        <p>{{ 'message.almaSays' | translate: { message } }}</p>
      }
      <p>{{ wayOut() | translate }}</p>
      @if (error().details.retryAfterSeconds; as seconds) {
        <p>{{ 'message.waitSeconds' | translate: { seconds } }}</p>
      }
      @if (error().details.requestId; as id) {
        <p class="muted">{{ 'message.reference' | translate: { id } }}</p>
      }
      @if (canRetry()) {
        <div>
          <button mat-stroked-button type="button" (click)="again.emit()">{{ 'action.again' | translate }}</button>
        </div>
      }
    </div>
  `,
})
export class ErrorMessageComponent {
  readonly error = input.required<AppError>();
  /** True to offer a retry. */
  readonly canRetry = input(false);
  /** True when nobody asked for what failed: the view stays where the user reads. */
  readonly isQuiet = input(false);
  readonly again = output();

  protected readonly title = computed(() => `error.${this.error().code}.title`);
  protected readonly wayOut = computed(() => `error.${this.error().code}.wayOut`);
}
