import { AppError } from '../core/app-error';
import type { RowResult } from './batch.client';
import { outcomeOf } from '../core/outcome-of';
import type { Outcome, RunRow, SentRow } from './batch-plan';

/** Returns the outcome of a row's result. `before`: the row's outcome when it was sent. */
export function outcomeOfResult(result: RowResult, before: Outcome): Outcome {
  if (result.ok) return { state: 'done', to: result.to, externalStatus: result.externalStatus };
  return outcomeOfError(result.error, before);
}

export function outcomeOfError(error: AppError, before: Outcome): Outcome {
  return { state: outcomeOf(error.code, before.state === 'unknown') === 'unknown' ? 'unknown' : 'failed', error };
}

/**
 * Returns the error behind unknown outcomes among these rows, if possible a retryable error with the longest requested
 * wait. Returns undefined when all outcomes are known.
 */
export function openError(rows: readonly RunRow[]): AppError | undefined {
  const errors = rows.flatMap(({ outcome }) =>
    outcome.state === 'unknown' ? [outcome.error ?? new AppError('outcome-unknown')] : [],
  );
  const wait = ({ details }: AppError): number => details.retryAfterSeconds ?? 0;
  const [longest] = errors.filter(({ retryable }) => retryable).sort((one, other) => wait(other) - wait(one));
  return longest ?? errors[0];
}

/** Marks the sent rows as running. */
export function begun(rows: readonly RunRow[], sent: readonly SentRow[]): readonly RunRow[] {
  const byId = new Map(sent.map((each) => [each.row.id, each]));
  return rows.map((each) => {
    const now = byId.get(each.row.id);
    return now === undefined ? each : { ...now, outcome: { state: 'running' } };
  });
}

/** Sets the outcome of those sent rows that are still running. `outcome` gets the row as it was before. */
export function settled(
  rows: readonly RunRow[],
  sent: readonly SentRow[],
  outcome: (before: SentRow) => Outcome,
): readonly RunRow[] {
  const byId = new Map(sent.map((each) => [each.row.id, each]));
  return rows.map((each) => {
    const before = byId.get(each.row.id);
    return before !== undefined && each.outcome.state === 'running' ? { ...each, outcome: outcome(before) } : each;
  });
}

type Tally = Readonly<Record<Outcome['state'], number>>;

export function tallyOf(rows: readonly RunRow[]): Tally {
  const count = (state: Outcome['state']): number => rows.filter(({ outcome }) => outcome.state === state).length;
  return {
    waiting: count('waiting'),
    running: count('running'),
    done: count('done'),
    failed: count('failed'),
    unknown: count('unknown'),
  };
}
