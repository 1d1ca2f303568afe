/** Opens the embedded store named on the command line, says so, and keeps it until it is killed. For the specs of the lock. */
import { openStore } from '../store/open-store';

const [dataDir = ''] = process.argv.slice(2);
try {
  await openStore({ dataDir, listen: '127.0.0.1:9' });
  process.stdout.write('open\n');
  setInterval(() => undefined, 60_000);
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(75);
}
