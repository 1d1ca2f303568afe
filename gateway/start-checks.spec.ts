import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from './config';
import { checkDatabase, checkDataFolder, checkListenHost, databaseFault, listenFault } from './start-checks';

const problemsOf = async (check: Promise<unknown>): Promise<readonly string[]> => {
  try {
    await check;
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};

describe('the checks of the start', () => {
  let folder: string;
  let server: Server;
  let port: number;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'start-checks-'));
    // Accepts connections, and answers unlike any database.
    server = createServer((socket) => socket.on('error', () => undefined).end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
    server.close();
  });

  it('take a folder that is there or can be made, and leave nothing in it', async () => {
    const made = join(folder, 'a', 'b');
    expect([...(await problemsOf(checkDataFolder(folder))), ...(await problemsOf(checkDataFolder(made)))]).toEqual([]);
    expect(await readdir(made)).toEqual([]);
  });

  it('name store.dataDir when it is a file, lies below one, or cannot be written to', async () => {
    const file = join(folder, 'file');
    await writeFile(file, 'x');
    // Nobody, not even root, can write below /proc.
    for (const wrong of [file, join(file, 'data'), '/proc/self/data', 'data\0folder', join(folder, 'x'.repeat(300))]) {
      const [problem = '', ...more] = await problemsOf(checkDataFolder(wrong));
      expect(problem)
        .withContext(wrong)
        .toMatch(/^store\.dataDir: .* is no folder that can be written to \(E[A-Z_]+\)$/);
      expect(more).toEqual([]);
    }
    expect(await readdir(folder)).toEqual(['file']);
  });

  it('name listen.host when it cannot be resolved', async () => {
    for (const host of ['127.0.0.1', '::', 'localhost']) expect(await problemsOf(checkListenHost(host))).toEqual([]);
    for (const host of ['no-such-host.invalid', '256.256.256.256', 'a b', 'http://127.0.0.1']) {
      const [problem = ''] = await problemsOf(checkListenHost(host));
      expect(problem).withContext(host).toContain(`listen.host: ${host} cannot be resolved`);
    }
  });

  it('name the setting when nothing can listen there', async () => {
    const failure = (at: string, on: number) =>
      new Promise((resolve) => {
        const other = createServer();
        other.once('error', resolve).listen(on, at, () => other.close(resolve));
      });
    const used = { host: '127.0.0.1', port };
    const inUse = listenFault(await failure('127.0.0.1', port), used);
    expect(inUse).toEqual(new ConfigError([`listen.port: ${String(port)} is in use by another program (127.0.0.1)`]));
    const elsewhere = listenFault(await failure('192.0.2.1', 0), { host: '192.0.2.1', port: 0 });
    expect(elsewhere).toEqual(new ConfigError(['listen.host: nothing can listen on 192.0.2.1 (EADDRNOTAVAIL)']));
    const other = new Error('something else');
    expect(listenFault(other, used)).toBe(other);
  });

  it('name DATABASE_URL and the cause, and never its password', async () => {
    const secret = 'p%40ss-word';
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port: nobody } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const cases: readonly (readonly [url: string, cause: RegExp])[] = [
      ['nonsense', /is no address of the form/],
      [`mysql://u:${secret}@127.0.0.1/db`, /is no address of the form/],
      ['postgres://', /is no address of the form/],
      [`postgres://u:${secret}@127.0.0.1:99999/db`, /is no address of the form/],
      [`postgres://u:${secret}@127.0.0.1:${String(nobody)}/db`, /ECONNREFUSED/],
      [`postgres://u:${secret}@localhost:${String(nobody)}/db`, /ECONNREFUSED/],
      [`postgres://u:${secret}@no-such-host.invalid/db`, /ENOTFOUND|EAI_AGAIN/],
      [`postgres://u:${secret}@127.0.0.1:${String(port)}/db`, /cannot be used \(.+\)/],
      [`postgres://u:${secret}@127.0.0.1:${String(port)}/db?sslmode=verify-full&sslrootcert=/no/such/file`, /ENOENT/],
    ];
    for (const [url, cause] of cases) {
      const [problem = '', ...more] = await problemsOf(checkDatabase(url));
      expect(problem)
        .withContext(url)
        .toMatch(/^DATABASE_URL: /);
      expect(problem).withContext(url).toMatch(cause);
      expect(problem)
        .withContext(url)
        .not.toMatch(/p%40ss|p@ss|\n/);
      expect(more).toEqual([]);
    }
  });

  it('show a failure of the store with its cause, without the password wherever it stands', () => {
    const cause = new Error('permission denied for schema public, p@ss-word\np%40ss-word');
    const fault = databaseFault('postgres://u:p%40ss-word@db/x', new Error('the migration 001 failed', { cause }));
    expect(fault.problems).toEqual([
      'DATABASE_URL: the database cannot be used (the migration 001 failed: permission denied for schema public, *** ***)',
    ]);
  });
});
