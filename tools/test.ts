import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { SpecServer } from '../test/support/spec-server';
import { findBrowser } from './browser';
import { withBundles } from './bundles';
import type { KindResult } from './counts';
import { messageOf, note, runTool } from './output';
import { ROOT } from './repository';
import { inLanes, nodeSpecs, runKind, tellResults, type KindRun } from './run-kind';
import { APP_KIND, chosen, KIND_NAMES, NODE_KINDS, orphanSpecs, type TestKind } from './test-kinds';

/**
 * Timeouts in milliseconds. A kind takes up to some minutes on two cores, the app's first compilation about a minute.
 */
const NODE_LIMIT = 20 * 60_000;
const APP_LIMIT = 12 * 60_000;
/**
 * Number of concurrent kinds: one more than the cores of the smallest machine, because a kind waits for databases and
 * processes half of the time.
 */
const LANES = 3;
const SKIPPED_FOLDERS = new Set(['node_modules', 'build', '.git', '.ng', '.angular', 'dist', 'coverage']);

/** `npm test [-- KIND…]`: runs all kinds or the named ones, several at a time. */
await runTool('test', async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const wanted = positionals.length === 0 ? KIND_NAMES : chosen(positionals, KIND_NAMES);
  const orphans = orphanSpecs(await allFiles(ROOT));
  if (orphans.length > 0)
    throw new Error(`no kind of test would run ${orphans.join(', ')}; add the folder in tools/test-kinds.ts`);

  const kinds = NODE_KINDS.filter(({ name }) => wanted.includes(name));
  return tellResults(await withBundles(() => runKinds(kinds, wanted.includes(APP_KIND))));
});

async function runKinds(kinds: readonly TestKind[], hasApp: boolean): Promise<readonly KindResult[]> {
  const server = kinds.some(({ usesStore }) => usesStore) ? await SpecServer.start() : undefined;
  const env: KindRun['env'] = server === undefined ? {} : { TEST_DATABASE_URL: server.url };
  const nodeJobs = kinds.map(({ name, specs }) => {
    const args = nodeSpecs('config/jasmine.json', specs);
    return () => runKind({ kind: name, args, env, limit: NODE_LIMIT, isBeside: true });
  });
  const jobs = [...(hasApp ? [runAppSpecs] : []), ...nodeJobs];
  return inLanes(LANES, jobs).finally(() => server?.stop());
}

async function runAppSpecs(): Promise<KindResult> {
  try {
    const browser = await findBrowser();
    const args = [
      'node_modules/@angular/cli/bin/ng.js',
      'test',
      '--watch=false',
      '--karma-config=tools/karma-counts.cjs',
    ];
    const env = { ...browser.env, CHROME_BIN: browser.executable, NG_CLI_ANALYTICS: 'false' };
    return await runKind({ kind: APP_KIND, args, env, limit: APP_LIMIT, isBeside: true });
  } catch (error) {
    note(messageOf(error));
    return { kind: APP_KIND, took: 0, exitCode: 1, fault: messageOf(error) };
  }
}

/** Paths relative to `root`, with `/` as separator. */
async function allFiles(root: string, folder: string = root): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = entries
    .filter(({ name }) => !SKIPPED_FOLDERS.has(name))
    .map(async (entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? allFiles(root, path) : [relative(root, path).split(sep).join('/')];
    });
  return (await Promise.all(nested)).flat();
}
