import { statesThrough } from './history-walk';
import type { Kind } from './kinds';
import type { IllRequest } from './request';
import { STATES, type StateId } from './states';
import { TRANSITIONS } from './transitions';

export interface PathStep {
  readonly state: StateId;
  readonly when: 'passed' | 'now' | 'to-come';
}

/**
 * Where in its life a request is: the states that it passed (told by its history, what was called back left out), the present one,
 * and those to come on the straight way, following the primary edges of the table. One step only when the state is not known.
 */
export function lifePath(request: IllRequest): readonly PathStep[] {
  const { state, kind } = request;
  if (state === null) return [];
  const passed = passedStates(request).map((each): PathStep => ({ state: each, when: 'passed' }));
  const coming = statesToCome(state, kind).map((each): PathStep => ({ state: each, when: 'to-come' }));
  return [...passed, { state, when: 'now' }, ...coming];
}

/** The straight way from here to a final state; [] from a final one. */
export function statesToCome(from: StateId, kind: Kind): readonly StateId[] {
  const way: StateId[] = [];
  let at = from;
  while (!STATES[at].final) {
    const next = TRANSITIONS.find(
      (edge) =>
        edge.from === at &&
        edge.primary === true &&
        edge.kinds.includes(kind) &&
        edge.guard !== 'claim-open' &&
        edge.to !== from &&
        !way.includes(edge.to),
    )?.to;
    if (next === undefined) break;
    way.push(next);
    at = next;
  }
  return way;
}

/** Plays the history on the table. A state that comes again closes a loop: what lay in it is left out. [] where the history cannot be played. */
function passedStates(request: IllRequest): readonly StateId[] {
  const states = statesThrough(request, 0, null);
  const way: StateId[] = [];
  for (const state of states ?? []) {
    const before = way.indexOf(state);
    if (before >= 0) way.splice(before);
    way.push(state);
  }
  return way.slice(0, -1);
}
