import type { ErrorCode } from '../../domain/errors';

/**
 * What a failed command means for its idempotency key.
 * - unknown: NACSIS-ILL may have executed it. The key stays, and only the identical command may be sent again.
 * - refused: it was not executed. Its content may be changed; the next command gets a new key.
 */
type FailedOutcome = 'unknown' | 'refused';

/** Codes with which the gateway, or NACSIS-ILL through it, has judged this command. */
const JUDGED: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'invalid-fields',
  'action-not-allowed',
  'stale-version',
  'nacsis-rejected',
]);
/**
 * Codes of an attempt that did nothing. They say nothing about an earlier attempt with the same key: the gateway had
 * not yet looked up the key, or something else answered (a refusing proxy, which `problem.ts` reads as
 * `invalid-request`).
 */
const NOT_ATTEMPTED: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'invalid-request',
  'missing-idempotency-key',
  'payload-too-large',
  'unauthenticated',
  'forbidden',
  'not-found',
  'idempotency-key-reused',
  'already-linked',
  'nacsis-unavailable',
  'store-unavailable',
  'nacsis-login-refused',
  'gateway-not-configured',
  'host-timeout',
  'host-refused',
]);

/**
 * Returns what a failure with this code means. `wasUnknown`: an earlier attempt with the same key has an unknown
 * outcome. Codes in neither list leave the outcome unknown.
 */
export function outcomeOf(code: ErrorCode, wasUnknown: boolean): FailedOutcome {
  if (JUDGED.has(code)) return 'refused';
  return NOT_ATTEMPTED.has(code) && !wasUnknown ? 'refused' : 'unknown';
}
