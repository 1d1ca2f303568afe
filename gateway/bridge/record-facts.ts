import { commandByWire, type Command } from '#domain/ill/commands';
import { sideOfEntry, type IllRequest } from '#domain/ill/request';
import type { Side } from '#domain/ill/kinds';

/** What the history of a request says beside its state. `before`: only entries before this index count. */

/** True when the borrower's last RENEW or SENDBACK is a RENEW: the lender's turn is about a renewal. */
export function isByRenewal(request: IllRequest, before = request.history.length): boolean {
  return lastOf(request, 'borrower', ['RENEW', 'SENDBACK'], before)?.command === 'RENEW';
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
  before = request.history.length,
): { readonly index: number; readonly command: Command } | undefined {
  for (let index = Math.min(before, request.history.length) - 1; index >= 0; index -= 1) {
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
