import { inject, Injectable } from '@angular/core';
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
import { linkOf, sideOfEntity, sideOfLink } from './alma-link';
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
  /** How it was found: Alma's external identifier, the link stored in the gateway, or an id in a note. */
  readonly by?: 'external-id' | 'kept' | 'note';
}

/** Maximum number of ids from notes that are looked up. */
const MAX_NOTED = 3;
/** Maximum number of requests read for one Alma request; more are unlikely. */
const MAX_KEPT = 5;

/**
 * Finds the NACSIS-ILL request of an Alma request: by the external identifier, the stored link, or an id in a note, in
 * this order.
 */
@Injectable({ providedIn: 'root' })
export class LinkedRequestService {
  private readonly gateway = inject(GatewayClient);
  private readonly almaRequests = inject(AlmaRequestService);

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
    const { side, link, alma } = known;
    const external = parseRequestId(alma?.externalId ?? '');
    const noted = requestIdsIn(alma?.notes ?? '').slice(0, MAX_NOTED);
    const attempts = [
      ...(external.ok ? [this.byId(external.value, side, 'external-id')] : []),
      this.kept(side, link?.requestId ?? ''),
      ...noted.map((id) => this.byId(id, side, 'note')),
    ];
    return first(attempts).pipe(map((hit) => ({ ...known, ...hit })));
  }

  private withoutAlma(known: Found, requestId: string): Observable<Found> {
    return this.kept(known.side, requestId).pipe(map((hit) => ({ ...known, ...hit })));
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
