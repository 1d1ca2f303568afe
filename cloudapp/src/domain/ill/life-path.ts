import { BEGINNING, edgesFrom, edgesThrough, isClaimOpenAfter } from './history-walk';
import type { Kind } from './kinds';
import { FLAG_SET, type IllRequest } from './request';
import { STATES, type StateId } from './states';
import { CONTINUATIONS, type Transition } from './transitions';

/** A step of a path. A state may occur twice: passed, and to come again after an inquiry or a claim. */
interface PathStep {
  readonly state: StateId;
  readonly when: 'passed' | 'now' | 'to-come';
}

/**
 * The life of a request: passed states (from its history, without called back states and loops), the present state, and
 * the states to come on the main path. Passed states are omitted when the history cannot be replayed; the result is
 * empty when the state is not in the table.
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

/** Conditions of the main path besides the state. */
interface WayOptions {
  /** The previous state. What is received there decides what follows, such as the answer to a renewal. */
  readonly before?: StateId | undefined;
  /** An open claim leads to クレーム回答待 first. */
  readonly isClaimOpen?: boolean;
}

/**
 * The main path from here to a final state: the primary edges, and after a receipt the action that usually follows it.
 * A returned item and the answer to a renewal pass the same state. [] for a final state.
 */
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
    way.push(at);
  }
  return way;
}

function edgeOn(at: StateId, before: StateId | undefined, kind: Kind, isClaimOpen: boolean): Transition | undefined {
  const edges = edgesFrom(at, kind, isClaimOpen);
  const usual = CONTINUATIONS.find((each) => each.from === before)?.then;
  return edges.find((edge) => edge.action === usual && !edge.alias) ?? edges.find((edge) => edge.primary === true);
}

/** States passed in the history, without the present one; [] when the history cannot be replayed. */
function passedStates(request: IllRequest): readonly StateId[] {
  let way: readonly StateId[] = [];
  for (const edge of edgesThrough(request, BEGINNING) ?? []) {
    // CALLBACK removes the previous step
    if (edge.command === 'CALLBACK') way = way.slice(0, -1);
    // 準備中 starts over, and a repeated state closes a loop. The lender works on a claim in 処理中: the way that led to
    // the claim stays until the borrower has the answer.
    const claimed = edge.to === 'ARRIVED' ? -1 : way.indexOf('CLAIMED');
    const again = way.indexOf(edge.to, claimed + 1);
    if (edge.to === 'PREPARING') way = [];
    else if (again >= 0) way = way.slice(0, again);
    way = [...way, edge.to];
  }
  return way.slice(0, -1);
}
