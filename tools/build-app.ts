import { buildFreshness } from './freshness';
import { note } from './output';
import { runCommand, runTypeScript, type CommandOptions } from './run-command';

/** Timeout in milliseconds. `eca build` takes about a minute on two cores. */
const LIMIT = 10 * 60_000;

/**
 * Runs the build of Ex Libris into build/, then checks the size.
 * @throws Error when either fails
 */
export async function buildApp(output: CommandOptions['output'] = 'inherit'): Promise<void> {
  const built = await runCommand('npx', ['--no-install', 'eca', 'build'], { limit: LIMIT, output });
  if (built !== 0) throw new Error(`eca build ended with code ${String(built)}`);
  if ((await runTypeScript('tools/check-budget.ts', [], { output })) !== 0)
    throw new Error('the built app is over its budget');
}

/** Builds when build/ is missing or older than its sources, and says why. */
export async function buildWhereStale(): Promise<void> {
  const freshness = await buildFreshness();
  if (freshness === 'fresh') return;
  note(
    `${freshness === 'missing' ? 'The app is not built yet' : 'The app is older than its sources'}: building it, about a minute …`,
  );
  await buildApp('stderr');
}
