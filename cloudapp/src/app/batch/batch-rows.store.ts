import { computed, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { catchError, concatMap, map, of, Subject, type Observable } from 'rxjs';
import type { Action } from '../../domain/ill/commands';
import type { Side } from '../../domain/ill/kinds';
import { AppError, asAppError } from '../core/app-error';
import { ChosenRequestsService } from '../core/chosen-requests.service';
import { isOneByOne } from './batch-actions';
import { MAX_ROWS, rowOfSummary, type BatchRow } from './batch-row';
import { readIds } from './read-ids';
import { RequestFinder, type Found, type Missing } from './request-finder.service';

/** Result of the last paste or scan. */
interface Addition {
  readonly read: number;
  /** Number of ids already present or repeated in the text. */
  readonly known: number;
  /** Number of ids beyond the maximum. */
  readonly over: number;
  readonly unreadable: readonly string[];
}

/** `side`: the other side, where the request was found; a batch has one side. */
type MissingHere = Missing & { readonly side?: Side };

/** The rows of a batch in preparation: those selected in the work list, and pasted or scanned ones. All of one side. */
@Injectable()
export class BatchRowsStore {
  private readonly finder = inject(RequestFinder);
  readonly side = signal<Side>('borrower');
  /** In order of arrival. */
  readonly rows = signal<readonly BatchRow[]>([]);
  readonly missing = signal<readonly MissingHere[]>([]);
  readonly error = signal<AppError | undefined>(undefined);
  readonly addition = signal<Addition | undefined>(undefined);
  /** Ids being looked up. */
  private readonly awaited = signal<readonly string[]>([]);
  readonly isFinding = computed(() => this.awaited().length > 0);
  private readonly lookups$ = new Subject<{ readonly ids: readonly string[]; readonly side: Side }>();
  /** True when the first ids were found on the other side only, which the batch then took. */
  readonly hasTurned = signal(false);

  constructor() {
    this.start(inject(ChosenRequestsService).chosen().map(rowOfSummary));
    this.lookups$
      .pipe(
        concatMap(({ ids, side }) => this.lookUp(ids, side).pipe(map((found) => ({ ids, found })))),
        takeUntilDestroyed(),
      )
      .subscribe({
        next: ({ ids, found }) => {
          this.awaited.update((awaited) => awaited.filter((id) => !ids.includes(id)));
          this.take(ids, found);
        },
      });
  }

  /** Starts over with these rows. */
  start(rows: readonly BatchRow[]): void {
    this.side.set(rows[0]?.side ?? this.side());
    this.rows.set(rows.slice(0, MAX_ROWS));
    this.missing.set([]);
    this.error.set(undefined);
    this.hasTurned.set(false);
    const over = Math.max(0, rows.length - MAX_ROWS);
    this.addition.set(over > 0 ? { read: MAX_ROWS, known: 0, over, unreadable: [] } : undefined);
  }

  /** Adds the ids of a pasted or scanned text. */
  add(text: string): void {
    const { ids, repeated, unreadable } = readIds(text);
    const there = new Set([...this.rows().map(({ id }) => id), ...this.awaited()]);
    const fresh = ids.filter((id) => !there.has(id));
    const room = Math.max(0, MAX_ROWS - there.size);
    this.addition.set({
      read: Math.min(fresh.length, room),
      known: repeated + ids.length - fresh.length,
      over: Math.max(0, fresh.length - room),
      unreadable,
    });
    this.find(fresh.slice(0, room));
  }

  /** Starts over with the current requests of these ids. */
  lookAgain(side: Side, ids: readonly string[]): void {
    this.start([]);
    this.side.set(side);
    this.find(ids.slice(0, MAX_ROWS));
  }

  /** Looks up the same ids on the other side. */
  setSide(side: Side): void {
    if (side === this.side()) return;
    const ids = [...this.rows(), ...this.missing()].map(({ id }) => id);
    this.side.set(side);
    this.hasTurned.set(false);
    this.rows.set([]);
    this.missing.set([]);
    this.find([...ids, ...this.awaited()]);
  }

  /** Looks up the missing ids again. */
  findMissing(): void {
    const ids = this.missing().map(({ id }) => id);
    this.missing.set([]);
    this.find(ids);
  }

  remove(id: string): void {
    this.rows.update((rows) => rows.filter((row) => row.id !== id));
    this.missing.update((missing) => missing.filter((each) => each.id !== id));
  }

  keepOnly(action: Action): void {
    this.rows.update((rows) => rows.filter((row) => row.allowed.includes(action) && !isOneByOne(action, row)));
  }

  private find(ids: readonly string[]): void {
    if (ids.length === 0) return;
    this.error.set(undefined);
    this.awaited.update((awaited) => [...awaited, ...ids]);
    this.lookups$.next({ ids, side: this.side() });
  }

  private lookUp(ids: readonly string[], side: Side): Observable<Found | AppError> {
    return this.finder.findOnEither(ids, side).pipe(catchError((error: unknown) => of(asAppError(error))));
  }

  private take(ids: readonly string[], found: Found | AppError): void {
    if (found instanceof Error) {
      this.error.set(found);
      this.missing.update((missing) => [...without(missing, ids), ...ids.map((id) => ({ id, error: found }))]);
      return;
    }
    const isFirst = this.rows().length === 0;
    const [elsewhere] = found.rows;
    if (isFirst && elsewhere !== undefined && found.rows.every(({ side }) => side !== this.side())) {
      this.side.set(elsewhere.side);
      this.hasTurned.set(true);
    }
    const here = found.rows.filter(({ side }) => side === this.side());
    const ofOthers = found.rows
      .filter(({ id }) => here.every((row) => row.id !== id))
      .map(({ id, side }): MissingHere => ({ id, error: new AppError('not-found'), side }));
    this.missing.update((missing) => [...without(missing, ids), ...found.missing, ...ofOthers]);
    this.rows.update((rows) => [...without(rows, [...ids, ...here.map(({ id }) => id)]), ...here]);
  }
}

function without<T extends { readonly id: string }>(all: readonly T[], ids: readonly string[]): readonly T[] {
  return all.filter(({ id }) => !ids.includes(id));
}
