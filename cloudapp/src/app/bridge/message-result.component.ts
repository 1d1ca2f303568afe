import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import type { BridgeMessage } from '../../domain/api/bridge';
import { MessageActionsStore } from './message-actions.store';
import { MessageNameComponent } from './message-name.component';
import { problemWords } from './problem-words';

/** What became of a message after an action, and how it can be taken back. */
@Component({
  selector: 'app-message-result',
  standalone: true,
  imports: [MatButton, MessageNameComponent, RouterLink, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="note row" [class.good]="isGood()" [class.warn]="!isGood()" data-testid="result">
      <span>{{ 'bridge.result.' + message().state | translate }}</span>
      <app-message-name [message]="message()" />
      @if (problem(); as words) {
        <span>{{ words.why | translate }}</span>
      }
      @if (message().requestId; as id) {
        <a [routerLink]="['/requests', message().side, id]">{{
          (isDone() ? 'bridge.openToUndo' : 'bridge.open') | translate: { id }
        }}</a>
      }
      @if (message().can.includes('undo')) {
        <button
          mat-stroked-button
          type="button"
          [disabled]="store.isRunning()"
          (click)="store.run(message(), 'undo')"
          data-testid="take-back"
        >
          {{ 'bridge.action.undo' | translate }}
        </button>
      }
    </div>
  `,
})
export class MessageResultComponent {
  readonly message = input.required<BridgeMessage>();
  protected readonly store = inject(MessageActionsStore);
  protected readonly isGood = computed(() => ['done', 'waiting', 'dropped'].includes(this.message().state));
  /** True when commands were carried out, which the panel may take back (CALLBACK). */
  protected readonly isDone = computed(() => this.message().commands.length > 0);
  protected readonly problem = computed(() => problemWords(this.message()));
}
