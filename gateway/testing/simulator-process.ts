import { join } from 'node:path';
import { freePort } from './gateway-process';
import { SpawnedSimulator } from './spawned-simulator';

const MAIN = join(import.meta.dirname, '..', '..', 'simulators', 'nacsis', 'main.ts');

/** The NACSIS-ILL simulator in its own process. */
export class SimulatorProcess extends SpawnedSimulator {
  static async start(): Promise<SimulatorProcess> {
    const port = String(await freePort());
    const simulator = new SimulatorProcess(`http://127.0.0.1:${port}`, MAIN, ['--port', port]);
    await simulator.ready();
    return simulator;
  }
}
