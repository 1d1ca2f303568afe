import type { Action } from '../../domain/ill/commands';
import { AppError } from '../core/app-error';
import type { RunRow } from './batch-plan';
import type { Found } from './request-finder.service';

/** Updates the rows' requests; outcomes stay. */
export function renewed(rows: readonly RunRow[], found: Found): readonly RunRow[] {
  const now = new Map(found.rows.map((row) => [row.id, row]));
  return rows.map((each) => ({ ...each, row: now.get(each.row.id) ?? each.row }));
}

/** Sets why refused rows cannot be sent again: the request is not available, or no longer allows the action. */
export function refusedNow(
  rows: readonly RunRow[],
  ids: ReadonlySet<string>,
  found: Found,
  action: Action,
): readonly RunRow[] {
  const missing = new Map(found.missing.map(({ id, error }) => [id, error]));
  return renewed(rows, found).map((each) => {
    if (!ids.has(each.row.id)) return each;
    const error = missing.get(each.row.id) ?? refusalNow(each, action);
    if (error === undefined) return each;
    return { ...each, row: { ...each.row, allowed: [] }, outcome: { state: 'failed', error } };
  });
}

/**
 * Returns a refusal when the row does not allow the action. Keeps the changes by others from the first refusal, which
 * still apply.
 */
function refusalNow({ row, outcome }: RunRow, action: Action): AppError | undefined {
  if (row.allowed.includes(action)) return undefined;
  const before = 'error' in outcome ? outcome.error?.details : undefined;
  const reason = row.refusals?.[action];
  return new AppError('action-not-allowed', {
    ...(before?.request !== undefined && { request: before.request }),
    ...(before?.changes !== undefined && { changes: before.changes }),
    ...(reason !== undefined && { reason }),
  });
}
