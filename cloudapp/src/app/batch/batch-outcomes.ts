import type { AppError } from '../core/app-error';
import type { RowResult } from '../core/batch-line';
import { outcomeOf } from '../create/submission-outcome';
import type { Outcome, RunRow, SentRow } from './batch-plan';

/** `before`: how the row stood when it was sent. */
export function outcomeOfResult(result: RowResult, before: Outcome): Outcome {
  if (result.ok) return { state: 'done', to: result.to, externalStatus: result.externalStatus };
  return outcomeOfError(result.error, before);
}

export function outcomeOfError(error: AppError, before: Outcome): Outcome {
  return { state: outcomeOf(error.code, before.state === 'unknown') === 'unknown' ? 'unknown' : 'failed', error };
}

/** These rows as they are when they have just been sent. */
export function begun(rows: readonly RunRow[], sent: readonly SentRow[]): readonly RunRow[] {
  const byId = new Map(sent.map((each) => [each.row.id, each]));
  return rows.map((each) => {
    const now = byId.get(each.row.id);
    return now === undefined ? each : { ...now, outcome: { state: 'running' } };
  });
}

/** Gives those of `sent` that are still running an outcome; `outcome` gets the row as it stood before. */
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

export type Tally = Readonly<Record<Outcome['state'], number>>;

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
