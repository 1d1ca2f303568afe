import type { ActionOffer } from '../../domain/api';
import type { Run } from './action-run.store';
import type { Wording } from './words-of';

const NOTHING: Wording = { key: 'actions.running', words: {} };

export function runningWording(run: Run): Wording {
  if (run.state !== 'running') return NOTHING;
  const { plan, at } = run;
  return { key: 'actions.running', words: { action: plan.steps[at]?.labelKey ?? '' } };
}

/** In which state the request is now. */
export function doneWording(run: Run): Wording {
  if (run.state !== 'done') return NOTHING;
  const { request, plan } = run;
  if (request.gone === 'passed-on') return { key: 'actions.done.passedOn' };
  const state = request.state === null ? { params: { state: request.externalStatus } } : stateWord(request.state);
  return { key: plan.isUndo ? 'actions.done.undone' : 'actions.done.state', ...state };
}

/** Of a chain that ended before its last step: what is done, and what is not. */
export function stoppedWording(run: Run): Wording | undefined {
  if (run.state !== 'failed' || run.at === 0) return undefined;
  const { plan, at, outcome } = run;
  return {
    key: outcome === 'unknown' ? 'actions.stoppedUnknown' : 'actions.stopped',
    words: { done: plan.steps[at - 1]?.labelKey ?? '', failed: plan.steps[at]?.labelKey ?? '' },
  };
}

export function undoWording(offer: ActionOffer | undefined): Wording {
  return { key: 'actions.undo', ...(offer?.to !== undefined && stateWord(offer.to)) };
}

function stateWord(state: string): Pick<Wording, 'words'> {
  return { words: { state: `state.${state}` } };
}
