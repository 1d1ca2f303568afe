import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';
import { bytes, count, group, milliseconds, seconds, text, webAddress } from '../setting-kinds';

/** Settings for calls to NACSIS-CAT/ILL. */
export const NacsisSchema = group({
  url: text(webAddress, 'address that takes CATP messages by POST. The simulator takes them at `/catp` and `/`'),
  connectTimeoutMs: milliseconds(3_000, 'time to connect'),
  firstByteTimeoutMs: milliseconds(15_000, 'time from the sent request to the first byte of the answer'),
  answerTimeoutMs: milliseconds(20_000, 'time for the whole exchange'),
  /**
   * @unconfirmed O: NACSIS-ILL allows one account four handles at once (`nacsis.handlesPerAccount`).
   * Confirm: log in four times without giving a handle back, and search on each.
   */
  handlesPerAccount: count(4, 'calls of one account at the same time; each holds a handle'),
  queueLimit: count(100, 'calls of one account that may wait for a handle', { minimum: 0, maximum: 100_000 }),
  /**
   * @unconfirmed O: NACSIS-ILL keeps an unused handle for more than ten minutes (`nacsis.handleIdleSeconds`).
   * Confirm: use a handle after pauses of 5, 10 and 30 minutes.
   */
  handleIdleSeconds: seconds(600, 'an unused handle is given back after this time'),
  /**
   * @unconfirmed O: Whether and when NACSIS-ILL locks an account after wrong passwords (`nacsis.loginPauseSeconds`). Confirm: ask NII.
   */
  loginPauseSeconds: seconds(30, 'pause after a refused login, so that NACSIS-ILL does not lock the account', {
    minimum: 0,
  }),
  breakerFailures: count(5, 'failures in a row after which calls are refused at once'),
  breakerPauseSeconds: seconds(10, 'how long they are refused'),
  memberCacheSeconds: seconds(600, 'how long a member record is reused for showing holdings', { minimum: 0 }),
  maxAnswerBytes: bytes(16_777_216, 'longest answer', { minimum: 65_536 }),
});
export type NacsisSettings = Readonly<Static<typeof NacsisSchema>>;

export const NACSIS_DEFAULTS = Value.Create(Type.Omit(NacsisSchema, ['url']));
