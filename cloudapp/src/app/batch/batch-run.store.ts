import { computed, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  catchError,
  concat,
  defer,
  EMPTY,
  endWith,
  finalize,
  ignoreElements,
  map,
  NEVER,
  Subject,
  switchMap,
  takeUntil,
  tap,
  type Observable,
} from 'rxjs';
import type { Action } from '../../domain/ill/commands';
import type { Side } from '../../domain/ill/kinds';
import { asAppError, type AppError } from '../core/app-error';
import { ChosenRequestsService } from '../core/chosen-requests.service';
import { newKey } from '../core/new-key';
import { onceAtATime } from '../core/remote';
import { untilKnown, type Answered, type Asking, type AskingEnd } from '../core/until-known';
import { labelOf } from './batch-actions';
import { BatchClient } from './batch.client';
import { begun, openError, outcomeOfError, outcomeOfResult, settled, tallyOf } from './batch-outcomes';
import { callsFor, sentNow, type BatchCall, type Outcome, type Params, type RunRow, type SentRow } from './batch-plan';
import { refusedNow, renewed } from './batch-rereading';
import type { BatchRow } from './batch-row';
import { RequestFinder, type Found } from './request-finder.service';

type Ids = ReadonlySet<string>;

export interface BatchOrder {
  readonly side: Side;
  readonly action: Action;
  readonly rows: readonly { readonly row: BatchRow; readonly params: Params }[];
}

/**
 * Holds a running batch and its results, in memory only. Lives longer than the page, so that the user may look at a
 * request and return.
 */
@Injectable({ providedIn: 'root' })
export class BatchRunStore {
  private readonly client = inject(BatchClient);
  private readonly finder = inject(RequestFinder);
  private readonly chosen = inject(ChosenRequestsService);
  /**
   * ready: nothing sent; reading: requests are read again before they are resent; asking: unknown outcomes are asked
   * for.
   */
  readonly phase = signal<'ready' | 'reading' | 'running' | 'asking' | 'ended'>('ready');
  readonly isBusy = computed(() => ['reading', 'running', 'asking'].includes(this.phase()));
  readonly rows = signal<readonly RunRow[]>([]);
  readonly what = signal<{ readonly side: Side; readonly action: Action }>({ side: 'borrower', action: 'accept' });
  /** i18n key of the action. */
  readonly label = signal('');
  /** Why the last run was interrupted. */
  readonly error = signal<AppError | undefined>(undefined);
  readonly wasStopped = signal(false);
  /** Set while the app asks for unknown outcomes, after all other rows. `askingEnd`: why the asking ended. */
  readonly asking = signal<Asking | undefined>(undefined);
  readonly askingEnd = signal<AskingEnd | undefined>(undefined);
  readonly tally = computed(() => tallyOf(this.rows()));
  /** Progress of the rows being sent, or last sent. */
  readonly progress = signal({ count: 0, total: 0 });
  private readonly stops$ = new Subject<void>();
  private readonly now$ = new Subject<void>();
  private readonly looks$ = new Subject<boolean>();
  private readonly run = onceAtATime((ids: Ids) =>
    this.perform(ids).pipe(
      takeUntil(this.stops$),
      finalize(() => {
        this.end();
      }),
    ),
  );

  constructor() {
    this.looks$
      .pipe(
        switchMap((isWanted) => (isWanted ? this.lookAround() : EMPTY)),
        takeUntilDestroyed(),
      )
      .subscribe({ next: (found) => this.rows.update((rows) => renewed(rows, found)) });
  }

  /** Starts a new batch. Ignored while one is running. */
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

  /** Sends the refused rows again with their current versions. Completed rows stay. */
  retryFailed(): void {
    this.begin('failed');
  }

  /** Continues with rows that were not sent or have no result; nothing is executed twice. */
  goOn(): void {
    this.begin('waiting', 'unknown');
  }

