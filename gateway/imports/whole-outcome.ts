import type { Change } from '#domain/api-import';
import type { Settled } from './item';

type Told = Pick<Settled, 'outcome' | 'changes' | 'failure'>;

/**
 * What is reported of a request that was settled in several attempts of one run; `before`: what the earlier ones did. What was done stays
 * done when the rest does not succeed: the next run says what hinders it.
 */
export function wholeOutcome(before: readonly Change[], { outcome, changes, failure }: Told): Told {
  if (before.length === 0) return { outcome, changes, ...(failure === undefined ? {} : { failure }) };
  const all = [...before, ...changes];
  return { outcome: all.some(({ what }) => what === 'created') ? 'created' : 'updated', changes: all };
}
