import { HttpErrorResponse } from '@angular/common/http';
import type { RequestView } from '../../domain/api/requests';
import { AppError, asAppError } from './app-error';
import { errorFromResponse } from './problem';

/** Query parameters of a call; a list becomes repeated parameters of one name. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** Converts a failed call. A success with a body that is not JSON leaves the outcome of a command unknown. */
export function failureOf(error: unknown, isCommand: boolean): AppError {
  if (!(error instanceof HttpErrorResponse)) return asAppError(error);
  if (error.status >= 200 && error.status < 300)
    return new AppError(isCommand ? 'outcome-unknown' : 'gateway-unreachable', {}, { cause: error });
  return errorFromResponse(error, isCommand);
}

/** The parameters without undefined and empty values. */
export function presentIn(query: Query): Record<string, string | readonly string[]> {
  const entries = Object.entries(query).flatMap(
    ([name, value]): readonly (readonly [string, string | readonly string[]])[] => {
      if (value === undefined || value === '') return [];
      return [[name, typeof value === 'object' ? value : String(value)]];
    },
  );
  return Object.fromEntries(entries);
}

/** The request in the response to a command. @throws AppError `outcome-unknown` when it is not that of the call */
export function requestOf(id: string, answer: { readonly request?: RequestView | null } | null): RequestView {
  const request = answer?.request;
  if (request?.id !== id) throw new AppError('outcome-unknown');
  return request;
}

/** The request in a response. @throws AppError */
export function requestIn(answer: { readonly request: RequestView }): RequestView {
  return checkedObject(checkedObject(answer).request);
}

/** Rejects a page without a list, so that it does not look like an empty result. */
export function checkedPage<T extends { readonly items: readonly unknown[] }>(page: T): T {
  if (!Array.isArray((page as T | null)?.items)) throw new AppError('internal');
  return page;
}

/** Rejects a response that is not an object. */
export function checkedObject<T>(answer: T): T {
  if (typeof answer !== 'object' || answer === null) throw new AppError('internal');
  return answer;
}
