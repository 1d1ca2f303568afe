import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { RequestView } from '../../domain/api/requests';
import { commandByWire } from '../../domain/ill/commands';
import { partnerSaid } from '../../domain/ill/partner-said';
import { namesIn } from './parties';

/** Number of characters from which a comment may have to be scrolled, also with the keyboard. */
const LONG = 100;

/** The last comment of the library on the other side, and with which command it came. */
@Component({
  selector: 'app-partner-said',
  standalone: true,
  imports: [TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (said(); as said) {
      <div class="note" data-testid="partner-said">
        <p class="small">
          <strong>{{
            'request.said.' + request().side | translate: { command: said.command ? (said.command | translate) : '' }
          }}</strong>
          <span class="muted"> {{ said.name }}</span>
        </p>
        <p class="words" [attr.tabindex]="said.isLong ? 0 : null">{{ said.comment }}</p>
      </div>
    }
  `,
  styles: `
    .note {
      border-color: var(--sys-outline);
    }
    .words {
      max-height: 6rem;
      overflow-y: auto;
    }
  `,
})
export class PartnerSaidComponent {
  readonly request = input.required<RequestView>();
  protected readonly said = computed(() => {
    const request = this.request();
    const said = partnerSaid(request);
    if (said === undefined) return undefined;
    const { command = '', comment, memberId = '' } = said;
    const known = commandByWire(command);
    const isLong = (comment ?? '').length > LONG;
    return { comment, isLong, name: namesIn(request).get(memberId) ?? memberId, command: known && `command.${known}` };
  });
}
