import { DOCUMENT } from '@angular/common';
import { computed, DestroyRef, inject, Injectable, InjectionToken, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  concat,
  defer,
  EMPTY,
  finalize,
  fromEvent,
  interval,
  merge,
  of,
  Subject,
  switchMap,
  tap,
  type Observable,
} from 'rxjs';
import type { RequestView } from '../../domain/api/requests';
import { systemClock } from '../../domain/ill/dates';
import type { Side } from '../../domain/ill/kinds';
import type { StateId } from '../../domain/ill/states';
import { GatewayClient } from '../core/gateway.client';
import { errorOf, IDLE, toRemote, valueOf, type Remote } from '../core/remote';

/** Milliseconds after which a visible request is read again. */
export const REREAD_AFTER = new InjectionToken<number>('how long a request on screen is fresh', {
  providedIn: 'root',
  factory: () => 60_000,
});
export const CLOCK = new InjectionToken('clock', { providedIn: 'root', factory: () => systemClock });

/** Milliseconds within which the gateway's data counts as fresh, without reading from NACSIS-ILL. */
const FRESH = 5_000;

/** News from NACSIS-ILL that was not shown before. */
export interface News {
  readonly from: StateNamed;
  readonly to: StateNamed;
  /** ISO 8601 */
  readonly at: string;
}
type StateNamed = { readonly state: StateId | null; readonly externalStatus: string };

interface Ask {
  readonly id: string;
  readonly side: Side;
  /** True to show the gateway's stored data first. */
  readonly fromMemory: boolean;
}

/**
 * The request in the panel. Shows the gateway's stored data at once, then reads from NACSIS-ILL, and again whenever the
 * data is old while visible. A failure keeps the older value. Never reads while a command runs.
 */
@Injectable()
export class RequestStore {
  private readonly gateway = inject(GatewayClient);
  private readonly clock = inject(CLOCK);
  private readonly limit = inject(REREAD_AFTER);
  private readonly document = inject(DOCUMENT);
  private readonly asks$ = new Subject<Ask | undefined>();
  private readonly shown = signal<Ask | undefined>(undefined);
  readonly remote = signal<Remote<RequestView>>(IDLE);
  readonly request = computed(() => valueOf(this.remote()));
  readonly error = computed(() => errorOf(this.remote()));
  readonly isReading = signal(false);
  /** True when the last reading was begun by the store itself, because the data was old. */
  readonly isByItself = signal(false);
  readonly news = signal<News | undefined>(undefined);
  /** Updated after every reading, so that displayed ages are correct. */
  readonly now = signal(this.clock());
  private readonly changes$ = new Subject<RequestView>();
  /** Emits news from NACSIS-ILL that was not shown before. */
  readonly changed$: Observable<RequestView> = this.changes$;

  constructor() {
    this.asks$
      .pipe(
        switchMap((ask) => (ask === undefined ? EMPTY : this.read(ask))),
        takeUntilDestroyed(),
      )
      .subscribe({
        next: (remote) => {
          this.receive(remote);
        },
      });
    merge(interval(this.limit), fromEvent(this.document, 'visibilitychange'))
      .pipe(takeUntilDestroyed())
      .subscribe({
        next: () => {
          this.rereadIfOld();
        },
      });
    inject(DestroyRef).onDestroy(() => {
      this.changes$.complete();
    });
  }

  open(id: string, side: Side): void {
    this.remote.set(IDLE);
    this.news.set(undefined);
    this.isByItself.set(false);
    this.ask({ id, side, fromMemory: true });
  }

  /** Reads from NACSIS-ILL now. */
  reload(): void {
    this.isByItself.set(false);
    this.readAgain();
  }

  /**
   * Takes the request after an action or a changed link, and cancels a reading in progress, because its data is older.
   */
  take(request: RequestView): void {
    if (request.id !== this.shown()?.id || request.side !== this.shown()?.side) return;
    this.asks$.next(undefined);
    this.news.set(undefined);
    this.now.set(this.clock());
    this.remote.set({ state: 'ok', value: request });
  }

  private readAgain(): void {
    const shown = this.shown();
    if (shown !== undefined) this.ask({ ...shown, fromMemory: this.request() === undefined });
  }

  private ask(ask: Ask): void {
    this.shown.set(ask);
    this.asks$.next(ask);
  }

  private rereadIfOld(): void {
    this.now.set(this.clock());
    const request = this.request();
    const isIdle = !this.document.hidden && !this.gateway.isCommanding() && !this.isReading();
    if (request === undefined || request.gone !== undefined || !isIdle || !this.isOlder(request, this.limit - FRESH))
      return;
    this.isByItself.set(true);
    this.readAgain();
  }

  private read({ id, side, fromMemory }: Ask): Observable<Remote<RequestView>> {
    const fresh$ = defer(() => this.gateway.request(id, side, true));
    const source$ = fromMemory
      ? this.gateway
          .request(id, side)
          .pipe(switchMap((known) => (this.isOlder(known, FRESH) ? concat(of(known), fresh$) : of(known))))
      : fresh$;
    return toRemote(source$, this.remote()).pipe(
      tap({ subscribe: () => this.isReading.set(true) }),
      finalize(() => {
        this.isReading.set(false);
      }),
    );
  }

  private receive(remote: Remote<RequestView>): void {
    const [before, after] = [this.request(), valueOf(remote)];
    this.now.set(this.clock());
    this.remote.set(remote);
    if (before === undefined || after === undefined || before === after) return;
    const isNews = before.version !== after.version || before.gone !== after.gone;
    if (!isNews) return;
    this.news.set({ from: before, to: after, at: after.changedAt });
    this.changes$.next(after);
  }

  private isOlder({ seenAt }: RequestView, age: number): boolean {
    return this.clock().getTime() - Date.parse(seenAt) >= age;
  }
}
