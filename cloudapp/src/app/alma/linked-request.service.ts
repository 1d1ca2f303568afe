import { inject, Injectable, Injector } from '@angular/core';
import { toObservable } from '@angular/core/rxjs-interop';
import {
  catchError,
  concat,
  defaultIfEmpty,
  defer,
  filter,
  map,
  of,
  switchMap,
  take,
  throwError,
  type Observable,
} from 'rxjs';
import type { AlmaLink, RequestView } from '../../domain/api/requests';
import { parseRequestId, requestIdsIn } from '../../domain/catalog/identifiers';
import type { Side } from '../../domain/ill/kinds';
import { STATES } from '../../domain/ill/states';
import { asAppError, type AppError } from '../core/app-error';
import type { AlmaEntity } from '../core/alma-entity';
import { GatewayClient } from '../core/gateway.client';
import { newKey } from '../core/new-key';
import { errorOf, valueOf } from '../core/remote';
import { SessionService } from '../core/session.service';
import { hasWriter, writerOf } from '../core/writer';
import { keyOfLink, linkOf, sideOfEntity, sideOfLink } from './alma-link';
import type { AlmaRequest } from './alma-request';
import { AlmaRequestService } from './alma-request.service';

/** An Alma request and its NACSIS-ILL request, as far as known. */
export interface Found {
  readonly side: Side;
  /** The link in Alma's API; absent for a borrowing request without a requester. */
  readonly link?: AlmaLink;
  /** Absent when Alma does not return the request (`almaError`) or offers no way to read it. */
  readonly alma?: AlmaRequest;
  readonly almaError?: AppError;
  /** Absent when no NACSIS-ILL request was found. */
  readonly request?: RequestView;
  /**
   * How it was found: by the NACSIS id in Alma's external identifier, the link stored in the gateway, the external
   * identifier of the bridge's messages, or an id in a note.
   */
  readonly by?: 'external-id' | 'kept' | 'bridge' | 'note';
}

/** Maximum number of ids from notes that are looked up. */
const MAX_NOTED = 3;
/** Maximum number of requests read for one Alma request; more are unlikely. */
const MAX_KEPT = 5;

/**
 * Finds the NACSIS-ILL request of an Alma request: by the external identifier, the stored link, the messages of the
 * bridge, or an id in a note, in this order. Where nothing else links it (the library's writer is not `rest`), a request
 * found by its external identifier is linked in the gateway, once in a session, so that a removed link stays removed.
 */
@Injectable({ providedIn: 'root' })
export class LinkedRequestService {
  private readonly gateway = inject(GatewayClient);
  private readonly almaRequests = inject(AlmaRequestService);
  private readonly session = inject(SessionService);
  private readonly injector = inject(Injector);
  private readonly linked = new Set<string>();
  /** Emits once it is known, or cannot be known, who writes to Alma. */
  private readonly settled$ = defer(() =>
    this.session.libraries().length > 0
      ? of(undefined)
      : toObservable(this.session.session, { injector: this.injector }).pipe(
          filter((session) => session.state === 'ok' || errorOf(session) !== undefined),
          take(1),
        ),
  );

  /** Finds the request of a record; undefined when the record is no request. @throws AppError when the gateway fails */
  find(entity: AlmaEntity): Observable<Found | undefined> {
    const [side, link] = [sideOfEntity(entity), linkOf(entity)];
    if (side === undefined) return of(undefined);
    return link === undefined ? this.withoutAlma({ side }, entity.id) : this.findOf(link);
  }

  /** @throws AppError when the gateway fails */
  findOf(link: AlmaLink): Observable<Found> {
    const side = sideOfLink(link);
    return this.almaRequests.readOnce(link).pipe(
      map((alma): Found => ({ side, link, alma })),
      catchError((error: unknown) => of<Found>({ side, link, almaError: asAppError(error) })),
      switchMap((known) => (known.alma === undefined ? this.withoutAlma(known, link.requestId) : this.withAlma(known))),
    );
  }

