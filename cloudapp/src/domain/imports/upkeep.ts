/**
 * The gateway's nightly maintenance steps.
 * - runs: deletes old import runs and their reports
 * - names, journal, alma, reports, messages: erase the patron data of requests that ended long ago, in the requests, the
 *   command journal, the stored Alma data, the reports, and the messages of the bridge
 * - drafts: deletes drafts without recent changes
 * - keys: deletes idempotency keys that are no longer repeated
 */
export const UPKEEP_STEPS = ['names', 'journal', 'alma', 'reports', 'messages', 'drafts', 'runs', 'keys'] as const;
export type UpkeepStep = (typeof UPKEEP_STEPS)[number];

/** failed: the last attempt failed; overdue: not done for more than two days. */
export const UPKEEP_TROUBLES = ['failed', 'overdue'] as const;
