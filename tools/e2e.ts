import { parseArgs } from 'node:util';
import { findBrowser } from './browser';
import { buildWhereStale } from './build-app';
import { closingLine, faultOf, summarize } from './counts';
import { runTool, say } from './output';
import { nodeSpecs, runKind } from './run-kind';

const LIMIT = 22 * 60_000;

/** `npm run e2e [-- FILE…]`: the built app in a real browser against the real stack. Every spec file starts a stack of its own on free ports. */
await runTool('e2e', async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  await buildWhereStale();
  const browser = await findBrowser();
  const env = { ...browser.env, CHROME_BIN: browser.executable };
  const result = await runKind(nodeSpecs('e2e', 'config/jasmine.e2e.json', positionals, LIMIT, env));
  const summary = summarize([result]);
  say();
  summary.lines.forEach(say);
  say();
  say(closingLine(summary));
  return faultOf(result) === undefined ? 0 : 1;
});
