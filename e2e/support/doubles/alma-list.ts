import type { AlmaAnswer, AlmaCall } from './alma-call';
import type { Pass } from './awkward-alma';

export type Row = Readonly<Record<string, unknown>>;

/** The requested page of a list and the whole list. */
export interface ListPage {
  readonly status: number;
  /** The answer that Alma would give. */
  readonly honest: Readonly<Record<string, unknown>>;
  /** Name of the list in the answer. */
  readonly key: string;
  readonly all: readonly Row[];
  readonly rows: readonly Row[];
  readonly offset: number;
  readonly limit: number;
  /** Total number of rows. */
  readonly total: number;
}

const KEYS = { 'user-list': 'user_request', 'task-list': 'user_resource_sharing_request' } as const;
/** Alma's largest page. For the task list it is also the maximum (alma.md 2.1, T1, U5). */
const LIMIT = 100;

export function isList({ kind }: AlmaCall): boolean {
  return kind === 'user-list' || kind === 'task-list';
}

/**
 * Reads the whole list from Alma, without the requests that the list does not show yet; undefined when Alma refuses.
 */
export async function readList(
  call: AlmaCall,
  pass: Pass,
  shows: (almaId: string) => boolean,
): Promise<ListPage | undefined> {
  const key = KEYS[call.kind as keyof typeof KEYS];
  const first = await pass(pageAt(call, 0));
  if (first.status !== 200) return undefined;
  const total = Number(bodyOf(first)['total_record_count']);
  const read = [...rowsIn(first, key)];
  while (call.kind === 'user-list' && read.length < total) {
    const more = rowsIn(await pass(pageAt(call, read.length)), key);
    if (more.length === 0) break; // the list became shorter meanwhile
    read.push(...more);
  }
  const all = read.filter((row) => shows(almaIdOf(row, key) ?? ''));
  const hidden = read.length - all.length;
  return pageOf(call, key, all, total - hidden);
}

function pageOf(call: AlmaCall, key: string, all: readonly Row[], total: number): ListPage {
  const isPaged = call.kind === 'user-list';
  const limit = isPaged ? Number(call.query.get('limit') ?? 10) : LIMIT;
  const offset = isPaged ? Number(call.query.get('offset') ?? 0) : 0;
  const rows = all.slice(offset, offset + limit);
  const honest = { ...(isPaged && rows.length === 0 ? {} : { [key]: rows }), total_record_count: total };
  return { status: 200, honest, key, all, rows, offset, limit, total };
}

/** Alma's id of the row's request. */
function almaIdOf(row: Row, key: string): string | undefined {
  if (key === KEYS['task-list']) return row['request_id'] as string | undefined;
  return (row['resource_sharing'] as { readonly id?: string } | undefined)?.id;
}

function pageAt(call: AlmaCall, offset: number): AlmaCall {
  if (call.kind === 'task-list') return call;
  const url = new URL(call.path, 'http://alma');
  url.searchParams.set('limit', String(LIMIT));
  url.searchParams.set('offset', String(offset));
  return { ...call, path: `${url.pathname}${url.search}` };
}

function rowsIn(answer: AlmaAnswer, key: string): readonly Row[] {
  return (bodyOf(answer)[key] ?? []) as readonly Row[];
}

function bodyOf({ text }: AlmaAnswer): Readonly<Record<string, unknown>> {
  return JSON.parse(text) as Readonly<Record<string, unknown>>;
}
