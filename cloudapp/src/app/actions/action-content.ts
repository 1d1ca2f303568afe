import type { RequestView } from '../../domain/api';
import { calculate, type Calculation } from '../../domain/charges';
import { isDay, today } from '../../domain/dates';
import type { FieldError } from '../../domain/errors';
import { plausibilityOf, type Warning } from '../../domain/plausibility';
import type { RequestFields } from '../../domain/request';
import { checkComment, checkFields } from '../../domain/validation';
import { chargeParams, countedLines, type ChargeDraft } from './charge-draft';
import { CHARGE_NAMES, type ActionInput, type ActionParams, type ActionStep, type PlacedParam } from './action-steps';

/** A form as it stands. */
export interface FormContent {
  readonly request: RequestView;
  readonly many: boolean;
  readonly steps: readonly ActionStep[];
  readonly places: readonly PlacedParam[];
  /** By the names of the parameters; days yyyyMMdd. */
  readonly values: Readonly<Record<string, string>>;
  readonly charges: ChargeDraft;
  /** yyyyMMdd; only with a renewal. */
  readonly wish?: string;
}

export function calculationOf(draft: ChargeDraft): Calculation {
  return calculate(countedLines(draft), draft.fee, draft.postage);
}

/** What is sent, step by step. Empty texts only where they delete something. */
export function inputOf(content: FormContent): ActionInput {
  const [params, then] = content.steps.map((_step, at) => paramsOf(content, at));
  return { params: params ?? {}, ...(then !== undefined && { then }) };
}

/** What keeps the form from being sent, one entry per fault. */
export function faultsOf(content: FormContent): readonly FieldError[] {
  const input = inputOf(content);
  const { kind, side, state } = content.request;
  const form = [input.params, input.then ?? {}].flatMap(({ comment, ...fields }) => [
    ...checkFields(fields, { kind, side, preparing: state === 'PREPARING' }),
    ...checkComment(comment),
  ]);
  const missing = content.places
    .filter(({ name, required }) => required && !CHARGE_NAMES.includes(name) && isBlank(content.values[name]))
    .map(({ name }): FieldError => ({ field: name, code: 'required' }));
  return [...form, ...missing, ...wishFaults(content), ...chargeFaults(content)];
}

/** What looks like a slip; it keeps nothing from being sent. */
export function warningsOf(content: FormContent): readonly Warning[] {
  const { params, then = {} } = inputOf(content);
  const { comment: _comment, ...changes } = { ...params, ...then };
  const entered = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== ''));
  return plausibilityOf(entered, content.many ? {} : content.request.fields);
}

function paramsOf({ request, many, places, values, charges }: FormContent, step: number): ActionParams {
  const stored: RequestFields = many ? {} : request.fields;
  const mine = places.filter((place) => place.step === step);
  const texts = mine
    .filter(({ name }) => !CHARGE_NAMES.includes(name))
    .map(({ name }) => [name, (values[name] ?? '').trim()] as const)
    .filter(([name, value]) => value !== '' || isDeleted(name, stored));
  const hasCharges = mine.some(({ name }) => CHARGE_NAMES.includes(name));
  return { ...Object.fromEntries(texts), ...(hasCharges && chargeParams(charges, stored)) };
}

/** The record has a value that the form has no more. */
function isDeleted(name: string, stored: RequestFields): boolean {
  const now = stored[name as keyof RequestFields];
  return typeof now === 'string' && now !== '';
}

function wishFaults({ wish }: FormContent): readonly FieldError[] {
  if (wish === undefined) return [];
  const field = 'wishedDate';
  if (wish === '') return [{ field, code: 'required' }];
  return isDay(wish) && wish > today() ? [] : [{ field, code: 'bad-date' }];
}

/** Where the amounts cannot be calculated, the calculator says why; here it counts as one fault. */
function chargeFaults({ places, charges }: FormContent): readonly FieldError[] {
  const isAsked = places.some(({ name }) => CHARGE_NAMES.includes(name));
  return isAsked && calculationOf(charges).total === undefined ? [{ field: 'total', code: 'required' }] : [];
}

function isBlank(value: string | undefined): boolean {
  return (value ?? '').trim() === '';
}
