import { commandByWire } from './commands';
import type { Kind } from './kinds';
import { sideOfEntry, type IllRequest } from './request';
import type { StateId } from './states';
import { TRANSITIONS, type Transition } from './transitions';

/** A position while replaying the history. */
export interface Place {
  /** Index of the next entry. */
  readonly index: number;
  readonly at: StateId | null;
  readonly isClaimOpen: boolean;
}
export const BEGINNING: Place = { index: 0, at: null, isClaimOpen: false };

/** A history entry that changed the state. `index`: its position in the history. */
export interface Passage {
  readonly index: number;
  readonly edge: Transition;
  /** Before this entry. */
  readonly isClaimOpen: boolean;
}

/**
 * Replays the history on the table from this position to the present state. Returns the edges; undefined when no path
 * exists.
 */
export function edgesThrough(request: IllRequest, from: Place): readonly Transition[] | undefined {
  return passagesThrough(request, from)?.map(({ edge }) => edge);
}

/** Like `edgesThrough`, with the position of each entry. Entries that change nothing are left out. */
export function passagesThrough(request: IllRequest, from: Place): readonly Passage[] | undefined {
  return play(request, from, new Set());
}

/**
 * Searches recursively for `passagesThrough`. Tries both edges of a command, because history entries do not tell whether a
 * candidate lender remained. `seen` holds positions without a path.
 */
function play(request: IllRequest, place: Place, seen: Set<string>): readonly Passage[] | undefined {
  const { index, at, isClaimOpen } = place;
  const entry = request.history[index];
  if (entry === undefined) return at === request.state ? [] : undefined;
  const key = [index, at, isClaimOpen].join(' ');
  if (seen.has(key)) return undefined;
  seen.add(key);
  const command = commandByWire(entry.command ?? '');
  const side = sideOfEntry(request, entry);
  const edges = edgesFrom(at, request.kind, isClaimOpen).filter(
    (edge) => edge.command === command && edge.side === side,
  );
  for (const edge of edges) {
    const next = { index: index + 1, at: edge.to, isClaimOpen: isClaimOpenAfter(edge, isClaimOpen) };
    const rest = play(request, next, seen);
    if (rest !== undefined) return [{ index, edge, isClaimOpen }, ...rest];
  }
  // Skips entries that the system adds after a PARDON, because they change nothing further (M8-6_1_3), and unknown
  // commands, because each may be a mere edit.
  const isPassedOver = command === 'PARDON' || command === undefined;
  return isPassedOver ? play(request, { ...place, index: index + 1 }, seen) : undefined;
}

/** The edges out of a state whose claim guard is met. */
export function edgesFrom(at: StateId | null, kind: Kind, isClaimOpen: boolean): readonly Transition[] {
  const notMet = isClaimOpen ? 'no-claim-open' : 'claim-open';
  return TRANSITIONS.filter((edge) => edge.from === at && edge.kinds.includes(kind) && edge.guard !== notMet);
}

/**
 * True when a claim is open after the command.
 * @unconfirmed I: A claim is open from the borrower's CLAIM until it receives the answer or takes the claim back (dossier 10.1).
 * Confirm: read CLAIMFLG of a request after CLAIM, after the lender's answer, and after RECEIVE of it.
 */
export function isClaimOpenAfter({ side, command, from }: Transition, before: boolean): boolean {
  if (side === 'lender') return before;
  return command === 'CLAIM' || (before && from !== 'CLAIM_ANSWERED' && from !== 'CLAIMED');
}
