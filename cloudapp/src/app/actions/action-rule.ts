import type { ActionOffer, RequestView } from '../../domain/api/requests';
import type { Action } from '../../domain/ill/commands';
import { isRenewalPending } from '../../domain/ill/request';
import { stepsOf } from './action-steps';

/**
 * The rule of asking and undoing. A click performs what needs no input and takes nothing from anybody. An action asks
 * first when the other library reads it, when it ends the request or passes it on, and when it goes back in it.
 * Afterwards the undo is offered whenever NACSIS-ILL allows it, and does not ask again.
 */
const ASKS_FIRST: Readonly<Record<Action, true | ((request: RequestView) => boolean)>> = {
  'order': true,
  'save': () => false,
  'accept': ({ side, state }) => side === 'lender' && state === 'UNPROCESSED',
  'receive': ({ kind }) => kind === 'loan',
  'return': () => false,
  'renew': true,
  'claim': true,
  'answer': true,
  'forward': true,
  'cancel': true,
  'reactivate': true,
  'callback': true,
  'ship': true,
  'reject': true,
  'inquiry': true,
  'check-in': isRenewalPending,
};

/**
 * True when a form opens first; otherwise one click performs the action with today's dates. `then`: the action that is
 * to follow at once.
 */
export function asksFirst(offer: ActionOffer, request: RequestView, then?: Action): boolean {
  return stepsOf(offer, then).some(({ action, params }) => {
    const asks = ASKS_FIRST[action];
    return asks === true || asks(request) || params.some((param) => param.required && param.default === undefined);
  });
}

/** The offer that undoes the last action: CALLBACK, named Reactivate for a cancelled request. */
export function undoOf(request: RequestView): ActionOffer | undefined {
  const allowed = request.actions.filter((offer) => offer.allowed && offer.to !== undefined);
  const reactivate = request.state === 'CANCELLED' ? allowed.find(({ action }) => action === 'reactivate') : undefined;
  return allowed.find(({ action }) => action === 'callback') ?? reactivate;
}
