/**
 * Why a message of Alma is refused or does nothing. Each has the Japanese and English text `bridge.refusal.<why>` that
 * Alma and the queue show.
 */
export const REFUSAL_TEXTS = [
  'wrong-state',
  'id-known',
  'lender-works',
  'shipped-already',
  'not-for-copies',
  'answer-claim-first',
  'call-back-first',
  'claim-open',
  'book-is-out',
  'no-renewal',
  'due-date-missing',
  'comment-required',
  'charge-negative',
  'forwarding-unsupported',
  'history-full',
  'waited-too-long',
  'dropped',
  'gone',
  'ended',
] as const;
export type RefusalText = (typeof REFUSAL_TEXTS)[number];

/**
 * Why a message is refused or stopped, where no error code and no refusal says it. Each has the i18n key
 * `bridge.problem.<code>` and what to do, `bridge.problemWay.<code>`.
 * - not-accepted: Alma answered with an error; `detail` is its text
 * - http-status, no-confirmation: what answered is not Alma's partner service; `detail` of the first is the HTTP status
 * - unreachable, timeout, server-error: Alma did not answer after all attempts
 * - unwritable, not-configured: the gateway could not write the message, or does not know Alma's address
 * - no-lender: nobody is left to ask
 * - needs-charge, needs-due-date: a shipment without them could not be sent
 */
export const MESSAGE_PROBLEMS = [
  'not-accepted',
  'http-status',
  'no-confirmation',
  'unreachable',
  'timeout',
  'server-error',
  'unwritable',
  'not-configured',
  'no-lender',
  'needs-charge',
  'needs-due-date',
] as const;
export type MessageProblem = (typeof MESSAGE_PROBLEMS)[number];
