import { readFile, writeFile } from 'node:fs/promises';
import { note, runTool, say } from './output';
import { inRoot } from './repository';
import { statesDocument } from './states-document';

const DOCUMENT = 'docs/states.md';

/** Writes docs/states.md; with --check it only compares, and exit code 1 says that the committed file is out of date. */
await runTool('states', async () => {
  const expected = statesDocument();
  if (!process.argv.includes('--check')) {
    await writeFile(inRoot(DOCUMENT), expected);
    say(`${DOCUMENT} written`);
    return 0;
  }
  const committed = await readFile(inRoot(DOCUMENT), 'utf8').catch(() => '');
  if (committed === expected) return 0;
  note(`${DOCUMENT} differs from the table of transitions: run npm run states`);
  return 1;
});
