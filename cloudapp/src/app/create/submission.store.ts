import { inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  catchError,
  concat,
  concatMap,
  exhaustMap,
  map,
  of,
  Subject,
  switchMap,
  tap,
  throwError,
  timeout,
  type Observable,
} from 'rxjs';
import type { CreateRequest, PerformAction, RequestView } from '../../domain/api';
import type { RequestFields } from '../../domain/request';
import { AppError, asAppError } from '../core/app-error';
import { GatewayClient } from '../core/gateway.client';
import { newKey } from '../core/new-key';
import { DraftStore } from './draft.store';
import { fieldsToStore, type Prepared } from './prepared-request';
import { outcomeOf } from './submission-outcome';

export type Submission =
  | { readonly state: 'editing'; readonly error?: AppError }
  | { readonly state: 'sending'; readonly order: CreateRequest }
  | { readonly state: 'unknown'; readonly order: CreateRequest; readonly error?: AppError }
  | { readonly state: 'done'; readonly order: CreateRequest; readonly request: RequestView };

type Params = NonNullable<PerformAction['params']>;

/** Milliseconds that the order waits for its draft to be kept first. */
const DRAFT_FIRST = 5_000;

/** Sends an order, one at a time, under one key until its outcome is known. */
@Injectable()
export class SubmissionStore {
  private readonly gateway = inject(GatewayClient);
  private readonly drafts = inject(DraftStore);
  /** Made with the draft, kept in it. */
  readonly key = signal(newKey());
  /** The request in 準備中 that is edited; undefined for a new order. */
  readonly prepared = signal<Prepared | undefined>(undefined);
  readonly submission = signal<Submission>({ state: 'editing' });
  private readonly attempts$ = new Subject<CreateRequest>();

  constructor() {
    this.attempts$
      .pipe(
        exhaustMap((order) => this.attempt(order)),
        takeUntilDestroyed(),
      )
      .subscribe({
        next: (state) => {
          this.submission.set(state);
        },
      });
  }

  /** While the outcome of an order is unknown, that order and no other is sent again. A call while one is on its way does nothing. */
  send(order: CreateRequest): void {
    const now = this.submission();
    if (now.state === 'done') return;
    this.attempts$.next(now.state === 'unknown' ? now.order : order);
  }

  /** A draft of an order whose outcome was never learnt. */
  resume(key: string, pending: CreateRequest | undefined): void {
    this.key.set(key);
    this.submission.set(pending === undefined ? { state: 'editing' } : { state: 'unknown', order: pending });
  }

  private attempt(order: CreateRequest): Observable<Submission> {
    const wasUnknown = this.submission().state === 'unknown';
    const key = this.key();
    const sent = this.keptFirst().pipe(
      switchMap((kept) =>
        kept instanceof AppError ? of(this.afterUnsent(kept, order, wasUnknown)) : this.post(order, key, wasUnknown),
      ),
    );
    return concat(of<Submission>({ state: 'sending', order }), sent);
  }

  private post(order: CreateRequest, key: string, wasUnknown: boolean): Observable<Submission> {
    const prepared = this.prepared();
    const sent$ = prepared === undefined ? this.gateway.createRequest(order, key) : this.store(prepared, order, key);
    return sent$.pipe(
      tap(() => {
        this.drafts.close();
      }),
      // The gateway drops the draft of a new order by itself; that of an edited request would lie around.
      concatMap((request) => (prepared === undefined ? of(request) : this.without(order.draftId, request))),
      map((request): Submission => ({ state: 'done', order, request })),
      catchError((thrown: unknown) => of(this.afterFailure(asAppError(thrown), order, wasUnknown))),
    );
  }

  private without(draftId: string | undefined, request: RequestView): Observable<RequestView> {
    if (draftId === undefined) return of(request);
    return this.drafts.discard(draftId).pipe(
      catchError(() => of(undefined)),
      map(() => request),
    );
  }

  /** What the request in 準備中 has become. */
  private store({ id, version }: Prepared, order: CreateRequest, key: string): Observable<RequestView> {
    const [params, { comment }] = [paramsOf(fieldsToStore(order)), order];
    return order.mode === 'order'
      ? this.gateway
          .act(
            id,
            { side: 'borrower', action: 'order', version, params: { ...params, ...(comment && { comment }) } },
            key,
          )
          .pipe(map(({ request }) => request))
      : this.gateway.edit(id, { version, fields: params, ...(comment && { comment }) }, key);
  }

  /**
   * The draft, with this order in it, goes first: after a reload the order can be asked about under its key. When not even the
   * gateway is there, nothing is sent. Any other trouble with the draft does not stop the order.
   */
  private keptFirst(): Observable<AppError | undefined> {
    return this.drafts.flush().pipe(
      timeout({ first: DRAFT_FIRST, with: () => throwError(() => new AppError('internal')) }),
      map(() => undefined),
      catchError((thrown: unknown) => {
        const error = asAppError(thrown);
        const isUseless = [
          'gateway-unreachable',
          'gateway-not-configured',
          'unauthenticated',
          'host-timeout',
          'host-refused',
        ].includes(error.code);
        return of(isUseless ? error : undefined);
      }),
    );
  }

  private afterUnsent(error: AppError, order: CreateRequest, wasUnknown: boolean): Submission {
    return wasUnknown ? { state: 'unknown', order, error } : { state: 'editing', error };
  }

  private afterFailure(error: AppError, order: CreateRequest, wasUnknown: boolean): Submission {
    if (outcomeOf(error.code, wasUnknown) === 'unknown') return { state: 'unknown', order, error };
    this.key.set(newKey());
    return { state: 'editing', error };
  }
}

function paramsOf({ lenders = [], charges: _ofTheLender, ...rest }: RequestFields): Params {
  return { ...rest, lenders: [...lenders] };
}
