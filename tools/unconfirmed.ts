import { readdir, readFile, writeFile } from 'node:fs/promises';
import { note, runTool, say } from './output';
import { inRoot } from './repository';
import { unconfirmedDocument, unconfirmedFacts, untaggedRemarks, type UnconfirmedFact } from './unconfirmed-facts';

const DOCUMENT = 'docs/unconfirmed.md';
/** Folders with constants for facts, in the order of the document. */
const FOLDERS = ['catp', 'iso18626', 'cloudapp/src/domain', 'gateway', 'simulators'];

/**
 * Writes docs/unconfirmed.md. With --check it only compares. Exit code 1 means that the committed file is out of date,
 * that a tag is malformed, or that a comment calls a fact uncertain without a tag.
 */
await runTool('unconfirmed', async () => {
  const facts: UnconfirmedFact[] = [];
  let remarks = 0;
  for (const file of await sources()) {
    const text = await readFile(inRoot(file), 'utf8');
    facts.push(...unconfirmedFacts(file, text));
    for (const remark of untaggedRemarks(text)) {
      note(`${file}, ${remark} … calls a fact uncertain: give its constant the tag @unconfirmed`);
      remarks += 1;
    }
  }
  const expected = unconfirmedDocument(facts);
  if (!process.argv.includes('--check')) {
    await writeFile(inRoot(DOCUMENT), expected);
    say(`${DOCUMENT} written: ${String(facts.length)} facts`);
  } else if ((await readFile(inRoot(DOCUMENT), 'utf8').catch(() => '')) !== expected) {
    note(`${DOCUMENT} differs from the tags in the code: run npm run unconfirmed`);
    return 1;
  }
  return remarks === 0 ? 0 : 1;
});

/** The product's source files, without specs and their helpers. */
async function sources(): Promise<readonly string[]> {
  const found: string[] = [];
  for (const folder of FOLDERS) {
    const files = (await readdir(inRoot(folder), { recursive: true })).map((file) => `${folder}/${file}`);
    found.push(
      ...files.filter((file) => /(?<!\.(?:spec|fixture))\.ts$/.test(file) && !file.includes('/testing/')).sort(),
    );
  }
  return found;
}
