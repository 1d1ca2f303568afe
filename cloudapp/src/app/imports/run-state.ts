import type { ImportRun } from '../../domain/api/imports';

/** Sign of the state. */
export function markOf({ state, totals }: ImportRun): 'good' | 'warn' | 'bad' | 'none' {
  if (state === 'failed') return 'bad';
  if (state === 'completed') return totals.failed > 0 ? 'warn' : 'good';
  return state === 'cancelled' ? 'warn' : 'none';
}
