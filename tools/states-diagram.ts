import { readFile, writeFile } from 'node:fs/promises';
import { allowedActionsDocument } from './allowed-actions-document';
import { note, runTool, say } from './output';
import { inRoot } from './repository';
import { statesDocument } from './states-document';

/** Documents generated from the table of transitions. */
const DOCUMENTS: Readonly<Record<string, () => string>> = {
  'docs/states.md': statesDocument,
  'docs/allowed-actions.md': allowedActionsDocument,
};

/** Writes the documents. With --check it only compares; exit code 1 means that a committed file is out of date. */
await runTool('states', async () => {
  const isCheck = process.argv.includes('--check');
  let exitCode = 0;
  for (const [path, written] of Object.entries(DOCUMENTS)) {
    const expected = written();
    if (!isCheck) {
      await writeFile(inRoot(path), expected);
      say(`${path} written`);
    } else if ((await readFile(inRoot(path), 'utf8').catch(() => '')) !== expected) {
      note(`${path} differs from the table of transitions: run npm run states`);
      exitCode = 1;
    }
  }
  return exitCode;
});
