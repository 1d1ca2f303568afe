import { computed, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed, toSignal } from '@angular/core/rxjs-interop';
import {
  catchError,
  concat,
  concatMap,
  defer,
  EMPTY,
  finalize,
  map,
  of,
  Subject,
  switchMap,
  tap,
  throwError,
  toArray,
  type Observable,
} from 'rxjs';
import { almaSteps, compareWithAlma, type AlmaStep, type Comparison } from '../../domain/alma-steps';
import type { AlmaBorrowing, AlmaLink, RequestView } from '../../domain/api';
import { asAppError, type AppError } from '../core/app-error';
import { HostService } from '../core/host.service';
import { errorOf, IDLE, toRemote, valueOf, type Remote } from '../core/remote';
import { keyOfLink, linkOf } from './alma-link';
import type { AlmaRequest } from './alma-request';
import { AlmaRequestService } from './alma-request.service';

/**
 * Alma's side of the request of the panel: what Alma says, and what its API can be told and does not know yet. Alma is always read again before it is told
 * something, so that nothing is told twice.
 */
@Injectable()
export class AlmaSideStore {
  private readonly almaRequests = inject(AlmaRequestService);
  private readonly host = inject(HostService);
  private readonly page = toSignal(this.host.pageRecords$);
  private readonly request = signal<RequestView | undefined>(undefined);
  /** Of the Alma page, for a request that was found by it and that the gateway has not tied to it. */
  private readonly pageLink = signal<AlmaLink | undefined>(undefined);
  readonly link = computed(() => this.request()?.almaRequest ?? this.pageLink());
  readonly remote = signal<Remote<AlmaRequest>>(IDLE);
  readonly alma = computed(() => valueOf(this.remote()));
  readonly readError = computed(() => errorOf(this.remote()));
  /** What Alma's API can be told and does not know yet. */
  readonly steps = computed<readonly AlmaStep[]>(() => {
    const [request, alma] = [this.request(), this.alma()];
    return request === undefined || alma === undefined ? [] : almaSteps(request, standingOf(alma));
  });
  readonly comparison = computed<Comparison>(() => {
    const [request, alma] = [this.request(), this.alma()];
    return request === undefined || alma === undefined ? 'same' : compareWithAlma(request, standingOf(alma));
  });
  readonly isTelling = signal(false);
  /** What Alma was told since this request is shown. */
  readonly told = signal<readonly AlmaStep[]>([]);
  /** Why it could not be told. */
  readonly failure = signal<AppError | undefined>(undefined);

  private readonly reads$ = new Subject<AlmaLink | undefined>();
  private readonly tells$ = new Subject<Telling>();

  constructor() {
    this.reads$
      .pipe(
        switchMap((link) =>
          link === undefined ? of<Remote<AlmaRequest>>(IDLE) : toRemote(this.almaRequests.read(link), this.remote()),
        ),
        takeUntilDestroyed(),
      )
      .subscribe({
        next: (remote) => {
          this.remote.set(remote);
        },
      });
    // Not cut off when the panel closes: a change that has begun is brought to its end.
    this.tells$.pipe(concatMap((telling) => this.settle(telling))).subscribe({ next: () => undefined });
  }

  /** Alma is read when another of its requests is shown. */
  show(request: RequestView, pageLink: AlmaLink | undefined): void {
    const before = this.link();
    this.request.set(request);
    this.pageLink.set(pageLink);
    const after = this.link();
    if (before !== undefined && after !== undefined && keyOfLink(before) === keyOfLink(after)) return;
    this.remote.set(IDLE);
    this.told.set([]);
    this.failure.set(undefined);
    this.reads$.next(after);
  }

  reload(): void {
    this.reads$.next(this.link());
  }

  /** After an action, and to try again: tells Alma what it can take, and has its page loaded again. */
  tell(): void {
    const [link, request] = [this.link(), this.request()];
    if (link !== undefined && request !== undefined) this.tells$.next({ link, request });
  }

  private settle(telling: Telling): Observable<unknown> {
    const { link } = telling;
    return defer(() => {
      this.isTelling.set(true);
      this.failure.set(undefined);
      return this.almaRequests.readOnce(link);
    }).pipe(
      switchMap((alma) => concat(...this.tellings(telling, alma))),
      toArray(),
      tap((steps) => {
        this.finish(telling, steps);
      }),
      switchMap(() => this.refreshPage(link)),
      catchError((error: unknown) => {
        this.finish(telling, [], asAppError(error));
        return EMPTY;
      }),
      finalize(() => {
        this.isTelling.set(false);
      }),
    );
  }

  private tellings(telling: Telling, alma: AlmaRequest): readonly Observable<AlmaStep>[] {
    const { link } = telling;
    if (!('userId' in link)) return [];
    return this.stepsOf(telling, alma).map((step) => this.tellOne(telling, link, step));
  }

  /** No answer: whether it was done is read. */
  private tellOne(telling: Telling, link: AlmaBorrowing, step: AlmaStep): Observable<AlmaStep> {
    return this.almaRequests.tell(link, step).pipe(
      catchError((error: unknown) => {
        if (asAppError(error).code !== 'host-timeout') return throwError(() => error);
        return this.almaRequests.readOnce(link).pipe(
          map((alma) => {
            if (this.stepsOf(telling, alma).some((left) => left.do === step.do)) throw error;
          }),
        );
      }),
      map(() => step),
    );
  }

  /** By the newest that is known of the same request: what was undone meanwhile is not told. */
  private stepsOf({ request }: Telling, alma: AlmaRequest): readonly AlmaStep[] {
    const shown = this.request();
    return almaSteps(shown !== undefined && isSame(shown, request) ? shown : request, standingOf(alma));
  }

  /** The panel may show another request by now. */
  private finish({ request }: Telling, steps: readonly AlmaStep[], failure?: AppError): void {
    const shown = this.request();
    if (shown === undefined || !isSame(shown, request)) return;
    if (steps.length > 0) this.told.set(steps);
    this.failure.set(failure);
    this.reload();
  }

  /** Only where the page shows this request: another one may be under work there. That the page is old is seen on it. */
  private refreshPage(link: AlmaLink): Observable<unknown> {
    const page = this.page();
    const isShown =
      page?.state === 'ok' &&
      page.entities.some((entity) => (linkOf(entity)?.requestId ?? entity.id) === link.requestId);
    return isShown ? this.host.refreshPage().pipe(catchError(() => EMPTY)) : EMPTY;
  }
}

/** What to settle: a request, and the one of Alma that it is tied to. */
interface Telling {
  readonly link: AlmaLink;
  readonly request: RequestView;
}

function isSame(one: RequestView, other: RequestView): boolean {
  return one.id === other.id && one.side === other.side;
}

function standingOf({ status, shippingCost }: AlmaRequest) {
  return { status: status.code, ...(shippingCost !== undefined && { shippingCost }) };
}
