import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
/** Environment variable with the folder of this run's bundles (`tools/bundles.ts`). */
export const BUNDLES_FOLDER = 'PROGRAM_BUNDLES';

/**
 * Node's arguments for this program of the repository (absolute path). JavaScript runs as it is. TypeScript runs from
 * the bundle if the run has made one, which starts several times faster, otherwise from the sources.
 */
export function programArguments(entry: string): readonly string[] {
  if (!/\.m?ts$/.test(entry)) return [entry];
  const folder = process.env[BUNDLES_FOLDER] ?? '';
  const bundle = join(folder, relative(ROOT, entry).replace(/\.ts$/, '.mjs'));
  return folder !== '' && existsSync(bundle) ? ['--enable-source-maps', bundle] : ['--import', 'tsx', entry];
}
