import { findBrowser } from './browser';
import { runTool } from './output';
import { runCommand } from './run-command';
import { APP_KIND, NODE_KINDS } from './test-kinds';

/** `npm run test:watch -- KIND`: runs the specs of one kind, and again after each change, until Ctrl+C. */
await runTool('test:watch', async () => {
  const [name = ''] = process.argv.slice(2);
  if (name === APP_KIND) {
    const { executable, env } = await findBrowser();
    return runCommand('npx', ['--no-install', 'ng', 'test', '--watch'], {
      env: { ...process.env, ...env, CHROME_BIN: executable, NG_CLI_ANALYTICS: 'false' },
    });
  }
  const kind = NODE_KINDS.find((each) => each.name === name);
  if (kind === undefined)
    throw new Error(`name a kind: ${[...NODE_KINDS.map((each) => each.name), APP_KIND].join(', ')}`);
  const runner = ['--import', 'tsx', 'tools/run-specs.ts', 'config/jasmine.json', ...kind.specs];
  return runCommand(process.execPath, ['--watch', '--watch-preserve-output', ...runner]);
});
