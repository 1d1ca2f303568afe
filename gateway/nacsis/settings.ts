/** Settings for calls to NACSIS-CAT/ILL. Each time is in milliseconds or seconds, as its name says. */
export interface NacsisSettings {
  /** The URL that accepts CATP messages by POST. */
  readonly url: string;
  readonly connectTimeoutMs: number;
  /** From the sent request to the first byte of the answer. */
  readonly firstByteTimeoutMs: number;
  /** The whole exchange. */
  readonly answerTimeoutMs: number;
  /**
   * Parallel calls for one account; each holds one handle.
   * @unconfirmed O: NACSIS-ILL allows one account four handles at once (`nacsis.handlesPerAccount`).
   * Confirm: log in four times without giving a handle back, and search on each.
   */
  readonly handlesPerAccount: number;
  /** Maximum number of calls of one account that wait for a handle. */
  readonly queueLimit: number;
  /**
   * A handle unused for this long is released and opened anew.
   * @unconfirmed O: NACSIS-ILL keeps an unused handle for more than ten minutes (`nacsis.handleIdleSeconds`).
   * Confirm: use a handle after pauses of 5, 10 and 30 minutes.
   */
  readonly handleIdleSeconds: number;
  /**
   * No login is tried for this long after a refused one, since the account might be locked.
   * @unconfirmed O: Whether and when NACSIS-ILL locks an account after wrong passwords (`nacsis.loginPauseSeconds`). Confirm: ask NII.
   */
  readonly loginPauseSeconds: number;
  /** Number of consecutive failed exchanges after which calls are refused at once, and for how long. */
  readonly breakerFailures: number;
  readonly breakerPauseSeconds: number;
  /** How long a cached member record may be used to show holdings. */
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
