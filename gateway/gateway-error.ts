import type { Problem } from '#domain/api/problem';
import { ERRORS, type ErrorCode, type FieldError } from '#domain/errors';
import type { NacsisError } from './nacsis/port';

type ProblemDetails = Omit<Problem, 'type' | 'title' | 'status' | 'code' | 'requestId' | 'errors'> & {
  readonly errors?: readonly FieldError[];
};

/** An error with a stable code from the error catalogue, answered as problem details. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  constructor(
    readonly code: ErrorCode,
    readonly details: ProblemDetails = {},
    options?: ErrorOptions,
  ) {
    super(details.detail ?? code, options);
  }

  get status(): number {
    return ERRORS[this.code].status;
  }
}

export function invalidFields(errors: readonly FieldError[]): GatewayError {
  return new GatewayError('invalid-fields', {
    errors,
    detail: `${String(errors.length)} field(s) are wrong or missing`,
  });
}

/** Converts a failed call to NACSIS-ILL that certainly did nothing, or only read. */
export function fromNacsis(error: NacsisError): GatewayError {
  return new GatewayError(error.code, { detail: error.message, ...nacsisWords(error) }, { cause: error });
}

/** The refusal of NACSIS-ILL as it is stored, for a repeat under the same key. */
export function problemOf({ code, details }: GatewayError): Problem {
  return { type: 'about:blank', title: code, status: ERRORS[code].status, code, ...details } as Problem;
}

/** NACSIS-ILL's own status and message, if any. */
export function nacsisWords({ details: { nacsis } }: NacsisError): Pick<ProblemDetails, 'nacsis'> {
  return nacsis === undefined ? {} : { nacsis };
}
