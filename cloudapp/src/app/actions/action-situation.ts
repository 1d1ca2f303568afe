import type { ActionOffer, RequestView } from '../../domain/api/requests';
import { commandByWire, type Action, type Command } from '../../domain/ill/commands';
import { actionLabelKey } from '../../domain/ill/labels';
import { candidatesAfterActive, FLAG_SET, type Lender } from '../../domain/ill/request';
import type { StateId } from '../../domain/ill/states';

type HistoryLine = RequestView['history'][number];

/** True when a claim of the borrower is unanswered. */
export function isClaimOpen({ fields }: RequestView): boolean {
  return fields.claimFlag === FLAG_SET;
}

/**
 * True when the lender has a renewal request to answer rather than a returned item. NACSIS-ILL has one state for both
 * (dossier 2, RETURN_PROCESSING), so the history decides.
 */
export function isRenewalPending(request: RequestView): boolean {
  if (request.state !== 'RETURN_PROCESSING' && request.state !== 'RENEW_REQUESTED') return false;
  return lastEntry(request, ['RENEW', 'SENDBACK'])?.command === 'RENEW';
}

/** The newest history entry with one of these commands. */
export function lastEntry(request: RequestView, commands: readonly Command[]): HistoryLine | undefined {
  return request.history.findLast(({ command }) => {
    const known = commandByWire(command ?? '');
    return known !== undefined && commands.includes(known);
  });
}

/** i18n key of an action's name for this request; `state`: the state in which a following action is performed. */
export function labelKeyOf(action: Action, request: RequestView, state: StateId | null = request.state): string {
  if (action === 'claim' && request.side === 'lender' && isRenewalPending(request)) return 'actions.answerRenewal';
  return actionLabelKey(action, request.side, state, request.kind, isClaimOpen(request));
}

/** The next candidate lender. Only NACSIS-ILL knows whether that library currently serves. */
export function nextLender({ fields }: RequestView): Lender | undefined {
  return candidatesAfterActive(fields)[0];
}

/** The offers of the action bar, in order. Omits SAVE, because fields are edited elsewhere. */
export function offersOf({ actions }: RequestView): readonly ActionOffer[] {
  return actions.filter(({ action }) => action !== 'save');
}

/**
 * Returns the answer to a pending renewal request, which comes first, otherwise the primary action of the table. None
 * while an order still lacks something, because the form must be completed first.
 */
export function primaryOf(request: RequestView): ActionOffer | undefined {
  if (lacksSomething(request)) return undefined;
  const allowed = offersOf(request).filter((offer) => offer.allowed);
  const reply = isRenewalPending(request) ? allowed.find(({ action }) => action === 'claim') : undefined;
  return reply ?? allowed.find(({ primary }) => primary);
}

export function lacksSomething({ lacks = [] }: RequestView): boolean {
  return lacks.length > 0;
}
