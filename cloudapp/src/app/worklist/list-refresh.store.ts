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
import type { RefreshAnswer } from '../../domain/api/work-list';
import { ERROR_CODES } from '../../domain/errors';
import { AppError, asAppError } from '../core/app-error';
import { GatewayClient } from '../core/gateway.client';
import { errorOf, type Remote } from '../core/remote';
import { LIST_CLOCK, POLL_INTERVAL, READING_PAUSE, STALE_AFTER } from './list-timing';
import { WorkListStore } from './work-list.store';

/** Number of consecutive failures after which the list is refreshed only manually. */
export const MAX_FAILURES = 5;
/** Maximum pause in intervals. */
const LONGEST_PAUSE = 16;

/**
 * Keeps the list fresh while it is on screen. Polls the gateway and, when its data is too old, makes it read the role
 * files of NACSIS-ILL. Each failure doubles the pause.
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
  /** The library whose role files the gateway is still reading after its response. */
  private readonly goesOn = signal<string | undefined>(undefined);

  readonly isReading = computed(() => this.isAsking() || this.isGoingOn(this.list.library()));
  /** Why the last reading of NACSIS-ILL failed. */
  readonly error = signal<AppError | undefined>(undefined);
  /** When the role files were last read completely, ISO 8601; undefined when never or unknown. */
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

  /** Reads from NACSIS-ILL now. */
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
      // The first round needs no reload, because the list was just read.
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
        this.list.again();
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

/** Returns the error of a reading that did not finish; the gateway keeps what it read before the error. */
function failureIn(answer: RefreshAnswer['libraries'][number] | undefined): AppError | undefined {
  if (answer?.failure === undefined) return undefined;
  return new AppError(ERROR_CODES.find((code) => code === answer.failure) ?? 'internal');
}
