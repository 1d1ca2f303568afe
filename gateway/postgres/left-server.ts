import { readdir, readFile, readlink, realpath, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ServerPrograms } from './server-programs';

const PID_FILE = 'postmaster.pid';
/**
 * Names of the files that contain a server's process id. PostgreSQL trusts such a file as long as any process has that
 * id.
 */
const LOCK_FILE = /^(?:postmaster\.pid|\.s\.PGSQL\.\d+\.lock)$/;
/** Milliseconds that a server gets to end on request. After that it is killed, and the next start recovers. */
const END_LIMIT = 15_000;
const POLL = 20;

/**
 * Ends the server that a killed gateway has left in `folder`, even one that hangs. Removes the lock files of a server
 * that was killed itself: the process id in them may belong to another program by now, and PostgreSQL would not start.
 * Only the owner of the folder may call this.
 */
export async function endLeftServer(folder: string, programs: ServerPrograms): Promise<void> {
  if (process.platform !== 'linux') {
    // Fails when no server is running.
    await programs.run('pg_ctl', ['stop', '-D', programs.nameOf(folder), '-m', 'fast'], folder).catch(() => undefined);
    return;
  }
  const found = await serversIn(folder);
  const id = Number.parseInt(await readFile(join(folder, PID_FILE), 'utf8').catch(() => ''), 10);
  if (found.includes(id)) process.kill(id, 'SIGINT');
  const limit = performance.now() + (found.includes(id) ? END_LIMIT : 0);
  while (performance.now() < limit && (await serversIn(folder)).length > 0) await pause(POLL);
  for (let left = await serversIn(folder); left.length > 0; left = await serversIn(folder)) {
    left.forEach(kill);
    await pause(POLL);
  }
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => LOCK_FILE.test(each))) await rm(join(folder, name), { force: true });
}

/** Process ids of the server and its children: each PostgreSQL process has the data folder as its working directory. */
async function serversIn(folder: string): Promise<readonly number[]> {
  const real = await realpath(folder).catch(() => folder);
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const isOurs = await Promise.all(
    ids.map(async (id) => {
      const [cwd, exe] = await Promise.all(['cwd', 'exe'].map((name) => linkOf(`/proc/${String(id)}/${name}`)));
      return cwd === real && /^postgres(?:$| )/.test(basename(exe ?? ''));
    }),
  );
  return ids.filter((_, at) => isOurs[at]);
}

/** Returns the target of the link; empty for a process that has ended or belongs to another user. */
function linkOf(path: string): Promise<string> {
  return readlink(path).catch(() => '');
}

function kill(id: number): void {
  try {
    process.kill(id, 'SIGKILL');
  } catch {
    // It has ended since.
  }
}
