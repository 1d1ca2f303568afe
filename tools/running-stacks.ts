import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inRoot } from './repository';

/** Ignored by git. */
const FOLDER = inRoot('.data', 'stacks');

interface RunningStack {
  readonly pid: number;
  /** Path of the gateway's configuration. */
  readonly config: string;
  /** Start time in milliseconds since the epoch. */
  readonly since: number;
}

/**
 * Registers this process as a running stack for other programs of this machine. Returns the function that removes the
 * registration.
 */
export async function nameRunningStack(config: string, folder = FOLDER): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${String(process.pid)}.json`);
  const stack: RunningStack = { pid: process.pid, config, since: Date.now() };
  await writeFile(path, JSON.stringify(stack));
  return () => rm(path, { force: true });
}

/** The gateway's configuration of the running stack that was started last; undefined when none runs. */
export async function configOfRunningStack(folder = FOLDER): Promise<string | undefined> {
  const names = await readdir(folder).catch(() => []);
  const stacks = await Promise.all(names.map((name) => readStack(join(folder, name))));
  const running = stacks.filter((stack) => stack !== undefined).filter(({ pid }) => isAlive(pid));
  return running.sort((left, right) => right.since - left.since)[0]?.config;
}

/** Reads the registration of a stack. Returns undefined when the file is incomplete or gone. */
async function readStack(path: string): Promise<RunningStack | undefined> {
  try {
    const stack = JSON.parse(await readFile(path, 'utf8')) as Partial<RunningStack>;
    const { pid, config, since } = stack;
    return pid === undefined || config === undefined || since === undefined ? undefined : { pid, config, since };
  } catch {
    return undefined;
  }
}

/** True when the process is running. A killed stack leaves its file behind. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
