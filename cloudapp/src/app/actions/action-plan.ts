import type { ActionOffer, RequestView } from '../../domain/api';
import { today } from '../../domain/dates';
import { STATES } from '../../domain/states';
import type { AppError } from '../core/app-error';
import { isSame, type Failed, type Plan, type Run } from './action-run.store';
import { labelKeyOf } from './action-situation';
import { stepsOf, type ActionParams, type ActionStep, type ActionInput } from './action-steps';

/** What is to be done: with what was filled in, or, where one click acts, with the dates of today. */
export function planOf(offer: ActionOffer, shown: RequestView, isChained: boolean, input?: ActionInput): Plan {
  const steps = stepsOf(offer, isChained).map((step, at) => ({
    action: step.action,
    labelKey: labelKeyOf(step.action, shown, at === 0 ? shown.state : (offer.to ?? null)),
    params: input === undefined ? datesOfToday(step) : ((at === 0 ? input.params : input.then) ?? {}),
  }));
  return { steps, shown, isUndo: false };
}

/** The dates are named, lest one of an earlier time stay in the record (an action that was called back leaves it there). */
function datesOfToday({ params }: ActionStep): ActionParams {
  return Object.fromEntries(params.filter((param) => param.default === 'today').map(({ name }) => [name, today()]));
}

/** The request as it was given, or as an action has left it since. */
export function newestOf(request: RequestView, run: Run): RequestView {
  const isNewer = run.state !== 'idle' && isSame(run.request, request) && run.request.version > request.version;
  return isNewer ? run.request : request;
}

/** i18n key of why nothing stands out: the other side's turn, the end, or a state that is not known. */
export function waitingKeyOf({ state }: RequestView): string {
  if (state === null) return 'refusal.unknown-state';
  return STATES[state].final ? 'refusal.final-state' : 'actions.waiting';
}

/** Shown at the fields themselves. */
export function isAboutFields({ code, details }: AppError): boolean {
  return code === 'invalid-fields' && (details.fieldErrors?.length ?? 0) > 0;
}

/** A form, with the request as it was when the form opened, so that nothing changes under the hands of who fills it in. */
export interface OpenForm {
  readonly offer: ActionOffer;
  readonly request: RequestView;
}

/** The form in which what was refused can be mended: of the step that failed, on the request as it is now. */
export function mendingForm({ plan, at, request, error }: Failed): OpenForm | undefined {
  if (error.code === 'action-not-allowed') return undefined;
  const offer = request.actions.find(({ action, allowed }) => allowed && action === plan.steps[at]?.action);
  return offer && { offer, request };
}
