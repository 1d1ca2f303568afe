import { ERROR_CODES, ERRORS, FIELD_ERRORS } from './errors';

type Row = readonly [code: string, status: number, retryable: boolean];

/**
 * The catalogue, repeated by hand: code, HTTP status, and whether the same call may be repeated. Callers rely on every
 * entry, so a change here changes the API.
 */
const PINNED: readonly Row[] = [
  ['unauthenticated', 401, false],
  ['forbidden', 403, false],
  ['not-found', 404, false],
  ['invalid-request', 400, false],
  ['invalid-fields', 422, false],
  ['missing-idempotency-key', 422, false],
  ['idempotency-key-reused', 422, false],
  ['action-not-allowed', 409, false],
  ['stale-version', 409, false],
  ['already-linked', 409, false],
  ['command-in-progress', 409, true],
  ['nacsis-rejected', 502, false],
  ['nacsis-login-refused', 502, false],
  ['nacsis-malformed', 502, true],
  ['nacsis-unavailable', 503, true],
  ['alma-unavailable', 503, true],
  ['store-unavailable', 503, true],
  ['outcome-unknown', 504, true],
  ['payload-too-large', 413, false],
  ['internal', 500, true],
  ['gateway-unreachable', 0, true],
  ['gateway-not-configured', 0, false],
  ['host-timeout', 0, true],
  ['host-refused', 0, false],
];

const PINNED_FIELD_ERRORS: readonly string[] = [
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
  'closure-overlaps',
  'closure-too-long',
  'date-past',
  'ends-before-begin',
  'amount-differs',
  'total-differs',
  'not-configured',
];

describe('the error catalogue', () => {
  it('has exactly these codes, with these statuses', () => {
    const catalogue = ERROR_CODES.map((code): Row => [code, ERRORS[code].status, ERRORS[code].retryable]);
    expect([...catalogue].sort(byCode)).toEqual([...PINNED].sort(byCode));
  });

  it('has exactly these faults of a field', () => {
    expect<readonly string[]>([...FIELD_ERRORS].sort()).toEqual([...PINNED_FIELD_ERRORS].sort());
  });

  it('answers in the classes of HTTP that say whose fault it was', () => {
    for (const [code, status] of PINNED) {
      const ofOthers = /^(nacsis|alma|store|outcome|internal)/.test(code);
      const ofTheApp = /^(gateway|host)-/.test(code);
      expect([code, Math.floor(status / 100)]).toEqual([code, ofTheApp ? 0 : ofOthers ? 5 : 4]);
    }
  });
});

function byCode([left]: Row, [right]: Row): number {
  return left < right ? -1 : 1;
}
