import { stateSpec } from '#domain/ill/states';
import type { MemberDirectory } from '../member-directory';
import type { StoredRequest } from './stored-request';

/**
 * True when the charges of a finished request are settled: both sides use the offset service, the total is at least 1
 * yen, and the month of the last command is over (OFF-tgt). Such a request cannot be called back (M7-6_13).
 * @unconfirmed I: A settled copy (確認) cannot be called back either, as a settled loan cannot. Confirm: call back a settled copy of last month.
 */
export function isSettled({ request }: StoredRequest, members: MemberDirectory, today: string): boolean {
  const { borrowerId = '', lenderId = '', total = '0', updatedOn = '' } = request.fields;
  if (request.state === null || !stateSpec(request.state).final || request.state === 'CANCELLED') return false;
  const bothInOffset = [borrowerId, lenderId].every((id) => members.find(id)?.offset === true);
  return bothInOffset && Number(total) >= 1 && updatedOn.slice(0, 6) < today.slice(0, 6);
}
