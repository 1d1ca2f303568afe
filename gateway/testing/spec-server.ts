/**
 * The PostgreSQL server of a test run. Its template database is migrated to the newest schema once and copied for each
 * suite. Prints its address as `{"specServer": URL}`. Ends and deletes its data on request, or when its parent process
 * is gone. It does not sync to disk, since nobody needs its data after a crash.
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeFolder } from '../../test/support/remove-folder';
import { EmbeddedServer } from '../postgres/embedded-server';
import { openStore } from '../store/open-store';
import { STORE_DEFAULTS } from '../store/pool';
import { inDatabase, onServer, TEMPLATE } from './spec-database';

/** Enough for the suites of several parallel processes. */
const CONNECTIONS = 300;
const FAST = ['fsync', 'synchronous_commit', 'full_page_writes'].flatMap((name) => ['-c', `${name}=off`]);

const asked = new Promise((resolve) => {
  for (const event of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.once(event, resolve);
});
const note = (error: unknown, what: string) => process.stderr.write(`${what}: ${String(error)}\n`);

const dataDir = await mkdtemp(join(tmpdir(), 'nacsis-ill-spec-server-'));
try {
  const server = await EmbeddedServer.start({ dataDir, connections: CONNECTIONS, sockets: false, more: FAST, note });
  try {
    const { host = '', port, user = '', password, database = '' } = server.place;
    const url = `postgres://${user}:${String(password)}@${host}:${String(port)}/${database}`;
    await onServer(url, `create database ${TEMPLATE}`);
    const store = await openStore({ databaseUrl: inDatabase(url, TEMPLATE), ...STORE_DEFAULTS }, 'spec', note);
    await store.close();
    process.stdout.write(`${JSON.stringify({ specServer: url })}\n`);
    // Neither the server nor the channel to the parent keeps this process alive.
    const waiting = setInterval(() => undefined, 60_000);
    await asked;
    clearInterval(waiting);
  } finally {
    await server.stop();
  }
} finally {
  await removeFolder(dataDir);
}
process.exit();
