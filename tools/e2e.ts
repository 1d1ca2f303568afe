import { parseArgs } from 'node:util';
import { findBrowser } from './browser';
import { buildWhereStale } from './build-app';
import { closingLine, faultOf, summarize, type KindResult } from './counts';
import { runTool, say } from './output';
import { nodeSpecs, runKind } from './run-kind';

/** Twice and a half what it takes on two idle cores: only what hangs is to be ended. Milliseconds. */
const LIMIT = 35 * 60_000;

/**
 * `npm run e2e [-- FILE…]`: the built app in a real browser against the real stack. `npm run proofs`: what takes long and needs no browser.
 * Every spec file starts a stack of its own on free ports.
 */
await runTool('e2e', async () => {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { proofs: { type: 'boolean' } } });
  const result = values.proofs === true ? await proofs(positionals) : await scenarios(positionals);
  const summary = summarize([result]);
  say();
  summary.lines.forEach(say);
  say();
  say(closingLine(summary));
  return faultOf(result) === undefined ? 0 : 1;
});

async function scenarios(files: readonly string[]): Promise<KindResult> {
  await buildWhereStale();
  const browser = await findBrowser();
  const env = { ...browser.env, CHROME_BIN: browser.executable };
  return runKind(nodeSpecs('e2e', 'config/jasmine.e2e.json', files, LIMIT, env));
}

function proofs(files: readonly string[]): Promise<KindResult> {
  return runKind(nodeSpecs('proofs', 'config/jasmine.proofs.json', files, LIMIT));
}
