import { computed, inject, Injectable, signal } from '@angular/core';
import {
  catchError,
  concat,
  concatMap,
  defer,
  map,
  of,
  Subject,
  switchMap,
  tap,
  throwError,
  timeout,
  type Observable,
} from 'rxjs';
import type { CreateRequest, PerformAction, RequestView } from '../../../domain/api/requests';
import type { RequestFields } from '../../../domain/ill/request';
import { AppError, asAppError } from '../../core/app-error';
import { GatewayClient } from '../../core/gateway.client';
import { newKey } from '../../core/new-key';
import { onceAtATime } from '../../core/remote';
import { untilKnown, type Answered, type Asking, type AskingEnd } from '../../core/until-known';
import { DraftStore } from '../form/draft.store';
import type { Prepared } from '../form/order-draft';
import { fieldsToStore } from '../form/prepared-request';

type Submission =
  | { readonly state: 'editing'; readonly error?: AppError }
  | { readonly state: 'sending'; readonly order: CreateRequest }
  | UnknownSubmission
  | { readonly state: 'done'; readonly order: CreateRequest; readonly request: RequestView };

/** `asking`: the app is asking for the outcome; `end`: it has stopped asking. */
interface UnknownSubmission {
  readonly state: 'unknown';
  readonly order: CreateRequest;
  readonly error?: AppError;
  readonly asking?: Asking;
  readonly end?: AskingEnd;
}

type Params = NonNullable<PerformAction['params']>;

/** Milliseconds that the order waits for its draft to be saved. */
const DRAFT_FIRST = 5_000;

/** Sends one order at a time, under one key until its outcome is known, and asks for the outcome automatically. */
@Injectable()
export class SubmissionStore {
  private readonly gateway = inject(GatewayClient);
  private readonly drafts = inject(DraftStore);
  /** Idempotency key of the order, created with the draft and stored in it. */
  readonly key = signal(newKey());
  /** The request in 準備中 that is being edited; undefined for a new order. */
  readonly prepared = signal<Prepared | undefined>(undefined);
  readonly submission = signal<Submission>({ state: 'editing' });
  /** The order that is sent and whose outcome is not known yet. */
  readonly pending = computed<CreateRequest | undefined>(() => {
    const now = this.submission();
    return now.state === 'sending' || now.state === 'unknown' ? now.order : undefined;
  });
  private readonly now$ = new Subject<void>();
  private readonly stops$ = new Subject<void>();

  private readonly try = onceAtATime((order: CreateRequest) =>
    this.attempt(order).pipe(
      tap((state) => {
        this.submission.set(state);
      }),
    ),
  );

  /**
   * While an order has an unknown outcome, sends that order again immediately instead of `order`. Ignored while a call
   * is running.
   */
  send(order: CreateRequest): void {
    const now = this.submission();
    if (now.state === 'done') return;
    if (now.state === 'unknown' && now.asking !== undefined) this.now$.next();
    else this.try(now.state === 'unknown' ? now.order : order);
  }

  /** Puts the error of the last attempt away. */
  dismiss(): void {
    if (this.submission().state === 'editing') this.submission.set({ state: 'editing' });
  }

  /** Stops asking; the outcome stays unknown. */
  stopAsking(): void {
    this.stops$.next();
  }

  /** Resumes a draft. With `isAsked`, starts asking for the outcome of its pending order. */
  resume(key: string, pending: CreateRequest | undefined, isAsked = true): void {
    this.key.set(key);
    this.submission.set(pending === undefined ? { state: 'editing' } : { state: 'unknown', order: pending });
    if (pending !== undefined && isAsked) this.try(pending);
  }

  private attempt(order: CreateRequest): Observable<Submission> {
    if (this.submission().state === 'unknown') return this.untilKnown(order, true);
    const sent = this.keptFirst().pipe(
      switchMap((error) =>
        error === undefined ? this.untilKnown(order, false) : of<Submission>({ state: 'editing', error }),
      ),
    );
    return concat(of<Submission>({ state: 'sending', order }), sent);
  }

  private untilKnown(order: CreateRequest, wasUnknown: boolean): Observable<Submission> {
    const hands = { now$: this.now$, stop$: this.stops$ };
    const key = this.key();
    return untilKnown(
      defer(() => this.post(order, key)),
      { ...hands, wasUnknown },
    ).pipe(map((answer) => this.after(answer, order)));
  }

  private post(order: CreateRequest, key: string): Observable<RequestView> {
    const prepared = this.prepared();
    const sent$ = prepared === undefined ? this.gateway.createRequest(order, key) : this.store(prepared, order, key);
    return sent$.pipe(
      tap(() => {
        this.drafts.close();
      }),
      // The gateway deletes the draft of a new order itself, but not that of an edited request.
      concatMap((request) => (prepared === undefined ? of(request) : this.without(order.draftId, request))),
    );
  }

  private without(draftId: string | undefined, request: RequestView): Observable<RequestView> {
    if (draftId === undefined) return of(request);
    return this.drafts.discard(draftId).pipe(
      catchError(() => of(undefined)),
      map(() => request),
    );
  }

  /** Sends the edited request as ORDER or SAVE. */
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
   * Saves the draft with this order first, so that the app can ask for the outcome under the order's key after a
   * reload. Sends nothing when the gateway cannot be reached. Other failures to save the draft do not stop the order.
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

  private after(answer: Answered<RequestView>, order: CreateRequest): Submission {
    switch (answer.state) {
      case 'known':
        return { state: 'done', order, request: answer.value };
      case 'asking': {
        const { asking } = answer;
        return { state: 'unknown', order, asking, ...(asking.error && { error: asking.error }) };
      }
      case 'unknown':
        return { order, ...answer };
      case 'refused':
        this.key.set(newKey());
        return { state: 'editing', error: answer.error };
    }
  }
}

function paramsOf({ lenders = [], charges: _ofTheLender, ...rest }: RequestFields): Params {
  return { ...rest, lenders: [...lenders] };
}
