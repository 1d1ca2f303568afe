import { sumOf, yen } from './contradictions';
import { isDay, today, type Clock } from './dates';
import type { ScalarName } from './fields';
import type { RequestFields } from './request';

/**
 * Warnings while typing: likely mistakes that have a valid form and that NACSIS-ILL accepts. Contradictions
 * (`contradictionsIn`) are refused when the command is sent. Each warning has the i18n key `warning.<code>`.
 */
export const WARNINGS = [
  'date-in-future',
  'before-earlier-step',
  'due-date-past',
  'due-before-shipping',
  'total-differs',
] as const;
type WarningCode = (typeof WARNINGS)[number];

export interface Warning {
  readonly field: ScalarName;
  readonly code: WarningCode;
  /** before-earlier-step: `{ field, date }` of the earlier step; total-differs: `{ sum }` in yen. */
  readonly params?: Readonly<Record<string, string | number>>;
}

/** The dates of a request in chronological order. */
const STEPS = [
  'orderDate',
  'acceptDate',
  'shipDate',
  'arrivalDate',
  'returnDate',
  'checkInDate',
] as const satisfies readonly ScalarName[];

/** Warnings about the values being entered (`changes`), checked together with the stored record. */
export function plausibilityOf(changes: RequestFields, stored: RequestFields = {}, clock?: Clock): readonly Warning[] {
  const merged: RequestFields = { ...stored, ...changes };
  const now = today(clock);
  return [
    ...STEPS.flatMap((name) => (isNewDay(changes, name) ? stepWarnings(name, merged, now) : [])),
    ...(isNewDay(changes, 'dueDate') ? dueWarnings(merged, now) : []),
    ...totalWarnings(changes, merged),
  ];
}

function stepWarnings(name: (typeof STEPS)[number], fields: RequestFields, now: string): readonly Warning[] {
  const date = dayIn(fields, name);
  if (date === undefined) return [];
  if (date > now) return [{ field: name, code: 'date-in-future' }];
  const violated = STEPS.slice(0, STEPS.indexOf(name)).findLast((step) => (dayIn(fields, step) ?? '') > date);
  return violated === undefined
    ? []
    : [{ field: name, code: 'before-earlier-step', params: { field: violated, date: dayIn(fields, violated) ?? '' } }];
}

function dueWarnings(fields: RequestFields, now: string): readonly Warning[] {
  const due = dayIn(fields, 'dueDate');
  if (due === undefined) return [];
  if (due < (dayIn(fields, 'shipDate') ?? '')) return [{ field: 'dueDate', code: 'due-before-shipping' }];
  return due < now ? [{ field: 'dueDate', code: 'due-date-past' }] : [];
}

/** Compares the total with fee + postage + amounts of the charge lines, when any of them is given. */
function totalWarnings(changes: RequestFields, fields: RequestFields): readonly Warning[] {
  const isTouched = (['total', 'fee', 'postage', 'charges'] as const).some((name) => changes[name] !== undefined);
  const total = yen(fields.total);
  const sum = sumOf(fields);
  if (!isTouched || total === undefined || sum === undefined || sum === total) return [];
  return [{ field: 'total', code: 'total-differs', params: { sum } }];
}

function isNewDay(changes: RequestFields, name: ScalarName): boolean {
  return dayIn(changes, name) !== undefined;
}

function dayIn(fields: RequestFields, name: ScalarName): string | undefined {
  const text = fields[name];
  return text !== undefined && isDay(text) ? text : undefined;
}
