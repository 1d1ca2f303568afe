/** What an import run and its report are made of; plain lists that app and gateway share. */

/** Where a run stands. */
export const RUN_STATES = ['queued', 'running', 'completed', 'failed', 'cancelled'] as const;
export type RunState = (typeof RUN_STATES)[number];

/** What a running run does: reads NACSIS-ILL, brings Alma in line, or waits until it can go on. */
export const RUN_PHASES = ['reading', 'importing', 'waiting'] as const;
export type RunPhase = (typeof RUN_PHASES)[number];

export const RUN_TRIGGERS = ['schedule', 'staff', 'command-line', 'retry'] as const;
export type RunTrigger = (typeof RUN_TRIGGERS)[number];

/**
 * What became of one request. Each has exactly one of them:
 * - created: made in Alma by this run
 * - status-changed: was there, and its NACSIS-ILL status is another than at the last import
 * - updated: was there, and something else changed (tied, enriched, cost told)
 * - unchanged: nothing was to be done
 * - failed: nothing was done, or nobody knows what was; `failure` says why and what to do
 */
export const OUTCOMES = ['created', 'status-changed', 'updated', 'unchanged', 'failed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/**
 * One thing that was done, or would be done (dry run):
 * - created, linked: `to` is Alma's request id (absent in a dry run)
 * - status: the status in NACSIS-ILL, `from` (absent for a new one) and `to` in Japanese
 * - alma-status: the status of Alma that the status map names (`to`); its API cannot set it, the app shows both
 * - cancelled: cancelled in Alma, too
 * - cost: the shipping cost in yen, told to Alma
 * - kept: Alma has another value in `field` (a key of its request object) and its API cannot write it; the gateway keeps what NACSIS-ILL has (`to`)
 * - collective-patron: made for the collective patron, as the patron id of the request is unknown to Alma or absent; the id itself is not told
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
] as const;
export type ChangeKind = (typeof CHANGES)[number];

/** Why one request failed; the words and the way out stand in i18n under `importFault.<code>` and `importFaultWay.<code>`. */
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
  'not-found',
] as const;
export type ImportFault = (typeof IMPORT_FAULTS)[number];

/** Why a run could not finish, or waits. */
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

/** What is wrong with the settings, said once for a run: the partner is missing or inactive, the collective patron is missing or unknown. */
export const CONFIGURATION_FAULTS = [
  'partner-missing',
  'partner-inactive',
  'requester-missing',
  'requester-unknown',
] as const;
export type ConfigurationFault = (typeof CONFIGURATION_FAULTS)[number];

/** Fields of a request in which the patron's id of Alma may stand. */
export const PATRON_ID_FIELDS = ['borrowerLocalData', 'borrowerAccountData', 'borrowerNumber', 'permitNumber'] as const;
export type PatronIdField = (typeof PATRON_ID_FIELDS)[number];

/** The choices that an administrator of Alma knows. */
export const FREQUENCIES = ['off', 'hour', 'hours', 'day'] as const;
export type Frequency = (typeof FREQUENCIES)[number];
/** Every so many hours; each divides a day. */
export const HOUR_STEPS = [2, 3, 4, 6, 8, 12] as const;

/** So many requests of a run are named on one page of its report. */
export const REPORT_PAGE = 100;
