import { DatePipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { BridgeMessageComponent } from '../bridge/bridge-message.component';
import { MessageActionsStore } from '../bridge/message-actions.store';
import { MessageResultComponent } from '../bridge/message-result.component';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { BridgeSideStore } from './bridge-side.store';

/**
 * Where Alma and NACSIS-ILL contradict each other and what to press in Alma, and the messages of the request that wait
 * for staff.
 * @unconfirmed L: The Japanese names of the buttons on Alma's pages (`bridge.press.*`). Confirm: open a borrowing and a lending request in a Japanese Alma.
 */
@Component({
  selector: 'app-bridge-note',
  standalone: true,
  imports: [BridgeMessageComponent, DatePipe, ErrorMessageComponent, MessageResultComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (side.contradiction(); as contradiction) {
      <div class="note warn stack gap-xs" data-testid="contradiction">
        <p>
          <span aria-hidden="true">⚠ </span>{{ 'bridge.contradiction.' + contradiction.what | translate }}
          <span class="muted small">{{
            'bridge.contradictionSince' | translate: { at: contradiction.since | date: 'MM-dd HH:mm' }
          }}</span>
        </p>
        @if (contradiction.what === 'press') {
          <ol>
            @for (button of contradiction.buttons; track $index) {
              <li>
                <strong>{{ 'bridge.press.' + button | translate }}</strong>
              </li>
            }
          </ol>
          <p>{{ 'bridge.pressEffect' | translate }}</p>
        }
      </div>
    }
    @if (actions.last(); as last) {
      <div role="status"><app-message-result [message]="last.message" /></div>
    }
    @if (lostError(); as failure) {
      <app-error-message [error]="failure" />
    }
    @for (message of side.open(); track message.id) {
      <app-bridge-message class="framed" [message]="message" [now]="now()" />
    }
  `,
  styles: ':host { display: contents; }',
})
export class BridgeNoteComponent {
  readonly now = input.required<Date>();
  protected readonly side = inject(BridgeSideStore);
  protected readonly actions = inject(MessageActionsStore);
  /** An action failed on a message that does not wait any more. */
  protected readonly lostError = computed(() => {
    const failure = this.actions.failure();
    return this.side.open().some(({ id }) => id === failure?.of.message.id) ? undefined : failure?.error;
  });
}
