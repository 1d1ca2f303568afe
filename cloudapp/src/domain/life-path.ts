import { BEGINNING, edgesFrom, edgesThrough, isClaimOpenAfter } from './history-walk';
import type { Kind } from './kinds';
import { FLAG_SET, type IllRequest } from './request';
import { STATES, type StateId } from './states';
import { CONTINUATIONS, type Transition } from './transitions';

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
  for (const edge of edgesThrough(request, BEGINNING) ?? []) {
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
