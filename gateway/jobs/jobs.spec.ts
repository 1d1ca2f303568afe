import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Store } from '../store/open-store';
import { StoreUnavailable } from '../store/store-unavailable';
import { specStore } from '../testing/spec-stores';
import { Jobs } from './jobs';

describe('the jobs of a gateway', () => {
  let store: Store;
  let jobs: Jobs;
  /** Statements that the store cannot take. */
  let lost: string[];
  let isDown: boolean;

  beforeEach(async () => {
    store = await specStore();
    [lost, isDown] = [[], false];
    const database = {
      schema: store.jobs.schema,
      executeSql: (text: string, values?: unknown[]) => {
        if (!isDown) return store.jobs.executeSql(text, values);
        lost.push(text);
        return Promise.reject(new StoreUnavailable(new Error('it was killed')));
      },
    };
    jobs = new Jobs({ database, embedded: true, failed: () => undefined });
    await jobs.start();
  });
  afterEach(async () => {
    isDown = false;
    await jobs.stop();
    await store.close();
  });

  const stateOf = async (queue: string): Promise<string | undefined> => {
    const { rows } = await sql<{ state: string }>`select state from jobs.job where name = ${queue}`.execute(store.db);
    return rows[0]?.state;
  };

  for (const [what, result, state] of [
    ['done', () => Promise.resolve(), 'completed'],
    ['failed', () => Promise.reject(new Error('a fault')), 'failed'],
  ] as const)
    it(`write that one is ${what} when the store is back`, async () => {
      const work = async () => {
        isDown = true;
        setTimeout(() => (isDown = false), 700);
        await result();
      };
      await jobs.serve(`outage-${what}`, { pollSeconds: 1, options: { retryLimit: 0 }, work });
      await jobs.send(`outage-${what}`);
      while ((await stateOf(`outage-${what}`)) !== state) await pause(50);
      expect(lost.some((text) => /WITH (?:results|deleted_jobs) AS/.test(text))).toBeTrue();
    });
});
