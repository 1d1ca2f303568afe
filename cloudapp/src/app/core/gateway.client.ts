import { HttpClient, HttpContext, HttpParams } from '@angular/common/http';
import { computed, inject, Injectable, InjectionToken, signal } from '@angular/core';
import { catchError, defer, finalize, map, switchMap, throwError, timeout, type Observable } from 'rxjs';
import type {
  ActionAnswer,
  AlmaLink,
  CreateRequest,
  Draft,
  EditRequest,
  Me,
  PerformAction,
  RequestView,
} from '../../domain/api/requests';
import type { CatalogQuery, HoldingsQuery, MembersQuery, Page } from '../../domain/api/catalog';
import type { Profile, PutProfile, RecentLenders } from '../../domain/api/profile';
import type { Counts, ListQuery, RefreshAnswer, RequestList, RequestSummary } from '../../domain/api/work-list';
import type { CatalogRecord, Holding, Member } from '../../domain/catalog/catalog';
import type { Side } from '../../domain/ill/kinds';
import { AppError } from './app-error';
import { checkedObject, checkedPage, failureOf, presentIn, requestIn, requestOf, type Query } from './gateway-answer';
import { FOR_GATEWAY } from './gateway.interceptor';
import { changesIn } from './request-shape';
import { SettingsService } from './settings.service';

/** Milliseconds; longer than the gateway waits for NACSIS-ILL, so that the gateway reports what happened. */
export const GATEWAY_TIMEOUT = new InjectionToken<number>('time-out of a call to the gateway', {
  providedIn: 'root',
  factory: () => 75_000,
});

export type PutDraft = Omit<Draft, 'draftId' | 'updatedAt'>;
interface Call {
  readonly query?: Query;
  readonly body?: object;
  readonly key?: string;
}

/**
 * The gateway's API (domain/api/requests.ts). Every failure is an AppError of the catalogue. All path segments are encoded. A
 * POST without a response fails with `outcome-unknown`, a GET with `gateway-unreachable`.
 */
@Injectable({ providedIn: 'root' })
export class GatewayClient {
  private readonly http = inject(HttpClient);
  private readonly settings = inject(SettingsService);
  private readonly limit = inject(GATEWAY_TIMEOUT);
  private readonly commands = signal(0);
  /** True while a command is running; the data that it changes should not be read meanwhile. */
  readonly isCommanding = computed(() => this.commands() > 0);

  me(): Observable<Me> {
    return this.call<Me>('GET', ['me']).pipe(map(checkedObject));
  }

  searchCatalog(query: CatalogQuery): Observable<Page<CatalogRecord>> {
    return this.call<Page<CatalogRecord>>('GET', ['catalog'], { query }).pipe(map(checkedPage));
  }

  catalogRecord(library: string, ncid: string): Observable<CatalogRecord> {
    return this.call<CatalogRecord>('GET', ['catalog', ncid], { query: { library } }).pipe(map(checkedObject));
  }

  holdings(ncid: string, query: HoldingsQuery): Observable<Page<Holding>> {
    return this.call<Page<Holding>>('GET', ['catalog', ncid, 'holdings'], { query }).pipe(map(checkedPage));
  }

  members(query: MembersQuery): Observable<Page<Member>> {
    return this.call<Page<Member>>('GET', ['members'], { query }).pipe(map(checkedPage));
  }

  member(library: string, memberId: string): Observable<Member> {
    return this.call<Member>('GET', ['members', memberId], { query: { library } }).pipe(map(checkedObject));
  }

  /** `key`: the same for every repetition of the same order. */
  createRequest(body: CreateRequest, key: string): Observable<RequestView> {
    return this.call<{ readonly request?: RequestView | null } | null>('POST', ['requests'], { body, key }).pipe(
      map((answer) => {
        const request = answer?.request;
        if (typeof request?.id !== 'string') throw new AppError('outcome-unknown');
        return request;
      }),
    );
  }

  /** A request as this side sees it: from the gateway's store, or (`fresh`) read from NACSIS-ILL now. */
  request(id: string, side: Side, fresh = false): Observable<RequestView> {
    return this.call<{ readonly request: RequestView }>('GET', ['requests', id], {
      query: { side, fresh },
    }).pipe(map(requestIn));
  }

  requests(query: ListQuery): Observable<RequestList> {
    return this.call<RequestList>('GET', ['requests'], { query }).pipe(map(checkedPage));
  }

