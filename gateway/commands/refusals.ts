import type { Action } from '#domain/ill/commands';
import type { Refusal } from '#domain/errors';
import type { Mode } from '#domain/ill/machine';
import { GatewayError } from '../gateway-error';
import type { StoredRequest } from '../store/requests-store';
import { viewOf } from './view';

/** The caller saw an older snapshot: returns the current request, and the changes since, oldest first. */
export function stale(now: StoredRequest, seen: number, mode: Mode): GatewayError {
  const request = viewOf(now, mode);
  const known = now.history_lengths[String(seen)] ?? 0;
  return new GatewayError('stale-version', { request, changes: request.history.slice(known) });
}

/**
 * The table has no edge: returns the request with the actions that are allowed now. `reason` is a refusal of the
 * domain.
 */
export function notAllowed(now: StoredRequest, reason: Refusal, mode: Mode): GatewayError {
  return new GatewayError('action-not-allowed', { reason, request: viewOf(now, mode) });
}

/** NACSIS-ILL no longer delivers the request to this library. `error`: its refusal, when it was asked. */
export function notThere(now: StoredRequest, mode: Mode, error?: GatewayError): GatewayError {
  const details = { ...error?.details, reason: 'gone' satisfies Refusal, request: viewOf(now, mode) };
  return new GatewayError('action-not-allowed', details, { cause: error });
}

/** NACSIS-ILL refused what the table allows, and the record has not changed. */
export function refusedByNacsis(now: StoredRequest, action: Action, error: GatewayError, mode: Mode): GatewayError {
  const detail = `NACSIS-ILL does not allow ${action} now`;
  return new GatewayError(
    'action-not-allowed',
    { ...error.details, detail, request: viewOf(now, mode) },
    { cause: error },
  );
}
