import { spawn } from 'node:child_process';
import { runTool } from './output';
import { inRoot, ROOT } from './repository';
import { configOfRunningStack } from './running-stacks';

/** `npm run import`: the gateway's own command, told of the stack that runs on this machine where nothing else names a configuration. */
await runTool('import', async () => {
  const stack = process.env['GATEWAY_CONFIG'] === undefined ? await configOfRunningStack() : undefined;
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', inRoot('gateway/import-main.ts'), ...process.argv.slice(2)],
    {
      cwd: ROOT,
      env: { ...process.env, ...(stack === undefined ? {} : { GATEWAY_CONFIG: stack }) },
      stdio: 'inherit',
    },
  );
  // Ctrl+C reaches both; the command says what becomes of the run, and we wait for it.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
});
