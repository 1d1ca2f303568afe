import type { ActionAnswer, PerformAction } from '../../domain/api';
import type { Batch } from '../../domain/api-batch';
import type { AppError } from '../core/app-error';
import type { BatchRow } from './batch-row';

export type Params = NonNullable<PerformAction['params']>;

/**
 * - waiting: not sent yet
 * - running: sent, no result yet
 * - failed: refused, nothing was done
 * - unknown: it may have been done; without an error the user stopped the batch before the result came
 */
export type Outcome =
  | { readonly state: 'waiting' }
  | { readonly state: 'running' }
  | { readonly state: 'done'; readonly to: ActionAnswer['to']; readonly externalStatus: string }
  | { readonly state: 'failed'; readonly error: AppError }
  | { readonly state: 'unknown'; readonly error?: AppError };

/** What went out for a row, under which key. While its outcome is open, this and nothing else is sent again. */
export interface Sent {
  readonly key: string;
  readonly version: number;
  readonly params: Params;
}

export interface RunRow {
  /** The request as it was last read. */
  readonly row: BatchRow;
  readonly params: Params;
  readonly outcome: Outcome;
  readonly sent?: Sent;
}

export type SentRow = RunRow & { readonly sent: Sent };

export interface BatchCall {
  readonly key: string;
  readonly batch: Batch;
}

/**
 * The rows as they go out now: those with an open outcome as they went before, under the key that they had, so that nothing is done
 * twice; all others with the newest version under one new key (a key whose command was refused answers with that refusal again).
 */
export function sentNow(rows: readonly RunRow[], newKey: string): readonly SentRow[] {
  return rows.map((each) => {
    const fresh = { key: newKey, version: each.row.version, params: each.params };
    const sent = each.outcome.state === 'unknown' ? (each.sent ?? fresh) : fresh;
    return { ...each, sent };
  });
}

/** One call per key, the repeated ones first. */
export function callsFor(rows: readonly SentRow[], what: Pick<Batch, 'side' | 'action'>): readonly BatchCall[] {
  const keys = [...new Set([...rows.filter(isOpen), ...rows].map(({ sent }) => sent.key))];
  return keys.map((key) => {
    const items = rows
      .filter(({ sent }) => sent.key === key)
      .map(({ row, sent: { version, params } }) => ({ id: row.id, version, params }));
    return { key, batch: { ...what, ...shared(items) } };
  });
}

/** Params that are the same for all rows are sent once. */
function shared(items: readonly { readonly id: string; readonly version: number; readonly params: Params }[]) {
  const [first] = items;
  const isOne = new Set(items.map(({ params }) => JSON.stringify(params))).size === 1;
  if (first === undefined || !isOne) return { items: [...items] };
  const bare = items.map(({ id, version }) => ({ id, version }));
  return Object.keys(first.params).length === 0 ? { items: bare } : { params: first.params, items: bare };
}

function isOpen({ outcome }: RunRow): boolean {
  return outcome.state === 'unknown';
}