  /**
   * Stops the batch. The gateway completes the current row and stops before the next one. Rows being asked about stay
   * unknown.
   */
  stop(): void {
    if (!this.isBusy()) return;
    if (this.phase() === 'asking') this.askingEnd.set('stopped');
    else this.wasStopped.set(true);
    this.stops$.next();
  }

  /** Skips the wait before the outcomes are asked for again. */
  askNow(): void {
    this.now$.next();
  }

  /** Drops the batch. Ignored while it is running. */
  clear(): void {
    if (this.isBusy()) return;
    this.looks$.next(false);
    this.phase.set('ready');
    this.rows.set([]);
    this.error.set(undefined);
    this.askingEnd.set(undefined);
  }

  private begin(...states: readonly Outcome['state'][]): void {
    const ids = this.idsIn(...states);
    if (ids.size > 0) this.run(ids);
  }

  private perform(ids: Ids): Observable<unknown> {
    this.looks$.next(false);
    this.wasStopped.set(false);
    this.askingEnd.set(undefined);
    this.progress.set({ count: 0, total: ids.size });
    this.phase.set('running');
    const round = defer(() => {
      const sent = this.phase() === 'asking' ? this.send(this.openIn(ids)) : this.first(ids);
      return this.heard(sent, ids);
    });
    const isUnknown = (): boolean => this.openIn(ids).size > 0;
    return untilKnown(round, { now$: this.now$, stop$: NEVER, isUnknown }).pipe(
      tap((answer) => {
        this.follow(answer);
      }),
    );
  }

  /** Reads refused rows again before resending them. */
  private first(ids: Ids): Observable<unknown> {
    const refused = this.rows().filter(({ row, outcome }) => ids.has(row.id) && outcome.state === 'failed');
    if (refused.length === 0) return this.send(ids);
    this.phase.set('reading');
    return this.readAnew(refused).pipe(
      switchMap(() => {
        this.phase.set('running');
        return this.send(ids);
      }),
    );
  }

  /** @throws AppError the reason of an interrupted call, or why a row's outcome is still unknown */
  private heard(sent: Observable<unknown>, ids: Ids): Observable<void> {
    this.error.set(undefined);
    const all = sent.pipe(
      tap({
        error: (error: unknown) => {
          this.error.set(asAppError(error));
        },
      }),
      ignoreElements(),
      endWith(undefined),
    );
    return all.pipe(
      tap(() => {
        const open = openError(this.rows().filter(({ row }) => ids.has(row.id)));
        if (open !== undefined) throw open;
      }),
    );
  }

  private follow(answer: Answered<void>): void {
    this.asking.set(answer.state === 'asking' ? answer.asking : undefined);
    if (answer.state === 'asking') this.phase.set('asking');
    if (answer.state === 'unknown') this.askingEnd.set(answer.end);
  }

  private end(): void {
    this.phase.set('ended');
    this.asking.set(undefined);
    // Deselects completed rows in the work list.
    const done = this.idsIn('done');
    this.chosen.choose(this.chosen.chosen().filter(({ id }) => !done.has(id)));
    this.looks$.next(true);
  }

  private openIn(ids: Ids): Ids {
    return new Set([...this.idsIn('unknown')].filter((id) => ids.has(id)));
  }

  /** Reads a request from NACSIS-ILL before reporting that it no longer allows the action. */
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

  /** Sends the rows. An interrupted call prevents the following calls, whose rows stay unchanged. */
  private send(ids: Ids): Observable<unknown> {
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
  private lookAround(): Observable<Found> {
    const open = this.rows().filter(({ outcome }) => outcome.state === 'failed' || outcome.state === 'unknown');
    return open.length === 0 ? EMPTY : this.find(open).pipe(catchError(() => EMPTY));
  }

  private idsIn(...states: readonly Outcome['state'][]): Ids {
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
      // After a stop it is unknown whether the gateway had started a row.
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
