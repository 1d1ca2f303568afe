import type { ActionOffer, RequestView } from '../../domain/api/requests';
import { commandByWire, type Action, type Command } from '../../domain/ill/commands';
import { actionLabelKey } from '../../domain/ill/labels';
import { candidatesAfterActive, FLAG_SET, isRenewalPending, type Lender } from '../../domain/ill/request';
import type { StateId } from '../../domain/ill/states';

type HistoryLine = RequestView['history'][number];

/** True when a claim of the borrower is unanswered. */
export function isClaimOpen({ fields }: RequestView): boolean {
  return fields.claimFlag === FLAG_SET;
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
  return actionLabelKey(action, request.side, state, request.kind, {
    claimOpen: isClaimOpen(request),
    renewalPending: isRenewalPending(request),
  });
}

/** The next candidate lender. Only NACSIS-ILL knows whether that library currently serves. */
export function nextLender({ fields }: RequestView): Lender | undefined {
  return candidatesAfterActive(fields)[0];
}

/** The offers of the action bar, in order. Omits SAVE, because fields are edited elsewhere. */
export function offersOf({ actions }: RequestView): readonly ActionOffer[] {
  return actions.filter(({ action }) => action !== 'save');
}

/** The usual next action. None while an order still lacks something, because the form must be completed first. */
export function primaryOf(request: RequestView): ActionOffer | undefined {
  if (lacksSomething(request)) return undefined;
  return offersOf(request).find(({ allowed, primary }) => allowed && primary);
}

export function lacksSomething({ lacks = [] }: RequestView): boolean {
  return lacks.length > 0;
}
