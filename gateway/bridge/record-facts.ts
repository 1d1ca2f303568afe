import { commandByWire, type Command } from '#domain/ill/commands';
import { isByRenewal, sideOfEntry, type IllRequest } from '#domain/ill/request';
import type { Side } from '#domain/ill/kinds';
import type { StateId } from '#domain/ill/states';

/** States after the lender's 発送: the borrower has received the item, or complains about it. */
export const AFTER_SHIPMENT: readonly StateId[] = [
  ...(['ARRIVED', 'CLAIMED', 'CLAIM_ANSWERED', 'CONFIRMED', 'ON_LOAN', 'RENEW_REQUESTED'] as const),
  ...(['SENT_BACK', 'RETURN_PROCESSING', 'RETURN_CLAIMED', 'RETURN_CONFIRMED'] as const),
];
/** Those of them that follow SENDBACK; see `isReturned`. */
export const RETURNED_IN: readonly StateId[] = ['SENT_BACK', 'RETURN_PROCESSING', 'RETURN_CLAIMED', 'RETURN_CONFIRMED'];
/** Those of them that may also follow RENEW. */
const ALSO_BY_RENEWAL: readonly StateId[] = ['RETURN_PROCESSING', 'RETURN_CLAIMED'];

/** What the history of a request says beside its state. */

/** True when the borrower has sent the item back: not when the lender's turn is about a renewal. */
export function isReturned(request: IllRequest): boolean {
  const { state } = request;
  if (state === null || !RETURNED_IN.includes(state)) return false;
  return !ALSO_BY_RENEWAL.includes(state) || !isByRenewal(request.history);
}

/** True when the lender answered the last RENEW (CLAIM). */
export function isRenewalAnswered(request: IllRequest): boolean {
  const renewal = lastOf(request, 'borrower', ['RENEW']);
  const answer = lastOf(request, 'lender', ['CLAIM']);
  return renewal !== undefined && answer !== undefined && answer.index > renewal.index;
}

/** True when the last thing that a lender said is PARDON, not INQUIRE. Asked in 新着照会 and 照会 only. */
export function isTotallyRefused(request: IllRequest): boolean {
  return lastOf(request, 'lender', ['PARDON', 'INQUIRE'])?.command === 'PARDON';
}

function lastOf(
  request: IllRequest,
  side: Side,
  commands: readonly Command[],
): { readonly index: number; readonly command: Command } | undefined {
  for (let index = request.history.length - 1; index >= 0; index -= 1) {
    const entry = request.history[index];
    const command = commandByWire(entry?.command ?? '');
    if (
      entry !== undefined &&
      command !== undefined &&
      commands.includes(command) &&
      sideOfEntry(request, entry) === side
    )
      return { index, command };
  }
  return undefined;
}
