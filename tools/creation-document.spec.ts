import { existsSync, readFileSync } from 'node:fs';
import { inRoot } from './repository';

/** `path` "title" in the second column of the tables; the title is the beginning of a test's. */
const ROW = /^\| (.+) \| `([^`]+)`(?: "([^"]+)")? \|$/;
const rows = readFileSync(inRoot('docs/creation.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && line.includes('`'));

describe('docs/creation.md', () => {
  it('names a test in every row', () => {
    expect(rows.length).toBeGreaterThan(60);
    expect(rows.filter((row) => !ROW.test(row))).toEqual([]);
  });

  it('names tests that exist', () => {
    const missing = rows.filter((row) => {
      const [, , path = '', title = ''] = ROW.exec(row) ?? [];
      return !existsSync(inRoot(path)) || !readFileSync(inRoot(path), 'utf8').includes(title);
    });
    expect(missing).toEqual([]);
  });
});
