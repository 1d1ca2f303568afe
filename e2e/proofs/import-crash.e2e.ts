import { setTimeout as pause } from 'node:timers/promises';
import type { ImportedRequest, ImportReport } from '#domain/api/imports';
import { ImportStack, madeTwice } from '../support/import-stack';
import type { AlmaIds, ImportCount } from '../support/import-count';
import { seedMany } from '../support/many-requests';
import { seededRandom } from '../support/random';

const LIMIT = 400_000;
const KILLS = 20;
/** Number of kills during the reading of NACSIS-ILL. */
const KILLS_IN_READING = 4;
/**
 * Number of requests at the end at which no kill is aimed. A fast machine may import these between a poll and the kill.
 */
const BEYOND_THE_LAST_KILL = 60;
const OF_EACH_SIDE = 250;
/** Number of failing Alma calls of each kind. */
const FAULTS = 6;
/**
 * The only permitted failure: the outcome of a create is unknowable when Alma shows only the first 100 entries of a
 * list.
 */
const MAY_BE_OPEN = ['outcome-unknown'];
const BORROWING = '/almaws/v1/users';
const LENDING = '/almaws/v1/partners';

/** Set the seed of an earlier run to reproduce it. */
const SEED = Number(process.env['CRASH_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

interface Ended {
  readonly report: ImportReport;
  readonly failures: readonly ImportedRequest[];
  readonly count: ImportCount;
}

describe(`an import of ${String(2 * OF_EACH_SIDE)} requests (CRASH_SEED=${String(SEED)})`, () => {
  let stack: ImportStack;
  let before: AlmaIds;
  let random: () => number;
  const upTo = (most: number): number => Math.floor(random() * most);

  beforeEach(async () => {
    random = seededRandom(SEED);
    stack = await ImportStack.start();
    for (const side of ['borrower', 'lender'] as const) await seedMany(stack.nacsis, { side, number: OF_EACH_SIDE });
    before = await stack.almaIds();
  }, LIMIT);
  afterEach(async () => {
    await stack.stop();
  }, LIMIT);

  const ended = async (runId: string): Promise<Ended> => ({
    report: await stack.api.ended(runId),
    failures: await stack.api.requests(runId, 'failed'),
    count: await stack.count(before),
  });

  it(
    `is whole and has no double after the gateway was killed at ${String(KILLS)} points of it`,
    async () => {
      await stack.nacsis.addFault({ match: { method: 'SEARCH' }, do: 'delay', ms: 400, times: 40 });
      const runId = await stack.api.start();
      for (let kill = 0; kill < KILLS_IN_READING; kill += 1) {
        await pause(upTo(1_200));
        await stack.killAndRestart();
      }
      for (let left = KILLS - KILLS_IN_READING; left > 0; left -= 1) await killedFurtherOn(runId, left);
      const first = await ended(runId);
      expect(first.report.resumed).toBeGreaterThan(0);
      expectWhole(first);
      await expectNothingNew(first);
    },
    LIMIT,
  );

  /** Kills at a random point of the remaining work and leaves a share for the following kills. */
  const killedFurtherOn = async (runId: string, left: number): Promise<void> => {
    const { progress } = await stack.api.until(runId, ({ phase }) => phase === 'importing');
    const share = Math.max(0, (progress.due ?? 0) - BEYOND_THE_LAST_KILL - progress.done) / (left + 1);
    const point = progress.done + 2 * random() * share;
    const { state } = await stack.api.until(runId, (run) => run.progress.done > point);
    expect(state)
      .withContext(`before the kill with ${String(left)} left`)
      .toBe('running');
    await pause(upTo(50));
    await stack.killAndRestart();
  };

  it(
    'is whole and has no double where calls of Alma fail at random and NACSIS-ILL cuts connections',
    async () => {
      await addFaults();
      const first = await ended(await stack.api.start());
      expectWhole(first);
      await stack.alma('DELETE', 'faults');
      await stack.nacsis.clearFaults();
      await expectNothingNew(first);
    },
    LIMIT,
  );

  const addFaults = async (): Promise<void> => {
    for (const path of [BORROWING, LENDING])
      for (let nth = 0; nth < FAULTS; nth += 1) {
        const once = { match: { method: 'POST', path }, times: 1 };
        await stack.alma('POST', 'faults', { ...once, do: 'status', code: 429, after: upTo(OF_EACH_SIDE) });
        await stack.alma('POST', 'faults', { ...once, do: 'status', code: 500, after: upTo(OF_EACH_SIDE) });
        await stack.alma('POST', 'faults', { ...once, do: 'save-then-timeout', ms: 3_500, after: upTo(OF_EACH_SIDE) });
        await stack.alma('POST', 'faults', { ...once, do: 'drop-after', after: upTo(OF_EACH_SIDE) });
        await stack.alma('POST', 'faults', { ...once, do: 'drop-before', after: upTo(OF_EACH_SIDE) });
      }
    for (let nth = 0; nth < FAULTS; nth += 1) {
      const read = { match: { method: 'GET', path: BORROWING }, times: 1 };
      await stack.alma('POST', 'faults', { ...read, do: 'status', code: 500, after: upTo(OF_EACH_SIDE) });
    }
    for (const cut of ['drop-before', 'drop-after'] as const)
      await stack.nacsis.addFault({ match: { method: 'SEARCH' }, do: cut, times: 1 + upTo(2) });
  };

  const expectNothingNew = async ({ failures, count }: Ended): Promise<void> => {
    const again = await ended(await stack.api.start({ full: true }));
    expect(again.report.state).toBe('completed');
    expect(again.report.totals.created).toBe(0);
    expect(idsOf(again.failures)).withContext('what stays open').toEqual(idsOf(failures));
    for (const side of ['borrower', 'lender'] as const)
      expect(again.count[side].created).withContext(side).toEqual(count[side].created);
  };
});

/** Checks by independent counts that Alma has every NACSIS-ILL request once, except those named in the report. */
function expectWhole({ report, failures, count }: Ended): void {
  expect([report.state, report.failure]).toEqual(['completed', undefined]);
  expect(report.totals.processed).toBe(count.borrower.requests + count.lender.requests);
  expect(failures.length).toBe(report.totals.failed);
  expect(failures.filter(({ failure }) => !MAY_BE_OPEN.includes(failure?.code ?? '')))
    .withContext('failures of another kind')
    .toEqual([]);
  const named = new Set(idsOf(failures));
  for (const side of ['borrower', 'lender'] as const) {
    expect(madeTwice(count[side])).withContext(`made twice, ${side}`).toEqual([]);
    expect(count[side].missing.filter((id) => !named.has(id)))
      .withContext(`missing and not in the report, ${side}`)
      .toEqual([]);
  }
  // A report that names every request would prove nothing.
  expect(failures.length).toBeLessThan(OF_EACH_SIDE / 5);
}

function idsOf(requests: readonly ImportedRequest[]): readonly string[] {
  return requests.map(({ id }) => id).sort();
}
