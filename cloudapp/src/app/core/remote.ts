import { computed, isSignal, signal, type Signal } from '@angular/core';
import { takeUntilDestroyed, toObservable, toSignal } from '@angular/core/rxjs-interop';
import {
  catchError,
  concat,
  defer,
  exhaustMap,
  finalize,
  map,
  of,
  shareReplay,
  startWith,
  Subject,
  switchMap,
  tap,
  type Observable,
} from 'rxjs';
import { asAppError, type AppError } from './app-error';

/**
 * A value from an asynchronous source. `stale`: an older value that stays on screen, without an error while a newer one
 * loads, with an error because loading failed.
 */
export type Remote<T> =
  | { readonly state: 'idle' }
  | { readonly state: 'loading' }
  | { readonly state: 'ok'; readonly value: T }
  | { readonly state: 'stale'; readonly value: T; readonly error?: AppError }
  | { readonly state: 'failed'; readonly error: AppError };

export const IDLE: Remote<never> = { state: 'idle' };
export const LOADING: Remote<never> = { state: 'loading' };

/**
 * Emits loading (or stale, when `previous` has a value), then ok or failed. After any value, from `previous` or from
 * the source itself, emits a failure as stale with the error. Never errors.
 */
export function toRemote<T>(source: Observable<T>, previous: Remote<T> = IDLE): Observable<Remote<T>> {
  return defer(() => {
    let known = valueOf(previous);
    const waiting: Remote<T> = known === undefined ? LOADING : { state: 'stale', value: known };
    return concat(
      of(waiting),
      source.pipe(
        map((value): Remote<T> => {
          known = value;
          return { state: 'ok', value };
        }),
        catchError((thrown: unknown) => {
          const error = asAppError(thrown);
          return of<Remote<T>>(
            known === undefined ? { state: 'failed', error } : { state: 'stale', value: known, error },
          );
        }),
      ),
    );
  });
}

/** Returns the value, fresh or stale; undefined when there is none. */
export function valueOf<T>(remote: Remote<T>): T | undefined {
  return remote.state === 'ok' || remote.state === 'stale' ? remote.value : undefined;
}

export function errorOf(remote: Remote<unknown>): AppError | undefined {
  return remote.state === 'failed' || remote.state === 'stale' ? remote.error : undefined;
}

/** A remote value as signals. */
interface RemoteSignals<T> {
  readonly remote: Signal<Remote<T>>;
  readonly value: Signal<T | undefined>;
  /** Why there is no value, or only an older one. */
  readonly error: Signal<AppError | undefined>;
}

function signalsOf<T>(remote: Signal<Remote<T>>): RemoteSignals<T> {
  return { remote, value: computed(() => valueOf(remote())), error: computed(() => errorOf(remote())) };
}

interface RemoteQuery<T> extends RemoteSignals<T> {
  readonly remote$: Observable<Remote<T>>;
  /** True while there is nothing to show: no value and no error. */
  readonly isLoading: Signal<boolean>;
  /** Reads again. No effect while nothing is wanted. */
  readonly reload: () => void;
  /** Shows the value that a command returned, and cancels a reading in progress, because its value is older. */
  readonly take: (value: T) => void;
}

/**
 * Reads what is wanted now, and again when `wanted` changes; idle while `wanted` is undefined. `keeps`: whether the
 * known value stays while the next one is read and when that reading fails; by default the known value never stays.
 * Needs an injection context and ends with it.
 */
export function remoteQuery<W, T>(
  wanted: Signal<W | undefined> | Observable<W | undefined>,
  read: (wanted: W) => Observable<T>,
  keeps: (before: W, now: W) => boolean = () => false,
): RemoteQuery<T> {
  const turns$ = new Subject<Observable<Remote<T>> | undefined>();
  let known: { readonly wanted: W; readonly remote: Remote<T> } | undefined;
  const readNow = (now: W) =>
    defer(() =>
      toRemote(
        defer(() => read(now)),
        known !== undefined && keeps(known.wanted, now) ? known.remote : IDLE,
      ),
    );
  const remote$ = (isSignal(wanted) ? toObservable(wanted) : wanted).pipe(
    switchMap((now) =>
      now === undefined
        ? defer(() => {
            known = undefined;
            return of<Remote<T>>(IDLE);
          })
        : turns$.pipe(
            startWith(undefined),
            switchMap((taken) => taken ?? readNow(now)),
            tap((remote) => {
              known = { wanted: now, remote };
            }),
          ),
    ),
    shareReplay({ bufferSize: 1, refCount: true }),
  );
  const signals = signalsOf(toSignal(remote$, { initialValue: IDLE }));
  return {
    ...signals,
    remote$,
    isLoading: computed(() => ['idle', 'loading'].includes(signals.remote().state)),
    reload: () => {
      turns$.next(undefined);
    },
    take: (value) => {
      turns$.next(of({ state: 'ok', value }));
    },
  };
}

interface RemoteCommand<C, T> extends RemoteSignals<T> {
  readonly isRunning: Signal<boolean>;
  /** Runs the command; ignored while it is running. */
  readonly run: (content: C) => void;
  /** Drops the last result. */
  readonly clear: () => void;
}

/**
 * Runs a command, once at a time, and drops its last result and error when it starts. Needs an injection context and
 * ends with it.
 */
export function remoteCommand<C, T>(
  call: (content: C) => Observable<T>,
  after: {
    readonly done?: (value: T, content: C) => void;
    readonly failed?: (error: AppError, content: C) => void;
  } = {},
): RemoteCommand<C, T> {
  const remote = signal<Remote<T>>(IDLE);
  const isRunning = signal(false);
  const run = onceAtATime((content: C) => {
    isRunning.set(true);
    return toRemote(defer(() => call(content))).pipe(
      tap((now) => {
        remote.set(now);
        if (now.state === 'ok') after.done?.(now.value, content);
        if (now.state === 'failed') after.failed?.(now.error, content);
      }),
      finalize(() => {
        isRunning.set(false);
      }),
    );
  });
  const clear = (): void => {
    remote.set(IDLE);
  };
  return { ...signalsOf(remote), isRunning, run, clear };
}

/** Returns a function that starts `work`, or does nothing while `work` is running. Ends with its injection context. */
export function onceAtATime<C>(work: (content: C) => Observable<unknown>): (content: C) => void {
  const starts$ = new Subject<C>();
  starts$.pipe(exhaustMap(work), takeUntilDestroyed()).subscribe({ next: () => undefined });
  return (content) => {
    starts$.next(content);
  };
}
