import { HISTORY_PARTS } from './fields';
import { edgesThrough } from './history-walk';
import type { HistoryEntry, IllRequest } from './request';

/**
 * What became of the state between two snapshots of one request.
 * - same: it is what it was, and nothing was done
 * - regular: the new entries of the history lead there along the table, be it back to where it was
 * - jump: they do not, or there are none: NACSIS-ILL forced it (KERIS FAQ), or something was missed
 */
export type StateChange = 'same' | 'regular' | 'jump';

export function stateChangeOf(before: IllRequest, after: IllRequest): StateChange {
  const known = before.history.length;
  const isContinued = isBeginningOf(before.history, after.history) && after.history.length > known;
  if (isContinued && before.state !== null && after.state !== null && isExplained(after, known, before.state))
    return 'regular';
  return before.externalStatus === after.externalStatus ? 'same' : 'jump';
}

/** Every entry of the shorter history stands at its place in the longer one. Histories only grow (CALLBACK is an entry of its own). */
export function isBeginningOf(shorter: readonly HistoryEntry[], longer: readonly HistoryEntry[]): boolean {
  return shorter.length <= longer.length && shorter.every((entry, at) => isSameEntry(entry, longer[at]));
}

function isExplained(after: IllRequest, known: number, from: NonNullable<IllRequest['state']>): boolean {
  // Whether a claim was open is not asked: the flag may have been set by hand.
  return [false, true].some(
    (isClaimOpen) => edgesThrough(after, { index: known, at: from, isClaimOpen }) !== undefined,
  );
}

function isSameEntry(one: HistoryEntry, other: HistoryEntry | undefined): boolean {
  const parts = Object.keys(HISTORY_PARTS) as readonly (keyof HistoryEntry)[];
  return other !== undefined && parts.every((part) => (one[part] ?? '') === (other[part] ?? ''));
}
