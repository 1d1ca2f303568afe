import { sqlPerAction } from './sql-per-action';

const { action, repeat, refusal, save, order } = await sqlPerAction();
const others = Object.entries({ repeat, refusal, save, order }).map(([call, count]) => `${call} ${String(count)}`);
process.stdout.write(`SQL statements per action: ${String(action)} (${others.join(', ')})\n`);
// Ends the process: the PostgreSQL server ends with it, and would otherwise keep it alive.
process.exit(0);
