import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { contentSecurityPolicy, readManifest } from './built-app';

const gzipped = promisify(gzip);

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
};
const COMPRESSED = new Set(['.html', '.js', '.mjs', '.css', '.json', '.svg', '.txt', '.map']);

interface AppOriginOptions {
  /** Folder of the built app (`eca build`). */
  readonly appDir: string;
  /** Address of the gateway. Its origin is added to connect-src. */
  readonly gateway?: string;
}

/**
 * Serves the files of the built app under the Content-Security-Policy of production. Reads changed files again, so a
 * rebuild needs no restart.
 */
export function buildAppOrigin(options: AppOriginOptions): FastifyInstance {
  const server = fastify({ logger: false, forceCloseConnections: true });
  const root = resolve(options.appDir);
  const gateway = options.gateway === undefined ? [] : [new URL(options.gateway).origin];
  const files = new FileCache(root);

  server.addHook('onRequest', async (_request, reply) => {
    const manifest = await readManifest(root);
    void reply.headers({
      'Content-Security-Policy': contentSecurityPolicy(manifest, gateway),
      'X-Content-Type-Options': 'nosniff',
    });
  });

  server.get('/*', async (request, reply) => {
    const path = decodePath(request.url);
    const file = path === undefined ? undefined : await files.read(path === '/' ? '/index.html' : path);
    if (!file)
      return path === '/' || path === '/index.html'
        ? notBuilt(reply, root)
        : reply.code(404).type('text/plain; charset=utf-8').send('Not found');
    const hashed = /[.-][0-9a-zA-Z]{8,}\.(?:js|css)$/.test(file.path);
    void reply
      .headers({
        'Cache-Control': hashed ? 'public, max-age=31536000, immutable' : 'no-store',
        'Vary': 'Accept-Encoding',
      })
      .type(file.type);
    const accepts = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    return accepts && file.gzip ? reply.header('Content-Encoding', 'gzip').send(file.gzip) : reply.send(file.bytes);
  });
  return server;
}

interface ServedFile {
  readonly path: string;
  readonly type: string;
  readonly bytes: Buffer;
  readonly gzip?: Buffer;
  readonly modified: number;
}

/** Caches files and their gzipped form until their modification time changes. */
class FileCache {
  private readonly files = new Map<string, ServedFile>();

  constructor(private readonly root: string) {}

  async read(path: string): Promise<ServedFile | undefined> {
    const full = normalize(join(this.root, path));
    if (!full.startsWith(this.root + sep)) return undefined;
    const info = await stat(full).catch(() => undefined);
    if (info?.isFile() !== true) return undefined;
    const known = this.files.get(full);
    if (known?.modified === info.mtimeMs) return known;
    const bytes = await readFile(full);
    const extension = extname(full).toLowerCase();
    const file: ServedFile = {
      path: full,
      type: TYPES[extension] ?? 'application/octet-stream',
      bytes,
      ...(COMPRESSED.has(extension) ? { gzip: await gzipped(bytes) } : {}),
      modified: info.mtimeMs,
    };
    this.files.set(full, file);
    return file;
  }
}

function decodePath(url: string): string | undefined {
  try {
    const path = decodeURIComponent(url.split(/[?#]/)[0] ?? '');
    return path.includes('\0') ? undefined : path;
  } catch {
    return undefined;
  }
}

function notBuilt(reply: FastifyReply, root: string): FastifyReply {
  return reply.code(404).type('text/html; charset=utf-8').header('Cache-Control', 'no-store').send(`<!doctype html>
<html lang="ja"><meta charset="utf-8"><title>アプリがビルドされていません</title>
<body style="font-family: sans-serif; margin: 2rem; line-height: 1.6">
<h1 style="font-size: 1.2rem">アプリがまだビルドされていません</h1>
<p>次のコマンドを実行してから、この画面を再読み込みしてください。</p><pre>npm run build</pre>
<p lang="en">The app has not been built yet. Run <code>npm run build</code>, then reload this page.</p>
<p><small>${root.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</small></p></body></html>`);
}
