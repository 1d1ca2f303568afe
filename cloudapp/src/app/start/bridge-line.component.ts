import { DOCUMENT } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject, InjectionToken } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { filter, fromEvent, interval, merge, startWith } from 'rxjs';
import { GatewayClient } from '../core/gateway.client';
import { remoteQuery } from '../core/remote';

/** Milliseconds between two readings while the start page is visible. */
export const LINE_LOOK = new InjectionToken<number>('pause between two readings of the number of messages', {
  providedIn: 'root',
  factory: () => 60_000,
});

/** How many messages between Alma and NACSIS-ILL wait for staff. Shows nothing for none, and when they cannot be read. */
@Component({
  selector: 'app-bridge-line',
  standalone: true,
  imports: [RouterLink, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (count(); as waiting) {
      <p class="note warn" data-testid="messages-waiting">
        <a routerLink="/bridge">{{ 'start.messagesWaiting' | translate: { count: waiting } }}</a>
      </p>
    }
  `,
})
export class BridgeLineComponent {
  private readonly gateway = inject(GatewayClient);
  private readonly document = inject(DOCUMENT);
  private readonly looks$ = merge(interval(inject(LINE_LOOK)), fromEvent(this.document, 'visibilitychange')).pipe(
    filter(() => !this.document.hidden),
    startWith(true),
  );
  private readonly query = remoteQuery(
    this.looks$,
    () => this.gateway.bridgeMessages({ page: 1 }),
    () => true,
  );
  protected readonly count = computed(() => {
    const counts = this.query.value()?.counts;
    return counts === undefined ? 0 : counts.held + counts.refused + counts.stopped;
  });
}
