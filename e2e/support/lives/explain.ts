import { historyIn, type WireRecord } from '../../../test/catp-client/catp-client';
import { after, differences, isEntry, type Life, type Sent, type Takes } from './life';

/** A command attempted on a request and its reported outcome. */
export interface Attempt {
  /** For messages. */
  readonly words: string;
  readonly sent: Omit<Sent, 'command'>;
  /** The possible command sequences as NACSIS-ILL may see them, each in order. */
  readonly ways: readonly (readonly string[])[];
  readonly outcome: 'done' | 'not-done' | 'unknown';
  /** For an action refused as not allowed: the refusal is correct only if this holds at some moment. */
  readonly isRightIn?: (life: Life) => boolean;
}

/** An order of the commands that leads to the state in NACSIS-ILL. */
export interface Explanation {
  /** The request before the commands and after each executed command, in order. */
  readonly visited: readonly Life[];
  readonly life: Life;
}

interface Progress {
  readonly attempt: Attempt;
  /** Commands of the way executed so far. */
  readonly done: readonly string[];
}

/**
 * Explains the record by these attempts, some of which were concurrent. The history must contain everything reported as
 * done once, nothing reported as not done, and nothing else. Returns undefined when there is no explanation. Of a chain
 * of two commands reported as not done, the first may have been executed alone.
 */
export function explain(
  before: Life,
  attempts: readonly Attempt[],
  record: WireRecord,
  takes: Takes,
): Explanation | undefined {
  const history = historyIn(record);
  const search = (visited: readonly Life[], left: readonly Progress[]): Explanation | undefined => {
    const life = visited.at(-1) ?? before;
    if (isWhole(visited, life, left)) return { visited, life };
    for (const [at, progress] of left.entries())
      for (const command of nextOf(progress)) {
        const next = after(life, { ...progress.attempt.sent, command }, takes);
        if (next === undefined || !isBeginning(next)) continue;
        const moved = left.map((each, place) => (place === at ? { ...each, done: [...each.done, command] } : each));
        const found = search([...visited, next], moved);
        if (found !== undefined) return found;
      }
    return undefined;
  };
  const isBeginning = ({ model }: Life): boolean =>
    model.history.every((entry, at) => at < before.model.history.length || isEntry(history[at], entry));
  const isWhole = (visited: readonly Life[], life: Life, left: readonly Progress[]): boolean =>
    differences(life, record).length === 0 && left.every((progress) => isAsTold(progress, visited));
  return search(
    [before],
    attempts.map((attempt) => ({ attempt, done: [] })),
  );
}

/** The possible next commands of this attempt. */
function nextOf({ attempt, done }: Progress): readonly string[] {
  // A command reported as not done can only be the first half of a chain.
  const ways =
    attempt.outcome === 'not-done' ? attempt.ways.filter((way) => done.length < way.length - 1) : attempt.ways;
  const open = ways.filter((way) => way.length > done.length && done.every((command, at) => way[at] === command));
  return [...new Set(open.flatMap((way) => way[done.length] ?? []))];
}

function isAsTold({ attempt, done }: Progress, visited: readonly Life[]): boolean {
  const { outcome, ways, isRightIn } = attempt;
  if (isRightIn !== undefined && !visited.some(isRightIn)) return false;
  return outcome !== 'done' || ways.some((way) => way.join() === done.join());
}
