import { spawn } from 'node:child_process';
import { runTool } from './output';
import { inRoot, ROOT } from './repository';
import { configOfRunningStack } from './running-stacks';

/**
 * `npm run import`: runs the gateway's import command. Uses the configuration of the running stack unless
 * GATEWAY_CONFIG is set. Runs in production, so it needs no devDependency.
 */
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
  // Ctrl+C reaches both processes. The command reports the state of the run, and this process waits for it.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
});
