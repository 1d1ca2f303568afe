import { isDay } from './dates';
import type { Kind } from './kinds';
import { STATES, type StateId } from './states';

/** What waits for this library longer than so many days is marked. Service levels of the field: most libraries answer within three days. */
export const STUCK_HERE_DAYS = 3;
/** What the lender has neither shipped, refused nor asked about after so many days is marked. */
export const STUCK_THERE_DAYS = 7;

/** What is needed of a request to tell how urgent it is. Days are yyyyMMdd; the side is the one that looks at it. */
export interface Waiting {
  readonly kind: Kind;
  readonly state: StateId | null;
  readonly waitsForUs: boolean;
  /** RNWDT, ODATE, DDATE. */
  readonly updatedOn?: string;
  readonly orderedOn?: string;
  readonly dueDate?: string;
  readonly gone?: string;
}

/** The item is with the borrower, or on its way to it. RETURN_PROCESSING is not among them: it is also an item that came back. */
const WITH_BORROWER: readonly StateId[] = [
  'SHIPPED',
  'ARRIVED',
  'CLAIMED',
  'CLAIM_ANSWERED',
  'ON_LOAN',
  'RENEW_REQUESTED',
];
const AT_LENDER: readonly StateId[] = ['UNPROCESSED', 'PROCESSING'];

/** Whole days from one day to another; undefined where one of them is no day. */
export function daysBetween(from: string | undefined, to: string): number | undefined {
  if (from === undefined || !isDay(from) || !isDay(to)) return undefined;
  return Math.round((instantOf(to) - instantOf(from)) / 86_400_000);
}

/** Days since the last command, or, where none is known, since the order; never below 0. */
export function ageInDays({ updatedOn, orderedOn }: Waiting, today: string): number | undefined {
  const days = daysBetween(updatedOn, today) ?? daysBetween(orderedOn, today);
  return days === undefined ? undefined : Math.max(days, 0);
}

/** Days since the due date of a loan that was not sent back; 0: not overdue. */
export function daysOverdue({ kind, state, dueDate, gone }: Waiting, today: string): number {
  if (kind !== 'loan' || gone !== undefined || state === null || !WITH_BORROWER.includes(state)) return 0;
  return Math.max(daysBetween(dueDate, today) ?? 0, 0);
}

/** Whether nothing has happened for too long. A loan with its user has until the due date. */
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
