import { computed, DestroyRef, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { exhaustMap, of, Subject, switchMap, tap } from 'rxjs';
import type { AlmaLink, RequestView } from '../../domain/api';
import { parseRequestId } from '../../domain/identifiers';
import { GatewayClient } from '../core/gateway.client';
import { newKey } from '../core/new-key';
import { errorOf, IDLE, toRemote, valueOf, type Remote } from '../core/remote';
import { sideOfLink } from './alma-link';

interface Change {
  readonly request: RequestView;
  readonly link: AlmaLink | null;
  readonly key: string;
}

/** Ties a NACSIS-ILL request to a request of Alma by hand, and takes it back. */
@Injectable()
export class LinkStore {
  private readonly gateway = inject(GatewayClient);
  private readonly wanted$ = new Subject<{ readonly id: string; readonly link: AlmaLink } | undefined>();
  private readonly change$ = new Subject<Change>();
  /** The request with the id that was typed. */
  readonly candidate = signal<Remote<RequestView>>(IDLE);
  /** What was typed is no id. */
  readonly isMalformed = signal(false);
  private readonly changed = signal<Remote<RequestView>>(IDLE);
  readonly isChanging = computed(() => this.changed().state === 'loading');
  readonly error = computed(() => errorOf(this.candidate()) ?? errorOf(this.changed()));
  /** The last change, and what the request was tied to before it. */
  readonly done = signal<{ readonly request: RequestView; readonly before: AlmaLink | null } | undefined>(undefined);

  constructor() {
    this.wanted$
      .pipe(
        switchMap((wanted) =>
          wanted === undefined
            ? of<Remote<RequestView>>(IDLE)
            : toRemote(this.gateway.request(wanted.id, sideOfLink(wanted.link))),
        ),
        takeUntilDestroyed(),
      )
      .subscribe({
        next: (remote) => {
          this.candidate.set(remote);
        },
      });
    this.change$
      .pipe(
        exhaustMap(({ request, link, key }) =>
          toRemote(this.gateway.link(request.id, request.side, link, key)).pipe(
            tap((remote) => {
              const after = valueOf(remote);
              if (after !== undefined) this.done.set({ request: after, before: request.almaRequest ?? null });
            }),
          ),
        ),
        takeUntilDestroyed(inject(DestroyRef)),
      )
      .subscribe({
        next: (remote) => {
          this.changed.set(remote);
        },
      });
  }

  /** Looks for the request on the side of the request of Alma. */
  check(text: string, link: AlmaLink): void {
    const id = parseRequestId(text);
    this.isMalformed.set(!id.ok);
    this.changed.set(IDLE);
    this.wanted$.next(id.ok ? { id: id.value, link } : undefined);
  }

  tie(request: RequestView, link: AlmaLink): void {
    this.change$.next({ request, link, key: newKey() });
  }

  untie(request: RequestView): void {
    this.change$.next({ request, link: null, key: newKey() });
  }

  /** Makes the last change undone. */
  undo(): void {
    const done = this.done();
    if (done !== undefined) this.change$.next({ request: done.request, link: done.before, key: newKey() });
  }

  /** For another request of Alma. */
  reset(): void {
    this.wanted$.next(undefined);
    this.isMalformed.set(false);
    this.changed.set(IDLE);
    this.done.set(undefined);
  }
}
