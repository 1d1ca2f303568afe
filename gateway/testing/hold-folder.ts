/**
 * For the specs of the lock: opens the embedded store named on the command line, reports that, and keeps it open until
 * it is killed.
 */
import { embeddedStore } from './spec-stores';

const [dataDir = ''] = process.argv.slice(2);
try {
  await embeddedStore(dataDir, '127.0.0.1:9');
  process.stdout.write('open\n');
  setInterval(() => undefined, 60_000);
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(75);
}
