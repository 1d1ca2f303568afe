import type { ErrorCode } from '../../domain/errors';

/**
 * What a failed order means for its idempotency key.
 * - unknown: it may exist in NACSIS-ILL. The key stays, and only the very same order may be sent again.
 * - refused: it does not exist. The form may be changed; the next order gets a new key.
 */
export type FailedOutcome = 'unknown' | 'refused';

/** The gateway, or NACSIS-ILL through it, has judged this very order. */
const JUDGED: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'invalid-fields',
  'action-not-allowed',
  'stale-version',
  'nacsis-rejected',
]);
/**
 * This attempt did nothing; about an earlier attempt with the same key it says nothing: the gateway has not yet looked for the
 * key, or it was not the gateway who answered (a proxy that refuses, which `problem.ts` reads as `invalid-request`).
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
  'nacsis-login-refused',
  'gateway-not-configured',
  'host-timeout',
  'host-refused',
]);

/** `wasUnknown`: an earlier attempt with the same key has an unknown outcome. Every code that is in neither list leaves the outcome open. */
export function outcomeOf(code: ErrorCode, wasUnknown: boolean): FailedOutcome {
  if (JUDGED.has(code)) return 'refused';
  return NOT_ATTEMPTED.has(code) && !wasUnknown ? 'refused' : 'unknown';
}