  /** Open borrowing requests for this record, by any user. Queries NACSIS-ILL. */
  openRequests(library: string, bibId: string): Observable<readonly RequestSummary[]> {
    return this.requests({ library, side: 'borrower', bibId, open: true }).pipe(map(({ items }) => items));
  }

  /** Current requests per state as NACSIS-ILL counts them. */
  counts(library: string): Observable<Counts> {
    return this.call<Counts>('GET', ['requests', 'counts'], { query: { library } }).pipe(map(checkedObject));
  }

  /** Reads changes from NACSIS-ILL since the last reading, or everything. */
  refresh(library: string, full = false): Observable<RefreshAnswer> {
    return this.call<RefreshAnswer>('POST', ['requests', 'refresh'], { body: { library, full } }).pipe(
      map(checkedObject),
    );
  }

  /** Stores the edited fields of a request in 準備中 (SAVE). `key` as with an action. */
  edit(id: string, body: EditRequest, key: string): Observable<RequestView> {
    return this.command(
      this.call<{ readonly request?: RequestView } | null>('PUT', ['requests', id], { body, key }),
    ).pipe(map((answer) => requestOf(id, answer)));
  }

  /** `key`: the same for every repetition of the same action. */
  act(id: string, body: PerformAction, key: string): Observable<ActionAnswer> {
    return this.command(
      this.call<Partial<ActionAnswer> | null>('POST', ['requests', id, 'actions'], { body, key }),
    ).pipe(
      map((answer) => {
        const request = requestOf(id, answer);
        const { from = null, to = null, changes } = answer ?? {};
        const unseen = changesIn(changes);
        return { from, to, request, ...(unseen.length > 0 && { changes: [...unseen] }) };
      }),
    );
  }

  /** Links the request to an Alma request; null removes the link. */
  link(id: string, side: Side, almaRequest: AlmaLink | null, key: string): Observable<RequestView> {
    return this.call<{ readonly request: RequestView }>('POST', ['requests', id, 'link'], {
      body: { side, almaRequest },
      key,
    }).pipe(map(requestIn));
  }

  /** Number of recent requests of the library to each member. */
  recentLenders(library: string): Observable<RecentLenders> {
    return this.call<RecentLenders>('GET', ['libraries', library, 'recent-lenders']).pipe(map(checkedObject));
  }

  profile(library: string): Observable<Profile> {
    return this.call<Profile>('GET', ['profiles', library]).pipe(map(checkedObject));
  }

  /** Fails with `stale-version` when another user has changed the profile meanwhile. */
  putProfile(library: string, profile: PutProfile): Observable<Profile> {
    return this.call<Profile>('PUT', ['profiles', library], { body: profile }).pipe(map(checkedObject));
  }

  drafts(): Observable<readonly Draft[]> {
    return this.call<{ readonly items: readonly Draft[] }>('GET', ['drafts']).pipe(
      map(checkedPage),
      map(({ items }) => items),
    );
  }

  putDraft(draftId: string, draft: PutDraft): Observable<Draft> {
    return this.call<Draft>('PUT', ['drafts', draftId], { body: draft });
  }

  deleteDraft(draftId: string): Observable<void> {
    return this.call<unknown>('DELETE', ['drafts', draftId]).pipe(map(() => undefined));
  }

  private command<T>(call: Observable<T>): Observable<T> {
    const count = (by: 1 | -1): void => this.commands.update((running) => running + by);
    return defer(() => (count(1), call)).pipe(finalize(() => count(-1)));
  }

  /** Any call of the API, for the clients of its parts. */
  call<T>(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: readonly string[],
    { query = {}, body, key }: Call = {},
  ): Observable<T> {
    // A call with a key changes something.
    const isCommand = key !== undefined;
    return this.settings.institution().pipe(
      switchMap(({ gatewayUrl }) => {
        const url = [gatewayUrl, 'api', 'v1', ...path.map(encodeURIComponent)].join('/');
        return this.http
          .request<T>(method, url, {
            params: new HttpParams({ fromObject: presentIn(query) }),
            context: new HttpContext().set(FOR_GATEWAY, true),
            ...(body !== undefined && { body }),
            ...(key !== undefined && { headers: { 'Idempotency-Key': key } }),
          })
          .pipe(
            timeout({
              each: this.limit,
              with: () => throwError(() => new AppError(isCommand ? 'outcome-unknown' : 'gateway-unreachable')),
            }),
          );
      }),
      catchError((error: unknown) => throwError(() => failureOf(error, isCommand))),
    );
  }
}
