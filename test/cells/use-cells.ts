import { startStack, type StackProcess } from '../support/stack-process';
import { CellDriver } from './cell-driver';

/** Timeout in milliseconds for starting or stopping the stack. */
const LIMIT = 100_000;

/** A driver for the specs of one `describe`. Its stack starts before them with these arguments and stops after them. */
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
