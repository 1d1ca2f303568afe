import { catchError, concat, defer, map, of, type Observable } from 'rxjs';
import { asAppError, type AppError } from './app-error';

/**
 * A value from an asynchronous source. `stale`: an older value that stays on screen while a newer one loads (no error)
 * or because loading failed (error).
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
 * Emits loading (or stale, when `previous` has a value), then ok or failed. A failure after any value, from `previous`
 * or from the source itself, is stale with the error. Never errors.
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

/** The value, fresh or stale; undefined when there is none. */
export function valueOf<T>(remote: Remote<T>): T | undefined {
  return remote.state === 'ok' || remote.state === 'stale' ? remote.value : undefined;
}

export function errorOf(remote: Remote<unknown>): AppError | undefined {
  return remote.state === 'failed' || remote.state === 'stale' ? remote.error : undefined;
}
