import { computed, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { catchError, concat, defer, EMPTY, exhaustMap, finalize, map, Subject, switchMap, takeUntil, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Action } from '../../domain/commands';
import type { Side } from '../../domain/kinds';
import { asAppError, type AppError } from '../core/app-error';
import { BatchClient } from '../core/batch.client';
import { ChosenRequestsService } from '../core/chosen-requests.service';
import { newKey } from '../core/new-key';
import { labelOf } from './batch-actions';
import { begun, outcomeOfError, outcomeOfResult, settled, tallyOf } from './batch-outcomes';
import { callsFor, sentNow, type BatchCall, type Outcome, type Params, type RunRow, type SentRow } from './batch-plan';
import { refusedNow, renewed } from './batch-rereading';
import type { BatchRow } from './batch-row';
import { RequestFinder, type Found } from './request-finder.service';

export interface BatchOrder {
  readonly side: Side;
  readonly action: Action;
  readonly rows: readonly { readonly row: BatchRow; readonly params: Params }[];
}
type Ids = ReadonlySet<string>;

/** A batch that runs, and what came of it. It outlives the page, so that one may look at a request and come back; in memory only. */
@Injectable({ providedIn: 'root' })
export class BatchRunStore {
  private readonly client = inject(BatchClient);
  private readonly finder = inject(RequestFinder);
  private readonly chosen = inject(ChosenRequestsService);
  /** ready: nothing was sent; reading: the requests are read anew before they are sent again. */
  readonly phase = signal<'ready' | 'reading' | 'running' | 'ended'>('ready');
  readonly isBusy = computed(() => ['reading', 'running'].includes(this.phase()));
  readonly rows = signal<readonly RunRow[]>([]);
  readonly what = signal<Pick<BatchOrder, 'side' | 'action'>>({ side: 'borrower', action: 'accept' });
  /** i18n key of what is done. */
  readonly label = signal('');
  /** Why the last run broke off. */
  readonly error = signal<AppError | undefined>(undefined);
  readonly wasStopped = signal(false);
  readonly tally = computed(() => tallyOf(this.rows()));
  /** Of the run that is on its way, or was the last. */
  readonly progress = signal({ count: 0, total: 0 });
  private readonly runs$ = new Subject<Ids>();
  private readonly stops$ = new Subject<void>();
  private readonly looks$ = new Subject<boolean>();

  constructor() {
    const end = (): void => {
      this.end();
    };
    this.runs$
      .pipe(
        exhaustMap((ids) => this.perform(ids).pipe(takeUntil(this.stops$), finalize(end))),
        takeUntilDestroyed(),
      )
      .subscribe({ next: () => undefined });
    this.looks$
      .pipe(
        switchMap((isWanted) => (isWanted ? this.lookAround() : EMPTY)),
        takeUntilDestroyed(),
      )
      .subscribe({ next: (found) => this.rows.update((rows) => renewed(rows, found)) });
  }

  /** A new batch. While one is on its way this does nothing. */
  start({ side, action, rows }: BatchOrder): void {
    if (this.isBusy()) return;
    this.what.set({ side, action });
    this.label.set(
      labelOf(
        action,
        rows.map(({ row }) => row),
      ),
    );
    this.rows.set(rows.map(({ row, params }) => ({ row, params, outcome: { state: 'waiting' } })));
    this.begin('waiting');
  }

  /** Sends those again that were refused, as they are now. Those that are done are not touched. */
  retryFailed(): void {
    this.begin('failed');
  }

  /** Those that were not sent, or whose result did not come: what was done already is not done twice. */
  goOn(): void {
    this.begin('waiting', 'unknown');
  }

  /** The gateway ends before the next row; the row that it is at is done. */
  stop(): void {
    if (!this.isBusy()) return;
    this.wasStopped.set(true);
    this.stops$.next();
  }

  /** Forgets the batch. While it is on its way this does nothing. */
  clear(): void {
    if (this.isBusy()) return;
    this.looks$.next(false);
    this.phase.set('ready');
    this.rows.set([]);
    this.error.set(undefined);
  }

  private begin(...states: readonly Outcome['state'][]): void {
    const ids = this.idsIn(...states);
    if (ids.size > 0) this.runs$.next(ids);
  }

  private perform(ids: Ids): Observable<unknown> {
    this.looks$.next(false);
    this.error.set(undefined);
    this.wasStopped.set(false);
    const refused = this.rows().filter(({ row, outcome }) => ids.has(row.id) && outcome.state === 'failed');
    this.progress.set({ count: 0, total: ids.size });
    this.phase.set(refused.length > 0 ? 'reading' : 'running');
    const sent = refused.length > 0 ? this.readAnew(refused).pipe(switchMap(() => this.send(ids))) : this.send(ids);
    return sent.pipe(
      catchError((error: unknown) => {
        this.error.set(asAppError(error));
        return EMPTY;
      }),
    );
  }

  /** Before a request is said not to allow the action any more, NACSIS-ILL itself is asked. */
  private readAnew(refused: readonly RunRow[]): Observable<unknown> {
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

  /** After a call that broke off the next is not made: its rows stand as they stood. */
  private send(ids: Ids): Observable<unknown> {
    const { action } = this.what();
    const able = this.rows().filter(
      ({ row, outcome }) => ids.has(row.id) && (outcome.state !== 'failed' || row.allowed.includes(action)),
    );
    this.phase.set('running');
    this.progress.set({ count: 0, total: able.length });
    const sent = sentNow(able, newKey());
    return concat(
      ...callsFor(sent, this.what()).map((call) => {
        const those = sent.filter((row) => row.sent.key === call.key);
        return defer(() => this.call(those, call));
      }),
    );
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
      // Stopped: whether the gateway had begun with a row is not known.
      finalize(() => {
        settle(sent, () => ({ state: 'unknown' }));
      }),
    );
  }

  private end(): void {
    this.phase.set('ended');
    // What was chosen in the work list and is done need not be chosen any more.
    const done = this.idsIn('done');
    this.chosen.choose(this.chosen.chosen().filter(({ id }) => !done.has(id)));
    this.looks$.next(true);
  }

  /** How those stand that are not done: for the eye only, so that a failure disturbs nobody. */
  private lookAround(): Observable<Found> {
    const open = this.rows().filter(({ outcome }) => outcome.state === 'failed' || outcome.state === 'unknown');
    return open.length === 0 ? EMPTY : this.find(open).pipe(catchError(() => EMPTY));
  }

  private find(rows: readonly RunRow[]): Observable<Found> {
    return this.finder.find(
      rows.map(({ row }) => row.id),
      this.what().side,
    );
  }

  private idsIn(...states: readonly Outcome['state'][]): Ids {
    return new Set(this.rows().flatMap(({ row, outcome }) => (states.includes(outcome.state) ? [row.id] : [])));
  }
}
