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
import { chosen } from './test-kinds';

/**
 * Timeout of a test file in milliseconds: several times what the longest file takes, so that it ends only a file that
 * hangs. The long form of a proof sets its own timeout.
 */
const LIMIT = Number(process.env['TEST_LIMIT_MINUTES'] ?? 35) * 60_000;
/** The longest test files. They start first, so that none of them runs alone at the end. */
const LONGEST = [
  ...['alma-screens', 'accessibility', 'life-of-a-request', 'panel', 'faults'],
  ...['iso-outage', 'store-kills', 'import-doubles'],
];
const ENDING = '.e2e.ts';

interface Files {
  readonly folder: string;
  /** jasmine's configuration. */
  readonly config: string;
  /** Number of concurrent files, each with its own stack. */
  readonly lanes: number;
}

/** Scenarios have more lanes, because they wait half of the time, while proofs keep the machine busy. */
const SCENARIOS: Files = { folder: 'e2e', config: 'config/jasmine.e2e.json', lanes: 3 };
const PROOFS: Files = { folder: 'e2e/proofs', config: 'config/jasmine.proofs.json', lanes: 2 };

/**
 * `npm run e2e [-- FILE…]`: tests the built app in a real browser against the real stack. `npm run proofs`: long tests
 * without a browser. FILE is a path or a name such as `order`. Each file runs in its own process.
 */
await runTool('e2e', async () => {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { proofs: { type: 'boolean' } } });
  const files = values.proofs === true ? PROOFS : SCENARIOS;
  const known = await namesIn(files.folder);
  const names = positionals.length > 0 ? chosen(positionals.map(nameOf), known) : known;
  const env = files === SCENARIOS ? await appInBrowser() : {};
  return tellResults(await withBundles(() => runFiles(names, files, env)));
});

/** Builds the app when its build is missing or old. Returns the environment with the browser. */
async function appInBrowser(): Promise<Readonly<Record<string, string>>> {
  await buildWhereStale();
  const browser = await findBrowser();
  return { ...browser.env, CHROME_BIN: browser.executable };
}

function runFiles(
  names: readonly string[],
  { folder, config, lanes }: Files,
  env: Readonly<Record<string, string>>,
): Promise<readonly KindResult[]> {
  const jobs = names.map((kind) => {
    const args = nodeSpecs(config, [join(folder, kind + ENDING)]);
    return () => runKind({ kind, args, env, limit: LIMIT, isBeside: names.length > 1 });
  });
  return inLanes(lanes, jobs);
}

/** Returns the name of a test file: `order` for `order` and `e2e/order.e2e.ts`. */
function nameOf(file: string): string {
  return basename(file, ENDING);
}

/** The names of the test files, the longest first. */
async function namesIn(folder: string): Promise<readonly string[]> {
  const names = (await readdir(inRoot(folder))).filter((file) => file.endsWith(ENDING)).map(nameOf);
  const first = LONGEST.filter((name) => names.includes(name));
  return [...first, ...names.filter((name) => !first.includes(name))];
}
