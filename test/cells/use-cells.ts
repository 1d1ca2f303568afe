import { findPortBase } from '../support/ports';
import { Program } from '../support/program';
import { CellDriver, type StackUrls } from './cell-driver';

/** Timeout in milliseconds for starting or stopping the stack. A cold start of the gateway creates its database. */
const LIMIT = 100_000;
const READY_LIMIT = 90_000;

/**
 * Provides a driver for the specs of one `describe`. Starts both simulators and the gateway before the specs, as
 * processes with fresh data and these arguments, and stops them after the specs.
 */
export function useCells(...args: readonly string[]): () => CellDriver {
  let stack: Program | undefined;
  let driver: CellDriver | undefined;
  beforeAll(async () => {
    const portArgs = ['--port-base', String(await findPortBase())];
    stack = Program.start({ name: 'stack', entry: 'tools/stack.ts', args: [...portArgs, ...args] }, (line) => {
      if (urlsIn(line) === undefined) process.stderr.write(`${line}\n`);
    });
    driver = await CellDriver.open(await stack.line(urlsIn, READY_LIMIT));
  }, LIMIT);
  afterAll(async () => {
    expect((await stack?.stop())?.exitCode).toBe(0);
  }, LIMIT);
  return () => {
    if (driver === undefined) throw new Error('the stack has not been started yet');
    return driver;
  };
}

function urlsIn(line: string): StackUrls | undefined {
  return line.startsWith('{"nacsis":') ? (JSON.parse(line) as StackUrls) : undefined;
}
