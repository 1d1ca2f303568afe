import { commandByWire } from './commands';
import type { Kind } from './kinds';
import { FLAG_SET, sideOfEntry, type IllRequest } from './request';
import { STATES, type StateId } from './states';
import { CONTINUATIONS, TRANSITIONS, type Transition } from './transitions';

/** A state may stand in a path twice: passed, and to come again after an inquiry or a claim. */
export interface PathStep {
  readonly state: StateId;
  readonly when: 'passed' | 'now' | 'to-come';
}

/**
 * Where in its life a request is: the states that it passed (told by its history; what was called back and what lay in a loop is left
 * out), the present one, and those to come on the straight way. Without those passed where the history does not tell them; empty when
 * the state is not in the table.
 */
export function lifePath(request: IllRequest): readonly PathStep[] {
  const { state, kind, fields } = request;
  if (state === null) return [];
  const passed = passedStates(request);
  const isClaimOpen = fields.claimFlag === FLAG_SET;
  const coming = statesToCome(state, kind, { before: passed.at(-1), isClaimOpen });
  return [
    ...passed.map((each): PathStep => ({ state: each, when: 'passed' })),
    { state, when: 'now' },
    ...coming.map((each): PathStep => ({ state: each, when: 'to-come' })),
  ];
}

/** What the straight way depends on beside the state. */
interface WayOptions {
  /** The state before: what is received there decides what follows, such as the answer to a renewal. */
  readonly before?: StateId | undefined;
  /** A claim leads to クレーム回答待 before it leads on. */
  readonly isClaimOpen?: boolean;
}

/** The straight way from here to a final state, each state once in it: the primary edges, and after a receipt what usually follows it. [] from a final one. */
export function statesToCome(from: StateId, kind: Kind, options: WayOptions = {}): readonly StateId[] {
  const way: StateId[] = [];
  const taken = new Set<Transition>();
  let isClaimOpen = options.isClaimOpen === true || from === 'CLAIMED';
  let before = options.before;
  let at = from;
  while (!STATES[at].final) {
    const edge = edgeOn(at, before, kind, isClaimOpen);
    if (edge === undefined || taken.has(edge)) break;
    taken.add(edge);
    isClaimOpen = isClaimOpenAfter(edge, isClaimOpen);
    before = at;
    at = edge.to;
    if (!way.includes(at)) way.push(at);
  }
  return way;
}

function edgeOn(at: StateId, before: StateId | undefined, kind: Kind, isClaimOpen: boolean): Transition | undefined {
  const edges = edgesFrom(at, kind, isClaimOpen);
  const usual = CONTINUATIONS.find((each) => each.from === before)?.then;
  return edges.find((edge) => edge.action === usual && !edge.alias) ?? edges.find((edge) => edge.primary === true);
}

/** The history played on the table, without the present state; [] where it cannot be played. */
function passedStates(request: IllRequest): readonly StateId[] {
  let way: readonly StateId[] = [];
  for (const edge of play(request, BEGINNING, new Set()) ?? []) {
    // What was called back has not happened
    if (edge.command === 'CALLBACK') way = way.slice(0, -1);
    // 準備中 is a new beginning, and a state that comes again closes a loop
    const again = way.indexOf(edge.to);
    if (edge.to === 'PREPARING') way = [];
    else if (again >= 0) way = way.slice(0, again);
    way = [...way, edge.to];
  }
  return way.slice(0, -1);
}

/** A place in the history that is being played. */
interface Place {
  /** The entry that comes next. */
  readonly index: number;
  readonly at: StateId | null;
  readonly isClaimOpen: boolean;
}
const BEGINNING: Place = { index: 0, at: null, isClaimOpen: false };

/**
 * The edges that the entries from this place on took until the present state; undefined where no way leads there. Whether a candidate
 * remained is not known of the past, so both edges of a command are tried. `seen`: places that were tried in vain.
 */
function play(request: IllRequest, place: Place, seen: Set<string>): readonly Transition[] | undefined {
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
    if (rest !== undefined) return [edge, ...rest];
  }
  // Entries that the system adds behind a PARDON change nothing further (M8-6_1_3); a command that we do not know may be a mere edit.
  const isPassedOver = command === 'PARDON' || command === undefined;
  return isPassedOver ? play(request, { ...place, index: index + 1 }, seen) : undefined;
}

function edgesFrom(at: StateId | null, kind: Kind, isClaimOpen: boolean): readonly Transition[] {
  const notMet = isClaimOpen ? 'no-claim-open' : 'claim-open';
  return TRANSITIONS.filter((edge) => edge.from === at && edge.kinds.includes(kind) && edge.guard !== notMet);
}

/** Open from the borrower's CLAIM until it receives the answer or takes the claim back (dossier 10.1, inferred). */
function isClaimOpenAfter({ side, command, from }: Transition, before: boolean): boolean {
  if (side === 'lender') return before;
  return command === 'CLAIM' || (before && from !== 'CLAIM_ANSWERED' && from !== 'CLAIMED');
}
