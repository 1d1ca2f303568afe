import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { closingLine, faultOf, summarize, type KindResult } from './counts';
import { runTool, say } from './output';
import { inRoot } from './repository';
import { nodeSpecs, runKind } from './run-kind';

/** Names the PostgreSQL server on which the store's specs run beside the embedded one; they may create and drop schemas or databases there. */
const VARIABLE = 'TEST_DATABASE_URL';
const LIMIT = 8 * 60_000;

/** Runs the specs that can use a real PostgreSQL, and fails when the server has seen nothing of them. */
await runTool('test-postgres', async () => {
  const url = process.env[VARIABLE];
  if (url === undefined || url === '') throw new Error(`${VARIABLE} must name a PostgreSQL server`);
  const specs = await specsThatUse(VARIABLE, 'gateway');
  if (specs.length === 0) throw new Error(`no spec below gateway/ uses ${VARIABLE}`);
  const before = await transactionsOf(url);
  const result = await runKind(nodeSpecs('postgres', 'config/jasmine.json', specs, LIMIT, { [VARIABLE]: url }));
  const seen = (await transactionsOf(url)) - before;
  say(`The server has seen ${String(seen)} transactions of ${String(specs.length)} spec files.`);
  const checked: KindResult = seen > specs.length ? result : { ...result, fault: 'the specs did not use the server' };
  const summary = summarize([checked]);
  summary.lines.forEach(say);
  say(closingLine(summary));
  return faultOf(checked) === undefined ? 0 : 1;
});

/** Paths of the specs below `folder` that mention `variable`, relative to the repository. */
async function specsThatUse(variable: string, folder: string): Promise<readonly string[]> {
  const files = (await readdir(inRoot(folder), { recursive: true }))
    .filter((file) => file.endsWith('.spec.ts'))
    .map((file) => join(folder, file));
  const uses = await Promise.all(files.map(async (file) => (await readFile(inRoot(file), 'utf8')).includes(variable)));
  return files.filter((_, index) => uses[index]);
}

/** Transactions that the server has finished in all of its databases; what a dropped database had is lost, so that this is a lower bound. */
async function transactionsOf(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('select pg_stat_clear_snapshot()');
    const { rows } = await client.query<{ total: string }>(
      'select sum(xact_commit + xact_rollback) as total from pg_stat_database',
    );
    return Number(rows[0]?.total ?? 0);
  } finally {
    await client.end();
  }
}
