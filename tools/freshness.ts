import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './repository';

/** All sources of the built app, relative to the repository. */
const APP_SOURCES = [
  'cloudapp',
  'manifest.json',
  'package.json',
  'package-lock.json',
  'tsconfig.override.json',
] as const;
/** Files among the sources that the build itself writes. */
const WRITTEN_BY_BUILD = /^manifest.*\.json$/;

export type Freshness = 'fresh' | 'missing' | 'older';

/**
 * Checks that `build/index.html` exists and is at least as new as every source. Ignores specs, which are not part of
 * the build.
 */
export async function buildFreshness(root: string = ROOT): Promise<Freshness> {
  const built = await modified(join(root, 'build', 'index.html'));
  if (built === undefined) return 'missing';
  const newest = Math.max(...(await Promise.all(APP_SOURCES.map((source) => newestIn(join(root, source))))));
  return newest > built ? 'older' : 'fresh';
}

/** Modification time of the newest file at or below `path`, in milliseconds since the epoch; 0 when there is none. */
async function newestIn(path: string): Promise<number> {
  const info = await stat(path).catch(() => undefined);
  if (!info) return 0;
  if (!info.isDirectory()) return info.mtimeMs;
  const entries = await readdir(path, { withFileTypes: true });
  const counted = entries.filter(({ name }) => !name.endsWith('.spec.ts') && !WRITTEN_BY_BUILD.test(name));
  return Math.max(0, ...(await Promise.all(counted.map(({ name }) => newestIn(join(path, name))))));
}

async function modified(path: string): Promise<number | undefined> {
  return stat(path).then(
    (info) => info.mtimeMs,
    () => undefined,
  );
}
