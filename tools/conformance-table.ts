import { readFile, writeFile } from 'node:fs/promises';
import { loadBridgeMap } from '../gateway/bridge/bridge-map';
import { withConformance } from './conformance-document';
import { note, runTool, say } from './output';
import { inRoot } from './repository';

const DOCUMENT = 'docs/iso18626.md';

/**
 * Writes the conformance table into docs/iso18626.md. With --check it only compares; exit code 1 means that the committed
 * file is out of date.
 */
await runTool('conformance', async () => {
  const committed = await readFile(inRoot(DOCUMENT), 'utf8');
  const expected = withConformance(committed, loadBridgeMap().file);
  if (!process.argv.includes('--check')) {
    await writeFile(inRoot(DOCUMENT), expected);
    say(`${DOCUMENT} written`);
    return 0;
  }
  if (committed === expected) return 0;
  note(`${DOCUMENT} differs from config/bridge-map.json: run npm run conformance`);
  return 1;
});
