/**
 * The status codes of an answer. Known: 300 is a success with a warning (JS 11); 2xx, 4xx and 5xx are success, refusal
 * and server fault. Our simulator answers with the codes below. The client distinguishes only the classes (`isSuccess`,
 * `isRefusal`), except for 412.
 * @unconfirmed O: The code of each refusal, that of an unknown handle above all (table JS 10 could not be read).
 * Confirm: send SEARCH with a handle that was given back, a wrong password, an unknown database, and a command that the state does not allow.
 */
export const STATUS = {
  ok: { code: '200', reason: 'OK' },
  warning: { code: '300', reason: 'WARNING SUCCESS' },
  badRequest: { code: '400', reason: 'BAD REQUEST' },
  loginRefused: { code: '401', reason: 'LOGIN REFUSED' },
  wrongRole: { code: '403', reason: 'NOT PERMITTED' },
  noSuchRecord: { code: '404', reason: 'NO SUCH RECORD' },
  notAllowedNow: { code: '409', reason: 'NOT ALLOWED IN THIS STATE' },
  noSuchHandle: { code: '412', reason: 'NO SUCH HANDLE' },
  invalidFields: { code: '422', reason: 'INVALID FIELDS' },
  serverError: { code: '500', reason: 'SERVER ERROR' },
  unavailable: { code: '503', reason: 'SERVICE UNAVAILABLE' },
} as const satisfies Record<string, { readonly code: string; readonly reason: string }>;
export type StatusName = keyof typeof STATUS;

/** The form of a status code: three digits of a known class. */
export const STATUS_FORM = /^[2-5]\d\d$/;

/**
 * The request succeeded: 2xx, or 300 (with a warning).
 * @unconfirmed O: Other 3xx do not exist; they are neither successes nor refusals. Confirm: read the table of status codes (JS 10).
 */
export function isSuccess(status: string): boolean {
  return /^2\d\d$/.test(status) || status === STATUS.warning.code;
}

/** NACSIS-ILL refused the request and changed nothing. A server fault (5xx) is neither a success nor a refusal. */
export function isRefusal(status: string): boolean {
  return /^4\d\d$/.test(status);
}

/** Returns the code and reason of a named status, in the form of an answer: `{status, reason}`. */
export function statusOf(name: StatusName): { readonly status: string; readonly reason: string } {
  return { status: STATUS[name].code, reason: STATUS[name].reason };
}
