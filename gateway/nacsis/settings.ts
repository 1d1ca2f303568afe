/** How the gateway talks to NACSIS-CAT/ILL. Times in milliseconds or seconds as named. */
export interface NacsisSettings {
  /** The address that takes CATP messages by POST. */
  readonly url: string;
  readonly connectTimeoutMs: number;
  /** From the sent request to the first byte of the answer. */
  readonly firstByteTimeoutMs: number;
  /** The whole exchange. */
  readonly answerTimeoutMs: number;
  /** Calls at the same time for one account; each holds one handle. */
  readonly handlesPerAccount: number;
  /** Calls of one account that may wait for a handle. */
  readonly queueLimit: number;
  /** A handle that was not used for so long is given back and opened anew. The server's own limit is not documented. */
  readonly handleIdleSeconds: number;
  /** After a refused login no further one is tried for so long, lest the account be locked. */
  readonly loginPauseSeconds: number;
  /** Failed exchanges in a row after which calls are refused at once, and for how long. */
  readonly breakerFailures: number;
  readonly breakerPauseSeconds: number;
  /** How long a member record may be reused for showing holdings. */
  readonly memberCacheSeconds: number;
  readonly maxAnswerBytes: number;
}

export const NACSIS_DEFAULTS: Omit<NacsisSettings, 'url'> = {
  connectTimeoutMs: 3_000,
  firstByteTimeoutMs: 15_000,
  answerTimeoutMs: 20_000,
  handlesPerAccount: 4,
  queueLimit: 100,
  handleIdleSeconds: 600,
  loginPauseSeconds: 30,
  breakerFailures: 5,
  breakerPauseSeconds: 10,
  memberCacheSeconds: 600,
  maxAnswerBytes: 16_777_216,
};
