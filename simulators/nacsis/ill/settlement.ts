import { stateSpec } from '#domain/states';
import type { MemberDirectory } from '../member-directory';
import type { StoredRequest } from './stored-request';

/**
 * Whether the charges of a finished request have been settled: both sides in the offset service, an amount of 1 yen or more,
 * and the month of the last command over (OFF-tgt). Such a request cannot be called back (M7-6_13).
 */
export function isSettled({ request }: StoredRequest, members: MemberDirectory, today: string): boolean {
  const { borrowerId = '', lenderId = '', total = '0', updatedOn = '' } = request.fields;
  if (request.state === null || !stateSpec(request.state).final || request.state === 'CANCELLED') return false;
  const bothInOffset = [borrowerId, lenderId].every((id) => members.find(id)?.offset === true);
  return bothInOffset && Number(total) >= 1 && updatedOn.slice(0, 6) < today.slice(0, 6);
}
