import type { HttpErrorResponse } from '@angular/common/http';
import type { Problem } from '../../domain/api/problem';
import { ERROR_CODES, REFUSALS, type ErrorCode } from '../../domain/errors';
import { AppError, type AppErrorDetails } from './app-error';

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
 * changes something; a response that is not the gateway's own then leaves the outcome unknown, except for the statuses
 * in NOT_PASSED_ON.
 */
export function errorFromResponse(response: HttpErrorResponse, isCommand = false): AppError {
  const { status, statusText } = response;
  const problem = problemIn(response.error);
  const code = problem?.code ?? (isCommand ? codeOfCommand(status) : codeByStatus(status));
  const requestId = problem?.requestId ?? response.headers.get('x-request-id') ?? '';
  const details = { ...(problem && detailsIn(problem)), ...(requestId !== '' && { requestId }) };
  return new AppError(code, details, { cause: statusText });
}

/** Converts the problem document of a row in the response to a batch to an AppError. */
export function errorFromProblem(problem: Problem): AppError {
  return new AppError(problem.code, detailsIn(problem));
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

function detailsIn(problem: Problem): AppErrorDetails {
  const { requestId, errors = [], nacsis, retryAfterSeconds = 0, request, member, changes = [] } = problem;
  const reason = REFUSALS.find((known) => known === problem.reason);
  return {
    ...(requestId !== undefined && { requestId }),
    ...(nacsis && { nacsis }),
    ...(errors.length > 0 && { fieldErrors: errors }),
    ...(retryAfterSeconds > 0 && { retryAfterSeconds: Math.ceil(retryAfterSeconds) }),
    ...(request && { request }),
    ...(member && { member }),
    ...(reason !== undefined && { reason }),
    ...(changes.length > 0 && { changes }),
  };
}

/** The gateway's problem document, known by its code; undefined for any other answer, such as a proxy's page. */
function problemIn(error: unknown): Problem | undefined {
  const body = error instanceof ArrayBuffer ? parsed(new TextDecoder().decode(error)) : parsed(error);
  const { code } = Object(body) as Partial<Problem>;
  return ERROR_CODES.some((known) => known === code) ? (body as Problem) : undefined;
}

/** HttpClient leaves the body as text when another type than JSON was asked for. */
function parsed(error: unknown): unknown {
  try {
    return typeof error === 'string' ? JSON.parse(error) : error;
  } catch {
    return undefined;
  }
}
