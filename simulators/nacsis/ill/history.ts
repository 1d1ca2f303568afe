import { COMMAND_WIRE, type Command } from '#domain/ill/commands';
import { MAX_HISTORY } from '#domain/ill/fields';
import type { HistoryEntry, Lender } from '#domain/ill/request';
import { Refused } from '../refused';

/** The two comments of the system, verbatim (M8-6_1_3). */
export const SKIPPED_COMMENT = 'サービス休止中につきシステムが転送しました。';
export const ALL_REFUSED_COMMENT = '指定した全ての受付館で謝絶されました。';

/**
 * SENDCMND of entries that the system makes: the command that it gives on the lender's behalf.
 * @unconfirmed O: Which command SENDCMND names in an entry that the system makes. Confirm: read a request that the system passed over a suspended candidate.
 */
const SYSTEM_COMMAND = COMMAND_WIRE.PARDON;

export function commandEntry(command: Command, memberId: string, comment: string | undefined): HistoryEntry {
  return { command: COMMAND_WIRE[command], memberId, ...(comment ? { comment } : {}) };
}

export function skippedEntry({ memberId }: Lender): HistoryEntry {
  return { command: SYSTEM_COMMAND, memberId, comment: SKIPPED_COMMENT };
}

export function allRefusedEntry(lastLenderId: string): HistoryEntry {
  return { command: SYSTEM_COMMAND, memberId: lastLenderId, comment: ALL_REFUSED_COMMENT };
}

/** The history with the entries appended. Refused when it would exceed the limit (NL2-28). */
export function appended(history: readonly HistoryEntry[], entries: readonly HistoryEntry[]): readonly HistoryEntry[] {
  if (history.length + entries.length > MAX_HISTORY)
    throw new Refused('notAllowedNow', `history-full ${String(MAX_HISTORY)}`);
  return [...history, ...entries];
}
