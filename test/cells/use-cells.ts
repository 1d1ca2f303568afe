import { startStack, type StackProcess } from '../support/stack-process';
import { CellDriver } from './cell-driver';

/** Milliseconds for the stack to start or to end. */
const LIMIT = 100_000;

/** A driver for the specs of one `describe`: its stack starts before them, with these arguments, and ends after them. */
export function useCells(...args: readonly string[]): () => CellDriver {
  let stack: StackProcess | undefined;
  let driver: CellDriver | undefined;
  beforeAll(async () => {
    stack = await startStack(...args);
    driver = await CellDriver.open(stack);
  }, LIMIT);
  afterAll(async () => {
    expect(await stack?.stop()).toBe(0);
  }, LIMIT);
  return () => {
    if (driver === undefined) throw new Error('the stack has not been started yet');
    return driver;
  };
}
