import type { Change } from '#domain/api/imports';
import type { Settled } from './item';

type Told = Pick<Settled, 'outcome' | 'changes' | 'failure'>;

/**
 * The reported outcome of a request that took several attempts in one run. `before`: changes of the earlier attempts.
 * What was done is reported even when the rest fails; the next run reports the cause.
 */
export function wholeOutcome(before: readonly Change[], { outcome, changes, failure }: Told): Told {
  if (before.length === 0) return { outcome, changes, ...(failure === undefined ? {} : { failure }) };
  const all = [...before, ...changes];
  return { outcome: all.some(({ what }) => what === 'created') ? 'created' : 'updated', changes: all };
}
