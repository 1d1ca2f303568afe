import type { ActionOffer, ActionParam, PerformAction, RequestView } from '../../domain/api';
import type { Action, Command } from '../../domain/commands';
import type { StateId } from '../../domain/states';
import { isRenewalPending } from './action-situation';

export type ActionParams = NonNullable<PerformAction['params']>;

/** What was filled in: for the action, and for the one that follows it where that was wanted. */
export interface ActionInput {
  readonly params: ActionParams;
  readonly then?: ActionParams;
}

/** An action as it is asked for: one of an offer, or the one that follows. */
export interface ActionStep {
  readonly action: Action;
  readonly command: readonly Command[];
  readonly params: readonly ActionParam[];
  readonly to?: StateId;
}

/** A parameter and the step that it goes with. */
export interface PlacedParam extends ActionParam {
  readonly step: number;
}

/** What a form is for. */
export interface FormSubject {
  readonly offer: ActionOffer;
  readonly request: RequestView;
  /** Filled in once for many requests: nothing of this one goes into the form. */
  readonly many: boolean;
}

/** Filled in by the calculator, all at once. */
const CHARGE_NAMES: readonly string[] = ['charges', 'fee', 'postage', 'total'];

/** Those of the parameters that the calculator fills in: a total that merely may be named is a field like others. */
export function calculated(places: readonly PlacedParam[]): readonly PlacedParam[] {
  const charges = places.filter(({ name }) => CHARGE_NAMES.includes(name));
  return charges.some(({ name, required }) => name === 'charges' || required) ? charges : [];
}

/** Whether an error is about what the calculator fills in. */
export function isCharge(name: string): boolean {
  return CHARGE_NAMES.includes(name);
}

export function stepsOf(offer: ActionOffer, isChained: boolean): readonly ActionStep[] {
  const { action, command, params, to, then } = offer;
  const first: ActionStep = { action, command, params, ...(to !== undefined && { to }) };
  return isChained && then !== undefined ? [first, then] : [first];
}

/**
 * What is asked for, each name once: with the first step that wants it, the comment with the last. A reply to a renewal always
 * carries the due date, and the borrower's number of the lender is each request's own, so `many` leaves it out.
 */
export function placedParams(
  steps: readonly ActionStep[],
  request: RequestView,
  many: boolean,
): readonly PlacedParam[] {
  const all = steps.flatMap((each, step) =>
    withDueDate(each, request).map((param): PlacedParam => ({ ...param, step })),
  );
  const names = [...new Set(all.map(({ name }) => name))].filter((name) => !many || name !== 'lenderNumber');
  return names.flatMap((name) => {
    const same = all.filter((param) => param.name === name);
    const place = name === 'comment' ? (same.find(({ required }) => required) ?? same.at(-1)) : same[0];
    return place === undefined ? [] : [{ ...place, required: same.some(({ required }) => required) }];
  });
}

/** The lender's CLAIM after a RENEW says until when the material may be kept (dossier 3.1). */
export function isRenewalReply({ action }: ActionStep, request: RequestView): boolean {
  return action === 'claim' && request.side === 'lender' && isRenewalPending(request);
}

function withDueDate(step: ActionStep, request: RequestView): readonly ActionParam[] {
  const isReply = isRenewalReply(step, request);
  const isQuestion = step.action === 'claim' && request.side === 'lender' && !isReply;
  const params = isQuestion ? step.params.filter(({ name }) => name !== 'dueDate') : step.params;
  if (!isReply) return params;
  return [{ name: 'dueDate', required: true }, ...params.filter(({ name }) => name !== 'dueDate')];
}

/** Actions that are asked about once even where nothing has to be filled in: they are final, go on to others, or take back. */
const ASKED_FIRST: readonly Action[] = [
  'order',
  'renew',
  'claim',
  'answer',
  'forward',
  'reactivate',
  'cancel',
  'callback',
  'ship',
  'inquiry',
  'reject',
];

/** Whether the form opens first; else one click acts, with the dates of today. */
export function needsForm(offer: ActionOffer, request: RequestView, isChained: boolean): boolean {
  return stepsOf(offer, isChained).some(
    ({ action, params }) =>
      ASKED_FIRST.includes(action) ||
      (action === 'receive' && request.kind === 'loan') ||
      (action === 'check-in' && isRenewalPending(request)) ||
      (action === 'accept' && request.side === 'lender' && request.state === 'UNPROCESSED') ||
      params.some((param) => param.required && param.default === undefined),
  );
}
