import { computed, inject, Injectable, signal } from '@angular/core';
import { defer, finalize, map, type Observable } from 'rxjs';
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
import type {
  BridgeMessage,
  BridgeQueue,
  BridgeQueueQuery,
  ByExternalId,
  MessageAction,
  RequestMessages,
} from '../../domain/api/bridge';
import type { CatalogQuery, HoldingsQuery, MembersQuery, Page } from '../../domain/api/catalog';
import type { Profile, PutProfile, RecentLenders } from '../../domain/api/profile';
import type { ListQuery, RefreshAnswer, RequestList, RequestSummary } from '../../domain/api/work-list';
import type { CatalogRecord, Holding, Member } from '../../domain/catalog/catalog';
import type { Side } from '../../domain/ill/kinds';
import { AppError } from './app-error';
import { GatewayHttp } from './gateway.http';

type PutDraft = Omit<Draft, 'draftId' | 'updatedAt'>;
interface Answer {
  readonly request: RequestView;
}

/**
 * Calls the gateway's API (domain/api/requests.ts). The gateway checks what it sends. Every failure is an AppError of
 * the catalogue (gateway.http.ts).
 */
@Injectable({ providedIn: 'root' })
export class GatewayClient {
  private readonly http = inject(GatewayHttp);
  private readonly commands = signal(0);
  /** True while a command is running; the data that it changes should not be read meanwhile. */
  readonly isCommanding = computed(() => this.commands() > 0);

  me(): Observable<Me> {
    return this.http.json<Me>('GET', ['me']);
  }

  searchCatalog(query: CatalogQuery): Observable<Page<CatalogRecord>> {
    return this.http.json<Page<CatalogRecord>>('GET', ['catalog'], { query });
  }

  catalogRecord(library: string, ncid: string): Observable<CatalogRecord> {
    return this.http.json<CatalogRecord>('GET', ['catalog', ncid], { query: { library } });
  }

  holdings(ncid: string, query: HoldingsQuery): Observable<Page<Holding>> {
    return this.http.json<Page<Holding>>('GET', ['catalog', ncid, 'holdings'], { query });
  }

  members(query: MembersQuery): Observable<Page<Member>> {
    return this.http.json<Page<Member>>('GET', ['members'], { query });
  }

  member(library: string, memberId: string): Observable<Member> {
    return this.http.json<Member>('GET', ['members', memberId], { query: { library } });
  }

  /** Creates a request. `key`: the same for every repetition of the same order. */
  createRequest(body: CreateRequest, key: string): Observable<RequestView> {
    return this.http.json<Answer>('POST', ['requests'], { body, key }).pipe(map((answer) => requestOf(answer)));
  }

  /** A request as this side sees it: from the gateway's store, or (`fresh`) read from NACSIS-ILL now. */
  request(id: string, side: Side, fresh = false): Observable<RequestView> {
    return this.http
      .json<Answer>('GET', ['requests', id], {
        query: { side, fresh },
      })
      .pipe(map(({ request }) => request));
  }

  requests(query: ListQuery): Observable<RequestList> {
    return this.http.json<RequestList>('GET', ['requests'], { query });
  }

  /** Open borrowing requests for this record, by any user. Queries NACSIS-ILL. */
  openRequests(library: string, bibId: string): Observable<readonly RequestSummary[]> {
    return this.requests({ library, side: 'borrower', bibId, open: true }).pipe(map(({ items }) => items));
  }

  /** Reads changes from NACSIS-ILL since the last reading, or everything. */
  refresh(library: string, full = false): Observable<RefreshAnswer> {
    return this.http.json<RefreshAnswer>('POST', ['requests', 'refresh'], { body: { library, full } });
  }

  /** Stores the edited fields of a request in 準備中 (SAVE). `key` as with an action. */
  edit(id: string, body: EditRequest, key: string): Observable<RequestView> {
    return this.command(this.http.json<Answer>('PUT', ['requests', id], { body, key })).pipe(
      map((answer) => requestOf(answer, id)),
    );
  }

  /** Performs an action. `key`: the same for every repetition of the same action. */
  act(id: string, body: PerformAction, key: string): Observable<ActionAnswer> {
    return this.command(this.http.json<ActionAnswer>('POST', ['requests', id, 'actions'], { body, key })).pipe(
      map((answer) => ({ ...answer, request: requestOf(answer, id) })),
    );
  }

  /** Links the request to an Alma request; null removes the link. */
  link(id: string, side: Side, almaRequest: AlmaLink | null, key: string): Observable<RequestView> {
    return this.http
      .json<Answer>('POST', ['requests', id, 'link'], {
        body: { side, almaRequest },
        key,
      })
      .pipe(map(({ request }) => request));
  }

  /** Messages between Alma and the gateway of the user's libraries, or of one library; newest first. */
  bridgeMessages(query: BridgeQueueQuery): Observable<BridgeQueue> {
    return this.http.json<BridgeQueue>('GET', ['bridge', 'messages'], { query });
  }

  /** Carries out a held message, sends a stopped one again, or drops it. Returns the message afterwards. */
  actOnMessage(id: string, action: MessageAction, key: string): Observable<BridgeMessage> {
    return this.command(
      this.http.json<{ readonly message: BridgeMessage }>('POST', ['bridge', 'messages', id, action], {
        body: {},
        key,
      }),
    ).pipe(map(({ message }) => message));
  }

  /** The messages about a request, and whether Alma is behind. */
  requestMessages(id: string, side: Side): Observable<RequestMessages> {
    return this.http.json<RequestMessages>('GET', ['requests', id, 'messages'], { query: { side } });
  }

  /** Id of the request that Alma knows through the bridge by this external id; undefined when there is none. */
  requestIdOf(externalId: string, side: Side): Observable<string | undefined> {
    return this.http
      .json<ByExternalId>('GET', ['requests', 'by-external-id'], { query: { side, externalId } })
      .pipe(map(({ requestId }) => requestId));
  }

  /** Returns the number of recent requests from the library to each member. */
  recentLenders(library: string): Observable<RecentLenders> {
    return this.http.json<RecentLenders>('GET', ['libraries', library, 'recent-lenders']);
  }

  profile(library: string): Observable<Profile> {
    return this.http.json<Profile>('GET', ['profiles', library]);
  }

  /** Fails with `stale-version` when another user has changed the profile meanwhile. */
  putProfile(library: string, profile: PutProfile): Observable<Profile> {
    return this.http.json<Profile>('PUT', ['profiles', library], { body: profile });
  }

  drafts(): Observable<readonly Draft[]> {
    return this.http.json<{ readonly items: readonly Draft[] }>('GET', ['drafts']).pipe(map(({ items }) => items));
  }

  putDraft(draftId: string, draft: PutDraft): Observable<Draft> {
    return this.http.json<Draft>('PUT', ['drafts', draftId], { body: draft });
  }

  deleteDraft(draftId: string): Observable<void> {
    return this.http.json<unknown>('DELETE', ['drafts', draftId]).pipe(map(() => undefined));
  }

  private command<T>(call: Observable<T>): Observable<T> {
    const count = (by: 1 | -1): void => this.commands.update((running) => running + by);
    return defer(() => (count(1), call)).pipe(finalize(() => count(-1)));
  }
}

/**
 * Returns the request in the answer to a command. An answer without a request, or with a request other than `id`, does
 * not tell what became of the command. @throws AppError `outcome-unknown`
 */
function requestOf({ request }: Partial<Answer>, id = request?.id): RequestView {
  if (!request || request.id !== id) throw new AppError('outcome-unknown');
  return request;
}
