/** Planned closures of a library: days on which it takes no requests. */
import type { FieldError } from '../errors';
import { addDays, formatDay, isDay } from './dates';

/** First and last closed day, yyyyMMdd in Japan. */
export interface ClosureDays {
  readonly from: string;
  readonly to: string;
}

export const CLOSURE_STATES = ['planned', 'running', 'ended', 'cancelled'] as const;
export type ClosureState = (typeof CLOSURE_STATES)[number];
/** What the gateway found or did on the first day. `missed`: the closure was over before it could be carried out. */
export const CLOSED_HOW = ['switched', 'was-off', 'missed'] as const;
export type ClosedHow = (typeof CLOSED_HOW)[number];
/**
 * What it found or did after the last day. `left`: somebody changed the service meanwhile, and it stays so. `nothing`
 * after `switched`: the next closure follows at once, and opens the library in its place.
 */
export const REOPENED_HOW = ['switched', 'left', 'nothing'] as const;
export type ReopenedHow = (typeof REOPENED_HOW)[number];

/** Longer closures are taken for a slip of the keyboard. */
export const MAX_CLOSURE_DAYS = 366;

interface Circumstances {
  readonly today: string;
  /** The library's other closures that are planned or running. */
  readonly others: readonly ClosureDays[];
  /** The first day of a closure that is running already, which does not change any more. */
  readonly begun?: string;
}

/** Why a closure cannot be on these days; [] when it can. */
export function closureFaults({ from, to }: ClosureDays, at: Circumstances): readonly FieldError[] {
  const forms = [
    ...(isDay(from) ? [] : [{ field: 'from', code: 'bad-date' } as const]),
    ...(isDay(to) ? [] : [{ field: 'to', code: 'bad-date' } as const]),
  ];
  if (forms.length > 0) return forms;
  const params = { today: formatDay(at.today) };
  if (at.begun !== undefined && from !== at.begun) return [{ field: 'from', code: 'not-editable-now' }];
  if (at.begun === undefined && from < at.today) return [{ field: 'from', code: 'date-past', params }];
  if (to < from) return [{ field: 'to', code: 'ends-before-begin' }];
  if (to < at.today) return [{ field: 'to', code: 'date-past', params }];
  if (to > addDays(from, MAX_CLOSURE_DAYS - 1))
    return [{ field: 'to', code: 'closure-too-long', params: { max: MAX_CLOSURE_DAYS } }];
  const other = at.others.find((each) => each.from <= to && from <= each.to);
  return other === undefined
    ? []
    : [{ field: 'from', code: 'closure-overlaps', params: { from: formatDay(other.from), to: formatDay(other.to) } }];
}
