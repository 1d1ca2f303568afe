import { computed, DestroyRef, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { exhaustMap, of, Subject, switchMap, tap } from 'rxjs';
import type { AlmaLink, RequestView } from '../../domain/api/requests';
import { parseRequestId } from '../../domain/catalog/identifiers';
import { GatewayClient } from '../core/gateway.client';
import { newKey } from '../core/new-key';
import { errorOf, IDLE, toRemote, valueOf, type Remote } from '../core/remote';
import { sideOfLink } from './alma-link';

interface Change {
  readonly request: RequestView;
  readonly link: AlmaLink | null;
  readonly key: string;
}

/** Links a NACSIS-ILL request to an Alma request manually, and undoes it. */
@Injectable()
export class LinkStore {
  private readonly gateway = inject(GatewayClient);
  private readonly wanted$ = new Subject<{ readonly id: string; readonly link: AlmaLink } | undefined>();
  private readonly change$ = new Subject<Change>();
  /** The request with the typed id. */
  readonly candidate = signal<Remote<RequestView>>(IDLE);
  /** True when the typed text is not an id. */
  readonly isMalformed = signal(false);
  private readonly changed = signal<Remote<RequestView>>(IDLE);
  readonly isChanging = computed(() => this.changed().state === 'loading');
  readonly error = computed(() => errorOf(this.candidate()) ?? errorOf(this.changed()));
  /** The last change, with the previous link. */
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

  /** Looks up the request on the side of the Alma request. */
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

  /** Undoes the last change. */
  undo(): void {
    const done = this.done();
    if (done !== undefined) this.change$.next({ request: done.request, link: done.before, key: newKey() });
  }

  /** Resets the state for another Alma request. */
  reset(): void {
    this.wanted$.next(undefined);
    this.isMalformed.set(false);
    this.changed.set(IDLE);
    this.done.set(undefined);
  }
}
