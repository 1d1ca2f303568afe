import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inRoot } from '../repository';

const APP = 'cloudapp/src/app';
/** The directive for all key handling. It recognises keys that belong to a kana conversion. */
const SHARED = 'ui/typed-keys.directive.ts';
const LISTENS = /\b(?:on)?key(?:down|up|press)\b/i;

describe('keys', () => {
  it('are listened to by the shared directive only', async () => {
    const files = (await readdir(inRoot(APP), { recursive: true })).filter(
      (name) => /\.(?:ts|html)$/.test(name) && !name.endsWith('.spec.ts'),
    );
    const texts = await Promise.all(
      files.map(async (name) => [name, await readFile(join(inRoot(APP), name), 'utf8')] as const),
    );
    expect(texts.length).toBeGreaterThan(300);
    expect(texts.filter(([, text]) => LISTENS.test(text)).map(([name]) => name)).toEqual([SHARED]);
  });

  for (const handler of [
    '<input (keydown.enter)="save()" />',
    '<input (keyup.enter)="save()" />',
    '<input (keypress)="save($event)" />',
    "host: { '(document:keydown.escape)': 'close()' }",
    "@HostListener('window:keydown', ['$event'])",
    "fromEvent(document, 'keydown')",
    "element.addEventListener('keyup', close)",
    'element.onkeydown = close',
  ]) {
    it(`would be found in ${handler}`, () => {
      expect(handler).toMatch(LISTENS);
    });
  }
});
