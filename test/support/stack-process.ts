import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = join(import.meta.dirname, '..', '..');
const PROGRAM = join(ROOT, 'tools', 'stack.ts');
const END_WITH_PARENT = join(ROOT, 'tools', 'end-with-parent.mjs');
/** Timeout in milliseconds. A cold start of the gateway creates its database. */
const PATIENCE = 90_000;
const TRIES = 20;

export interface StackProcess {
  readonly urls: { readonly nacsis: string; readonly alma: string; readonly gateway: string };
  /** Sends SIGTERM and returns the exit code. */
  readonly stop: () => Promise<number | null>;
}

/**
 * Both simulators and the gateway as processes with free ports and fresh data. Their stderr goes to that of the test.
 */
export async function startStack(...args: readonly string[]): Promise<StackProcess> {
  const command = ['--import', 'tsx', '--import', END_WITH_PARENT, PROGRAM, '--port-base', String(await freeBase())];
  const child = spawn(process.execPath, [...command, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit') as Promise<[code: number | null]>;
  const stop = async (): Promise<number | null> => {
    child.kill('SIGTERM');
    const [code] = await exited;
    return code;
  };
  const timer = setTimeout(() => child.kill('SIGTERM'), PATIENCE);
  try {
    return { urls: await firstLine(child, exited), stop };
  } finally {
    clearTimeout(timer);
  }
}

async function firstLine(child: ChildProcess, exited: Promise<unknown>): Promise<StackProcess['urls']> {
  if (child.stdout === null) throw new Error('the stack has no output');
  const line = once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>;
  const dead = exited.then((): never => {
    throw new Error('the stack ended before it was ready');
  });
  const [text] = await Promise.race([line, dead]);
  return JSON.parse(text) as StackProcess['urls'];
}

/** The first of four consecutive free ports. */
async function freeBase(): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const base = 20_000 + Math.floor(Math.random() * 2_000) * 10;
    const free = await Promise.all([0, 1, 2, 3].map(async (offset) => isFree(base + offset)));
    if (free.every(Boolean)) return base;
  }
  throw new Error('there are no four free ports in a row');
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
