import { formatDay, isDay, today, type Clock } from './dates';
import type { FieldError } from '../errors';
import type { Charge, RequestFields } from './request';
import type { Transition } from './transitions';
import { merge } from './validation';

/** Entering one of these fields triggers the check of the total. */
const OF_THE_SUM = ['charges', 'fee', 'postage', 'total'] as const;

/**
 * Contradictions that NACSIS-ILL accepts because its server neither calculates nor checks dates (GL 4.3): charges that
 * do not add up, and a due date in the past. Checks only the values being entered (`changes`) and a due date that the
 * command requires; a stored due date that has passed since does not block other commands.
 */
export function contradictionsIn(
  edge: Pick<Transition, 'required'>,
  changes: RequestFields,
  stored: RequestFields = {},
  clock?: Clock,
): readonly FieldError[] {
  const merged = merge(stored, changes);
  const isNewDue = changes.dueDate !== undefined && changes.dueDate !== stored.dueDate;
  const isDueNeeded = edge.required?.includes('dueDate') === true;
  return [
    ...(isNewDue || isDueNeeded ? dueDateFaults(merged.dueDate, today(clock)) : []),
    ...listOf(changes.charges).flatMap(amountFaults),
    ...(OF_THE_SUM.some((name) => changes[name] !== undefined) ? totalFaults(merged) : []),
  ];
}

/** Fee, postage and the amounts of the charge lines in yen; undefined when none is given or one is not a number. */
export function sumOf({ fee, postage, charges }: RequestFields): number | undefined {
  const given = [fee, postage, ...listOf(charges).map(({ amount }) => amount)].filter(isGiven);
  const amounts = given.map(yen);
  if (amounts.length === 0 || amounts.includes(undefined)) return undefined;
  return amounts.reduce<number>((all, amount) => all + (amount ?? 0), 0);
}

/** Whole yen; undefined for anything else. */
export function yen(text: string | undefined): number | undefined {
  return typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : undefined;
}

function dueDateFaults(due: string | undefined, now: string): readonly FieldError[] {
  const isPast = typeof due === 'string' && isDay(due) && due < now;
  return isPast ? [{ field: 'dueDate', code: 'date-past', params: { today: formatDay(now) } }] : [];
}

/** With quantity and unit price, the amount must be their product. A line with an amount alone is not checked. */
function amountFaults({ quantity, unitPrice, amount }: Charge, at: number): readonly FieldError[] {
  const [pieces, price] = [yen(quantity), yen(unitPrice)];
  if (pieces === undefined || price === undefined) return [];
  const field = `charges[${String(at)}].amount`;
  if (!isGiven(amount)) return [{ field, code: 'required' }];
  const sum = pieces * price;
  return yen(amount) === sum ? [] : [{ field, code: 'amount-differs', params: { sum } }];
}

function totalFaults(merged: RequestFields): readonly FieldError[] {
  const [total, sum] = [yen(merged.total), sumOf(merged)];
  if (total === undefined || sum === undefined || total === sum) return [];
  return [{ field: 'total', code: 'total-differs', params: { sum } }];
}

/** Tolerates input that is not a list or holds invalid lines; `checkFields` reports those. */
function listOf(charges: RequestFields['charges']): readonly Charge[] {
  if (!Array.isArray(charges)) return [];
  return (charges as readonly unknown[]).map((line) => (typeof line === 'object' && line !== null ? line : {}));
}

function isGiven(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}
