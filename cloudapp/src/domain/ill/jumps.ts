import { HISTORY_PARTS } from './fields';
import { edgesThrough } from './history-walk';
import type { HistoryEntry, IllRequest } from './request';

/**
 * Change of state between two snapshots of one request.
 * - same: the status is unchanged and nothing was done
 * - regular: the new history entries explain the state by the table, including a return to the same state
 * - jump: the new entries do not explain the state, or there are none: NACSIS-ILL forced the state (KERIS FAQ), or the
 *   gateway missed something
 */
type StateChange = 'same' | 'regular' | 'jump';

export function stateChangeOf(before: IllRequest, after: IllRequest): StateChange {
  const known = before.history.length;
  const isContinued = isBeginningOf(before.history, after.history) && after.history.length > known;
  if (isContinued && before.state !== null && after.state !== null && isExplained(after, known, before.state))
    return 'regular';
  return before.externalStatus === after.externalStatus ? 'same' : 'jump';
}

/** True when the longer history starts with the shorter one. Histories only grow (CALLBACK is an entry of its own). */
export function isBeginningOf(shorter: readonly HistoryEntry[], longer: readonly HistoryEntry[]): boolean {
  return shorter.length <= longer.length && shorter.every((entry, at) => isSameEntry(entry, longer[at]));
}

function isExplained(after: IllRequest, known: number, from: NonNullable<IllRequest['state']>): boolean {
  // Tries both values of the claim flag, because it may have been set by hand.
  return [false, true].some(
    (isClaimOpen) => edgesThrough(after, { index: known, at: from, isClaimOpen }) !== undefined,
  );
}

function isSameEntry(one: HistoryEntry, other: HistoryEntry | undefined): boolean {
  const parts = Object.keys(HISTORY_PARTS) as readonly (keyof HistoryEntry)[];
  return other !== undefined && parts.every((part) => (one[part] ?? '') === (other[part] ?? ''));
}
