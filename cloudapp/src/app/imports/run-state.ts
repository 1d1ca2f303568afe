import type { ImportRun } from '../../domain/api/imports';
import type { RunState } from '../../domain/imports/import';

/** True when the run will not change any more. */
export function isFinal(state: RunState): boolean {
  return state === 'completed' || state === 'failed' || state === 'cancelled';
}

/** Sign of the state. */
export function markOf({ state, totals }: ImportRun): 'good' | 'warn' | 'bad' | 'none' {
  if (state === 'failed') return 'bad';
  if (state === 'completed') return totals.failed > 0 ? 'warn' : 'good';
  return state === 'cancelled' ? 'warn' : 'none';
}
