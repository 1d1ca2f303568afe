import { budgetTable, BUDGET_BYTES, totalGzipped, weigh } from './budget';
import { runTool, say } from './output';
import { inRoot } from './repository';

await runTool('budget', async () => {
  const weights = await weigh(inRoot('build'));
  say(budgetTable(weights));
  return totalGzipped(weights) <= BUDGET_BYTES ? 0 : 1;
});
