import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { BridgeMessage, MessageState } from '../../domain/api/bridge';

const TONES: Readonly<Partial<Record<MessageState, 'warn' | 'error'>>> = {
  held: 'warn',
  refused: 'error',
  stopped: 'error',
};

/** Direction and name of a message, the answer that it gives, and its state unless it is done. */
@Component({
  selector: 'app-message-name',
  standalone: true,
  imports: [TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <span class="muted small">{{ 'bridge.direction.' + message().direction | translate }}</span>
    <strong>{{ 'bridge.message.' + message().name | translate }}</strong>
    @if (message().answer; as answer) {
      <span>{{ 'bridge.answer.' + answer | translate }}</span>
    }
    @if (message().state !== 'done') {
      <span class="chip" [class]="tone()">{{ 'bridge.state.' + message().state | translate }}</span>
    }
  `,
  styles: 'strong { font-weight: 600; }',
  host: { class: 'row gap-s' },
})
export class MessageNameComponent {
  readonly message = input.required<BridgeMessage>();
  protected readonly tone = computed(() => TONES[this.message().state] ?? '');
}
