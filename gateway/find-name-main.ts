import { text as readAll } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { ConfigError, configPath, loadConfig } from './config';
import { EmbeddedFault } from './postgres/embedded-fault';
import { DataFolderInUse } from './store/data-folder-lock';
import { comparableName, findName, tablesOf, type NameFound } from './store/find-name';
import { NoStore, openAsItIs } from './store/open-as-it-is';

const USAGE = `npm run find-name -- [--config FILE] NAME
  NAME      - reads it from the standard input, so that it is in no history of the shell
  --config  the configuration of the gateway, also GATEWAY_CONFIG
exit codes: 0 the name stands nowhere, 1 it does, 2 wrong usage, 70 the search failed, 75 a gateway has the store, 78 wrong configuration`;
/**
 * 0 and 1 report the result of the search, so no other outcome uses them (sysexits EX_SOFTWARE, EX_TEMPFAIL,
 * EX_CONFIG).
 */
const EXIT = { nowhere: 0, found: 1, usage: 2, failed: 70, inUse: 75, config: 78 } as const;

/**
 * `npm run find-name`: finds a name in the store. Prints a line for each row and column, never the surrounding text.
 */
async function main(): Promise<number> {
  const asked = askedFor();
  if (!asked?.config || asked.name === undefined) return told(USAGE, EXIT.usage);
  const name = asked.name === '-' ? await readAll(process.stdin) : asked.name;
  if (comparableName(name) === '') return told(USAGE, EXIT.usage);
  const { db, close } = await openAsItIs(loadConfig(asked.config).store);
  try {
    const tables = (await tablesOf(db)).length;
    if (tables === 0) throw new NoStore('the database has no table: it is no store of a gateway');
    let found = 0;
    for await (const place of findName(db, name)) {
      process.stdout.write(`${lineOf(place)}\n`);
      found += 1;
    }
    return told(`${String(tables)} tables searched, ${String(found)} places`, found === 0 ? EXIT.nowhere : EXIT.found);
  } finally {
    await close();
  }
}

function askedFor(): { readonly config?: string | undefined; readonly name?: string | undefined } | undefined {
  try {
    const { values, positionals } = parseArgs({ options: { config: { type: 'string' } }, allowPositionals: true });
    if (positionals.length !== 1) return undefined;
    return { config: configPath(values.config), name: positionals[0] };
  } catch {
    return undefined;
  }
}

/** `public.requests record institution=A side=borrower id=LA1: 2` */
function lineOf({ table, column, key, count }: NameFound): string {
  const parts = Object.entries(key).map(([name, value]) => `${name}=${value}`);
  return `${[table, column, ...parts].join(' ')}: ${String(count)}`;
}

function told(line: string, code: number): number {
  process.stderr.write(`${line}\n`);
  return code;
}

function exitCodeOf(error: unknown): number {
  if ([ConfigError, NoStore, EmbeddedFault].some((kind) => error instanceof kind)) return EXIT.config;
  return error instanceof DataFolderInUse ? EXIT.inUse : EXIT.failed;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.exitCode = exitCodeOf(error);
  const isKnown = process.exitCode !== EXIT.failed;
  told(String(error instanceof Error ? (isKnown ? error.message : error.stack) : error), process.exitCode);
}
