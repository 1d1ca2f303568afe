import type { FixtureRow } from '../fixtures/transitions.fixture';
import { attempt, completeAttempt, NEW_MODEL, rowsOf, type Model, type ModelOptions } from './ill-model';

/** A path to one edge of the machine. */
export interface Chain {
  /** The last row is the edge. */
  readonly rows: readonly FixtureRow[];
  readonly after: Model;
}

/** The shortest paths to every row in every situation that complete commands can reach, with all lenders serving. */
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

/** The parts of the model that determine the next command when all lenders serve and all fields are present. */
export function situationOf({ state, active, claim, renewed }: Model): string {
  return [state, active, claim, renewed].join();
}
