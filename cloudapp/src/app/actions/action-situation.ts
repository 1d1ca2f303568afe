import type { ActionOffer, RequestView } from '../../domain/api';
import { commandByWire, type Action, type Command } from '../../domain/commands';
import { actionLabelKey } from '../../domain/labels';
import { candidatesAfterActive, FLAG_SET, type Lender } from '../../domain/request';
import type { StateId } from '../../domain/states';

export type HistoryLine = RequestView['history'][number];

/** A claim of the borrower that was not answered yet. */
export function isClaimOpen({ fields }: RequestView): boolean {
  return fields.claimFlag === FLAG_SET;
}

/**
 * Whether the lender has a request for renewal before it, and not the returned material: NACSIS-ILL has one state for both
 * (dossier 2, RETURN_PROCESSING), so the history tells.
 */
export function isRenewalPending(request: RequestView): boolean {
  if (request.state !== 'RETURN_PROCESSING' && request.state !== 'RENEW_REQUESTED') return false;
  return lastEntry(request, ['RENEW', 'SENDBACK'])?.command === 'RENEW';
}

/** The newest entry of the history with one of these commands. */
export function lastEntry(request: RequestView, commands: readonly Command[]): HistoryLine | undefined {
  return request.history.findLast(({ command }) => {
    const known = commandByWire(command ?? '');
    return known !== undefined && commands.includes(known);
  });
}

/** The i18n key of an action's name on this request; `state`: where it is then, for the action that follows. */
export function labelKeyOf(action: Action, request: RequestView, state: StateId | null = request.state): string {
  if (action === 'claim' && request.side === 'lender' && isRenewalPending(request)) return 'actions.answerRenewal';
  return actionLabelKey(action, request.side, state, request.kind, isClaimOpen(request));
}

/** The next candidate lender; whether it serves now only NACSIS-ILL knows. */
export function nextLender({ fields }: RequestView): Lender | undefined {
  return candidatesAfterActive(fields)[0];
}

/** What the bar offers, in its order: SAVE changes nothing without fields, and those are edited elsewhere. */
export function offersOf({ actions }: RequestView): readonly ActionOffer[] {
  return actions.filter(({ action }) => action !== 'save');
}

/** The one that stands out: that of the table, but a renewal is answered before anything is checked in. */
export function primaryOf(request: RequestView): ActionOffer | undefined {
  const allowed = offersOf(request).filter((offer) => offer.allowed);
  const reply = isRenewalPending(request) ? allowed.find(({ action }) => action === 'claim') : undefined;
  return reply ?? allowed.find(({ primary }) => primary);
}

/** What takes the last action back: CALLBACK, which the panel of a cancelled request knows as Reactivate. */
export function undoOf(request: RequestView): ActionOffer | undefined {
  const allowed = request.actions.filter((offer) => offer.allowed && offer.to !== undefined);
  const reactivate = request.state === 'CANCELLED' ? allowed.find(({ action }) => action === 'reactivate') : undefined;
  return allowed.find(({ action }) => action === 'callback') ?? reactivate;
}
