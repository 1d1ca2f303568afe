import { inject, Injectable, signal } from '@angular/core';
import { catchError, concat, defer, EMPTY, finalize, map, switchMap, tap, type Observable } from 'rxjs';
import type { Action } from '../../domain/ill/commands';
import type { Side } from '../../domain/ill/kinds';
import { asAppError } from '../core/app-error';
import { BatchClient } from '../core/batch.client';
import { newKey } from '../core/new-key';
import { begun, outcomeOfError, outcomeOfResult, settled } from './batch-outcomes';
import { callsFor, sentNow, type BatchCall, type Outcome, type RunRow, type SentRow } from './batch-plan';
import { refusedNow, renewed } from './batch-rereading';
import { RequestFinder, type Found } from './request-finder.service';

export type Ids = ReadonlySet<string>;

/** The rows of a batch: sends them, reads them again, and keeps their outcomes. */
@Injectable({ providedIn: 'root' })
export class BatchSendingStore {
  private readonly client = inject(BatchClient);
  private readonly finder = inject(RequestFinder);
  readonly rows = signal<readonly RunRow[]>([]);
  readonly what = signal<{ readonly side: Side; readonly action: Action }>({ side: 'borrower', action: 'accept' });
  /** Progress of the rows being sent, or last sent. */
  readonly progress = signal({ count: 0, total: 0 });

  /** Reads from NACSIS-ILL before reporting that a request no longer allows the action. */
  readAnew(refused: readonly RunRow[]): Observable<unknown> {
    const { side, action } = this.what();
    return this.find(refused).pipe(
      switchMap((listed) => {
        const unable = listed.rows.filter(({ allowed }) => !allowed.includes(action)).map(({ id }) => id);
        this.rows.update((rows) => renewed(rows, listed));
        return this.finder
          .findFresh(unable, side)
          .pipe(map(({ rows, missing }) => ({ rows, missing: [...listed.missing, ...missing] })));
      }),
      tap((found) => {
        const ids = new Set(refused.map(({ row }) => row.id));
        this.rows.update((rows) => refusedNow(rows, ids, found, action));
      }),
    );
  }

  /** An interrupted call prevents the following ones; their rows stay unchanged. */
  send(ids: Ids): Observable<unknown> {
    const { action } = this.what();
    const able = this.rows().filter(
      ({ row, outcome }) => ids.has(row.id) && (outcome.state !== 'failed' || row.allowed.includes(action)),
    );
    this.progress.set({ count: 0, total: able.length });
    const sent = sentNow(able, newKey());
    return concat(
      ...callsFor(sent, this.what()).map((call) => {
        const those = sent.filter((row) => row.sent.key === call.key);
        return defer(() => this.call(those, call));
      }),
    );
  }

  /** Reads the current state of rows that are not done, for display only; failures are ignored. */
  lookAround(): Observable<Found> {
    const open = this.rows().filter(({ outcome }) => outcome.state === 'failed' || outcome.state === 'unknown');
    return open.length === 0 ? EMPTY : this.find(open).pipe(catchError(() => EMPTY));
  }

  idsIn(...states: readonly Outcome['state'][]): Ids {
    return new Set(this.rows().flatMap(({ row, outcome }) => (states.includes(outcome.state) ? [row.id] : [])));
  }

  private call(sent: readonly SentRow[], { key, batch }: BatchCall): Observable<unknown> {
    const settle = (those: readonly SentRow[], outcome: (before: Outcome) => Outcome): void => {
      this.rows.update((rows) => settled(rows, those, (was) => outcome(was.outcome)));
    };
    this.rows.update((rows) => begun(rows, sent));
    return this.client.run(batch, key).pipe(
      tap({
        next: (result) => {
          const those = sent.filter(({ row }) => row.id === result.id);
          settle(those, (before) => outcomeOfResult(result, before));
          this.progress.update(({ count, total }) => ({ count: count + 1, total }));
        },
        error: (error: unknown) => {
          settle(sent, (before) => outcomeOfError(asAppError(error), before));
        },
      }),
      // Stopped: it is unknown whether the gateway had started a row.
      finalize(() => {
        settle(sent, () => ({ state: 'unknown' }));
      }),
    );
  }

  private find(rows: readonly RunRow[]): Observable<Found> {
    return this.finder.find(
      rows.map(({ row }) => row.id),
      this.what().side,
    );
  }
}
