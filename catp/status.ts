/**
 * The status codes of an answer. Known: 300 is a success with a warning (JS 11), and 2xx / 4xx / 5xx are success, refusal
 * and server fault. The code table of NACSIS-ILL (JS 10) was not obtainable: the codes below are the ones our simulator
 * answers, and this table is the one place to correct. The client decides by class only (`isSuccess`, `isRefusal`).
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

/** The form of every status code: three digits of a known class. */
export const STATUS_FORM = /^[2-5]\d\d$/;

/** The request was carried out: 2xx, and 300 (with a warning). Other 3xx are not documented and count as refusals (as RUBY takes them). */
export function isSuccess(status: string): boolean {
  return /^2\d\d$/.test(status) || status === STATUS.warning.code;
}

/** NACSIS-ILL refused and changed nothing. A server fault (5xx) is neither a success nor a refusal. */
export function isRefusal(status: string): boolean {
  return /^[34]\d\d$/.test(status) && !isSuccess(status);
}

/** The code that stands for this name, in a form that an answer takes: `{status, reason}`. */
export function statusOf(name: StatusName): { readonly status: string; readonly reason: string } {
  return { status: STATUS[name].code, reason: STATUS[name].reason };
}
