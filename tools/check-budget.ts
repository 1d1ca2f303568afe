import { checkBudget } from './budget';
import { runTool, say } from './output';

await runTool('budget', async () => {
  await checkBudget(say);
  return 0;
});
