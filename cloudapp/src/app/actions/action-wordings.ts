import type { ActionOffer } from '../../domain/api/requests';
import type { Run } from './action-run.store';
import { changeTime, changeWords } from './not-allowed';
import type { Wording } from './words-of';

const NOTHING: Wording = { key: 'actions.running', words: {} };

export function runningWording(run: Run): Wording {
  if (run.state !== 'running') return NOTHING;
  const { plan, at } = run;
  return { key: 'actions.running', words: { action: plan.steps[at]?.labelKey ?? '' } };
}

/** The request's state after the action. */
export function doneWording(run: Run): Wording {
  if (run.state !== 'done') return NOTHING;
  const { request, plan } = run;
  if (request.gone === 'passed-on') return { key: 'actions.done.passedOn' };
  const state = request.state === null ? { params: { state: request.externalStatus } } : stateWord(request.state);
  return { key: plan.isUndo ? 'actions.done.undone' : 'actions.done.state', ...state };
}

/** Describes commands that others gave before the action and that were not on screen yet. `locale`: for the times. */
export function meanwhileWordings(run: Run, locale: string): readonly Wording[] {
  if (run.state !== 'done') return [];
  const { changes = [], request } = run;
  return changes.map((change) => changeWords(change, request, changeTime(change.at, locale)));
}

/** Describes what was done and what was not in a chain that ended early. */
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
