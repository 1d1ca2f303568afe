import type { AlmaCall } from './alma-call';
import type { ListPage, Row } from './alma-list';
import type { Awkwardness } from './awkward-alma';

type Random = () => number;
type Way = (page: ListPage, random: Random) => object | null | undefined;

/** Number of rows in a page that is shorter than requested although the list continues. */
const SHORT = 3;

/** Alma's error body (alma.md 2.5), which may also come with status 200. */
export function errorBody(errorCode: string, errorMessage: string): string {
  const error = [{ errorCode, errorMessage, trackingId: 'E01-0000000000-AAAAA-AWAE0000000000' }];
  return JSON.stringify({ errorsExist: true, errorList: { error }, result: null });
}
/** An error that tells neither its cause nor its effect. */
export const GENERAL_ERROR = errorBody('401652', 'General Error - An error has occurred while processing the request.');

/**
 * Possible answers of Alma for a list, with status 200. A way returns undefined when it does not apply to this list.
 */
const WAYS = {
  'errors with status 200': () => JSON.parse(GENERAL_ERROR) as object,
  'null for the list': ({ key, total }) => (total === 0 ? undefined : { [key]: null, total_record_count: total }),
  'null for list and count': ({ key, total }) => (total === 0 ? undefined : { [key]: null, total_record_count: null }),
  'no list and no count': ({ total }) => (total === 0 ? undefined : {}),
  'null': ({ total }) => (total === 0 ? undefined : null),
  'rows without an id': (page) => (page.total === 0 ? undefined : listed(page, page.rows.map(withoutId))),
  'count as text, short pages': (page) =>
    page.total <= SHORT ? undefined : { ...listed(page, shortOf(page)), total_record_count: String(page.total) },
  'no count, short pages': (page) => (page.total <= SHORT ? undefined : { [page.key]: shortOf(page) }),
  'count too high': (page) => ({ ...listed(page, page.rows), total_record_count: page.total + 2 }),
  'another order on each page': (page, random) =>
    page.total <= 1
      ? undefined
      : listed(page, shuffled(page.all, random).slice(page.offset, page.offset + Math.min(page.limit, pageSize(page)))),
  'an empty page in the middle': (page) =>
    page.total <= SHORT ? undefined : listed(page, page.offset === 0 ? shortOf(page) : []),
  'one row as an object': (page) => (page.total === 0 ? undefined : { ...page.honest, [page.key]: page.rows[0] }),
} as const satisfies Readonly<Record<string, Way>>;
export type ListWay = keyof typeof WAYS;

/** The ways that apply to a list without pages. */
export const TASK_LIST_WAYS = [
  'errors with status 200',
  'null for the list',
  'null for list and count',
  'no list and no count',
  'null',
  'rows without an id',
  'count too high',
] as const satisfies readonly ListWay[];
export const LIST_WAYS = Object.keys(WAYS) as readonly ListWay[];

/** Answers the first `times` requests for every matching list in this way. */
export function awkwardList(
  way: ListWay,
  fits: (call: AlmaCall) => boolean,
  { random, times }: { readonly random: Random; readonly times: number },
): Awkwardness {
  const played = new Map<string, number>();
  return {
    name: way,
    fits: (call) => (call.kind === 'user-list' || call.kind === 'task-list') && fits(call),
    play: ({ owner }, _pass, page) => {
      const before = played.get(owner) ?? 0;
      if (before >= times) return undefined;
      const body = page === undefined ? undefined : WAYS[way](page, random);
      if (body !== undefined) played.set(owner, before + 1);
      return body === undefined ? undefined : { status: 200, text: JSON.stringify(body) };
    },
  };
}

function listed({ key, total }: ListPage, rows: readonly Row[]): object {
  return { [key]: rows, total_record_count: total };
}

function shortOf({ all, offset, limit }: ListPage): readonly Row[] {
  return all.slice(offset, offset + Math.min(limit, SHORT));
}

/**
 * Returns the page size. Splits a list that fits on one page, because a changing order hides nothing on a single page.
 */
function pageSize({ total, limit }: ListPage): number {
  return total > limit ? limit : Math.ceil(total / 2);
}

/** Keeps the row recognisable as a resource sharing request. */
function withoutId(row: Row, at: number): Row {
  if (at % 2 === 1) return row;
  const { request_id: _, ...others } = row;
  return row['resource_sharing'] === undefined
    ? others
    : { ...row, resource_sharing: { status: { value: 'REQUEST_SENT' } } };
}

function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item);
}
