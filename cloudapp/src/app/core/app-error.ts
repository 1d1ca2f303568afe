import type { RequestView } from '../../domain/api';
import { ERRORS, type ErrorCode, type FieldError } from '../../domain/errors';
import type { Refusal } from '../../domain/machine';

/** What was done meanwhile; `at`: when the gateway first saw it, ISO 8601. */
export type Change = RequestView['history'][number];

export interface AppErrorDetails {
  /** One entry per wrong field (invalid-fields). */
  readonly fieldErrors?: readonly FieldError[];
  /** NACSIS-ILL's own status and words. */
  readonly nacsis?: { readonly status: string; readonly message: string };
  /** Alma's own error code and words. */
  readonly alma?: { readonly code?: string; readonly message?: string };
  /** Correlates with the gateway's log. */
  readonly requestId?: string;
  readonly retryAfterSeconds?: number;
  /** action-not-allowed, stale-version: the request as it is now, with what is allowed. */
  readonly request?: RequestView;
  /** action-not-allowed: why, by the table; absent where NACSIS-ILL itself refused. */
  readonly reason?: Refusal;
  /** stale-version: what was done since, oldest first. */
  readonly changes?: readonly Change[];
}

/** Everything that can go wrong in the app, by a code of the catalogue. The words come from i18n `error.<code>`. */
export class AppError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly details: AppErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(code, options);
    this.name = 'AppError';
  }

  /** Whether the same call may be sent again as it is. */
  get retryable(): boolean {
    return ERRORS[this.code].retryable;
  }
}

/** A call to Alma through the SDK that failed: `host-timeout` or `host-refused`. */
export class HostError extends AppError {
  constructor(
    override readonly code: 'host-timeout' | 'host-refused',
    details: AppErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(code, details, options);
    this.name = 'HostError';
  }
}

/** Whatever was thrown as an AppError; a programming error becomes `internal` with its cause kept. */
export function asAppError(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError('internal', {}, { cause: error });
}
