import { computed, inject, Injectable, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import {
  catchError,
  concat,
  concatMap,
  defer,
  EMPTY,
  finalize,
  map,
  Subject,
  switchMap,
  tap,
  throwError,
  toArray,
  type Observable,
} from 'rxjs';
import { almaSteps, compareWithAlma, type AlmaStep, type Comparison } from '../../domain/alma/alma-steps';
import type { AlmaBorrowing, AlmaLink, RequestView } from '../../domain/api/requests';
import { asAppError, type AppError } from '../core/app-error';
import { HostService } from '../core/host.service';
import { remoteQuery } from '../core/remote';
import { SessionService } from '../core/session.service';
import { writerOf } from '../core/writer';
import { keyOfLink, linkOf } from './alma-link';
import type { AlmaRequest } from './alma-request';
import { AlmaRequestService } from './alma-request.service';

/**
 * Alma's side of the request in the panel: its state, and the updates that Alma's API accepts and that are still
 * missing. Reads Alma again before every update, so that no update is sent twice. Where the library's writer is another
 * than `rest`, there are no updates, and only the page of Alma is loaded again.
 */
@Injectable()
export class AlmaSideStore {
  private readonly almaRequests = inject(AlmaRequestService);
  private readonly host = inject(HostService);
  private readonly libraries = inject(SessionService).libraries;
  private readonly page = toSignal(this.host.pageRecords$);
  private readonly request = signal<RequestView | undefined>(undefined);
  /** The link from the Alma page, for a request that was found by this link and is not linked in the gateway. */
  private readonly pageLink = signal<AlmaLink | undefined>(undefined);
  readonly link = computed(() => this.request()?.almaRequest ?? this.pageLink());
  private readonly reads$ = new Subject<AlmaLink | undefined>();
  private readonly query = remoteQuery(this.reads$, (link) => this.almaRequests.read(link), isSameLink);
  readonly remote = this.query.remote;
  readonly alma = this.query.value;
  readonly readError = this.query.error;
  /** Updates that Alma's API accepts and that Alma does not have yet. */
  readonly steps = computed<readonly AlmaStep[]>(() => {
    const [request, alma] = [this.request(), this.alma()];
    return request === undefined || alma === undefined ? [] : this.missing(request, alma);
  });
  /** Who writes to Alma about the request; undefined for a request of another library. */
  readonly writer = computed(() => writerOf(this.libraries(), this.request()?.library));
  readonly comparison = computed<Comparison>(() => {
    const [request, alma] = [this.request(), this.alma()];
    return request === undefined || alma === undefined ? 'same' : compareWithAlma(request, standingOf(alma));
  });
  readonly isTelling = signal(false);
  /** Updates sent to Alma since this request is shown. */
  readonly told = signal<readonly AlmaStep[]>([]);
  /** Why the last update failed. */
  readonly failure = signal<AppError | undefined>(undefined);

  private readonly tells$ = new Subject<Telling>();

  constructor() {
    // Does not end with the panel, so that a started update is completed.
    this.tells$.pipe(concatMap((telling) => this.settle(telling))).subscribe({ next: () => undefined });
  }

  /** Reads Alma when the Alma request changes. */
  show(request: RequestView, pageLink: AlmaLink | undefined): void {
    const before = this.link();
    this.request.set(request);
    this.pageLink.set(pageLink);
    const after = this.link();
    if (before !== undefined && after !== undefined && isSameLink(before, after)) return;
    this.told.set([]);
    this.failure.set(undefined);
    this.reads$.next(after);
  }

  reload(): void {
    this.query.reload();
  }

  /** Sends the missing updates to Alma and reloads its page. Used after an action and for retries. */
  tell(): void {
    const [link, request] = [this.link(), this.request()];
    if (link !== undefined && request !== undefined) this.tells$.next({ link, request });
  }

  private settle(telling: Telling): Observable<unknown> {
    const { link, request } = telling;
    if (!this.isWritten(request))
      return defer(() => {
        this.finish(telling, []);
        return this.refreshPage(link);
      });
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

  /** Sends one update. After a time-out, reads whether the update was made. */
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

  /** Returns the missing updates for the newest known version of the request, so that undone changes are not sent. */
  private stepsOf({ request }: Telling, alma: AlmaRequest): readonly AlmaStep[] {
    const shown = this.request();
    return this.missing(shown !== undefined && isSame(shown, request) ? shown : request, alma);
  }

  private missing(request: RequestView, alma: AlmaRequest): readonly AlmaStep[] {
    return this.isWritten(request) ? almaSteps(request, standingOf(alma)) : [];
  }

  /** True when the app writes to Alma about the request. */
  private isWritten({ library }: RequestView): boolean {
    return writerOf(this.libraries(), library) === 'rest';
  }

  /** Shows the result. Ignored when the panel shows another request by now. */
  private finish({ request }: Telling, steps: readonly AlmaStep[], failure?: AppError): void {
    const shown = this.request();
    if (shown === undefined || !isSame(shown, request)) return;
    if (steps.length > 0) this.told.set(steps);
    this.failure.set(failure);
    this.reload();
  }

  /**
   * Reloads the page only when it shows this request, because the user may be working on another request there. Ignores
   * failures.
   */
  private refreshPage(link: AlmaLink): Observable<unknown> {
    const page = this.page();
    const isShown =
      page?.state === 'ok' &&
      page.entities.some((entity) => (linkOf(entity)?.requestId ?? entity.id) === link.requestId);
    return isShown ? this.host.refreshPage().pipe(catchError(() => EMPTY)) : EMPTY;
  }
}

/** A request and its Alma request to update. */
interface Telling {
  readonly link: AlmaLink;
  readonly request: RequestView;
}

function isSameLink(one: AlmaLink, other: AlmaLink): boolean {
  return keyOfLink(one) === keyOfLink(other);
}

function isSame(one: RequestView, other: RequestView): boolean {
  return one.id === other.id && one.side === other.side;
}

function standingOf({ status, shippingCost }: AlmaRequest) {
  return { status: status.code, ...(shippingCost !== undefined && { shippingCost }) };
}
