import { computed, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  defer,
  EMPTY,
  endWith,
  exhaustMap,
  finalize,
  ignoreElements,
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
import { untilKnown, type Answered, type Asking, type AskingEnd } from '../core/until-known';
import { labelOf } from './batch-actions';
import { openError, tallyOf } from './batch-outcomes';
import type { Outcome, Params } from './batch-plan';
import { renewed } from './batch-rereading';
import type { BatchRow } from './batch-row';
import { BatchSendingStore, type Ids } from './batch-sending.store';

export interface BatchOrder {
  readonly side: Side;
  readonly action: Action;
  readonly rows: readonly { readonly row: BatchRow; readonly params: Params }[];
}

/**
 * A running batch and its results. Lives longer than the page, so that the user may look at a request and return. In
 * memory only.
 */
@Injectable({ providedIn: 'root' })
export class BatchRunStore {
  private readonly sending = inject(BatchSendingStore);
  private readonly chosen = inject(ChosenRequestsService);
  /**
   * ready: nothing sent; reading: requests are read again before they are resent; asking: unknown outcomes are asked
   * for.
   */
  readonly phase = signal<'ready' | 'reading' | 'running' | 'asking' | 'ended'>('ready');
  readonly isBusy = computed(() => ['reading', 'running', 'asking'].includes(this.phase()));
  readonly rows = this.sending.rows;
  readonly what = this.sending.what;
  /** i18n key of the action. */
  readonly label = signal('');
  /** Why the last run was interrupted. */
  readonly error = signal<AppError | undefined>(undefined);
  readonly wasStopped = signal(false);
  /** Set while unknown outcomes are asked for, after all other rows; `askingEnd`: why that ended. */
  readonly asking = signal<Asking | undefined>(undefined);
  readonly askingEnd = signal<AskingEnd | undefined>(undefined);
  readonly tally = computed(() => tallyOf(this.rows()));
  /** Progress of the current or last run. */
  readonly progress = this.sending.progress;
  private readonly runs$ = new Subject<Ids>();
  private readonly stops$ = new Subject<void>();
  private readonly now$ = new Subject<void>();
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
        switchMap((isWanted) => (isWanted ? this.sending.lookAround() : EMPTY)),
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

  /** The gateway stops before the next row and completes the current one. Rows being asked about stay unknown. */
  stop(): void {
    if (!this.isBusy()) return;
    if (this.phase() === 'asking') this.askingEnd.set('stopped');
    else this.wasStopped.set(true);
    this.stops$.next();
  }

  /** Asks for the outcomes without further waiting. */
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
    const ids = this.sending.idsIn(...states);
    if (ids.size > 0) this.runs$.next(ids);
  }

  private perform(ids: Ids): Observable<unknown> {
    this.looks$.next(false);
    this.wasStopped.set(false);
    this.askingEnd.set(undefined);
    this.progress.set({ count: 0, total: ids.size });
    this.phase.set('running');
    const round = defer(() => {
      const sent = this.phase() === 'asking' ? this.sending.send(this.openIn(ids)) : this.first(ids);
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
    if (refused.length === 0) return this.sending.send(ids);
    this.phase.set('reading');
    return this.sending.readAnew(refused).pipe(
      switchMap(() => {
        this.phase.set('running');
        return this.sending.send(ids);
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
    const done = this.sending.idsIn('done');
    this.chosen.choose(this.chosen.chosen().filter(({ id }) => !done.has(id)));
    this.looks$.next(true);
  }

  private openIn(ids: Ids): Ids {
    return new Set([...this.sending.idsIn('unknown')].filter((id) => ids.has(id)));
  }
}
