import { createHash } from 'node:crypto';
import { mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HOLDER_FILE = 'holder.json';

interface Holder {
  readonly pid: number;
  readonly since: string;
  readonly listen: string;
}

/** The embedded data folder is in use; the message names the user. */
export class DataFolderInUse extends Error {
  override readonly name = 'DataFolderInUse';
}

/**
 * Locks the embedded data folder for this process, so that no other process stops its server. The lock is a local
 * socket named after the folder: the operating system grants it to one process only and frees it when that process ends
 * in any way. `holder.json` beside the data only names the holder.
 */
export async function lockDataFolder(
  folder: string,
  listen: string,
): Promise<{ readonly release: () => Promise<void> }> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const server = createServer((socket) => socket.end());
  try {
    await bind(server, lockName(await realpath(folder)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new DataFolderInUse(
      `the data folder ${folder} is in use by ${await holderOf(folder)}; stop it, or choose another store.dataDir`,
      { cause: error },
    );
  }
  server.unref();
  const holder: Holder = { pid: process.pid, since: new Date().toISOString(), listen };
  await writeFile(join(folder, HOLDER_FILE), JSON.stringify(holder), { mode: 0o600 });
  return {
    release: () =>
      new Promise((resolve) =>
        server.close(() => {
          resolve();
        }),
      ),
  };
}

/**
 * Returns the name of the lock. Linux: an abstract socket; Windows: a named pipe; elsewhere a socket file, which must
 * be removed by hand after its process was killed.
 */
function lockName(folder: string): string {
  const name = `nacsis-ill-gateway-${createHash('sha256').update(folder).digest('hex').slice(0, 32)}`;
  if (process.platform === 'linux') return `\0${name}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

function bind(server: Server, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(name, () => {
      resolve();
    });
  });
}

async function holderOf(folder: string): Promise<string> {
  try {
    const holder = JSON.parse(await readFile(join(folder, HOLDER_FILE), 'utf8')) as Holder;
    return `the gateway with process id ${String(holder.pid)}, started ${holder.since}, listening on ${holder.listen}`;
  } catch {
    return 'another process';
  }
}
