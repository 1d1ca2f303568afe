/**
 * Reasons why a message is invalid. Callers rely on these codes, so they are stable.
 * - truncated: the bytes end before the message does
 * - bad-start-line, bad-status, bad-header: the lines before the body do not follow CATP-3
 * - missing-length, bad-length: Content-Length is absent, not a number, or not the length of the body
 * - bad-encoding: the body does not match `Encoding`; unsupported-encoding: we do not support the encoding
 * - wrong-echo: the answer belongs to another request (method, handle or frame differ)
 * - bad-record, bad-boundary: the body is not a record, or not a list of records
 * - bad-query: the body is not a search expression
 * - unencodable: CATP cannot represent the data to write
 */
export const CATP_ERROR_CODES = [
  'truncated',
  'bad-start-line',
  'bad-status',
  'bad-header',
  'missing-length',
  'bad-length',
  'bad-encoding',
  'unsupported-encoding',
  'wrong-echo',
  'bad-record',
  'bad-boundary',
  'bad-query',
  'unencodable',
] as const;
export type CatpErrorCode = (typeof CATP_ERROR_CODES)[number];

/**
 * The only error that `catp/` throws. The message never contains a header or field value, because that may be a
 * password or personal data.
 */
export class CatpError extends Error {
  override readonly name = 'CatpError';
  constructor(
    readonly code: CatpErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
