/**
 * The error catalogue, shared by gateway, app and documentation. `status`: HTTP status of the gateway's answer, 0 for
 * errors that arise in the app. `retryable`: the same call may be repeated unchanged. The messages have the i18n keys
 * `error.<code>`.
 */
export const ERRORS = {
  'unauthenticated': { status: 401, retryable: false },
  'forbidden': { status: 403, retryable: false },
  'not-found': { status: 404, retryable: false },
  'invalid-request': { status: 400, retryable: false },
  'invalid-fields': { status: 422, retryable: false },
  'missing-idempotency-key': { status: 422, retryable: false },
  'idempotency-key-reused': { status: 422, retryable: false },
  'action-not-allowed': { status: 409, retryable: false },
  'stale-version': { status: 409, retryable: false },
  'already-linked': { status: 409, retryable: false },
  'command-in-progress': { status: 409, retryable: true },
  'nacsis-rejected': { status: 502, retryable: false },
  'nacsis-login-refused': { status: 502, retryable: false },
  'nacsis-malformed': { status: 502, retryable: true },
  'nacsis-unavailable': { status: 503, retryable: true },
  'alma-unavailable': { status: 503, retryable: true },
  'store-unavailable': { status: 503, retryable: true },
  'outcome-unknown': { status: 504, retryable: true },
  'payload-too-large': { status: 413, retryable: false },
  'internal': { status: 500, retryable: true },
  'gateway-unreachable': { status: 0, retryable: true },
  'gateway-not-configured': { status: 0, retryable: false },
  'host-timeout': { status: 0, retryable: true },
  'host-refused': { status: 0, retryable: false },
} as const satisfies Record<string, { readonly status: number; readonly retryable: boolean }>;

export type ErrorCode = keyof typeof ERRORS;
export const ERROR_CODES = Object.keys(ERRORS) as readonly ErrorCode[];

/**
 * Why an action is refused now. Each has the i18n key `refusal.<reason>`. `gone` does not come from the table of
 * transitions: NACSIS-ILL no longer delivers the request to this library.
 */
export const REFUSALS = [
  'unknown-state',
  'not-this-side',
  'not-this-kind',
  'history-full',
  'final-state',
  'other-side-must-act',
  'wrong-state',
  'strict-mode',
  'claim-open',
  'no-claim-open',
  'no-candidate-remains',
  'no-candidate-serves',
  'candidate-remains',
  'renewed-or-returned',
  'gone',
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** Faults of a single field. Each has the i18n key `fieldError.<code>`. */
export const FIELD_ERRORS = [
  'required',
  'required-one-of',
  'too-long',
  'unknown-code',
  'unknown-field',
  'bad-date',
  'bad-number',
  'bad-check-character',
  'bad-format',
  'line-break',
  'too-many',
  'duplicate',
  'not-for-this-kind',
  'not-editable-now',
  'lender-cannot-serve',
  'unknown-member',
  'date-past',
  'ends-before-begin',
  'closure-too-long',
  'closure-overlaps',
  'amount-differs',
  'total-differs',
  'not-configured',
] as const;
export type FieldErrorCode = (typeof FIELD_ERRORS)[number];

/** One entry per wrong field. `field` is a path: `payment`, `lenders[2].memberId`. */
export interface FieldError {
  readonly field: string;
  readonly code: FieldErrorCode;
  /** Message parameters: `{ bytes, maxBytes }`, `{ max }`, `{ memberId, reason }`, `{ today }`, `{ sum }` in yen. */
  readonly params?: Readonly<Record<string, string | number>>;
}
