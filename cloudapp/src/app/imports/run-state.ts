import type { ImportRun } from '../../domain/api-import';
import type { RunState } from '../../domain/import';

/** Nothing of the run changes any more. */
export function isFinal(state: RunState): boolean {
  return state === 'completed' || state === 'failed' || state === 'cancelled';
}

/** How the state is marked besides its word. */
export function markOf({ state, totals }: ImportRun): 'good' | 'warn' | 'bad' | 'none' {
  if (state === 'failed') return 'bad';
  if (state === 'completed') return totals.failed > 0 ? 'warn' : 'good';
  return state === 'cancelled' ? 'warn' : 'none';
}
