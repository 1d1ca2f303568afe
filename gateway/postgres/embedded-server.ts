import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { ChildProcess } from 'node:child_process';
import { chmod, chown, mkdir, open, readFile, rename, rm, stat, symlink, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import getPort from 'get-port';
import pg from 'pg';
import { EmbeddedFault, wordsOf } from './embedded-fault';
import { endLeftServer } from './left-server';
import { serverAccount, type ServerAccount } from './server-account';
import { ServerPrograms } from './server-programs';
import { settingsOf } from './server-settings';

/** The server's data folder, below `store.dataDir`. */
export const SERVER_FOLDER = 'postgres';
/** Folder of the embedded store before the first release: PGlite, whose files look like those of a server. */
const PGLITE_FOLDER = 'pg';
const MAJOR = '18';
const USER = 'ill';
const DATABASE = 'postgres';
/** PostgreSQL's default port; it is part of the socket's name. */
const SOCKET_PORT = 5432;
/**
 * Longest socket path in bytes. Systems refuse longer ones: the limit is 104 on macOS and 108 on Linux, with the
 * terminator.
 */
const LONGEST_SOCKET = 100;
/** Time limit for recovery after a crash, in milliseconds. */
const READY_LIMIT = 120_000;
const POLL = 20;
/** Milliseconds before a server that ended by itself is restarted. */
const RESTART_PAUSE = 500;
/** Time limit for a regular shutdown, in milliseconds. Whatever the server has confirmed is on disk in any case. */
const STOP_LIMIT = 20_000;
/** Connections in addition to the pool, for looking into the store and for checks of readiness. */
const SPARE_CONNECTIONS = 10;

export interface EmbeddedSettings {
  readonly dataDir: string;
  /** Connections of the pool. */
  readonly connections: number;
  /** Receives events of the running server. */
  readonly note: (error: unknown, what: string) => void;
  /**
   * False: the server listens on TCP on the loopback interface with a password, for systems where Node.js has no file
   * sockets, such as Windows.
   */
  readonly sockets?: boolean;
  /** Additional arguments of the server. */
  readonly more?: readonly string[];
}

/**
 * A PostgreSQL server owned by this process: created at the first start, recovered after a crash, restarted when it
 * ends by itself, and ended by `stop`. The caller must own the folder (`lockDataFolder`).
 */
export class EmbeddedServer {
  /** Connection settings for the pool; they stay the same after a restart. */
  readonly place: Readonly<Pick<pg.PoolConfig, 'host' | 'port' | 'user' | 'password' | 'database'>>;
  #child?: ChildProcess;
  #isStopping = false;
  #stopped?: Promise<void>;
  #watching: Promise<void> = Promise.resolve();

  private constructor(
    private readonly settings: EmbeddedSettings,
    private readonly programs: ServerPrograms,
    private readonly access: { readonly host: string; readonly port?: number; readonly password?: string },
    private readonly release: () => Promise<void>,
  ) {
    const { host, port = SOCKET_PORT, password } = access;
    this.place = { host, port, user: USER, database: DATABASE, ...(password === undefined ? {} : { password }) };
  }

  /** Throws `EmbeddedFault`. */
  static async start(settings: EmbeddedSettings): Promise<EmbeddedServer> {
    const { dataDir, sockets = process.platform !== 'win32' } = settings;
    const folder = join(dataDir, SERVER_FOLDER);
    await refusePGlite(dataDir);
    const account = await serverAccount(folder);
    const programs = await ServerPrograms.find(dataDir, account);
    const { host, removeName } = sockets ? await socketFolder(folder) : { host: '127.0.0.1', removeName: nothing };
    const tcp = sockets
      ? {}
      : { port: await getPort({ host: '127.0.0.1' }), password: randomBytes(24).toString('hex') };
    const server = new EmbeddedServer(settings, programs, { host, ...tcp }, async () => {
      await removeName();
      await programs.remove();
    });
    try {
      await makeWhereMissing(folder, programs, account);
      await server.#begin();
    } catch (error) {
      await server.stop();
      throw error instanceof EmbeddedFault
        ? error
        : new EmbeddedFault(`the embedded database in ${folder}, whose log is in log/: ${wordsOf(error)}`, {
            cause: error,
          });
    }
    server.#watching = server.#watch();
    return server;
  }

  /** The process id of the server. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  stop(): Promise<void> {
    return (this.#stopped ??= this.#end());
  }

  async #end(): Promise<void> {
    this.#isStopping = true;
    const child = this.#child;
    if (child !== undefined && isRunning(child)) {
      child.ref();
      const ended = once(child, 'exit');
      // On Windows this kills the server; the next start recovers.
      child.kill('SIGINT');
      await Promise.race([ended, pause(STOP_LIMIT, undefined, { ref: false })]);
    }
    await this.#watching;
    if (child !== undefined) await endLeftServer(this.#folder, this.programs);
    await this.release();
  }

  get #folder(): string {
    return join(this.settings.dataDir, SERVER_FOLDER);
  }

  async #begin(): Promise<void> {
    if (this.#isStopping) return;
    const { access, programs, settings } = this;
    await endLeftServer(this.#folder, programs);
    const place = { port: access.port, connections: settings.connections + SPARE_CONNECTIONS };
    const args = ['-D', programs.nameOf(this.#folder), ...settingsOf(place), ...(settings.more ?? [])];
    if (access.password !== undefined) {
      // The server program itself sets the password, before anybody can connect.
      const statement = `alter role ${USER} password '${access.password}'\n`;
      await programs.run(
        'postgres',
        ['--single', ...args, '-c', 'logging_collector=off', DATABASE],
        this.#folder,
        statement,
      );
    }
    const child = programs.start(args, this.#folder);
    this.#child = child;
    await untilReady(child, this.place);
    child.unref();
  }

  async #watch(): Promise<void> {
    while (!this.#isStopping) {
      const child = this.#child;
      if (child !== undefined && isRunning(child)) await once(child, 'exit');
      await this.#beginAgain(child?.signalCode ?? `code ${String(child?.exitCode)}`);
    }
  }

  async #beginAgain(how: string): Promise<void> {
    if (this.#isStopping) return;
    this.settings.note(new Error(`it ended with ${how}`), 'the embedded database ended by itself and is started again');
    await pause(RESTART_PAUSE);
    await this.#begin().catch((error: unknown) => {
      this.settings.note(error, 'the embedded database cannot be started');
    });
  }
}

const nothing = () => Promise.resolve();
const isRunning = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null;
const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

async function refusePGlite(dataDir: string): Promise<void> {
  const folder = join(dataDir, PGLITE_FOLDER);
  if (await isThere(folder))
    throw new EmbeddedFault(
      `${folder} is a store of PGlite, which no released version has used; move it away, or choose another store.dataDir`,
    );
}

/** Creates the folder as a whole when it is missing. A folder that a killed start left half-made is created anew. */
async function makeWhereMissing(
  folder: string,
  programs: ServerPrograms,
  account: ServerAccount | undefined,
): Promise<void> {
  if (!(await isThere(folder))) {
    const fresh = `${folder}.new`;
    await rm(fresh, { recursive: true, force: true });
    await mkdir(fresh, { mode: 0o700 });
    if (account !== undefined) await chown(fresh, account.uid, account.gid);
    const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--encoding=UTF8'];
    const access = [`--username=${USER}`, '--auth-local=trust', '--auth-host=scram-sha-256'];
    await programs.run('initdb', ['-D', programs.nameOf(fresh), ...locale, ...access], fresh);
    await rename(fresh, folder);
    await onDisk(join(folder, '..'));
  }
  await chmod(folder, 0o700);
  const version = (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim();
  if (version !== MAJOR)
    throw new EmbeddedFault(
      `${folder} is of PostgreSQL ${version}, and this is PostgreSQL ${MAJOR}; bring it over with pg_upgrade or a dump`,
    );
}

async function onDisk(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder);
  await handle.sync().finally(() => handle.close());
}

/** Returns the path of the socket's folder, or of a short link to the folder when the socket's path is too long. */
async function socketFolder(
  folder: string,
): Promise<{ readonly host: string; readonly removeName: () => Promise<void> }> {
  const socket = join(folder, `.s.PGSQL.${String(SOCKET_PORT)}`);
  if (Buffer.byteLength(socket) <= LONGEST_SOCKET) return { host: folder, removeName: nothing };
  const short = await mkdtemp(join(tmpdir(), 'ill-'));
  await symlink(folder, join(short, 's'));
  return { host: join(short, 's'), removeName: () => rm(short, { recursive: true, force: true }) };
}

/** Waits until the server accepts connections. Throws the server's output when the server ends before that. */
async function untilReady(child: ChildProcess, place: pg.ClientConfig): Promise<void> {
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
  let failure: unknown;
  child.once('error', (error) => (failure = error));
  const limit = performance.now() + READY_LIMIT;
  while (performance.now() < limit) {
    if (failure !== undefined || !isRunning(child))
      throw new Error(`it does not start: ${failure === undefined ? said.trim() : wordsOf(failure)}`);
    const client = new pg.Client({ ...place, connectionTimeoutMillis: 2_000 });
    client.on('error', (error) => (said = error.message));
    const isReady = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => undefined);
    if (isReady) {
      // From here on the server writes to its own log.
      child.stderr?.destroy();
      return;
    }
    await pause(POLL);
  }
  throw new Error(`it does not answer after ${String(READY_LIMIT / 1000)} s`);
}
