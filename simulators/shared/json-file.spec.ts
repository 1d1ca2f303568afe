import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JsonFile } from './json-file';

describe('JsonFile', () => {
  let folder = '';
  let content = 0;
  let written = 0;
  const file = (): JsonFile<number> =>
    new JsonFile(folder, 'numbers.json', () => {
      written += 1;
      return content;
    });
  const stored = (): Promise<string> => readFile(join(folder, 'numbers.json'), 'utf8');
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'json-file-'));
    [content, written] = [0, 0];
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('has every change on disk when it says so, and writes changes made during a write together', async () => {
    const numbers = file();
    numbers.changed();
    const first = numbers.saved();
    const later = [1, 2, 3].map((number) => {
      content = number;
      numbers.changed();
      return numbers.saved();
    });
    await Promise.all([first, ...later]);
    expect([await stored(), written]).toEqual(['3', 2]);
    await numbers.saved();
    expect(written).toBe(2);
    expect(await readdir(folder)).toEqual(['numbers.json']);
    expect(file().read()).toBe(3);
  });

  it('writes by itself when nobody waits', async () => {
    content = 7;
    file().changed();
    while ((await stored().catch(() => '')) !== '7') await new Promise((resolve) => setTimeout(resolve, 5));
    expect(written).toBe(1);
  });

  it('reads nothing where there is nothing, and refuses what is no JSON', async () => {
    expect(file().read()).toBeUndefined();
    expect(new JsonFile<number>(undefined, 'numbers.json', () => 1).read()).toBeUndefined();
    await writeFile(join(folder, 'numbers.json'), '{');
    expect(() => file().read()).toThrowError(/numbers\.json is not valid JSON; move it away/);
  });
});
