import type { Side } from '#domain/kinds';
import type { IllRequest } from '#domain/request';
import type { StateId } from '#domain/states';
import type { JournalRow } from '../store/journal-store';
import type { Gone } from '../store/schema';
import type { CommandRequest } from './command-request';

/** A lender loses a request to another lender only while it may refuse it, or the borrower forward or take it back. */
const MAY_GO_ON: readonly (StateId | null)[] = ['UNPROCESSED', 'PROCESSING', 'NEW_INQUIRY', 'INQUIRY', 'ANSWERED'];

/** Why NACSIS-ILL does not deliver a request to its library any more, as far as the state tells in which it was last seen. */
export function goneAs(state: StateId | null, side: Side): Gone {
  return side === 'lender' && MAY_GO_ON.includes(state) ? 'passed-on' : 'ended';
}

/**
 * Whether this answer to a PARDON is the last that the lender hears of the request: NACSIS-ILL still shows it to the sender of the
 * command, and it is another library's by then (M8-6_1_3).
 */
export function isPassedOn(of: CommandRequest | JournalRow, { fields: { lenderId } }: IllRequest): boolean {
  const own = 'account' in of ? of.account.memberId : of.member_id;
  return of.side === 'lender' && of.command === 'PARDON' && lenderId !== undefined && lenderId !== own;
}
