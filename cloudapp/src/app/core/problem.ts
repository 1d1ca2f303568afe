import type { HttpErrorResponse } from '@angular/common/http';
import { ERROR_CODES, FIELD_ERRORS, REFUSALS, type ErrorCode, type FieldError } from '../../domain/errors';
import { AppError, type AppErrorDetails } from './app-error';
import { changesIn, requestFrom } from './request-shape';

/** Codes for responses that are not our problem documents, such as a proxy's page. */
const CODE_BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  413: 'payload-too-large',
};

/** Statuses with which a proxy refuses a call without forwarding it. */
const NOT_PASSED_ON: readonly number[] = [401, 403, 413];

/**
 * Converts a response of the gateway to an AppError. Never throws, whatever the body contains. `isCommand`: the call
 * changes something; then a response that is not the gateway's own leaves the outcome unknown, except NOT_PASSED_ON.
 */
export function errorFromResponse(response: HttpErrorResponse, isCommand = false): AppError {
  const body = bodyOf(response.error);
  const known = ERROR_CODES.find((each) => each === body['code']);
  const code = known ?? (isCommand ? codeOfCommand(response.status) : codeByStatus(response.status));
  return new AppError(code, detailsFrom(body, response), { cause: response.statusText });
}

function codeByStatus(status: number): ErrorCode {
  if (status === 0) return 'gateway-unreachable';
  // A proxy answered instead of the gateway: it is unknown whether the gateway acted.
  if (status === 502 || status === 503 || status === 504) return 'gateway-unreachable';
  return CODE_BY_STATUS[status] ?? (status >= 500 ? 'internal' : 'invalid-request');
}

function codeOfCommand(status: number): ErrorCode {
  const isOpen = status > 0 && status < 500 && !NOT_PASSED_ON.includes(status);
  return isOpen ? 'outcome-unknown' : codeByStatus(status);
}

function detailsFrom(body: Readonly<Record<string, unknown>>, response: HttpErrorResponse): AppErrorDetails {
  const requestId = textOf(body['requestId']) ?? textOf(response.headers.get('x-request-id'));
  const nacsis = nacsisFrom(body['nacsis']);
  const fieldErrors = Array.isArray(body['errors'])
    ? (body['errors'] as readonly unknown[]).flatMap(fieldErrorFrom)
    : [];
  const seconds = body['retryAfterSeconds'];
  const request = requestFrom(body['request']);
  const reason = REFUSALS.find((known) => known === body['reason']);
  const changes = changesIn(body['changes']);
  return {
    ...(requestId !== undefined && { requestId }),
    ...(nacsis !== undefined && { nacsis }),
    ...(fieldErrors.length > 0 && { fieldErrors }),
    ...(typeof seconds === 'number' &&
      Number.isFinite(seconds) &&
      seconds > 0 && { retryAfterSeconds: Math.ceil(seconds) }),
    ...(request !== undefined && { request }),
    ...(reason !== undefined && { reason }),
    ...(changes.length > 0 && { changes }),
  };
}

function nacsisFrom(value: unknown): AppErrorDetails['nacsis'] {
  const { status, message } = objectOf(value);
  const words = textOf(message);
  return words === undefined ? undefined : { status: textOf(status) ?? '', message: words };
}

function fieldErrorFrom(value: unknown): readonly FieldError[] {
  const { field, code, params } = objectOf(value);
  const known = FIELD_ERRORS.find((each) => each === code);
  if (typeof field !== 'string' || known === undefined) return [];
  const plain = Object.entries(objectOf(params)).filter((entry): entry is [string, string | number] =>
    ['string', 'number'].includes(typeof entry[1]),
  );
  return [{ field, code: known, ...(plain.length > 0 && { params: Object.fromEntries(plain) }) }];
}

/** HttpClient leaves the body as text when it is not valid JSON. */
function bodyOf(error: unknown): Readonly<Record<string, unknown>> {
  if (typeof error !== 'string') return objectOf(error);
  try {
    return objectOf(JSON.parse(error));
  } catch {
    return {};
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
