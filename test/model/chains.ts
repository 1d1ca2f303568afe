import type { FixtureRow } from '../fixtures/transitions.fixture';
import { attempt, completeAttempt, NEW_MODEL, rowsOf, type Model, type ModelOptions } from './ill-model';

/** A way to one edge of the machine. */
export interface Chain {
  /** The last one is the edge. */
  readonly rows: readonly FixtureRow[];
  readonly after: Model;
}

/** The shortest ways to every row in every situation that complete commands lead to, every lender serving. */
export function chainsToEveryEdge(options: ModelOptions): readonly Chain[] {
  const chains: Chain[] = [];
  const seen = new Set([situationOf(NEW_MODEL)]);
  const queue: Chain[] = [{ rows: [], after: NEW_MODEL }];
  for (let entry = queue.shift(); entry !== undefined; entry = queue.shift()) {
    const { rows, after: before } = entry;
    for (const row of rowsOf(options).filter(({ state }) => state === before.state)) {
      const after = attempt(before, completeAttempt(row, before, options), options, () => true);
      if (after?.state !== row.next) continue;
      const chain = { rows: [...rows, row], after };
      chains.push(chain);
      if (!seen.has(situationOf(after))) queue.push(chain);
      seen.add(situationOf(after));
    }
  }
  return chains;
}

/** What decides over the next command when every lender serves and nothing is missing. */
export function situationOf({ state, active, claim, renewed }: Model): string {
  return [state, active, claim, renewed].join();
}
