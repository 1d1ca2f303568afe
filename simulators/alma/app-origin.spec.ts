import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { buildAppOrigin } from './app-origin';

describe('origin of the app', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alma-app-'));
    const build = join(folder, 'build');
    await mkdir(join(build, 'assets'), { recursive: true });
    await writeFile(join(build, 'index.html'), '<!doctype html><title>app</title>');
    await writeFile(join(build, 'main.0123456789abcdef.js'), 'const a = 1;');
    await writeFile(
      join(build, 'assets', 'manifest.json'),
      JSON.stringify({ title: 'x', contentSecurity: { connectSrc: ['https://gateway.example'] } }),
    );
    await writeFile(join(folder, 'secret.txt'), 'secret');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const get = (url: string, headers: Readonly<Record<string, string>> = {}) =>
    buildAppOrigin({ appDir: join(folder, 'build'), gateway: 'http://127.0.0.1:4000/' }).inject({ url, headers });

  it('serves the page uncached under the policy of the built manifest and the running gateway', async () => {
    const page = await get('/');
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.headers['content-security-policy']).toContain(
      "connect-src 'self' https://gateway.example http://127.0.0.1:4000;",
    );
    expect(page.headers['content-security-policy']).not.toContain('unsafe-eval');
  });

  it('serves scripts with their type, compressed where accepted, hashed ones for good', async () => {
    const plain = await get('/main.0123456789abcdef.js');
    expect([plain.headers['content-type'], plain.headers['content-encoding'], plain.body]).toEqual([
      'text/javascript; charset=utf-8',
      undefined,
      'const a = 1;',
    ]);
    expect(plain.headers['cache-control']).toContain('immutable');
    const compressed = await get('/main.0123456789abcdef.js', { 'accept-encoding': 'br, gzip' });
    expect(compressed.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(compressed.rawPayload).toString()).toBe('const a = 1;');
  });

  it('serves nothing outside the build', async () => {
    for (const path of [
      '/../secret.txt',
      '/..%2fsecret.txt',
      '/%2e%2e/secret.txt',
      '/assets',
      '/nothing.js',
      '/%00',
      '/%E0%A4%A',
    ]) {
      const answer = await get(path);
      expect(answer.statusCode).withContext(path).toBeGreaterThanOrEqual(400);
      expect(answer.body).withContext(path).not.toContain('secret');
    }
  });

  it('says how to build when there is no build', async () => {
    const answer = await buildAppOrigin({ appDir: join(folder, 'none') }).inject({ url: '/' });
    expect(answer.statusCode).toBe(404);
    expect(answer.body).toContain('npm run build');
    expect(answer.headers['content-security-policy']).toContain("script-src 'self'");
  });
});
