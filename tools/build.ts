import { buildApp } from './build-app';
import { runTool } from './output';

await runTool('build', async () => {
  await buildApp();
  return 0;
});
