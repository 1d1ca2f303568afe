import { chmod, chown, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { removeFolder } from '../../test/support/remove-folder';
import { EmbeddedServer, SERVER_FOLDER, type EmbeddedSettings } from './embedded-server';

const LIMIT = 60_000;
const COMMITS = 25;

describe('the embedded server', () => {
  let dataDir: string;
  let noted: string[];
  let servers: EmbeddedServer[];
  let clients: pg.Client[];

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'embedded-'));
    [noted, servers, clients] = [[], [], []];
  });
  afterEach(async () => {
    for (const client of clients) await client.end().catch(() => undefined);
    for (const server of servers) await server.stop();
    await removeFolder(dataDir);
  });

  const start = async (settings: Partial<EmbeddedSettings> = {}): Promise<EmbeddedServer> => {
    const note = (error: unknown, what: string) => void noted.push(`${what}: ${String(error)}`);
    const server = await EmbeddedServer.start({ dataDir, connections: 5, note, ...settings });
    servers.push(server);
    return server;
  };
  const connect = async (place: pg.ClientConfig): Promise<pg.Client> => {
    const client = new pg.Client(place);
    client.on('error', () => undefined);
    clients.push(client);
    await client.connect();
    return client;
  };
  const value = async <T>(client: pg.Client, text: string): Promise<T> => {
    const { rows } = await client.query<{ value: T }>(`select (${text}) as value`);
    return rows[0]?.value as T;
  };
  const settings = async (client: pg.Client, names: readonly string[]) => {
    const values: string[] = [];
    for (const name of names) values.push(await value(client, `current_setting('${name}')`));
    return values;
  };

  it(
    'answers on a socket in its own folder and on nothing else, without TLS and without ICU',
    async () => {
      const { place } = await start();
      const client = await connect(place);
      expect(place.host).toBe(join(dataDir, SERVER_FOLDER));
      expect(await settings(client, ['listen_addresses', 'unix_socket_permissions', 'ssl'])).toEqual([
        '',
        '0700',
        'off',
      ]);
      const provider = `select datlocprovider::text || datcollate from pg_database where datname = current_database()`;
      expect(await value(client, provider)).toBe('bC');
    },
    LIMIT,
  );

  it(
    'syncs the log of its transactions with each commit, whatever its own file of settings says',
    async () => {
      await (await start()).stop();
      await writeFile(join(dataDir, SERVER_FOLDER, 'postgresql.conf'), 'fsync = off\nsynchronous_commit = off\n');
      const { place } = await start();
      const [writer, reader] = [await connect(place), await connect(place)];
      expect(await settings(writer, ['fsync', 'synchronous_commit', 'full_page_writes'])).toEqual(['on', 'on', 'on']);
      await writer.query('create table written (number int)');
      const syncs = async () => {
        await writer.query('select pg_stat_force_next_flush()');
        return Number(await value(reader, `select sum(fsyncs) from pg_stat_io where object = 'wal'`));
      };
      for (let [commit, before] = [0, await syncs()]; commit < COMMITS; commit += 1) {
        await writer.query('insert into written values ($1)', [commit]);
        const after = await syncs();
        expect(after).toBeGreaterThan(before);
        before = after;
      }
    },
    LIMIT,
  );

  it(
    'keeps its files from everybody else, whatever the umask, and gets nothing of our environment',
    async () => {
      process.env['SPEC_EMBEDDED_SECRET'] = 'x';
      for (const umask of [0o000, 0o077]) {
        const before = process.umask(umask);
        const server = await start().finally(() => process.umask(before));
        await value(await connect(server.place), '1');
        const open: string[] = [];
        const folder = join(dataDir, SERVER_FOLDER);
        for (const name of ['.', ...(await readdir(folder, { recursive: true }))]) {
          const { mode } = await lstat(join(folder, name));
          if ((mode & 0o077) !== 0) open.push(`${name} ${mode.toString(8)}`);
        }
        expect(open).toEqual([]);
        if (process.platform === 'linux')
          expect(await readFile(`/proc/${String(server.pid)}/environ`, 'utf8')).not.toContain('SPEC_EMBEDDED_SECRET');
        await server.stop();
        await rm(folder, { recursive: true });
      }
      delete process.env['SPEC_EMBEDDED_SECRET'];
    },
    LIMIT,
  );

  it(
    'tells its log what it does, and nothing of what stands in a statement or a row',
    async () => {
      const client = await connect((await start()).place);
      await client.query('create table people (name text primary key, number int)');
      for (const wrong of [
        `insert into people values ('利用者 001', 1), ('利用者 001', 2)`,
        `insert into people values ('利用者 001', '利用者 001')`,
        `select '利用者 001' from nothing`,
      ])
        await expectAsync(client.query(wrong)).toBeRejected();
      const folder = join(dataDir, SERVER_FOLDER, 'log');
      const [file = '', ...more] = await readdir(folder);
      expect([file, more]).toEqual([jasmine.stringMatching(/^postgres-[A-Z][a-z]{2}\.log$/), []]);
      const text = await readFile(join(folder, file), 'utf8');
      expect(text).toContain('ready to accept connections');
      expect(text).not.toContain('利用者');
      expect(await settings(client, ['log_rotation_age', 'log_truncate_on_rotation'])).toEqual(['1d', 'on']);
    },
    LIMIT,
  );

  it(
    'is started again when it ends by itself, at the same place and with what was committed',
    async () => {
      const server = await start();
      const client = await connect(server.place);
      await client.query('create table kept as select 1 as number');
      process.kill(server.pid ?? 0, 'SIGKILL');
      let number: unknown;
      while (number === undefined)
        number = await connect(server.place).then(
          (again) => value<number>(again, 'select number from kept'),
          () => undefined,
        );
      expect(number).toBe(1);
      expect(noted).toEqual([jasmine.stringContaining('ended with SIGKILL')]);
    },
    LIMIT,
  );

  it(
    'starts where a crash has left the process id of another program',
    async () => {
      const server = await start();
      const files = ['postmaster.pid', '.s.PGSQL.5432.lock'].map((name) => join(dataDir, SERVER_FOLDER, name));
      const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
      await server.stop();
      const account = await stat(join(dataDir, SERVER_FOLDER));
      for (const [at, file] of files.entries()) {
        await writeFile(file, texts[at]?.replace(/^\d+/, String(process.pid)) ?? '');
        await chown(file, account.uid, account.gid);
      }
      expect(await value(await connect((await start()).place), '1')).toBe(1);
    },
    LIMIT,
  );

  it(
    'uses a short name for a socket whose path is too long',
    async () => {
      const long = join(dataDir, 'x'.repeat(60), 'y'.repeat(60));
      await mkdir(long, { recursive: true });
      const server = await start({ dataDir: long });
      expect(server.place.host?.length).toBeLessThan(80);
      expect(await value(await connect(server.place), '1')).toBe(1);
      await server.stop();
      await expectAsync(lstat(server.place.host ?? '')).toBeRejected();
    },
    LIMIT,
  );

  it(
    'answers on the loopback to whoever has the password, where there are no sockets',
    async () => {
      const server = await start({ sockets: false });
      const { place } = server;
      expect(await value(await connect(place), '1')).toBe(1);
      for (const password of ['', 'wrong', undefined])
        await expectAsync(connect({ ...place, password })).toBeRejected();
      await server.stop();
      const again = await start({ sockets: false });
      expect(again.place.password).not.toBe(place.password);
      expect(await value(await connect(again.place), '1')).toBe(1);
    },
    LIMIT,
  );

  it('refuses a store of PGlite, and one of another PostgreSQL, and changes neither', async () => {
    const pglite = join(dataDir, 'pg');
    await mkdir(pglite);
    await writeFile(join(pglite, 'PG_VERSION'), '18');
    await expectAsync(start()).toBeRejectedWithError(/pg is a store of PGlite, .*choose another store\.dataDir/);
    await rm(pglite, { recursive: true });
    await mkdir(join(dataDir, SERVER_FOLDER));
    await writeFile(join(dataDir, SERVER_FOLDER, 'PG_VERSION'), '17\n');
    await expectAsync(start()).toBeRejectedWithError(/is of PostgreSQL 17, and this is PostgreSQL 18/);
    expect(await readdir(join(dataDir, SERVER_FOLDER))).toEqual(['PG_VERSION']);
  });

  it(
    'makes anew what a start that was killed has left half-made, and tells why it does not start',
    async () => {
      const fresh = join(dataDir, `${SERVER_FOLDER}.new`);
      await mkdir(fresh);
      await writeFile(join(fresh, 'PG_VERSION'), '18');
      const server = await start();
      expect(await readdir(dataDir)).not.toContain(`${SERVER_FOLDER}.new`);
      await server.stop();
      await rm(join(dataDir, SERVER_FOLDER, 'global', 'pg_control'));
      await expectAsync(start()).toBeRejectedWithError(/the embedded database in .*: it does not start: .*pg_control/s);
      await chmod(dataDir, 0o700);
    },
    LIMIT,
  );
});
