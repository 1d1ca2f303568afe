import { DOCUMENT } from '@angular/common';
import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  type ElementRef,
  inject,
  Injector,
  input,
  viewChild,
} from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { ASK_MINUTES } from '../../core/until-known';
import { ErrorMessageComponent } from '../../ui/error-message.component';
import { SubmissionStore } from './submission.store';

/** Why the order failed or has an unknown outcome, and what this means for the form. */
@Component({
  selector: 'app-submission-notice',
  standalone: true,
  imports: [ErrorMessageComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (told(); as submission) {
      <div #notice class="stack" tabindex="-1">
        @if (submission.error; as failure) {
          <app-error-message [error]="failure" />
        }
        @if (submission.state === 'unknown') {
          <div class="note">
            @if (submission.end; as end) {
              <p data-testid="asking-end">{{ 'asking.end.' + end | translate: { minutes } }}</p>
            }
            <p>{{ 'create.repeatSame' | translate }}</p>
          </div>
        } @else {
          <p class="note row">
            <span class="grow">{{ 'create.formIntact' | translate }}</span>
            @if (canClose()) {
              <button class="link" type="button" (click)="sending.dismiss()">
                {{ 'create.closeNotice' | translate }}
              </button>
            }
          </p>
        }
      </div>
    }
  `,
  styles: ':host { display: contents; }',
})
export class SubmissionNoticeComponent {
  /** True to let the user put the error away. */
  readonly canClose = input(false);
  protected readonly sending = inject(SubmissionStore);
  protected readonly minutes = ASK_MINUTES;
  /**
   * The submission that the notice describes; undefined while the app asks, because the area of the button reports
   * that.
   */
  protected readonly told = computed(() => {
    const submission = this.sending.submission();
    if (submission.state === 'unknown') return submission.asking === undefined ? submission : undefined;
    return submission.state === 'editing' && submission.error !== undefined ? submission : undefined;
  });
  private readonly notice = viewChild<ElementRef<HTMLElement>>('notice');
  private wasAsking = false;
  private wasSending = false;

  constructor() {
    const [document, injector] = [inject(DOCUMENT), inject(Injector)];
    effect(() => {
      const submission = this.sending.submission();
      const isAsking = submission.state === 'unknown' && submission.asking !== undefined;
      const isSending = submission.state === 'sending';
      const [hasAsked, hasSent] = [this.wasAsking && !isAsking, this.wasSending && !isSending];
      [this.wasAsking, this.wasSending] = [isAsking, isSending];
      if (!hasAsked && !hasSent) return;
      afterNextRender(
        () => {
          // Takes over the focus from a button that was disabled while it was sent, or has disappeared.
          if (hasSent || document.activeElement === document.body) this.notice()?.nativeElement.focus();
        },
        { injector },
      );
    });
  }
}
