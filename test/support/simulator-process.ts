import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { programArguments } from './program-arguments';

const ROOT = join(import.meta.dirname, '..', '..');
const PROGRAM = join(ROOT, 'simulators', 'nacsis', 'main.ts');
/** Ends the child when the test run is killed. */
const END_WITH_PARENT = join(ROOT, 'tools', 'end-with-parent.mjs');
/** Timeout in milliseconds for the simulator to get ready or to stop. */
const PATIENCE = 20_000;

/** A NACSIS-ILL simulator in its own process on a free port. */
export interface SimulatorProcess {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** Sends SIGTERM and returns the exit code. */
  readonly stop: () => Promise<number | null>;
}

/**
 * Starts the simulator with these arguments and a port, and resolves when it listens. Its stderr goes to that of the
 * test.
 */
export async function startSimulator(...args: readonly string[]): Promise<SimulatorProcess> {
  const command = ['--import', END_WITH_PARENT, ...programArguments(PROGRAM), '--port', '0', ...args];
  const child = spawn(process.execPath, command, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const exited = once(child, 'exit') as Promise<[code: number | null]>;
  try {
    const url = await inTime(firstUrl(child, exited), 'the simulator does not answer');
    return {
      url,
      stop: async () => {
        child.kill('SIGTERM');
        const [code] = await inTime(exited, 'the simulator does not end');
        return code;
      },
    };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

/** The address in the first line of output: `{"ready": url}`. */
async function firstUrl(child: ChildProcess, exited: Promise<unknown>): Promise<string> {
  if (child.stdout === null) throw new Error('the simulator has no output');
  const line = once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>;
  const dead = exited.then((): never => {
    throw new Error('the simulator ended before it was ready');
  });
  const [text] = await Promise.race([line, dead]);
  return (JSON.parse(text) as { readonly ready: string }).ready;
}

async function inTime<T>(work: Promise<T>, complaint: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(complaint));
    }, PATIENCE);
  });
  return Promise.race([work, late]).finally(() => {
    clearTimeout(timer);
  });
}
