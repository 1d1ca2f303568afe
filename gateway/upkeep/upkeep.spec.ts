import { UPKEEP_STEPS, type UpkeepStep } from '#domain/imports/upkeep';
import { loggerOptions } from '../logger-options';
import { IMPORT_DEFAULTS } from '../runs/settings';
import { Metrics } from '../metrics';
import type { Store } from '../store/open-store';
import { specStore } from '../testing/spec-stores';
import { UpkeepStore } from '../store/upkeep-store';
import { pino } from 'pino';
import { Upkeep, UpkeepFailed } from './upkeep';
import { upkeepView } from './upkeep-state';
import { upkeepWork } from './upkeep-work';

const HOUR_MS = 3_600_000;
const START = Date.parse('2026-11-24T01:00:00Z');

describe('the nightly work', () => {
  let store: Store;
  let rows: UpkeepStore;
  let metrics: Metrics;
  let log: string[];
  let done: UpkeepStep[];
  let faulty: readonly UpkeepStep[];
  let clock: number;

  beforeAll(async () => {
    store = await specStore();
    rows = new UpkeepStore(store.db);
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    await store.db.deleteFrom('upkeep').execute();
    [metrics, log, done, faulty, clock] = [new Metrics(), [], [], [], START];
  });

  const now = () => new Date(clock);
  const failed = (error: unknown) => {
    pino(loggerOptions('error'), { write: (line: string) => void log.push(line) }).error({ err: error }, 'a fault');
  };
  const upkeep = () => {
    const work = Object.fromEntries(
      UPKEEP_STEPS.map((step) => [
        step,
        () => {
          done.push(step);
          const fault = Object.assign(new Error(`of ${step}`), { detail: '利用者 001' });
          return faulty.includes(step) ? Promise.reject(fault) : Promise.resolve(1);
        },
      ]),
    ) as unknown as ReturnType<typeof upkeepWork>;
    return new Upkeep({ work, store: rows, now, failed, count: metrics.countUpkeepFailure });
  };
  const view = async () => upkeepView(await rows.all(), now());
  const troubles = async () =>
    (await view()).steps.flatMap(({ step, trouble }) => (trouble ? [`${step} ${trouble}`] : []));

  it('does every step whatever became of the others; a failure is logged, counted and shown, with no name', async () => {
    faulty = ['names', 'drafts'];
    await expectAsync(upkeep().run()).toBeRejectedWithError(UpkeepFailed, 'failed: names, drafts');
    expect(done).toEqual([...UPKEEP_STEPS]);
    expect(await troubles()).toEqual(['names failed', 'drafts failed']);
    expect(log.map((line) => (JSON.parse(line) as { err: { stack: string } }).err.stack.split('\n')[0])).toEqual([
      'Error: the nightly step names failed',
      'Error: the nightly step drafts failed',
    ]);
    expect(log.join()).toContain('of names');
    expect(log.join()).not.toContain('利用者');
    const text = await metrics.registry.metrics();
    expect(text).toContain('gateway_upkeep_failures_total{step="names"} 1');
    expect(text).toContain('gateway_upkeep_failures_total{step="journal"} 0');
    faulty = [];
    clock += HOUR_MS;
    await upkeep().run();
    expect(await troubles()).toEqual([]);
    expect((await view()).steps[0]).toEqual({
      ...{ step: 'names', doneAt: new Date(clock).toISOString(), failedAt: new Date(START).toISOString() },
    });
  });

  it('is overdue when it was not done for more than two days, also when it never was', async () => {
    await upkeep().expect();
    expect(await upkeep().isDue()).toBeTrue();
    clock += 48 * HOUR_MS;
    expect(await troubles()).toEqual([]);
    clock += 1;
    expect((await troubles()).length).toBe(UPKEEP_STEPS.length);
    // A restarted gateway does not start counting again.
    await upkeep().expect();
    expect((await troubles())[0]).toBe('names overdue');
    await upkeep().run();
    expect([await troubles(), await upkeep().isDue()]).toEqual([[], false]);
    clock += 27 * HOUR_MS;
    expect([await troubles(), await upkeep().isDue()]).toEqual([[], true]);
    metrics.setUpkeep(await rows.all(), now());
    expect(await metrics.registry.metrics()).toContain(
      `gateway_upkeep_age_seconds{step="drafts"} ${String(27 * 3600)}`,
    );
  });

  it('begins no further step when the gateway ends', async () => {
    const stopping = new AbortController();
    faulty = [];
    const ending = upkeep();
    stopping.abort();
    await ending.run(stopping.signal);
    expect(done).toEqual([]);
  });

  it('comes to its end with any number of days, and without a store says so for each step', async () => {
    for (const days of [0, 1, 36_500, 1e15, Number.MAX_VALUE]) {
      const imports = { ...IMPORT_DEFAULTS, keepDays: days, eraseNamesDays: days };
      const config = { imports, drafts: { keepDays: days }, institutions: [] };
      const parts = { store: rows, now, failed, count: metrics.countUpkeepFailure };
      await expectAsync(new Upkeep({ ...parts, work: upkeepWork({ db: store.db, config, now }) }).run()).toBeResolved();
    }
    expect(log).toEqual([]);
    const away = { expect: gone, note: gone, all: gone } as unknown as UpkeepStore;
    const work = Object.fromEntries(UPKEEP_STEPS.map((step) => [step, gone])) as unknown as ReturnType<
      typeof upkeepWork
    >;
    const lost = new Upkeep({ work, store: away, now, failed, count: metrics.countUpkeepFailure });
    await expectAsync(lost.run()).toBeRejectedWithError(UpkeepFailed);
    expect(log.length).toBe(UPKEEP_STEPS.length);
  });
});

function gone(): Promise<never> {
  return Promise.reject(new Error('the store is away'));
}
