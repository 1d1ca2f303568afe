import { computed, inject, Injectable, signal } from '@angular/core';
import type { RequestView } from '../../domain/api/requests';
import { GatewayClient } from '../core/gateway.client';
import { remoteQuery } from '../core/remote';
import { SessionService } from '../core/session.service';
import { writerOf } from '../core/writer';

/**
 * The messages about the request in the panel, and whether Alma is behind. Nothing is read for a library whose writer is
 * not `iso18626`. They are read again whenever the request was read.
 */
@Injectable()
export class BridgeSideStore {
  private readonly gateway = inject(GatewayClient);
  private readonly libraries = inject(SessionService).libraries;
  private readonly request = signal<RequestView | undefined>(undefined);
  private readonly wanted = computed(
    () => {
      const request = this.request();
      if (request === undefined || writerOf(this.libraries(), request.library) !== 'iso18626') return undefined;
      const { id, side, seenAt, version } = request;
      return { id, side, seenAt, version };
    },
    { equal: (one, other) => JSON.stringify(one) === JSON.stringify(other) },
  );
  private readonly query = remoteQuery(
    this.wanted,
    ({ id, side }) => this.gateway.requestMessages(id, side),
    (before, now) => before.id === now.id && before.side === now.side,
  );
  readonly error = this.query.error;
  readonly messages = computed(() => this.query.value()?.items ?? []);
  readonly contradiction = computed(() => this.query.value()?.contradiction);
  /** Messages that wait for staff. */
  readonly open = computed(() =>
    this.messages().filter(({ state, can }) => ['held', 'stopped', 'refused'].includes(state) && can.length > 0),
  );

  show(request: RequestView): void {
    this.request.set(request);
  }

  reload(): void {
    this.query.reload();
  }
}
