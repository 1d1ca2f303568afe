import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { FieldErrorComponent } from '../ui/field-error.component';
import { FieldFrameComponent } from '../ui/field-frame.component';
import type { FieldView } from './action-field';
import { REASONS, withReason, type ReasonId } from './action-reasons';

/** The comment of an action, with buttons for common texts and a byte count. */
@Component({
  selector: 'app-action-comment',
  standalone: true,
  imports: [FieldErrorComponent, FieldFrameComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <app-field-frame
      for="action-comment"
      [label]="'field.comment'"
      [required]="field().required"
      [bytes]="field().bytes"
      [maxBytes]="field().maxBytes"
      [isCounted]="true"
    >
      @if (reasons().length > 0) {
        <div class="row gap-s" role="group" [attr.aria-label]="'actions.reasons' | translate">
          @for (reason of reasons(); track reason) {
            <button class="chip reason" type="button" [disabled]="disabled()" (click)="add(reason)">
              {{ 'reason.' + reason | translate }}
            </button>
          }
        </div>
      }
      <textarea
        id="action-comment"
        rows="2"
        [value]="field().value"
        [disabled]="disabled()"
        (input)="type($event)"
        (blur)="leave.emit()"
        aria-describedby="action-comment-hint"
        [attr.aria-invalid]="field().errors.length > 0"
        [attr.aria-required]="field().required"
      ></textarea>
      <ng-container ngProjectAs="[hint]">
        @for (error of field().errors; track error.code) {
          <app-field-error [error]="error" />
        } @empty {
          <span>{{ hint() | translate }}</span>
        }
      </ng-container>
    </app-field-frame>
  `,
  styles: 'app-field-frame { gap: 0.25rem; } .reason:hover { background: var(--sys-surface-container); }',
})
export class ActionCommentComponent {
  readonly field = input.required<FieldView>();
  readonly reasons = input<readonly ReasonId[]>([]);
  /** i18n key of the hint for this comment. */
  readonly hint = input('actions.commentHint');
  readonly disabled = input(false);
  readonly typed = output<string>();
  readonly leave = output();

  /** Replaces line breaks by blanks, because a record has none. */
  protected type(event: Event): void {
    const control = event.target as HTMLTextAreaElement;
    if (/[\r\n]/.test(control.value)) control.value = control.value.replace(/\s*[\r\n]+\s*/g, ' ');
    this.typed.emit(control.value);
  }

  protected add(reason: ReasonId): void {
    this.typed.emit(withReason(this.field().value, REASONS[reason]));
  }
}
