import { readFile, writeFile } from 'node:fs/promises';
import { ConfigFileSchema, EnvironmentSchema } from '../gateway/config-file';
import { note, runTool, say } from './output';
import { inRoot } from './repository';
import { withSettings } from './settings-document';

const DOCUMENT = 'docs/operate.md';

/**
 * Writes the settings into docs/operate.md. With --check it only compares; exit code 1 means that the committed file is
 * out of date.
 */
await runTool('settings', async () => {
  const committed = await readFile(inRoot(DOCUMENT), 'utf8');
  const expected = withSettings(committed, EnvironmentSchema, ConfigFileSchema);
  if (!process.argv.includes('--check')) {
    await writeFile(inRoot(DOCUMENT), expected);
    say(`${DOCUMENT} written`);
    return 0;
  }
  if (committed === expected) return 0;
  note(`${DOCUMENT} differs from the settings of the gateway: run npm run settings`);
  return 1;
});
