import { inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { catchError, EMPTY, exhaustMap, finalize, Subject, tap, type Observable } from 'rxjs';
import type { StartedImport, StartImport } from '../../domain/api/imports';
import { asAppError, type AppError } from '../core/app-error';
import { newKey } from '../core/new-key';
import { ImportClient } from './import.client';

/** Starts a run. Repetitions use the same key, so that they do not start a second one. */
@Injectable()
export class StartImportStore {
  private readonly client = inject(ImportClient);
  private readonly starts$ = new Subject<StartImport>();
  /** A start for which it is unknown whether the gateway accepted it. */
  private open: { readonly what: string; readonly key: string } | undefined;

  readonly isStarting = signal(false);
  readonly error = signal<AppError | undefined>(undefined);
  readonly started = signal<StartedImport | undefined>(undefined);

  constructor() {
    this.starts$
      .pipe(
        exhaustMap((order) => this.perform(order)),
        takeUntilDestroyed(),
      )
      .subscribe({ next: (started) => this.started.set(started) });
  }

  /** Ignored while a start is being sent. */
  start(order: StartImport): void {
    this.starts$.next(order);
  }

  private perform(order: StartImport): Observable<StartedImport> {
    this.isStarting.set(true);
    this.error.set(undefined);
    this.started.set(undefined);
    return this.client.start(order, this.keyFor(JSON.stringify(order))).pipe(
      tap(() => {
        this.open = undefined;
      }),
      catchError((thrown: unknown) => {
        const error = asAppError(thrown);
        if (!error.retryable) this.open = undefined;
        this.error.set(error);
        return EMPTY;
      }),
      finalize(() => this.isStarting.set(false)),
    );
  }

  private keyFor(what: string): string {
    if (this.open?.what !== what) this.open = { what, key: newKey() };
    return this.open.key;
  }
}
