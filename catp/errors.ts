/**
 * What is wrong with a message. Stable: callers decide by it.
 * - truncated: the bytes end before the message does
 * - bad-start-line, bad-status, bad-header: the lines before the body are not of the form of CATP-3
 * - missing-length, bad-length: Content-Length is absent, no number, or not the length of the body
 * - bad-encoding: the body is not what `Encoding` says; unsupported-encoding: not one that we read
 * - wrong-echo: the answer belongs to another request (method, handle or frame differ)
 * - bad-record, bad-boundary: the body is no record, or no list of records
 * - bad-query: the body is no search expression
 * - unencodable: asked to write what CATP cannot carry
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

/** The only error that `catp/` throws. The message never holds a header value or a field value: they may be a password or a person. */
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
