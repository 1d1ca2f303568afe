import type { Holding } from '../catalog/catalog';
import { areaOf } from './codes';
import { MAX_LENDERS } from './fields';
import { extentOf, type Extent, type Wanted } from '../catalog/holding-extent';
import type { Kind } from './kinds';
import { servingOf, type Unservable } from './member';

/** Reasons why a holding library cannot be asked, besides those from its member record. */
export const NOT_ASKABLE = ['own-library', 'no-member-record'] as const;
type NotAskable = Unservable | (typeof NOT_ASKABLE)[number];

/** Reasons for a library or (the last two) against it. Each has the i18n key `proposal.<reason>`. */
export const PROPOSAL_REASONS = [
  'offset',
  'same-prefecture',
  'same-area',
  'has-volume',
  'rarely-asked',
  'lacks-volume',
  'often-asked',
] as const;
type ProposalReason = (typeof PROPOSAL_REASONS)[number];

export interface Asking {
  readonly kind: Kind;
  readonly wanted: Wanted;
  /** The own library: FA number, KENCODE, and whether it takes part in the charge offset. */
  readonly own: { readonly memberId: string; readonly region?: string; readonly offset?: boolean };
  /** Number of recent requests of this library to each member, by FA number; absent when unknown. */
  readonly recent?: Readonly<Record<string, number>>;
}

/** A holding as a possible lender of the asking library. */
export interface Candidate {
  readonly holding: Holding;
  /** Absent when the library can be asked. */
  readonly refusal?: NotAskable;
  /** FA number of the library that handles the holder's requests (COPYAL / LOANAL). */
  readonly through?: string;
  readonly extent: Extent;
  readonly reasons: readonly ProposalReason[];
  /** Number of recent requests of the asking library to the holder. */
  readonly asked: number;
}

/** Above this number of recent requests to one library, others are preferred. */
export const OFTEN_ASKED = 10;
const WEIGHT: Readonly<Record<ProposalReason, number>> = {
  'lacks-volume': -100,
  'has-volume': 16,
  'offset': 8,
  'same-prefecture': 4,
  'same-area': 2,
  'rarely-asked': 1,
  'often-asked': -6,
};

export function candidateOf(holding: Holding, asking: Asking): Candidate {
  const extent = extentOf(holding, asking.wanted);
  const asked = asking.recent?.[holding.memberId] ?? 0;
  const seen = { holding, extent, asked, reasons: reasonsFor(holding, extent, asked, asking) };
  if (holding.memberId === asking.own.memberId) return { ...seen, refusal: 'own-library' };
  if (holding.member === undefined) return { ...seen, refusal: 'no-member-record' };
  const serving = servingOf(holding.member, asking.kind);
  if (!serving.serves) return { ...seen, refusal: serving.reason };
  // A lender that accepts requests through our own library would return them to us; the gateway refuses such a rota.
  if (serving.through === asking.own.memberId) return { ...seen, refusal: 'own-library' };
  return serving.through === undefined ? seen : { ...seen, through: serving.through };
}

function reasonsFor(
  { member }: Holding,
  extent: Extent,
  asked: number,
  { own, recent }: Asking,
): readonly ProposalReason[] {
  const reasons: ProposalReason[] = [];
  if (member?.offset === true && own.offset !== false) reasons.push('offset');
  const nearness = nearnessOf(member?.region, own.region);
  if (nearness !== undefined) reasons.push(nearness);
  if (extent === 'yes') reasons.push('has-volume');
  if (extent === 'no') reasons.push('lacks-volume');
  if (recent !== undefined && asked >= OFTEN_ASKED) reasons.push('often-asked');
  if (recent !== undefined && asked === 0) reasons.push('rarely-asked');
  return reasons;
}

function nearnessOf(region: string | undefined, own: string | undefined): ProposalReason | undefined {
  if (region === undefined || own === undefined) return undefined;
  if (region === own) return 'same-prefecture';
  const area = areaOf(region);
  return area !== undefined && area === areaOf(own) ? 'same-area' : undefined;
}

/** Sorts the candidates: those that can be asked come first, best first. Equal candidates keep their order. */
export function rankedCandidates<T extends Candidate>(candidates: readonly T[]): readonly T[] {
  const score = ({ refusal, reasons }: Candidate): number =>
    (refusal === undefined ? 0 : -1000) + reasons.reduce((sum, reason) => sum + WEIGHT[reason], 0);
  return [...candidates].sort((one, other) => score(other) - score(one));
}

/** Up to five lenders in order, each library once. Skips libraries that lack the volume. */
export function proposedLenders<T extends Candidate>(candidates: readonly T[]): readonly T[] {
  const seen = new Set<string>();
  return rankedCandidates(candidates)
    .filter(({ refusal, extent, holding }) => {
      if (refusal !== undefined || extent === 'no' || seen.has(holding.memberId)) return false;
      seen.add(holding.memberId);
      return true;
    })
    .slice(0, MAX_LENDERS);
}
