import type { RequestView } from '../../domain/api/requests';
import { calculate, type Calculation } from '../../domain/ill/charges';
import { isDay, today } from '../../domain/ill/dates';
import type { FieldError } from '../../domain/errors';
import { plausibilityOf, type Warning } from '../../domain/ill/plausibility';
import type { RequestFields } from '../../domain/ill/request';
import { checkComment, checkFields } from '../../domain/ill/validation';
import { chargeParams, countedLines, isBlank, isUnused, lacksQuantity, type ChargeDraft } from './charge-draft';
import { calculated, type ActionInput, type ActionParams, type ActionStep, type PlacedParam } from './action-steps';

/** The current content of a form. */
export interface FormContent {
  readonly request: RequestView;
  readonly many: boolean;
  readonly steps: readonly ActionStep[];
  readonly places: readonly PlacedParam[];
  /** Values by parameter name; dates are yyyyMMdd. */
  readonly values: Readonly<Record<string, string>>;
  readonly charges: ChargeDraft;
  /** Wished date, yyyyMMdd; only for a renewal. */
  readonly wish?: string;
}

/**
 * Calculates the charges. The total is empty until something is typed, which prevents a shipment that is free of charge
 * by mistake.
 */
export function calculationOf(draft: ChargeDraft): Calculation {
  if (isBlank(draft)) return { amounts: [], total: undefined, faults: [] };
  return calculate(countedLines(draft), draft.fee, draft.postage);
}

/** The params to send for each step: values that differ from the record. */
export function inputOf(content: FormContent): ActionInput {
  const next = content.steps[1];
  const params = paramsOf(content, 0);
  return { params, ...(next !== undefined && { then: { action: next.action, params: paramsOf(content, 1) } }) };
}

/** Faults that block sending, one entry per fault. */
export function faultsOf(content: FormContent): readonly FieldError[] {
  const input = inputOf(content);
  const { kind, side, state } = content.request;
  const form = [input.params, input.then?.params ?? {}].flatMap(({ comment, ...fields }) => [
    ...checkFields(fields, { kind, side, preparing: state === 'PREPARING' }),
    ...checkComment(comment),
  ]);
  const missing = content.places
    .filter((place) => place.required && !calculated(content.places).includes(place))
    .filter(({ name }) => isEmpty(content.values[name]))
    .map(({ name }): FieldError => ({ field: name, code: 'required' }));
  return [...form, ...missing, ...wishFaults(content), ...chargeFaults(content)];
}

/** Warnings about likely mistakes; they do not block sending. */
export function warningsOf(content: FormContent): readonly Warning[] {
  const { params, then } = inputOf(content);
  const { comment: _comment, ...changes } = { ...params, ...then?.params };
  const entered = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== ''));
  return plausibilityOf(entered, content.many ? {} : content.request.fields);
}

function paramsOf({ request, many, places, values, charges }: FormContent, step: number): ActionParams {
  const stored: RequestFields = many ? {} : request.fields;
  const byCalculator = calculated(places);
  const texts = places
    .filter((place) => place.step === step && !byCalculator.includes(place))
    .map(({ name }) => [name, (values[name] ?? '').trim()] as const)
    .filter(([name, value]) => value !== storedText(name, stored));
  const hasCharges = byCalculator.some((place) => place.step === step);
  return { ...Object.fromEntries(texts), ...(hasCharges && chargeParams(charges, stored)) };
}

/**
 * Returns the stored value to compare with: unchanged values are not sent, and a removed value is sent as an empty
 * text, which deletes it.
 */
function storedText(name: string, stored: RequestFields): string {
  const now = name === 'comment' ? undefined : stored[name as keyof RequestFields];
  return typeof now === 'string' ? now : '';
}

function wishFaults({ wish }: FormContent): readonly FieldError[] {
  if (wish === undefined) return [];
  const field = 'wishedDate';
  if (wish === '') return [{ field, code: 'required' }];
  return isDay(wish) && wish > today() ? [] : [{ field, code: 'bad-date' }];
}

/**
 * Returns one fault when the amounts cannot be calculated; the calculator shows the details. The answer to a claim may
 * leave the amounts unchanged. A copy with the prices of a tariff needs a quantity, because postage alone would look
 * complete.
 */
function chargeFaults({ request, many, places, charges }: FormContent): readonly FieldError[] {
  const mine = calculated(places);
  if (mine.length === 0) return [];
  if (request.kind === 'copy' && !isBlank(charges) && lacksQuantity(charges)) {
    return [{ field: `charges[${String(charges.lines.findIndex(isUnused))}].quantity`, code: 'required' }];
  }
  if (calculationOf(charges).total !== undefined) return [];
  const hadTotal = !many && (request.fields.total ?? '') !== '';
  const isNeeded = hadTotal || mine.some(({ required }) => required);
  return isBlank(charges) && !isNeeded ? [] : [{ field: 'total', code: 'required' }];
}

function isEmpty(value: string | undefined): boolean {
  return (value ?? '').trim() === '';
}
