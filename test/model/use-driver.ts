import { startSimulator, type SimulatorProcess } from '../support/simulator-process';
import { Driver } from './driver';

/** A driver for the specs of one `describe`: its simulator starts before them, with these arguments, and ends after them. */
export function useDriver(...args: readonly string[]): () => Driver {
  let simulator: SimulatorProcess | undefined;
  let driver: Driver | undefined;
  beforeAll(async () => {
    simulator = await startSimulator(...args);
    driver = await Driver.open(simulator.url);
  });
  afterAll(async () => {
    expect(await simulator?.stop()).toBe(0);
  });
  return () => {
    if (driver === undefined) throw new Error('the simulator has not been started yet');
    return driver;
  };
}
