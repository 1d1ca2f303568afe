import type { IllRequest } from '#domain/ill/request';
import type { JournalRow } from '../store/journal-store';
import type { CommandRequest } from './command-request';

/**
 * True when this answer to a PARDON is the last one in which the lender sees the request: NACSIS-ILL still shows it to
 * the sender of the command, but it already belongs to another library (M8-6_1_3).
 */
export function isPassedOn(of: CommandRequest | JournalRow, { fields: { lenderId } }: IllRequest): boolean {
  const own = 'account' in of ? of.account.memberId : of.member_id;
  return of.side === 'lender' && of.command === 'PARDON' && lenderId !== undefined && lenderId !== own;
}
