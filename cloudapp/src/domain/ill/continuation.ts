import type { Side } from './kinds';
import { offerFor, type Mode, type Offer } from './machine';
import type { Situation } from './request';
import { CONTINUATIONS } from './transitions';

/** The offers of the actions that may follow this one at once, the usual one first, as far as they are allowed. */
export function continuationsOf(
  situation: Situation,
  side: Side,
  offer: Offer,
  mode: Mode = 'lenient',
): readonly Extract<Offer, { readonly allowed: true }>[] {
  const to = offer.allowed ? offer.edges.at(-1)?.to : undefined;
  if (!offer.allowed || to === undefined) return [];
  const historyLength = situation.historyLength + offer.edges.length;
  // RECEIVE of the answer closes the claim: see `isClaimOpenAfter`.
  const claimOpen = situation.claimOpen && situation.state !== 'CLAIM_ANSWERED';
  const after = { ...situation, state: to, historyLength, claimOpen };
  return CONTINUATIONS.filter(
    (each) => each.action === offer.action && each.side === side && each.from === situation.state,
  )
    .map(({ then }) => offerFor(after, side, then, mode))
    .filter((then) => then.allowed);
}
