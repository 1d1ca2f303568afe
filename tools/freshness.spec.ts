import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildFreshness } from './freshness';

describe('buildFreshness', () => {
  let root = '';
  const put = async (path: string, second: number): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), path);
    await utimes(join(root, path), second, second);
  };

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'freshness-'));
    await put('cloudapp/src/app/app.component.ts', 100);
    await put('manifest.json', 100);
    await put('package.json', 100);
  });
  afterEach(() => rm(root, { recursive: true }));

  it('is missing without index.html', async () => {
    expect(await buildFreshness(root)).toBe('missing');
  });

  it('is fresh when nothing is newer', async () => {
    await put('build/index.html', 200);
    expect(await buildFreshness(root)).toBe('fresh');
  });

  for (const source of [
    'cloudapp/src/domain/ill/states.ts',
    'cloudapp/src/i18n/ja.json',
    'manifest.json',
    'package-lock.json',
    'tsconfig.override.json',
  ]) {
    it(`is older when ${source} is newer`, async () => {
      await put('build/index.html', 200);
      await put(source, 300);
      expect(await buildFreshness(root)).toBe('older');
    });
  }

  for (const other of [
    'cloudapp/src/app/app.component.spec.ts',
    'cloudapp/src/assets/manifest.json',
    'gateway/main.ts',
    'README.md',
  ]) {
    it(`does not mind ${other}`, async () => {
      await put('build/index.html', 200);
      await put(other, 300);
      expect(await buildFreshness(root)).toBe('fresh');
    });
  }
});
