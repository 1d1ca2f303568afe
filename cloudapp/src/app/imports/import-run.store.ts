import { computed, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed, toSignal } from '@angular/core/rxjs-interop';
import { catchError, concat, EMPTY, exhaustMap, filter, finalize, map, merge, of, Subject, switchMap } from 'rxjs';
import type { Observable } from 'rxjs';
import type { ImportRun } from '../../domain/api/imports';
import { asAppError, type AppError } from '../core/app-error';
import { newKey } from '../core/new-key';
import { errorOf, IDLE, LOADING, valueOf, type Remote } from '../core/remote';
import { ImportClient } from './import.client';
import { isFinal } from './run-state';
import { RunStream } from './run-stream';

interface Shown {
  readonly runId: string;
  /** The run as already known. */
  readonly known?: ImportRun;
}

/** A run, live until it ends. */
@Injectable()
export class ImportRunStore {
  private readonly client = inject(ImportClient);
  private readonly stream = inject(RunStream);
  private readonly shown$ = new Subject<Shown>();
  private readonly cancels$ = new Subject<string>();
  private readonly cancelled$ = new Subject<ImportRun>();
  private cancelKey = newKey();

  private readonly remote = toSignal(this.shown$.pipe(switchMap((shown) => this.load(shown))), { initialValue: IDLE });
  readonly run = computed(() => valueOf(this.remote()));
  readonly isLoading = computed(() => ['idle', 'loading'].includes(this.remote().state));
  /** Why the run could not be read, or is out of date. */
  readonly error = computed(() => errorOf(this.remote()));
  readonly isLive = computed(() => {
    const run = this.run();
    return run !== undefined && !isFinal(run.state);
  });
  /** True while the cancellation is being requested. */
  readonly isAsking = signal(false);
  readonly cancelError = signal<AppError | undefined>(undefined);

  constructor() {
    this.cancels$
      .pipe(
        exhaustMap((runId) => this.ask(runId)),
        takeUntilDestroyed(),
      )
      .subscribe({
        next: (run) => {
          this.cancelled$.next(run);
        },
      });
  }

  show(shown: Shown): void {
    this.cancelKey = newKey();
    this.cancelError.set(undefined);
    this.shown$.next(shown);
  }

  /** Requests cancellation; completed work stays. */
  cancel(): void {
    const run = this.run();
    if (run !== undefined && !isFinal(run.state)) this.cancels$.next(run.runId);
  }

  private load({ runId, known }: Shown): Observable<Remote<ImportRun>> {
    const first = known === undefined ? this.client.report(runId) : of(known);
    const followed = first.pipe(
      switchMap((run) => concat(of<Remote<ImportRun>>({ state: 'ok', value: run }), this.rest(run))),
      catchError((thrown: unknown) => of<Remote<ImportRun>>({ state: 'failed', error: asAppError(thrown) })),
    );
    return concat(of<Remote<ImportRun>>(LOADING), followed);
  }

  /** Keeps the first result when the stream delivers nothing. */
  private rest(run: ImportRun): Observable<Remote<ImportRun>> {
    if (isFinal(run.state)) return EMPTY;
    const told = this.stream
      .follow(run.runId)
      .pipe(
        map((remote): Remote<ImportRun> =>
          remote.state === 'failed' ? { state: 'stale', value: run, error: remote.error } : remote,
        ),
      );
    const answered = this.cancelled$.pipe(
      filter(({ runId }) => runId === run.runId),
      map((value): Remote<ImportRun> => ({ state: 'ok', value })),
    );
    return merge(told, answered);
  }

  private ask(runId: string): Observable<ImportRun> {
    this.isAsking.set(true);
    this.cancelError.set(undefined);
    return this.client.cancel(runId, this.cancelKey).pipe(
      catchError((thrown: unknown) => {
        this.cancelError.set(asAppError(thrown));
        return EMPTY;
      }),
      finalize(() => this.isAsking.set(false)),
    );
  }
}
