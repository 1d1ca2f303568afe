import { execa } from 'execa';
import { findBrowser } from './browser';
import { runTool } from './output';
import { ROOT } from './repository';
import { nodeSpecs } from './run-kind';
import { APP_KIND, chosen, KIND_NAMES, NODE_KINDS } from './test-kinds';

/** `npm run test:watch -- KIND`: runs the specs of one kind, and again after each change, until Ctrl+C. */
await runTool('test:watch', async () => {
  const [name = ''] = chosen(process.argv.slice(2, 3), KIND_NAMES);
  const options = { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], reject: false, preferLocal: true } as const;
  if (name === APP_KIND) {
    const browser = await findBrowser();
    const env = { ...browser.env, CHROME_BIN: browser.executable, NG_CLI_ANALYTICS: 'false' };
    return (await execa('ng', ['test', '--watch'], { ...options, env })).exitCode ?? 1;
  }
  const specs = NODE_KINDS.find((each) => each.name === name)?.specs;
  if (specs === undefined) throw new Error(`name a kind: ${KIND_NAMES.join(', ')}`);
  const args = ['--watch', '--watch-preserve-output', ...nodeSpecs('config/jasmine.json', specs)];
  return (await execa(process.execPath, args, options)).exitCode ?? 1;
});
