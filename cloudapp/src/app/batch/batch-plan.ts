import type { ActionAnswer, PerformAction } from '../../domain/api/requests';
import type { Batch } from '../../domain/api/batch';
import type { AppError } from '../core/app-error';
import type { BatchRow } from './batch-row';

export type Params = NonNullable<PerformAction['params']>;

/**
 * - waiting: not sent yet
 * - running: sent, no result yet
 * - failed: refused, nothing was done
 * - unknown: may have been executed; without an error when the user stopped the batch before the result arrived
 */
export type Outcome =
  | { readonly state: 'waiting' }
  | { readonly state: 'running' }
  | { readonly state: 'done'; readonly to: ActionAnswer['to']; readonly externalStatus: string }
  | { readonly state: 'failed'; readonly error: AppError }
  | { readonly state: 'unknown'; readonly error?: AppError };

/** The call that was sent for a row. While the row's outcome is unknown, only exactly this call is sent again. */
export interface Sent {
  readonly key: string;
  readonly version: number;
  readonly params: Params;
}

export interface RunRow {
  /** The request as last read. */
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
 * Prepares the rows for sending. Rows with an unknown outcome keep their previous call and key, so that nothing is
 * executed twice. All others get the latest version and a common new key, because a refused command's key repeats the
 * refusal.
 */
export function sentNow(rows: readonly RunRow[], newKey: string): readonly SentRow[] {
  return rows.map((each) => {
    const fresh = { key: newKey, version: each.row.version, params: each.params };
    const sent = each.outcome.state === 'unknown' ? (each.sent ?? fresh) : fresh;
    return { ...each, sent };
  });
}

/** One call per key, repetitions first. */
export function callsFor(rows: readonly SentRow[], what: Pick<Batch, 'side' | 'action'>): readonly BatchCall[] {
  const keys = [...new Set([...rows.filter(isOpen), ...rows].map(({ sent }) => sent.key))];
  return keys.map((key) => {
    const items = rows
      .filter(({ sent }) => sent.key === key)
      .map(({ row, sent: { version, params } }) => ({ id: row.id, version, params }));
    return { key, batch: { ...what, ...shared(items) } };
  });
}

/** Sends params once when they are equal for all rows. */
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
