import { readFile, writeFile } from 'node:fs/promises';
import { openApiDocument } from '../gateway/openapi/openapi-document';
import { note, runTool, say } from './output';
import { inRoot } from './repository';

const DOCUMENT = 'docs/openapi.json';

/**
 * Writes docs/openapi.json. With --check it only compares; exit code 1 means that the committed file is out of date.
 */
await runTool('openapi', async () => {
  const expected = await openApiDocument();
  if (!process.argv.includes('--check')) {
    await writeFile(inRoot(DOCUMENT), expected);
    say(`${DOCUMENT} written`);
    return 0;
  }
  const committed = await readFile(inRoot(DOCUMENT), 'utf8').catch(() => '');
  if (committed === expected) return 0;
  note(`${DOCUMENT} differs from the routes of the gateway: run npm run openapi`);
  return 1;
});
