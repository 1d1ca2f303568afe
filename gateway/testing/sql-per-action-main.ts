import { sqlPerAction } from './sql-per-action';

const { action, repeat, refusal, save, order } = await sqlPerAction();
const others = Object.entries({ repeat, refusal, save, order }).map(([call, count]) => `${call} ${String(count)}`);
process.stdout.write(`SQL statements per action: ${String(action)} (${others.join(', ')})\n`);
// The PostgreSQL server ends with this process, and would keep it alive.
process.exit(0);
