import { DOCUMENT } from '@angular/common';
import { computed, inject, Injectable, InjectionToken, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { filter, fromEvent, interval, merge } from 'rxjs';
import type { BridgeMessage, BridgeQueue } from '../../domain/api/bridge';
import { systemClock } from '../../domain/ill/dates';
import { GatewayClient } from '../core/gateway.client';
import { remoteQuery } from '../core/remote';
import { MessageActionsStore } from './message-actions.store';

/** Milliseconds between two readings while the page is visible. */
export const QUEUE_LOOK = new InjectionToken<number>('pause between two readings of the messages', {
  providedIn: 'root',
  factory: () => 30_000,
});

/** States of messages on the page, in the order of what needs staff most. */
export const QUEUE_STATES = ['held', 'stopped', 'refused', 'waiting'] as const;
export type QueueState = (typeof QUEUE_STATES)[number];

/** The messages of one request in one state, newest first. */
interface RequestMessagesGroup {
  readonly key: string;
  readonly about: BridgeMessage;
  readonly messages: readonly BridgeMessage[];
}
interface StateGroup {
  readonly state: QueueState;
  readonly requests: readonly RequestMessagesGroup[];
}

/** A page of the messages that need somebody or are on their way. */
@Injectable()
export class BridgeQueueStore {
  private readonly gateway = inject(GatewayClient);
  private readonly actions = inject(MessageActionsStore);
  private readonly looks = signal(0);
  /** Undefined: all of QUEUE_STATES. */
  readonly state = signal<QueueState | undefined>(undefined);
  readonly page = signal(1);
  /** When the messages were last read, so that ages are correct. */
  readonly now = signal(systemClock());
  private readonly wanted = computed(() => {
    this.looks();
    return { state: this.state(), page: this.page() };
  });
  private readonly query = remoteQuery(
    this.wanted,
    ({ state, page }) => this.gateway.bridgeMessages({ ...(state !== undefined && { state }), page }),
    (before, now) => before.state === now.state && before.page === now.page,
  );
  readonly error = this.query.error;
  readonly isLoading = this.query.isLoading;
  readonly queue = this.query.value;
  /** Counts of the last answer; they stay while another state is read. */
  private known: BridgeQueue['counts'] | undefined;
  readonly counts = computed(() => (this.known = this.queue()?.counts ?? this.known));
  readonly groups = computed(() => groupsOf(this.queue()?.items ?? []));
  readonly pages = computed(() => {
    const queue = this.queue();
    return queue === undefined ? 1 : Math.max(1, Math.ceil(queue.total / Math.max(1, queue.pageSize)));
  });

  constructor() {
    const document = inject(DOCUMENT);
    const looks$ = merge(interval(inject(QUEUE_LOOK)), fromEvent(document, 'visibilitychange')).pipe(
      filter(() => !document.hidden && !this.actions.isRunning()),
    );
    merge(looks$, this.actions.changed$)
      .pipe(takeUntilDestroyed())
      .subscribe({ next: () => this.look() });
  }

  choose(state: QueueState | undefined): void {
    this.page.set(1);
    this.state.set(state);
  }

  turnTo(page: number): void {
    this.page.set(page);
  }

  look(): void {
    this.now.set(systemClock());
    this.looks.update((count) => count + 1);
  }
}

/** By state, then by request, in the order in which the gateway sends them. */
export function groupsOf(items: readonly BridgeMessage[]): readonly StateGroup[] {
  return QUEUE_STATES.flatMap((state) => {
    const requests = new Map<string, RequestMessagesGroup>();
    for (const message of items.filter((item) => item.state === state)) {
      const key = [message.library, message.side, message.requestId ?? message.externalId].join(' ');
      const known = requests.get(key);
      requests.set(key, { key, about: known?.about ?? message, messages: [...(known?.messages ?? []), message] });
    }
    return requests.size === 0 ? [] : [{ state, requests: [...requests.values()] }];
  });
}
