import { computed, inject, Injectable, signal } from '@angular/core';
import { Subject } from 'rxjs';
import type { AlmaLink, RequestView } from '../../domain/api/requests';
import { parseRequestId } from '../../domain/catalog/identifiers';
import { GatewayClient } from '../core/gateway.client';
import { newKey } from '../core/new-key';
import { remoteCommand, remoteQuery } from '../core/remote';
import { sideOfLink } from './alma-link';

interface Change {
  readonly request: RequestView;
  readonly link: AlmaLink | null;
  readonly key: string;
}

/** Manually links a NACSIS-ILL request to an Alma request, and undoes the last change. */
@Injectable()
export class LinkStore {
  private readonly gateway = inject(GatewayClient);
  private readonly wanted$ = new Subject<{ readonly id: string; readonly link: AlmaLink } | undefined>();
  private readonly search = remoteQuery(this.wanted$, ({ id, link }) => this.gateway.request(id, sideOfLink(link)));
  /** The request with the typed id. */
  readonly candidate = this.search.remote;
  /** True when the typed text is not an id. */
  readonly isMalformed = signal(false);
  private readonly command = remoteCommand(
    ({ request, link, key }: Change) => this.gateway.link(request.id, request.side, link, key),
    {
      done: (after, { request }) => {
        this.done.set({ request: after, before: request.almaRequest ?? null });
      },
    },
  );
  readonly isChanging = this.command.isRunning;
  readonly error = computed(() => this.search.error() ?? this.command.error());
  /** The last change, with the previous link. */
  readonly done = signal<{ readonly request: RequestView; readonly before: AlmaLink | null } | undefined>(undefined);

  /** Looks up the request on the side of the Alma request. */
  check(text: string, link: AlmaLink): void {
    const id = parseRequestId(text);
    this.isMalformed.set(!id.ok);
    this.command.clear();
    this.wanted$.next(id.ok ? { id: id.value, link } : undefined);
  }

  link(request: RequestView, link: AlmaLink): void {
    this.command.run({ request, link, key: newKey() });
  }

  unlink(request: RequestView): void {
    this.command.run({ request, link: null, key: newKey() });
  }

  /** Undoes the last change. */
  undo(): void {
    const done = this.done();
    if (done !== undefined) this.command.run({ request: done.request, link: done.before, key: newKey() });
  }

  /** Resets the state for another Alma request. */
  reset(): void {
    this.wanted$.next(undefined);
    this.isMalformed.set(false);
    this.command.clear();
    this.done.set(undefined);
  }
}
