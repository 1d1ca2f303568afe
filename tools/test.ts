import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { findBrowser } from './browser';
import { closingLine, faultOf, summarize, type KindResult } from './counts';
import { messageOf, note, runTool, say } from './output';
import { ROOT } from './repository';
import { nodeSpecs, runKind } from './run-kind';
import { APP_KIND, NODE_KINDS, orphanSpecs } from './test-kinds';

/** A kind takes up to some minutes on two cores, the app's first compilation about a minute. Milliseconds. */
const NODE_LIMIT = 12 * 60_000;
const APP_LIMIT = 8 * 60_000;
const SKIPPED_FOLDERS = new Set(['node_modules', 'build', '.git', '.ng', '.angular', 'dist', 'coverage']);

/** `npm test [-- KIND…]`: every kind, or those named. */
await runTool('test', async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const wanted = (name: string): boolean => positionals.length === 0 || positionals.includes(name);
  const known = [...NODE_KINDS.map(({ name }) => name), APP_KIND];
  const unknown = positionals.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`there is no kind ${unknown}; there are ${known.join(', ')}`);
  const orphans = orphanSpecs(await allFiles(ROOT));
  if (orphans.length > 0)
    throw new Error(`no kind of test would run ${orphans.join(', ')}; add the folder in tools/test-kinds.ts`);

  const results: KindResult[] = [];
  for (const { name, specs } of NODE_KINDS.filter((each) => wanted(each.name)))
    results.push(await runKind(nodeSpecs(name, 'config/jasmine.json', specs, NODE_LIMIT)));
  if (wanted(APP_KIND)) results.push(await runAppSpecs());

  const summary = summarize(results);
  say();
  summary.lines.forEach(say);
  say();
  say(closingLine(summary));
  return results.every((result) => faultOf(result) === undefined) ? 0 : 1;
});

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
    return await runKind({ kind: APP_KIND, command: process.execPath, args, env, limit: APP_LIMIT });
  } catch (error) {
    note(messageOf(error));
    return { kind: APP_KIND, took: 0, exitCode: 1, fault: messageOf(error) };
  }
}

/** Paths relative to `root`, with `/` between the parts. */
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
