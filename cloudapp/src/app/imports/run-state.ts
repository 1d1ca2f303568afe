import type { ImportRun } from '../../domain/api/imports';

/** The sign that marks the state of a run. */
export function markOf({ state, totals }: ImportRun): 'good' | 'warn' | 'error' | 'none' {
  if (state === 'failed') return 'error';
  if (state === 'completed') return totals.failed > 0 ? 'warn' : 'good';
  return state === 'cancelled' ? 'warn' : 'none';
}
