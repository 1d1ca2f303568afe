import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { BridgeMessage } from '../../domain/api/bridge';

/** Lists what NACSIS-ILL did not take over from Alma's request. */
@Component({
  selector: 'app-message-warnings',
  standalone: true,
  imports: [TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (message().warnings; as warnings) {
      <ul class="plain-list small" data-testid="message-warnings">
        @for (warning of warnings; track $index) {
          <li>
            <span aria-hidden="true">⚠ </span>
            @if (warning.field; as field) {
              {{ 'bridge.warning.' + warning.code | translate: { field: 'field.' + field | translate } }}
            } @else {
              {{ 'bridge.warning.' + warning.code | translate }}
            }
          </li>
        }
      </ul>
    }
  `,
})
export class MessageWarningsComponent {
  readonly message = input.required<BridgeMessage>();
}
