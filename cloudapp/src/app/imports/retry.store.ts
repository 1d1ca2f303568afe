import { inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { catchError, concat, last, map, mergeMap, of, startWith, Subject, switchMap, type Observable } from 'rxjs';
import type { ImportedRequest, ImportRun } from '../../domain/api/imports';
import { AppError, asAppError } from '../core/app-error';
import { newKey } from '../core/new-key';
import { errorOf } from '../core/remote';
import { ImportClient } from './import.client';
import { RunStream } from './run-stream';

/** State of a retry, which is a run of its own. */
export type Retry =
  | { readonly state: 'running'; readonly runId?: string }
  | { readonly state: 'succeeded'; readonly runId: string; readonly item: ImportedRequest }
  /** `item`: why the request failed again; `run`: why the run of the retry could not finish. */
  | { readonly state: 'failed'; readonly runId: string; readonly item?: ImportedRequest; readonly run: ImportRun }
  /** The retry could not be started, or its result could not be read. */
  | { readonly state: 'refused'; readonly error: AppError };

interface Wanted {
  readonly runId: string;
  readonly item: ImportedRequest;
}

/**
 * Retries failed requests, several in parallel, but each only once at a time. Keeps the results as long as the page.
 */
@Injectable()
export class RetryStore {
  private readonly client = inject(ImportClient);
  private readonly stream = inject(RunStream);
  private readonly wanted$ = new Subject<Wanted>();
  private readonly retries = signal<ReadonlyMap<string, Retry>>(new Map());
  /** Keys of retries for which it is unknown whether the gateway accepted them. */
  private readonly keys = new Map<string, string>();

  constructor() {
    this.wanted$
      .pipe(
        mergeMap((wanted) => this.perform(wanted).pipe(map((retry) => ({ wanted, retry })))),
        takeUntilDestroyed(),
      )
      .subscribe({
        next: ({ wanted, retry }) => {
          this.retries.update((all) => new Map(all).set(nameOf(wanted), retry));
        },
      });
  }

  of(runId: string, item: ImportedRequest): Retry | undefined {
    return this.retries().get(nameOf({ runId, item }));
  }

  start(runId: string, item: ImportedRequest): void {
    if (this.of(runId, item)?.state !== 'running') this.wanted$.next({ runId, item });
  }

  private perform(wanted: Wanted): Observable<Retry> {
    const { id, side } = wanted.item;
    const name = nameOf(wanted);
    const key = this.keys.get(name) ?? newKey();
    this.keys.set(name, key);
    return this.client.retry(wanted.runId, { id, side }, key).pipe(
      switchMap(({ runId }) => {
        this.keys.delete(name);
        return concat(of<Retry>({ state: 'running', runId }), this.ending(runId, wanted.item));
      }),
      catchError((thrown: unknown) => {
        const error = asAppError(thrown);
        if (!error.retryable) this.keys.delete(name);
        return of<Retry>({ state: 'refused', error });
      }),
      startWith<Retry>({ state: 'running' }),
    );
  }

  private ending(runId: string, { id, side }: ImportedRequest): Observable<Retry> {
    return this.stream.follow(runId).pipe(
      last(),
      map((remote) => {
        if (remote.state !== 'ok') throw errorOf(remote) ?? new AppError('internal');
        return remote.value;
      }),
      switchMap((run) =>
        this.client.requests(runId).pipe(
          map(({ items }): Retry => {
            const item = items.find((each) => each.id === id && each.side === side);
            const isDone = item?.outcome !== undefined && item.outcome !== 'failed';
            return isDone
              ? { state: 'succeeded', runId, item }
              : { state: 'failed', runId, run, ...(item !== undefined && { item }) };
          }),
        ),
      ),
    );
  }
}

function nameOf({ runId, item }: Wanted): string {
  return [runId, item.library, item.side, item.id].join(' ');
}
