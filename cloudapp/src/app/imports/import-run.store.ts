import { computed, inject, Injectable } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { catchError, concat, EMPTY, filter, map, merge, of, Subject, switchMap, type Observable } from 'rxjs';
import type { ImportRun } from '../../domain/api/imports';
import { isFinal } from '../../domain/imports/import';
import { asAppError } from '../core/app-error';
import { newKey } from '../core/new-key';
import { errorOf, IDLE, LOADING, remoteCommand, valueOf, type Remote } from '../core/remote';
import { ImportClient } from './import.client';
import { RunStream } from './run-stream';

interface Shown {
  readonly runId: string;
  /** The run as read before; shown until newer data arrive. */
  readonly known?: ImportRun;
}

/** A run, live until it ends. */
@Injectable()
export class ImportRunStore {
  private readonly client = inject(ImportClient);
  private readonly stream = inject(RunStream);
  private readonly shown$ = new Subject<Shown>();
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
  private readonly cancellation = remoteCommand((runId: string) => this.client.cancel(runId, this.cancelKey), {
    done: (run) => {
      this.cancelled$.next(run);
    },
  });
  /** True while the cancellation is being requested. */
  readonly isAsking = this.cancellation.isRunning;
  readonly cancelError = this.cancellation.error;

  show(shown: Shown): void {
    this.cancelKey = newKey();
    this.cancellation.clear();
    this.shown$.next(shown);
  }

  /** Requests cancellation; completed work stays. */
  cancel(): void {
    const run = this.run();
    if (run !== undefined && !isFinal(run.state)) this.cancellation.run(run.runId);
  }

  private load({ runId, known }: Shown): Observable<Remote<ImportRun>> {
    const first = known === undefined ? this.client.report(runId) : of(known);
    const followed = first.pipe(
      switchMap((run) => concat(of<Remote<ImportRun>>({ state: 'ok', value: run }), this.rest(run))),
      catchError((thrown: unknown) => of<Remote<ImportRun>>({ state: 'failed', error: asAppError(thrown) })),
    );
    return concat(of<Remote<ImportRun>>(LOADING), followed);
  }

  private rest(run: ImportRun): Observable<Remote<ImportRun>> {
    if (isFinal(run.state)) return EMPTY;
    const answered = this.cancelled$.pipe(
      filter(({ runId }) => runId === run.runId),
      map((value): Remote<ImportRun> => ({ state: 'ok', value })),
    );
    return merge(this.stream.follow(run.runId, run), answered);
  }
}
