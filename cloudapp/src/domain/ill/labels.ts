import type { Action } from './commands';
import type { Kind, Side } from './kinds';
import type { Situation } from './request';
import type { StateId } from './states';

/** States in which an action means something else and has its own name (key `actionIn.<side>.<action>.<state>`). */
const NAMED_BY_STATE: Readonly<Record<Side, { readonly [action in Action]?: readonly StateId[] }>> = {
  borrower: {
    accept: ['NEW_INQUIRY', 'SHIPPED', 'CLAIM_ANSWERED', 'RETURN_CLAIMED'],
    reactivate: ['INQUIRY', 'CANCELLED'],
  },
  lender: {
    accept: ['UNPROCESSED', 'ANSWERED', 'CLAIMED', 'SENT_BACK', 'RENEW_REQUESTED'],
    claim: ['RETURN_PROCESSING'],
  },
};

/**
 * The i18n key of an action's name: `actionIn.…` when the state, the kind, an open claim or a renewal gives it its own
 * name, otherwise `action.<side>.<action>`. `state` is null or undefined for a new record or an unknown state.
 */
export function actionLabelKey(
  action: Action,
  side: Side,
  state: StateId | null | undefined,
  kind: Kind,
  { claimOpen, renewalPending }: Partial<Pick<Situation, 'claimOpen' | 'renewalPending'>> = {},
): string {
  if (side === 'borrower' && action === 'receive') return `actionIn.borrower.receive.${kind}`;
  if (side === 'lender' && action === 'ship' && claimOpen === true) return 'actionIn.lender.ship.claim-open';
  if (side === 'lender' && action === 'claim' && renewalPending === true) return 'actionIn.lender.claim.renewal';
  const isNamed = state !== null && state !== undefined && NAMED_BY_STATE[side][action]?.includes(state) === true;
  return isNamed ? `actionIn.${side}.${action}.${state}` : `action.${side}.${action}`;
}
