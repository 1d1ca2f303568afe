import type { RequestView } from '../../domain/api/requests';
import type { Member } from '../../domain/catalog/catalog';
import { ERRORS, type ErrorCode, type FieldError, type Refusal } from '../../domain/errors';

/** A command that others sent in the meantime; `at`: when the gateway first saw it, ISO 8601. */
export type Change = RequestView['history'][number];

export interface AppErrorDetails {
  /** One entry per wrong field (invalid-fields). */
  readonly fieldErrors?: readonly FieldError[];
  /** Status and message of NACSIS-ILL. */
  readonly nacsis?: { readonly status: string; readonly message: string };
  /** Error code and message of Alma. */
  readonly alma?: { readonly code?: string; readonly message?: string };
  /** Correlation id in the gateway's log. */
  readonly requestId?: string;
  readonly retryAfterSeconds?: number;
  /** action-not-allowed, stale-version: the current request with its allowed actions. */
  readonly request?: RequestView;
  /** stale-version of the own member record: the record as it is now. */
  readonly member?: Member;
  /** action-not-allowed: the refusal by the table; absent when NACSIS-ILL itself refused. */
  readonly reason?: Refusal;
  /** stale-version: commands since the known version, oldest first. */
  readonly changes?: readonly Change[];
}

/** An error of the app with a code of the catalogue. Messages have the i18n keys `error.<code>`. */
export class AppError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly details: AppErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(code, options);
    this.name = 'AppError';
  }

  /** True when the same call may be repeated unchanged. */
  get retryable(): boolean {
    return ERRORS[this.code].retryable;
  }
}

/** A failed SDK call to Alma: `host-timeout` or `host-refused`. */
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

/** Wraps anything thrown as an AppError; programming errors become `internal` and keep their cause. */
export function asAppError(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError('internal', {}, { cause: error });
}
