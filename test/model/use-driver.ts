import { startSimulator, type SimulatorProcess } from '../support/simulator-process';
import { Driver } from './driver';

/** Milliseconds for the simulator to start or to end; it is slow on a busy machine. */
const LIMIT = 30_000;

/** A driver for the specs of one `describe`: its simulator starts before them, with these arguments, and ends after them. */
export function useDriver(...args: readonly string[]): () => Driver {
  let simulator: SimulatorProcess | undefined;
  let driver: Driver | undefined;
  beforeAll(async () => {
    simulator = await startSimulator(...args);
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
