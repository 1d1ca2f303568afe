import { HttpErrorResponse } from '@angular/common/http';
import type { RequestView } from '../../domain/api';
import { AppError, asAppError } from './app-error';
import { errorFromResponse } from './problem';

/** Parameters of a call; several values of one name stand one after the other. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** A success whose body is no JSON: after a command nobody knows what was done. */
export function failureOf(error: unknown, isCommand: boolean): AppError {
  if (!(error instanceof HttpErrorResponse)) return asAppError(error);
  if (error.status >= 200 && error.status < 300)
    return new AppError(isCommand ? 'outcome-unknown' : 'gateway-unreachable', {}, { cause: error });
  return errorFromResponse(error);
}

/** Parameters without those that say nothing. */
export function presentIn(query: Query): Record<string, string | readonly string[]> {
  const entries = Object.entries(query).flatMap(
    ([name, value]): readonly (readonly [string, string | readonly string[]])[] => {
      if (value === undefined || value === '') return [];
      return [[name, typeof value === 'object' ? value : String(value)]];
    },
  );
  return Object.fromEntries(entries);
}

/** The request that an answer holds. @throws AppError */
export function requestIn(answer: { readonly request: RequestView }): RequestView {
  return checkedObject(checkedObject(answer).request);
}

/** A list that is no list must not look like "nothing found". */
export function checkedPage<T extends { readonly items: readonly unknown[] }>(page: T): T {
  if (!Array.isArray((page as T | null)?.items)) throw new AppError('internal');
  return page;
}

/** Nothing must not look like a record. */
export function checkedObject<T>(answer: T): T {
  if (typeof answer !== 'object' || answer === null) throw new AppError('internal');
  return answer;
}
