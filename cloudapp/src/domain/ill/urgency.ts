import { isDay } from './dates';
import type { Kind, Side } from './kinds';
import { STATES, type StateId } from './states';

/**
 * Days after which a request that waits for this library is marked. Most libraries answer within three days (service
 * levels of the field).
 */
export const STUCK_HERE_DAYS = 3;
/** Days after which a request that the lender has neither shipped, refused nor asked about is marked. */
export const STUCK_THERE_DAYS = 7;

/**
 * Days before its due date from which a loan in use needs action: time to call the item in from the patron and to post
 * it.
 */
export const DUE_SOON_DAYS = 7;

/** Data for judging urgency. Dates are yyyyMMdd; `waitsForUs` refers to the viewing side. */
export interface Waiting {
  readonly kind: Kind;
  readonly state: StateId | null;
  readonly waitsForUs: boolean;
  /** The date fields RNWDT, ODATE and DDATE, in this order. */
  readonly updatedOn?: string;
  readonly orderedOn?: string;
  readonly dueDate?: string;
  readonly gone?: string;
}

/**
 * States in which the borrower has the item or the item is on its way to the borrower. Excludes RETURN_PROCESSING, in
 * which the item may have come back.
 */
const WITH_BORROWER: readonly StateId[] = [
  'SHIPPED',
  'ARRIVED',
  'CLAIMED',
  'CLAIM_ANSWERED',
  'ON_LOAN',
  'RENEW_REQUESTED',
];
const AT_LENDER: readonly StateId[] = ['UNPROCESSED', 'PROCESSING'];

/**
 * True when this side must act on the request. A loan in use needs nothing until its due date is near; without a due
 * date it always needs attention. `today`: yyyyMMdd
 */
export function needsAction(
  { state, dueDate }: Pick<Waiting, 'state' | 'dueDate'>,
  side: Side,
  today: string,
): boolean {
  if (state === null || STATES[state].mustAct !== side) return false;
  return state !== 'ON_LOAN' || (daysBetween(today, dueDate ?? '') ?? 0) <= DUE_SOON_DAYS;
}

/** Whole days between two dates; undefined when one of them is not a date. */
export function daysBetween(from: string | undefined, to: string): number | undefined {
  if (from === undefined || !isDay(from) || !isDay(to)) return undefined;
  return Math.round((instantOf(to) - instantOf(from)) / 86_400_000);
}

/** Days since the last command, or since the order when no command date is known; never negative. */
export function ageInDays({ updatedOn, orderedOn }: Waiting, today: string): number | undefined {
  const days = daysBetween(updatedOn, today) ?? daysBetween(orderedOn, today);
  return days === undefined ? undefined : Math.max(days, 0);
}

/** Days since the due date of a loan that was not sent back; 0 when not overdue. */
export function daysOverdue({ kind, state, dueDate, gone }: Waiting, today: string): number {
  if (kind !== 'loan' || gone !== undefined || state === null || !WITH_BORROWER.includes(state)) return 0;
  return Math.max(daysBetween(dueDate, today) ?? 0, 0);
}

/** True when nothing happened for too long. A loan in use is not stuck before its due date. */
export function isStuck(request: Waiting, today: string): boolean {
  const { state, waitsForUs, gone } = request;
  const age = ageInDays(request, today) ?? 0;
  if (gone !== undefined || state === 'ON_LOAN' || (state !== null && STATES[state].final)) return false;
  if (waitsForUs) return age > STUCK_HERE_DAYS;
  return state !== null && AT_LENDER.includes(state) && age > STUCK_THERE_DAYS;
}

function instantOf(day: string): number {
  return Date.UTC(Number(day.slice(0, 4)), Number(day.slice(4, 6)) - 1, Number(day.slice(6)));
}
