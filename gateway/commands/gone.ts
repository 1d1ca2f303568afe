import type { Kysely, Transaction } from 'kysely';
import type { IllRequest } from '#domain/request';
import { STATES } from '#domain/states';
import type { JournalRow } from '../store/journal-store';
import type { StoredRequest } from '../store/requests-store';
import type { Gone, Schema } from '../store/schema';
import type { CommandRequest } from './command-request';

/** What it means that NACSIS-ILL does not deliver this request to its library any more. */
export function goneAs({ side, state }: Pick<StoredRequest, 'side' | 'state'>): Gone {
  const isOver = state === null || STATES[state].final;
  return side === 'lender' && !isOver ? 'passed-on' : 'ended';
}

/**
 * Marks the snapshot: it stays as NACSIS-ILL last told it, since no state is ever invented, but waits for nobody and allows
 * nothing. The next snapshot that NACSIS-ILL delivers takes the mark away.
 */
export async function markGone(
  db: Kysely<Schema> | Transaction<Schema>,
  { institution, side, id }: Pick<StoredRequest, 'institution' | 'side' | 'id'>,
  gone: Gone,
): Promise<StoredRequest> {
  return db
    .updateTable('requests')
    .set({ gone, waits: false })
    .where('institution', '=', institution)
    .where('side', '=', side)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/**
 * Whether this answer to a PARDON is the last that the lender hears of the request: NACSIS-ILL still shows it to the sender of the
 * command, and it is another library's by then (M8-6_1_3).
 */
export function isPassedOn(of: CommandRequest | JournalRow, { fields: { lenderId } }: IllRequest): boolean {
  const own = 'account' in of ? of.account.memberId : of.member_id;
  return of.side === 'lender' && of.command === 'PARDON' && lenderId !== undefined && lenderId !== own;
}
