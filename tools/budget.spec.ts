import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { budgetTable, excesses, LAZY_BYTES, loadedFiles, START_BYTES, weigh, type Weight } from './budget';

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

  const put = (name: string, content: string | Buffer): Promise<void> => writeFile(join(folder, name), content);

  it('counts gzipped bytes, so that incompressible content weighs itself and repetition nearly nothing', async () => {
    await put('index.html', '<script src="a.js"></script><script src="b.js"></script>');
    await put('a.js', randomBytes(10_000));
    await put('b.js', 'a'.repeat(10_000));
    await put('messages-ja.1a.js', '');
    const [a, b] = (await weigh(folder)).start;
    expect(a?.gzipped).toBeGreaterThanOrEqual(10_000);
    expect(b?.gzipped).toBeLessThan(100);
    expect(b?.bytes).toBe(10_000);
  });

  it('counts the messages of one language at the start, and every other script as loaded on demand', async () => {
    await put('index.html', '<link rel="stylesheet" href="styles.css"><script src="main.js"></script>');
    for (const file of ['styles.css', 'main.js', 'small.js', 'favicon.ico']) await put(file, 'a');
    await put('page.js', randomBytes(100));
    await put('messages-en.1a.js', randomBytes(200));
    await put('messages-ja.1a.js', randomBytes(300));
    const { start, lazy } = await weigh(folder);
    expect(start.map(({ file }) => file)).toEqual(['styles.css', 'main.js', 'messages-ja.1a.js']);
    expect(lazy.map(({ file }) => file)).toEqual(['page.js', 'small.js']);
  });

  it('does not pass a page without a script', async () => {
    await put('index.html', '<p></p>');
    await expectAsync(weigh(folder)).toBeRejectedWithError(/no script/);
  });

  it('does not pass when a named file is missing', async () => {
    await put('index.html', '<script src="gone.js"></script>');
    await put('messages-ja.1a.js', '');
    await expectAsync(weigh(folder)).toBeRejectedWithError(/gone\.js/);
  });

  it('does not pass an app whose messages it cannot find', async () => {
    await put('index.html', '<script src="main.js"></script>');
    await put('main.js', '');
    await expectAsync(weigh(folder)).toBeRejectedWithError(/no file of words/);
  });
});

describe('the budget', () => {
  const weight = (file: string, gzipped: number): Weight => ({ file, bytes: 3 * gzipped, gzipped });

  it('is kept at its limits', () => {
    expect([START_BYTES, LAZY_BYTES]).toEqual([200_000, 60_000]);
    const start = [weight('main.js', 150_000), weight('messages-ja.js', 50_000)];
    expect(excesses({ start, lazy: [weight('page.js', 60_000), weight('other.js', 60_000)] })).toEqual([]);
  });

  it('is exceeded by the files of the start page together, and by each other file alone', () => {
    const start = [weight('main.js', 150_000), weight('messages-ja.js', 50_100)];
    expect(excesses({ start, lazy: [weight('page.js', 61_500), weight('other.js', 60_000)] })).toEqual([
      'the start page is OVER the budget of 200.0 kB by 0.1 kB',
      'page.js is OVER the budget of 60.0 kB by 1.5 kB',
    ]);
  });

  it('is shown with the weight of each file and of the start page', () => {
    const lines = budgetTable({
      start: [weight('main.js', 150_000), weight('messages-ja.js', 40_000)],
      lazy: [weight('page.js', 10_000)],
    })
      .split('\n')
      .map((line) => line.trim().replace(/\s+/g, ' '));
    expect(lines).toEqual([
      'start page kB gzip kB',
      'main.js 450.0 150.0',
      'messages-ja.js 120.0 40.0',
      'total, at most 200.0 570.0 190.0',
      'on demand, each at most 60.0 kB gzip kB',
      'page.js 30.0 10.0',
    ]);
  });
});
