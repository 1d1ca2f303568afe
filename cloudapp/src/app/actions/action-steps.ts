import type { ActionOffer, ActionParam, PerformAction, RequestView } from '../../domain/api/requests';
import type { Action, Command } from '../../domain/ill/commands';
import type { StateId } from '../../domain/ill/states';
import { isRenewalPending } from '../../domain/ill/request';

export type ActionParams = NonNullable<PerformAction['params']>;

/** The input for an action and, in a chain, for the next one. */
export interface ActionInput {
  readonly params: ActionParams;
  readonly then?: { readonly action: Action; readonly params: ActionParams };
}

/** An action to fill in: the offered one, or the one that follows it. */
export interface ActionStep {
  readonly action: Action;
  readonly command: readonly Command[];
  readonly params: readonly ActionParam[];
  readonly to?: StateId;
}

/** A parameter with the index of its step. */
export interface PlacedParam extends ActionParam {
  readonly step: number;
}

/** The subject of a form. */
export interface FormSubject {
  readonly offer: ActionOffer;
  readonly request: RequestView;
  /** True when the form is filled in once for many requests. It then shows no data of this request. */
  readonly many: boolean;
  /** The action that is to follow at once, as chosen before the form opened. */
  readonly then?: Action | undefined;
  /** What was typed before the form opened, by parameter name. */
  readonly typed?: Typed;
}

/** Typed texts by parameter name; dates are yyyyMMdd. */
export type Typed = Readonly<Record<string, string>>;

/** Names that the calculator fills in. */
const CHARGE_NAMES: readonly string[] = ['charges', 'fee', 'postage', 'total'];

/** Parameters that the calculator fills in. An optional total alone is an ordinary field. */
export function calculated(places: readonly PlacedParam[]): readonly PlacedParam[] {
  const charges = places.filter(({ name }) => CHARGE_NAMES.includes(name));
  return charges.some(({ name, required }) => name === 'charges' || required) ? charges : [];
}

/** True when the calculator shows errors of this name. */
export function isCharge(name: string): boolean {
  return CHARGE_NAMES.includes(name);
}

/** `then`: the action that follows at once. */
export function stepsOf(offer: ActionOffer, then?: Action): readonly ActionStep[] {
  const { action, command, params, to } = offer;
  const first: ActionStep = { action, command, params, ...(to !== undefined && { to }) };
  const next = offer.then?.find((each) => each.action === then);
  return next === undefined ? [first] : [first, next];
}

/**
 * Returns the form's parameters without duplicates. Each belongs to the first step that needs it; the comment belongs
 * to the last such step. A renewal answer always includes the due date. `many` omits the lender's request number and
 * the charges, which differ per request. A receipt that is refused or inquired about at once omits what only work on
 * the request needs.
 */
export function placedParams(
  steps: readonly ActionStep[],
  request: RequestView,
  many: boolean,
): readonly PlacedParam[] {
  const isWorkedOn = !steps.slice(1).some(({ action }) => action === 'reject' || action === 'inquiry');
  const all = steps
    .flatMap((each, step) => withDueDate(each, request).map((param): PlacedParam => ({ ...param, step })))
    .filter(
      ({ name, step, required, default: value }) =>
        isWorkedOn || step > 0 || required || value !== undefined || name === 'comment',
    );
  const names = [...new Set(all.map(({ name }) => name))];
  const places = names.flatMap((name) => {
    const same = all.filter((param) => param.name === name);
    const place = name === 'comment' ? (same.find(({ required }) => required) ?? same.at(-1)) : same[0];
    return place === undefined ? [] : [{ ...place, required: same.some(({ required }) => required) }];
  });
  if (!many) return places;
  return places.filter((place) => place.name !== 'lenderNumber' && !calculated(places).includes(place));
}

/**
 * Returns the parameters that each row of a form for many has of its own: the charges, and with them the due date, for
 * which the form proposes a common value. Empty when the action has no charges.
 */
export function rowParams(params: readonly ActionParam[]): readonly PlacedParam[] {
  const places = params.map((param): PlacedParam => ({ ...param, step: 0 }));
  const charges = calculated(places);
  return charges.length === 0 ? [] : places.filter((place) => place.name === 'dueDate' || charges.includes(place));
}

/** True for the lender's CLAIM after a RENEW, which sets the new due date (dossier 3.1). */
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
