import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { removeFolder } from '../test/support/remove-folder';
import { note } from './output';
import { DEFAULT_PORT_BASE, parsePortBase } from '../test/support/ports';
import { nameRunningStack } from './running-stacks';
import { Stack, type StackUrls } from './stack-processes';

/** Interval in milliseconds for checking that npm is still running. */
const PARENT_CHECK = 500;

interface StackCommand {
  /** True when the partner libraries act automatically. */
  readonly partners: boolean;
  /** See `StackOptions`. */
  readonly isDevelopment?: boolean;
  /** Runs before anything is started. */
  readonly prepare?: () => Promise<void>;
  /** Prints to stdout when everything is ready. */
  readonly announce: (urls: StackUrls) => void;
}

/**
 * `[--port-base N] [--data DIR] [--members FILE] [--strict]`: starts the stack, announces it, and keeps it until
 * SIGTERM or SIGINT.
 * Without --data the data is fresh and is deleted when the stack ends. Returns the exit code: 0 after a signal, 1 when
 * a part ended unexpectedly.
 */
export async function runStack({ partners, isDevelopment = false, prepare, announce }: StackCommand): Promise<number> {
  const { values } = parseArgs({
    options: {
      'port-base': { type: 'string' },
      'data': { type: 'string' },
      'members': { type: 'string' },
      'strict': { type: 'boolean', default: false },
    },
  });
  const portBase = values['port-base'] === undefined ? DEFAULT_PORT_BASE : parsePortBase(values['port-base']);
  const stopping = signalled();
  await prepare?.();
  const { data } = values;
  const isFresh = data === undefined;
  const dataFolder = isFresh ? await mkdtemp(join(tmpdir(), 'nacsis-ill-')) : resolve(data);
  const stack = new Stack({
    portBase,
    dataFolder,
    partners,
    isDevelopment,
    isStrict: values.strict,
    log: note,
    ...(values.members === undefined ? {} : { membersFile: resolve(values.members) }),
  });
  let unname: (() => Promise<void>) | undefined;
  try {
    const isReady = await Promise.race([stack.start().then(() => true), stopping]);
    if (isReady) {
      unname = await nameRunningStack(stack.configFile);
      announce(stack.urls);
    }
    const death = isReady ? await Promise.race([stack.firstDeath(), stopping]) : undefined;
    await stack.stop();
    if (death === undefined) return 0;
    note(death);
    return 1;
  } finally {
    await unname?.();
    if (isFresh) await removeFolder(dataFolder);
  }
}

/** Resolves on the first SIGTERM or SIGINT, or when the npm that started us is gone without forwarding a signal. */
function signalled(): Promise<undefined> {
  return new Promise((resolve) => {
    const stop = (): void => resolve(undefined);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop);
    if (process.env['npm_lifecycle_event'] === undefined) return;
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) stop();
    }, PARENT_CHECK).unref();
  });
}
