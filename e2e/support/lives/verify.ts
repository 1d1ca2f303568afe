import { historyIn, type WireRecord } from '../../../test/catp-client/catp-client';
import type { Done } from './deeds';
import { explain, type Attempt, type Explanation } from './explain';
import { checkAnswer } from './answer-check';
import { differences, entryInWords, lifeOf, type Life } from './life';
import type { World } from './world';

/** The attempts on one request in one step. */
interface Tried {
  readonly step: string;
  readonly before: Life;
  readonly attempts: readonly Attempt[];
  /** The attempts made through the gateway, with their answers. */
  readonly dones: readonly Done[];
}

/** Checks NACSIS-ILL against the attempts and their reported outcomes. Returns the current request. */
export async function verify(world: World, tried: Tried): Promise<Life> {
  const { step, before, attempts, dones } = tried;
  await world.stack.line.quiet();
  const record = await world.backDoor.record(before.id);
  for (const { words } of attempts) world.chronicle.tell(step, before.id, words);
  const explanation = explain(before, attempts, record, world.takes) ?? complain(world, tried, record);
  for (const done of dones) checkAnswer(world, { step, done, explanation, isAlone: attempts.length === 1 });
  return explanation.life;
}

/** Reports the violation when there is no explanation: the smallest false report that would explain the record. */
function complain(world: World, { step, before, attempts }: Tried, record: WireRecord): Explanation {
  const told = (change: (attempt: Attempt) => Attempt): Explanation | undefined =>
    explain(before, attempts.map(change), record, world.takes);
  const open = (attempt: Attempt): Attempt => ({ ...attempt, outcome: 'unknown', isRightIn: undefined });
  const asRefused = told((attempt) => ({ ...attempt, isRightIn: undefined }));
  const asDone = told((attempt) => (attempt.outcome === 'not-done' ? open(attempt) : attempt));
  const asNotDone = told((attempt) => (attempt.outcome === 'done' ? open(attempt) : attempt));
  const twice = explain(before, [...attempts, ...attempts].map(open), record, world.takes);
  const kind =
    (asRefused && 'refused as not allowed, though the fixture allows it') ??
    (asDone && 'reported as not done, but NACSIS-ILL has done it') ??
    (asNotDone && 'reported as done, but NACSIS-ILL has not done it, or has it from somebody else') ??
    (twice && 'done twice') ??
    'NACSIS-ILL has what nothing explains';
  const entries = historyIn(record).slice(before.model.history.length).map(entryInWords);
  const differing = differences(before, record).join('; ');
  const found = `was ${before.model.state}, new entries: ${entries.join(', ') || 'none'}; ${differing || 'unchanged'}`;
  world.chronicle.violation(step, before.id, kind, found, attempts.map(outcomeInWords).join('; '));
  return asRefused ?? { life: lifeOf(record), visited: [before, lifeOf(record)] };
}

function outcomeInWords({ words, outcome }: Attempt): string {
  return `${outcome}: ${words}`;
}

/** Checks that a request is unchanged. */
export async function verifyUnchanged(world: World, step: string, life: Life): Promise<Life> {
  return verify(world, { step, before: life, attempts: [], dones: [] });
}

/** Builds the input of `verify` from the attempts on one request. */
export function triedOn(step: string, before: Life, dones: readonly Done[], others: readonly Attempt[] = []): Tried {
  return { step, before, attempts: [...dones.map(({ attempt }) => attempt), ...others], dones };
}
