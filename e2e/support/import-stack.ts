import { INSTITUTIONS } from '../../tools/gateway-config';
import { almaIds, countImport, type AlmaIds, type Counted, type ImportCount, type SideCount } from './import-count';
import { ImportApi } from './import-api';
import { NacsisSim } from './nacsis-sim';
import { TestStack, type TestSettings } from './stack';

/** Short delays for tests: a create is visible after one second, and a step of the run is short. */
const SETTINGS: TestSettings = {
  alma: { callsPerSecond: 1000, atATime: 4, createSettleSeconds: 1, callTimeoutMs: 3_000 },
  imports: { stepSeconds: 2 },
  // No test restarts Alma, and storing thousands of requests after each change takes longer than the import.
  isAlmaKept: false,
};
/** Switches off Alma's limits, because with them no import test would end in time. */
const NO_LIMITS = { apiCallsPerSecond: 100_000, apiCallsPerDay: 10_000_000 };

/** A stack with the seed data of both simulators and a configured import profile. Nothing has been imported yet. */
export class ImportStack {
  private constructor(
    private readonly test: TestStack,
    readonly nacsis: NacsisSim,
    readonly api: ImportApi,
    readonly counted: Counted,
  ) {}

  static async start(settings: TestSettings = {}): Promise<ImportStack> {
    const test = await TestStack.start({ ...SETTINGS, ...settings });
    const { urls } = test.stack;
    const nacsis = new NacsisSim(urls.nacsis);
    const [first] = await nacsis.accounts();
    const counted = { ...urls, member: first?.memberId ?? '', institution: INSTITUTIONS[0] };
    const stack = new ImportStack(test, nacsis, new ImportApi(urls), counted);
    await stack.alma('PUT', 'settings', NO_LIMITS);
    await stack.api.saveProfile();
    return stack;
  }

  get lastWords(): string {
    return this.test.lastWords;
  }

  count(before?: AlmaIds): Promise<ImportCount> {
    return countImport(this.counted, before);
  }

  almaIds(): Promise<AlmaIds> {
    return almaIds(this.counted);
  }

  /** Calls a test control of the Alma simulator. */
  async alma(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body: object = {}): Promise<unknown> {
    const response = await fetch(`${this.counted.alma}/_sim/${path}`, {
      method,
      ...(method === 'GET' ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${String(response.status)} ${await response.text()}`);
    return response.json();
  }

  /** Kills the gateway as a power cut would, and restarts it with its remaining data. */
  async killAndRestart(): Promise<void> {
    await this.test.stack.killGateway();
    await this.test.stack.startGateway();
  }

  stop(): Promise<void> {
    return this.test.stop();
  }
}

/** NACSIS ids of the side for which this import made more than one Alma request. */
export function madeTwice({ doubles, created }: SideCount): readonly string[] {
  const made = new Set(created);
  return doubles.filter(({ almaIds: ids }) => ids.filter((id) => made.has(id)).length > 1).map(({ id }) => id);
}
