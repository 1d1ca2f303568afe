import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { budgetTable, loadedFiles, totalGzipped, weigh } from './budget';

describe('loadedFiles', () => {
  it('reads what the page loads at once, each file once', () => {
    const html = `<link rel="stylesheet" href="styles.1a.css"><link rel="icon" href="favicon.ico">
      <link rel="modulepreload" href="./chunk-2.js"><script src="/main.3c.js?v=1" type="module"></script><script src=main.3c.js></script>`;
    expect(loadedFiles(html)).toEqual(['styles.1a.css', 'chunk-2.js', 'main.3c.js']);
  });

  for (const address of ['https://example.org/a.js', '//example.org/a.css']) {
    it(`refuses ${address}`, () => {
      expect(() => loadedFiles(`<script src="${address}"></script>`)).toThrowError(/another host/);
    });
  }
});

describe('weigh', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'budget-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('counts gzipped bytes, so that incompressible content weighs itself and repetition nearly nothing', async () => {
    await writeFile(join(folder, 'index.html'), '<script src="a.js"></script><script src="b.js"></script>');
    await writeFile(join(folder, 'a.js'), randomBytes(10_000));
    await writeFile(join(folder, 'b.js'), 'a'.repeat(10_000));
    const [a, b] = await weigh(folder);
    expect(a?.gzipped).toBeGreaterThanOrEqual(10_000);
    expect(b?.gzipped).toBeLessThan(100);
    expect(b?.bytes).toBe(10_000);
  });

  it('does not pass a page without a script', async () => {
    await writeFile(join(folder, 'index.html'), '<p></p>');
    await expectAsync(weigh(folder)).toBeRejectedWithError(/no script/);
  });

  it('does not pass when a named file is missing', async () => {
    await writeFile(join(folder, 'index.html'), '<script src="gone.js"></script>');
    await expectAsync(weigh(folder)).toBeRejectedWithError(/gone\.js/);
  });
});

describe('budgetTable', () => {
  const weights = [
    { file: 'main.js', bytes: 600, gzipped: 151 },
    { file: 'styles.css', bytes: 100, gzipped: 50 },
  ];

  it('sums and says by how much it is over', () => {
    expect(totalGzipped(weights)).toBe(201);
    expect(budgetTable(weights, 201)).toContain('within the budget');
    expect(budgetTable(weights, 101)).toContain('OVER the budget of 0.1 kB by 0.1 kB');
  });
});
