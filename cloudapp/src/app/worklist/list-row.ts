import type { RequestSummary } from '../../domain/api/work-list';
import type { Action } from '../../domain/ill/commands';
import { actionLabelKey } from '../../domain/ill/labels';
import { ageInDays, daysOverdue, isStuck } from '../../domain/ill/urgency';

/** A mark of a row, shown as icon and text. */
export interface Mark {
  readonly name: 'new' | 'overdue' | 'stuck' | 'passed-on' | 'not-delivered' | 'jumped';
  readonly days?: number;
}

/** The action that usually comes next, with its i18n key and the route that begins it. */
export interface NextStep {
  readonly action: Action;
  readonly label: string;
  readonly route: string;
}

export interface ListRow {
  readonly key: string;
  readonly request: RequestSummary;
  /** Route of the request's panel. */
  readonly route: string;
  /** The next step of a request that waits for us. */
  readonly next: NextStep | undefined;
  /** Days since the last command; undefined when unknown. */
  readonly age: number | undefined;
  readonly marks: readonly Mark[];
}

/** A row whose link was clicked; `next`: the link of its next step. */
export interface OpenedRow {
  readonly row: ListRow;
  readonly next?: NextStep;
  readonly event: Event;
}

export const keyOf = ({ side, id }: Pick<RequestSummary, 'side' | 'id'>): string => `${side}:${id}`;

/**
 * Returns the row of a request. `since`: ISO 8601; later changes count as new, and none do when it is undefined.
 * `today`: yyyyMMdd
 */
export function rowOf(request: RequestSummary, today: string, since: string | undefined): ListRow {
  const route = `/requests/${request.side}/${encodeURIComponent(request.id)}`;
  return {
    key: keyOf(request),
    request,
    route,
    next: nextOf(request, route),
    age: ageInDays(request, today),
    marks: marksOf(request, today, since),
  };
}

function nextOf({ next, waitsForUs, side, state, kind }: RequestSummary, route: string): NextStep | undefined {
  if (next === undefined || !waitsForUs) return undefined;
  return { action: next, label: actionLabelKey(next, side, state, kind), route: `${route}?action=${next}` };
}

function marksOf(request: RequestSummary, today: string, since: string | undefined): readonly Mark[] {
  const { newsAt, gone, hasJumped } = request;
  const overdue = daysOverdue(request, today);
  const isNew = since !== undefined && newsAt !== undefined && Date.parse(newsAt) > Date.parse(since);
  return [
    ...(isNew ? [{ name: 'new' } as const] : []),
    ...(overdue > 0 ? [{ name: 'overdue', days: overdue } as const] : []),
    ...(isStuck(request, today) ? [{ name: 'stuck' } as const] : []),
    ...(gone === undefined ? [] : [{ name: gone }]),
    ...(hasJumped === true ? [{ name: 'jumped' } as const] : []),
  ];
}
