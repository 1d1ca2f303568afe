import { SimulatorProcess } from '../support/simulator-process';
import { Driver } from './driver';

/** Timeout in milliseconds for starting or stopping the simulator, which is slow on a busy machine. */
const LIMIT = 30_000;

/**
 * Provides a driver for the specs of one `describe`. Starts its simulator before the specs with these arguments and
 * stops it after the specs.
 */
export function useDriver(...args: readonly string[]): () => Driver {
  let simulator: SimulatorProcess | undefined;
  let driver: Driver | undefined;
  beforeAll(async () => {
    simulator = await SimulatorProcess.nacsis(...args);
    driver = await Driver.open(simulator.url);
  }, LIMIT);
  afterAll(async () => {
    expect(await simulator?.stop()).toBe(0);
  }, LIMIT);
  return () => {
    if (driver === undefined) throw new Error('the simulator has not been started yet');
    return driver;
  };
}
