import { formatDay, isDay, today, type Clock } from './dates';
import type { FieldError } from './errors';
import type { Charge, RequestFields } from './request';
import type { Transition } from './transitions';
import { merge } from './validation';

/** Fields of which one, when it is entered, puts the sum to the test. */
const OF_THE_SUM = ['charges', 'fee', 'postage', 'total'] as const;

/**
 * What a lender cannot mean although NACSIS-ILL would take it, since its server neither calculates nor looks at the calendar
 * (GL 4.3): charges that do not add up, and a due date in the past. Only what is being entered now (`changes`) counts, and a due
 * date that the command needs; a stored one that has passed meanwhile stands in nobody's way.
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

/** Fee, postage and the amounts of the charge lines in yen; undefined where none is given or one is no number. */
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

/** A line that has quantity and unit price has their product as its amount; one with an amount alone is left as it is. */
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

/** What comes from outside may be no list, or hold what is no line; `checkFields` says so. */
function listOf(charges: RequestFields['charges']): readonly Charge[] {
  if (!Array.isArray(charges)) return [];
  return (charges as readonly unknown[]).map((line) => (typeof line === 'object' && line !== null ? line : {}));
}

function isGiven(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}
