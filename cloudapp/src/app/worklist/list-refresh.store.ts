import { DOCUMENT } from '@angular/common';
import { computed, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed, toObservable } from '@angular/core/rxjs-interop';
import {
  catchError,
  combineLatest,
  EMPTY,
  filter,
  finalize,
  fromEvent,
  map,
  of,
  repeat,
  startWith,
  Subject,
  switchMap,
  take,
  tap,
  timer,
  type Observable,
} from 'rxjs';
import type { RefreshAnswer } from '../../domain/api-list';
import { ERROR_CODES } from '../../domain/errors';
import { AppError, asAppError } from '../core/app-error';
import { GatewayClient } from '../core/gateway.client';
import { errorOf, type Remote } from '../core/remote';
import { LIST_CLOCK, POLL_INTERVAL, READING_PAUSE, STALE_AFTER } from './list-timing';
import { WorkListStore } from './work-list.store';

/** After so many failures in a row the list is refreshed only when the user asks. */
export const MAX_FAILURES = 5;
/** A pause is at most so many intervals long. */
const LONGEST_PAUSE = 16;

/**
 * Keeps the list fresh while it is on screen: looks at the gateway from time to time and, when what the gateway knows is too
 * old, lets it read the role files of NACSIS-ILL. Each failure doubles the pause.
 */
@Injectable({ providedIn: 'root' })
export class ListRefreshStore {
  private readonly gateway = inject(GatewayClient);
  private readonly list = inject(WorkListStore);
  private readonly clock = inject(LIST_CLOCK);
  private readonly pollInterval = inject(POLL_INTERVAL);
  private readonly readingPause = inject(READING_PAUSE);
  private readonly staleAfter = inject(STALE_AFTER);
  private readonly asked$ = new Subject<void>();
  private readonly read$ = toObservable(this.list.page);
  private failures = 0;
  private isAsked = false;
  private readonly isAsking = signal(false);
  /** The library whose reading the gateway goes on with after its answer. */
  private readonly goesOn = signal<string | undefined>(undefined);

  readonly isReading = computed(() => this.isAsking() || this.isGoingOn(this.list.library()));
  /** Why NACSIS-ILL could not be read the last time. */
  readonly error = signal<AppError | undefined>(undefined);
  /** When the role files were last read to their end, ISO 8601; undefined: never, or not known yet. */
  readonly readAt = computed(() => this.list.shown()?.readAt);

  constructor() {
    const document = inject(DOCUMENT);
    const isVisible$ = fromEvent(document, 'visibilitychange').pipe(
      startWith(undefined),
      map(() => document.visibilityState !== 'hidden'),
    );
    combineLatest([toObservable(this.list.library), isVisible$, this.asked$.pipe(startWith(undefined))])
      .pipe(
        switchMap(([library, isVisible]) => (library === undefined || !isVisible ? EMPTY : this.rounds(library))),
        takeUntilDestroyed(),
      )
      .subscribe({ next: () => undefined });
  }

  /** Asks NACSIS-ILL now. */
  now(): void {
    this.failures = 0;
    this.isAsked = true;
    this.asked$.next();
  }

  private rounds(library: string): Observable<unknown> {
    let isFirst = true;
    return this.read$.pipe(
      filter(({ library: read, remote }) => read === library && isSettled(remote)),
      take(1),
      switchMap(() => {
        const round$ = this.round(library, isFirst);
        isFirst = false;
        return round$;
      }),
      repeat({ delay: () => (this.failures >= MAX_FAILURES ? EMPTY : timer(this.pauseOf(library))) }),
    );
  }

  private pauseOf(library: string): number {
    return this.isGoingOn(library)
      ? this.readingPause
      : this.pollInterval * Math.min(2 ** this.failures, LONGEST_PAUSE);
  }

  private round(library: string, isFirst: boolean): Observable<unknown> {
    if (!this.isAsked && !this.isGoingOn(library) && !this.isStale()) {
      this.failures = errorOf(this.list.list()) === undefined ? 0 : this.failures + 1;
      // The list has just been read when it came on screen.
      if (!isFirst) this.list.again();
      return of(undefined);
    }
    this.isAsked = false;
    this.isAsking.set(true);
    return this.gateway.refresh(library).pipe(
      map(({ libraries }) => libraries.find((each) => each.library === library)),
      map((told) => ({ error: failureIn(told), isReading: told?.isReading === true })),
      catchError((thrown: unknown) => of({ error: asAppError(thrown), isReading: false })),
      tap(({ error, isReading }) => {
        this.goesOn.set(isReading ? library : undefined);
        this.failures = error === undefined ? 0 : this.failures + 1;
        this.error.set(error);
        this.list.again(true);
      }),
      finalize(() => {
        this.isAsking.set(false);
      }),
    );
  }

  private isGoingOn(library: string | undefined): boolean {
    return library !== undefined && this.goesOn() === library;
  }

  private isStale(): boolean {
    const readAt = this.readAt();
    return readAt === undefined || this.clock().getTime() - Date.parse(readAt) > this.staleAfter;
  }
}

function isSettled(remote: Remote<unknown>): boolean {
  return remote.state === 'ok' || errorOf(remote) !== undefined;
}

/** The gateway kept what it could read, but did not come to the end. */
function failureIn(answer: RefreshAnswer['libraries'][number] | undefined): AppError | undefined {
  if (answer?.failure === undefined) return undefined;
  return new AppError(ERROR_CODES.find((code) => code === answer.failure) ?? 'internal');
}
