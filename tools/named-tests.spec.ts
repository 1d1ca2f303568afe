import { existsSync, readFileSync } from 'node:fs';
import { inRoot } from './repository';

/**
 * Matches a row with `path` "title" in the second column. The title is part of a test's title, with quotes escaped by a
 * backslash.
 */
const ROW = /^\| (.+) \| `([^`]+)`(?: "((?:[^"\\]|\\")+)")? \|$/;
/** Headings of the action points start with a number: `## 3. Not allowed`. */
const POINT = /^## (\d)\. /;
const POINTS = 9;

const linesOf = (document: string): readonly string[] => readFileSync(inRoot(document), 'utf8').split('\n');
/** A table row except the header. */
const isRow = (line: string, at: number, lines: readonly string[]): boolean =>
  line.startsWith('| ') && lines[at + 1]?.startsWith('|--') !== true;

for (const [document, rowsAtLeast] of [
  ['docs/creation.md', 60],
  ['docs/actions.md', 90],
] as const)
  describe(document, () => {
    const rows = linesOf(document).filter(isRow);

    it('names a test in every row', () => {
      expect(rows.length).toBeGreaterThan(rowsAtLeast);
      expect(rows.filter((row) => !ROW.test(row))).toEqual([]);
    });

    it('names tests that exist', () => {
      const missing = rows.filter((row) => {
        const [, , path = '', title = ''] = ROW.exec(row) ?? [];
        const words = title.replaceAll('\\"', '"');
        return !existsSync(inRoot(path)) || !readFileSync(inRoot(path), 'utf8').includes(words);
      });
      expect(missing).toEqual([]);
    });
  });

describe('docs/actions.md', () => {
  it('has a test in a real browser for every point', () => {
    let point = 0;
    const shown = new Set<number>();
    linesOf('docs/actions.md').forEach((line, at, lines) => {
      if (line.startsWith('## ')) point = Number(POINT.exec(line)?.[1] ?? 0);
      else if (isRow(line, at, lines) && line.includes('`e2e/')) shown.add(point);
    });
    expect(Array.from({ length: POINTS }, (_, at) => at + 1).filter((each) => !shown.has(each))).toEqual([]);
  });
});
