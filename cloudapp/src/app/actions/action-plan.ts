import type { ActionOffer, RequestView } from '../../domain/api/requests';
import { today } from '../../domain/ill/dates';
import type { Action } from '../../domain/ill/commands';
import { STATES } from '../../domain/ill/states';
import type { AppError } from '../core/app-error';
import { isSame, type Failed, type Plan, type Run } from './action-run.store';
import { labelKeyOf, lacksSomething } from './action-situation';
import { stepsOf, type ActionParams, type ActionStep, type ActionInput } from './action-steps';

/**
 * Plans an action and the one that follows it at once, with the form's input or, when a single click performs the action,
 * with today's dates.
 */
export function planOf(offer: ActionOffer, shown: RequestView, then?: Action, input?: ActionInput): Plan {
  const steps = stepsOf(offer, then).map((step, at) => ({
    action: step.action,
    labelKey: labelKeyOf(step.action, shown, at === 0 ? shown.state : (offer.to ?? null)),
    params: input === undefined ? datesOfToday(step) : ((at === 0 ? input.params : input.then?.params) ?? {}),
  }));
  return { steps, shown, isUndo: false };
}

/** Sends today's dates explicitly, because an action that was called back leaves its date in the record. */
function datesOfToday({ params }: ActionStep): ActionParams {
  return Object.fromEntries(params.filter((param) => param.default === 'today').map(({ name }) => [name, today()]));
}

/** Returns the newer version of the request: the given one, or the one after the last action. */
export function newestOf(request: RequestView, run: Run): RequestView {
  const isNewer = run.state !== 'idle' && isSame(run.request, request) && run.request.version > request.version;
  return isNewer ? run.request : request;
}

/**
 * Returns the i18n key of the reason why there is no primary action: the other side's turn, a final state, an unknown
 * state, or an order that lacks something.
 */
export function waitingKeyOf(request: RequestView): string {
  const { state } = request;
  if (lacksSomething(request)) return 'actions.completeFirst';
  if (state === null) return 'refusal.unknown-state';
  return STATES[state].final ? 'refusal.final-state' : 'actions.waiting';
}

/** True for errors that the fields themselves show. */
export function isAboutFields({ code, details }: AppError): boolean {
  return code === 'invalid-fields' && (details.fieldErrors?.length ?? 0) > 0;
}

/**
 * An open form. Keeps the request as of opening, so that the request does not change while the user fills in the form.
 */
export interface OpenForm {
  readonly offer: ActionOffer;
  readonly request: RequestView;
  /** The action that is to follow at once. */
  readonly then?: Action | undefined;
}

/** The form for correcting a refused step, on the current request. */
export function mendingForm({ plan, at, request, error }: Failed): OpenForm | undefined {
  if (error.code === 'action-not-allowed') return undefined;
  const offer = request.actions.find(({ action, allowed }) => allowed && action === plan.steps[at]?.action);
  const then = plan.steps[at + 1]?.action;
  return offer && { offer, request, ...(then !== undefined && { then }) };
}
