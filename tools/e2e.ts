import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { findBrowser } from './browser';
import { buildWhereStale } from './build-app';
import { withBundles } from './bundles';
import type { KindResult } from './counts';
import { runTool } from './output';
import { inRoot } from './repository';
import { inLanes, nodeSpecs, runKind, tellResults } from './run-kind';

/**
 * Timeout of a file in milliseconds, several times what the longest takes, so that it ends only what hangs. The long
 * form of a proof sets its own.
 */
const LIMIT = Number(process.env['TEST_LIMIT_MINUTES'] ?? 35) * 60_000;
/** Number of concurrent files, each with its own stack. Scenarios wait half of the time; proofs keep the machine busy. */
const SCENARIO_LANES = 3;
const PROOF_LANES = 2;
/** These start first, so that none of them runs alone at the end. */
const LONGEST = ['accessibility', 'life-of-a-request', 'panel', 'faults', 'store-kills', 'import-doubles'];
const ENDING = '.e2e.ts';

/**
 * `npm run e2e [-- FILE…]`: tests the built app in a real browser against the real stack. `npm run proofs`: long tests
 * without a browser. Each file runs in its own process.
 */
await runTool('e2e', async () => {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { proofs: { type: 'boolean' } } });
  return tellResults(await withBundles(() => (values.proofs === true ? proofs(positionals) : scenarios(positionals))));
});

async function scenarios(named: readonly string[]): Promise<readonly KindResult[]> {
  await buildWhereStale();
  const browser = await findBrowser();
  const env = { ...browser.env, CHROME_BIN: browser.executable };
  return runFiles(named, { folder: 'e2e', lanes: SCENARIO_LANES, config: 'config/jasmine.e2e.json', env });
}

function proofs(named: readonly string[]): Promise<readonly KindResult[]> {
  return runFiles(named, { folder: 'e2e/proofs', lanes: PROOF_LANES, config: 'config/jasmine.proofs.json' });
}

interface Files {
  readonly folder: string;
  readonly lanes: number;
  /** jasmine's configuration. */
  readonly config: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the named files, or all files of the folder. */
async function runFiles(
  named: readonly string[],
  { folder, lanes, config, env }: Files,
): Promise<readonly KindResult[]> {
  const files = named.length > 0 ? named : await filesOf(folder);
  const isBeside = files.length > 1;
  return inLanes(
    lanes,
    files.map((file) => () => runKind({ ...nodeSpecs(basename(file, ENDING), config, [file], LIMIT, env), isBeside })),
  );
}

/** The test files of the folder, relative to the repository, the longest first. */
async function filesOf(folder: string): Promise<readonly string[]> {
  const names = (await readdir(inRoot(folder)))
    .filter((name) => name.endsWith(ENDING))
    .map((name) => basename(name, ENDING));
  const first = LONGEST.filter((name) => names.includes(name));
  return [...first, ...names.filter((name) => !first.includes(name))].map((name) => join(folder, name + ENDING));
}
