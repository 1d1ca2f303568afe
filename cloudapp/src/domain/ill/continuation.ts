import type { Side } from './kinds';
import { offerFor, type Mode, type Offer } from './machine';
import type { Situation } from './request';
import { CONTINUATIONS } from './transitions';

/** The offer of the action that usually follows this one at once; undefined when there is none or it is not allowed. */
export function continuationOf(
  situation: Situation,
  side: Side,
  offer: Offer,
  mode: Mode = 'lenient',
): Extract<Offer, { readonly allowed: true }> | undefined {
  const to = offer.allowed ? offer.edges.at(-1)?.to : undefined;
  const next = CONTINUATIONS.find(
    (each) => each.action === offer.action && each.side === side && each.from === situation.state,
  );
  if (!offer.allowed || to === undefined || next === undefined) return undefined;
  const historyLength = situation.historyLength + offer.edges.length;
  // RECEIVE of the answer closes the claim: see `isClaimOpenAfter`.
  const claimOpen = situation.claimOpen && situation.state !== 'CLAIM_ANSWERED';
  const then = offerFor({ ...situation, state: to, historyLength, claimOpen }, side, next.then, mode);
  return then.allowed ? then : undefined;
}
