import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inRoot } from './repository';

/** Not in the repository (.gitignore). */
const FOLDER = inRoot('.data', 'stacks');

interface RunningStack {
  readonly pid: number;
  /** Path of the gateway's configuration. */
  readonly config: string;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/** Tells other programs of this machine that a stack runs in this process. Answers the function that takes it back. */
export async function nameRunningStack(config: string, folder = FOLDER): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${String(process.pid)}.json`);
  const stack: RunningStack = { pid: process.pid, config, since: Date.now() };
  await writeFile(path, JSON.stringify(stack));
  return () => rm(path, { force: true });
}

/** The configuration of the gateway in the stack that was started last and still runs; undefined where none does. */
export async function configOfRunningStack(folder = FOLDER): Promise<string | undefined> {
  const names = await readdir(folder).catch(() => []);
  const stacks = await Promise.all(names.map((name) => readStack(join(folder, name))));
  const running = stacks.filter((stack) => stack !== undefined).filter(({ pid }) => isAlive(pid));
  return running.sort((left, right) => right.since - left.since)[0]?.config;
}

/** undefined: not written to its end, or gone since. */
async function readStack(path: string): Promise<RunningStack | undefined> {
  try {
    const stack = JSON.parse(await readFile(path, 'utf8')) as Partial<RunningStack>;
    const { pid, config, since } = stack;
    return pid === undefined || config === undefined || since === undefined ? undefined : { pid, config, since };
  } catch {
    return undefined;
  }
}

/** A stack that was killed leaves its file behind. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
