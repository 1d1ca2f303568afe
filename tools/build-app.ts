import { execa } from 'execa';
import { checkBudget } from './budget';
import { buildFreshness } from './freshness';
import { note, say } from './output';
import { ROOT } from './repository';

/** Timeout in milliseconds. `eca build` takes about a minute on two cores. */
const LIMIT = 10 * 60_000;

/**
 * Runs the build of Ex Libris into build/, then checks the size.
 * @throws Error when either fails
 */
export async function buildApp(tell: typeof say | typeof note = say): Promise<void> {
  const output = tell === say ? 1 : 2;
  await execa('eca', ['build'], { cwd: ROOT, preferLocal: true, timeout: LIMIT, stdio: ['ignore', output, output] });
  await checkBudget(tell);
}

/**
 * Builds when build/ is missing or older than its sources, and says why. Writes to stderr, so that our stdout contains
 * only the result.
 */
export async function buildWhereStale(): Promise<void> {
  const freshness = await buildFreshness();
  if (freshness === 'fresh') return;
  note(
    `${freshness === 'missing' ? 'The app is not built yet' : 'The app is older than its sources'}: building it, about a minute …`,
  );
  await buildApp(note);
}
