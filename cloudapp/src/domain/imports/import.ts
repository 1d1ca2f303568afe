/** Enumerations of import runs and their reports, shared by app and gateway. */

/** State of a run. */
export const RUN_STATES = ['queued', 'running', 'completed', 'failed', 'cancelled'] as const;
export type RunState = (typeof RUN_STATES)[number];

/** True when the run will not change any more. */
export function isFinal(state: RunState): boolean {
  return state !== 'queued' && state !== 'running';
}

/** Phase of a running run: reads NACSIS-ILL, updates Alma, or waits until it can continue. */
export const RUN_PHASES = ['reading', 'importing', 'waiting'] as const;

export const RUN_TRIGGERS = ['schedule', 'staff', 'command-line', 'retry'] as const;
export type RunTrigger = (typeof RUN_TRIGGERS)[number];

/**
 * Result of one request. Each request has exactly one.
 * - created: created in Alma by this run
 * - status-changed: existed, and its NACSIS-ILL status differs from that of the last import
 * - updated: existed, and something else changed (linked, enriched, cost set)
 * - unchanged: nothing to do
 * - failed: nothing was done, or the result is unknown; `failure` says why and what to do
 */
export const OUTCOMES = ['created', 'status-changed', 'updated', 'unchanged', 'failed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/**
 * A change that was made, or would be made (dry run).
 * - created, linked: `to` is Alma's request id (absent in a dry run)
 * - status: the status in NACSIS-ILL, `from` (absent for a new request) and `to` in Japanese
 * - alma-status: the Alma status that the status map names (`to`); Alma's API cannot set it, so the app shows both
 * - cancelled: also cancelled in Alma
 * - cost: the shipping cost in yen was set in Alma
 * - kept: Alma has another value in `field` (a key of its request object) and its API cannot write it; the gateway
 *   stores the value of NACSIS-ILL (`to`)
 * - collective-patron: created for the collective patron because the request's patron id is absent or unknown to Alma;
 *   the id itself is not reported
 * - likely: created, although Alma has open requests (`to`, their Alma ids) of the same patron or partner and the same
 *   title that name no id of NACSIS-ILL: staff may have made one of them for this request
 * - left, left-cost, left-cancel: the library's writer (`to`, one of WRITERS) tells Alma of the request, of its cost, or
 *   of its cancellation; the import did not
 */
export const CHANGES = [
  'created',
  'linked',
  'status',
  'alma-status',
  'cancelled',
  'cost',
  'kept',
  'collective-patron',
  'likely',
  'left',
  'left-cost',
  'left-cancel',
] as const;
export type ChangeKind = (typeof CHANGES)[number];

/** Why a request failed; i18n has the message (`importFault.<code>`) and the remedy (`importFaultWay.<code>`). */
export const IMPORT_FAULTS = [
  'record-unreadable',
  'status-unknown',
  'no-bibliographic-data',
  'field-too-long',
  'requester-missing',
  'requester-unknown',
  'partner-missing',
  'partner-inactive',
  'alma-refused',
  'alma-malformed',
  'alma-unavailable',
  'outcome-unknown',
  'already-linked',
  'only-mentioned',
  'several-in-alma',
  'not-found',
] as const;
export type ImportFault = (typeof IMPORT_FAULTS)[number];

/** Why a run could not finish, or is waiting. */
export const RUN_FAULTS = [
  'nacsis-unavailable',
  'nacsis-login-refused',
  'nacsis-rejected',
  'nacsis-malformed',
  'alma-unavailable',
  'alma-daily-threshold',
  'alma-key-refused',
  'library-not-configured',
  'internal',
] as const;
export type RunFault = (typeof RUN_FAULTS)[number];

/**
 * Faults of the settings, reported once per run: the partner is missing or inactive, or the collective patron is
 * missing or unknown.
 */
export const CONFIGURATION_FAULTS = [
  'partner-missing',
  'partner-inactive',
  'requester-missing',
  'requester-unknown',
] as const;

/** Fields of a request that can hold the patron's Alma id. */
export const PATRON_ID_FIELDS = ['borrowerLocalData', 'borrowerAccountData', 'borrowerNumber', 'permitNumber'] as const;

/** The same choices as in Alma's own schedules. */
export const FREQUENCIES = ['off', 'hour', 'hours', 'day'] as const;
export type Frequency = (typeof FREQUENCIES)[number];
/** Intervals in hours; each divides a day. */
export const HOUR_STEPS = [2, 3, 4, 6, 8, 12] as const;

/** Number of requests on one page of a report. */
export const REPORT_PAGE = 100;
