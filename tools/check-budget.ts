import { budgetTable, excesses, weigh } from './budget';
import { note, runTool, say } from './output';
import { inRoot } from './repository';

await runTool('budget', async () => {
  const weights = await weigh(inRoot('build'));
  say(budgetTable(weights));
  const over = excesses(weights);
  over.forEach(note);
  return over.length === 0 ? 0 : 1;
});
