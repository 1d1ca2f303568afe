import { inject, Injectable } from '@angular/core';
import { catchError, concatMap, forkJoin, from, map, mergeMap, of, toArray, type Observable } from 'rxjs';
import type { Side } from '../../domain/ill/kinds';
import { AppError, asAppError } from '../core/app-error';
import { GatewayClient } from '../core/gateway.client';
import { numberKindOf, readIds } from './read-ids';
import { rowOfSummary, rowOfView, type BatchRow } from './batch-row';

/** An id without a request. */
export interface Missing {
  readonly id: string;
  readonly error: AppError;
  /** The requests that have this as a number of the library, when there are several. */
  readonly several?: readonly string[];
}
export interface Found {
  readonly rows: readonly BatchRow[];
  readonly missing: readonly Missing[];
}

/** Maximum number of ids per list call (MAX_IDS and MAX_PAGE_SIZE of the contract). */
const AT_ONCE = 200;
/** Maximum number of numbers that are looked up as a library's own number, and of requests read for each. */
const OWN_NUMBERS = 10;
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
    return this.listed(ids, side).pipe(
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

  /**
   * Finds the ids on this side, and those that it does not have on the other. A number of another form may be the
   * library's own number of a request. The rows are in the order of the ids, those found by another number last.
   */
  findOnEither(ids: readonly string[], side: Side): Observable<Found> {
    const other = side === 'borrower' ? 'lender' : 'borrower';
    return forkJoin([this.listed(ids, side), this.listed(ids, other)]).pipe(
      concatMap(([here, there]) => {
        const listed = [...here, ...there];
        const unlisted = ids.filter((each) => listed.every(({ id }) => id !== each));
        return this.unlisted(unlisted, side, other).pipe(
          map(({ rows, missing }) => {
            const found = [...listed, ...rows];
            const byId = ids.flatMap((id) => found.filter((row) => row.id === id));
            return { rows: [...byId, ...found.filter(({ id }) => !ids.includes(id))], missing };
          }),
        );
      }),
    );
  }

  /** Reads from NACSIS-ILL, one by one. */
  findFresh(ids: readonly string[], side: Side): Observable<Found> {
    return this.singly(ids, side, true);
  }

  /** The rows that the gateway's list knows. */
  private listed(ids: readonly string[], side: Side): Observable<readonly BatchRow[]> {
    const parts = Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, at) =>
      ids.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
    );
    return from(parts).pipe(
      concatMap((part) => this.gateway.requests({ ids: [...part], side, pageSize: AT_ONCE })),
      toArray(),
      map((lists) => lists.flatMap(({ items }) => items.filter((item) => item.side === side).map(rowOfSummary))),
    );
  }

  private unlisted(ids: readonly string[], side: Side, other: Side): Observable<Found> {
    if (ids.length === 0) return of({ rows: [], missing: [] });
    return this.singly(ids, side).pipe(
      concatMap((here) => {
        const unknown = here.missing.filter(({ error }) => error.code === 'not-found').map(({ id }) => id);
        const failed = here.missing.filter(({ id }) => !unknown.includes(id));
        return this.singly(unknown, other).pipe(
          map((there) => ({ rows: [...here.rows, ...there.rows], missing: [...failed, ...there.missing] })),
        );
      }),
      concatMap(({ rows, missing }) => {
        const numbers = missing.filter(({ id, error }) => error.code === 'not-found' && numberKindOf(id) === 'other');
        const others = missing.filter((each) => !numbers.includes(each));
        if (numbers.length === 0 || numbers.length > OWN_NUMBERS) return of({ rows, missing });
        return forkJoin(numbers.map((each) => this.byOwnNumber(each))).pipe(
          map((found) => ({
            rows: [...rows, ...found.flatMap((each) => each.rows)],
            missing: [...others, ...found.flatMap((each) => each.missing)],
          })),
        );
      }),
    );
  }

  /** The request that has this number of the library; several or none leave it missing. */
  private byOwnNumber(unknown: Missing): Observable<Found> {
    return this.gateway.requests({ q: unknown.id, pageSize: OWN_NUMBERS }).pipe(
      concatMap(({ items, total }) => {
        if (items.length === 0 || total > OWN_NUMBERS) return of([]);
        return forkJoin(items.map(({ id, side }) => this.gateway.request(id, side)));
      }),
      map((requests) => {
        const same = requests.filter(({ fields }) =>
          [fields.borrowerNumber, fields.lenderNumber].some((number) => asRead(number) === unknown.id),
        );
        const [only, second] = same;
        if (only === undefined) return { rows: [], missing: [unknown] };
        if (second === undefined) return { rows: [rowOfView(only)], missing: [] };
        return { rows: [], missing: [{ ...unknown, several: same.map(({ id }) => id) }] };
      }),
      catchError((error: unknown) => of({ rows: [], missing: [{ id: unknown.id, error: asAppError(error) }] })),
    );
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

/** The number as `readIds` reads it. */
function asRead(number = ''): string | undefined {
  return readIds(number).ids[0];
}
