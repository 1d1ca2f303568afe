import { inject, Injectable } from '@angular/core';
import { catchError, concatMap, forkJoin, from, map, mergeMap, of, toArray, type Observable } from 'rxjs';
import type { Side } from '../../domain/ill/kinds';
import { AppError, asAppError } from '../core/app-error';
import { GatewayClient } from '../core/gateway.client';
import { rowOfSummary, rowOfView, type BatchRow } from './batch-row';

/** An id without a request. */
export interface Missing {
  readonly id: string;
  readonly error: AppError;
}
export interface Found {
  readonly rows: readonly BatchRow[];
  readonly missing: readonly Missing[];
}

/** Maximum number of ids per list call (MAX_IDS and MAX_PAGE_SIZE of the contract). */
const AT_ONCE = 200;
/**
 * Maximum number of ids that are read one by one from NACSIS-ILL when the list does not know them. A text with more
 * such ids was not a list of our ids.
 */
export const READ_SINGLY = 200;
const SIDE_BY_SIDE = 4;

/** Looks up requests by id, as the gateway currently knows them. */
@Injectable({ providedIn: 'root' })
export class RequestFinder {
  private readonly gateway = inject(GatewayClient);

  /** The rows in the order of the ids. Fails when the list cannot be read; single unreadable requests are `missing`. */
  find(ids: readonly string[], side: Side): Observable<Found> {
    const parts = Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, at) =>
      ids.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
    );
    return from(parts).pipe(
      concatMap((part) => this.gateway.requests({ ids: [...part], side, pageSize: AT_ONCE })),
      toArray(),
      map((lists) => lists.flatMap(({ items }) => items.filter((item) => item.side === side).map(rowOfSummary))),
      concatMap((listed) => {
        const known = new Set(listed.map(({ id }) => id));
        return forkJoin([
          of(listed),
          this.singly(
            ids.filter((id) => !known.has(id)),
            side,
          ),
        ]);
      }),
      map(([listed, { rows, missing }]) => {
        const byId = new Map([...listed, ...rows].map((row) => [row.id, row]));
        return { rows: ids.flatMap((id) => byId.get(id) ?? []), missing };
      }),
    );
  }

  /** Reads from NACSIS-ILL, one by one. */
  findFresh(ids: readonly string[], side: Side): Observable<Found> {
    return this.singly(ids, side, true);
  }

  private singly(ids: readonly string[], side: Side, fresh = false): Observable<Found> {
    const unread = ids.slice(READ_SINGLY).map((id) => ({ id, error: new AppError('not-found') }));
    return from(ids.slice(0, READ_SINGLY)).pipe(
      mergeMap(
        (id) =>
          this.gateway.request(id, side, fresh).pipe(
            map((request) => rowOfView(request)),
            catchError((error: unknown) => of<Missing>({ id, error: asAppError(error) })),
          ),
        SIDE_BY_SIDE,
      ),
      toArray(),
      map((all) => ({
        rows: all.flatMap((each) => ('error' in each ? [] : [each])),
        missing: [...all.flatMap((each) => ('error' in each ? [each] : [])), ...unread],
      })),
    );
  }
}