  private withAlma(known: Found): Observable<Found> {
    return this.settled$.pipe(
      switchMap(() => first(this.attemptsFor(known))),
      switchMap((hit) => this.withLink(hit, known.link)),
      map((hit) => ({ ...known, ...hit })),
    );
  }

  private attemptsFor({ side, link, alma }: Found): readonly Observable<Hit | undefined>[] {
    const external = parseRequestId(alma?.externalId ?? '');
    const noted = requestIdsIn(alma?.notes ?? '').slice(0, MAX_NOTED);
    return [
      ...(external.ok ? [this.byId(external.value, side, 'external-id')] : []),
      this.kept(side, link?.requestId ?? ''),
      ...this.byBridge(alma?.externalId ?? '', side),
      ...noted.map((id) => this.byId(id, side, 'note')),
    ];
  }

  private withoutAlma(known: Found, requestId: string): Observable<Found> {
    return this.kept(known.side, requestId).pipe(map((hit) => ({ ...known, ...hit })));
  }

  /** Only an institution with the bridge is asked. */
  private byBridge(externalId: string, side: Side): readonly Observable<Hit | undefined>[] {
    if (externalId === '' || !hasWriter(this.session.libraries(), 'iso18626')) return [];
    const id$ = defer(() => this.gateway.requestIdOf(externalId, side));
    return [id$.pipe(switchMap((id) => (id === undefined ? of(undefined) : this.byId(id, side, 'bridge'))))];
  }

  /** Ignores a failure: the request is shown without the link, too. */
  private withLink(hit: Hit | undefined, link: AlmaLink | undefined): Observable<Hit | undefined> {
    if (hit === undefined || link === undefined || !this.isToBeLinked(hit, link)) return of(hit);
    this.linked.add(keyOfLink(link));
    const { id, side } = hit.request;
    return this.gateway.link(id, side, link, newKey()).pipe(
      map((request) => ({ ...hit, request })),
      catchError(() => of(hit)),
    );
  }

  private isToBeLinked({ request, by }: Hit, link: AlmaLink): boolean {
    const writer = writerOf(this.session.libraries(), request.library);
    const isByExternalId = by === 'external-id' || by === 'bridge';
    const mayLink = valueOf(this.session.session())?.me.user.mayAct === true && !this.linked.has(keyOfLink(link));
    const isOpen = request.almaRequest === undefined && writer !== undefined && writer !== 'rest';
    return isByExternalId && isOpen && mayLink;
  }

  private byId(id: string, side: Side, by: NonNullable<Found['by']>): Observable<Hit | undefined> {
    return defer(() => this.gateway.request(id, side)).pipe(
      map((request): Hit => ({ request, by })),
      catchError((error: unknown) =>
        asAppError(error).code === 'not-found' ? of(undefined) : throwError(() => error),
      ),
    );
  }

  /**
   * Finds the request by the stored link: of several requests, the open one, otherwise the newest. Reads the request
   * itself, because only the request holds the current link.
   */
  private kept(side: Side, almaRequestId: string): Observable<Hit | undefined> {
    const list = { side, almaRequestId, sort: 'newest', pageSize: MAX_KEPT } as const;
    return defer(() => this.gateway.requests(list)).pipe(
      switchMap(({ items }) => {
        const goesOn = items.filter(
          ({ state, gone }) => gone === undefined && (state === null || !STATES[state].final),
        );
        const [row] = [...goesOn, ...items];
        return row === undefined ? of(undefined) : this.byId(row.id, side, 'kept');
      }),
      map((hit) => (hit?.request.almaRequest?.requestId === almaRequestId ? hit : undefined)),
    );
  }
}

interface Hit {
  readonly request: RequestView;
  readonly by: NonNullable<Found['by']>;
}

/** Runs the attempts one by one until one finds something. */
function first(attempts: readonly Observable<Hit | undefined>[]): Observable<Hit | undefined> {
  return concat(...attempts).pipe(
    filter((hit) => hit !== undefined),
    take(1),
    defaultIfEmpty(undefined),
  );
}
