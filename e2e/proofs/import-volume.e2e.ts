import { dayFromNow } from '../../test/support/wire-request';
import { ImportStack, madeTwice } from '../support/import-stack';
import { seedMany } from '../support/many-requests';

const LIMIT = 1_800_000;
/** Requests of the library, half of them on each side. */
const ALL = Number(process.env['VOLUME'] ?? 10_000);
const DAYS_OF_YEAR = 365;
const CHANGED = 100;
const SIDES = ['borrower', 'lender'] as const;

describe(`an import of ${String(ALL)} requests that were changed last on the days of a year`, () => {
  let stack: ImportStack;

  beforeAll(async () => {
    stack = await ImportStack.start({ imports: { stepSeconds: 20 } });
    for (const side of SIDES) await seedMany(stack.nacsis, { side, number: ALL / 2, more: onADay });
  }, LIMIT);
  afterAll(async () => {
    await stack.stop();
  }, LIMIT);

  it(
    'costs the second time what changed, and not what there is',
    async () => {
      const before = await stack.almaIds();
      const first = await stack.api.runThrough();
      expect([first.state, first.totals.failed]).toEqual(['completed', 0]);
      const made = await stack.count(before);
      for (const side of SIDES) {
        expect(made[side].missing).withContext(side).toEqual([]);
        expect(madeTwice(made[side])).withContext(side).toEqual([]);
      }
      tell('the first run', first);

      const changed = await changeSome();
      const second = await readRecords(() => stack.api.runThrough());
      tell(`the second run, ${String(second.records)} records read`, second.result);
      expect(second.result.totals).toEqual(jasmine.objectContaining({ created: 0, failed: 0, statusChanged: changed }));
      // Changed requests are dated today. The run also reads requests dated within the day of overlap.
      const dated = await datedSince(dayFromNow(-1));
      expect(second.records).toBe(dated);
      expect(second.result.totals.processed).toBe(dated);
      expect(dated).toBeLessThan(CHANGED + (3 * ALL) / DAYS_OF_YEAR + 60);

      const third = await readRecords(() => stack.api.runThrough());
      tell(`the third run, ${String(third.records)} records read`, third.result);
      expect(third.records).toBe(dated);
      expect(third.result.totals.unchanged).toBe(third.result.totals.processed);
      const after = await stack.count(before);
      for (const side of SIDES) expect(after[side].created).withContext(side).toEqual(made[side].created);
    },
    LIMIT,
  );

  /** Makes the other library take its next step on some requests. Returns how many changed. */
  const changeSome = async (): Promise<number> => {
    const waiting = (await stack.nacsis.borrowed()).filter(
      ({ STAT: status, RNWDT: day }) => status === '未処理' && String(day) < dayFromNow(-1),
    );
    const some = waiting.slice(0, CHANGED);
    for (const { ID: id } of some) await stack.nacsis.step(String(id));
    expect(some.length).toBe(Math.min(CHANGED, Math.floor(ALL / 100)));
    return some.length;
  };

  /** Runs `work` and counts the records that NACSIS-ILL delivered meanwhile. */
  const readRecords = async <T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly records: number }> => {
    const before = (await stack.nacsis.counters())['RECORDS'] ?? 0;
    const result = await work();
    return { result, records: ((await stack.nacsis.counters())['RECORDS'] ?? 0) - before };
  };

  const datedSince = async (day: string): Promise<number> => {
    const records = [...(await stack.nacsis.borrowed()), ...(await stack.nacsis.lent())];
    return records.filter(({ RNWDT: changed }) => String(changed) >= day).length;
  };
});

function onADay(at: number): Record<string, string> {
  const day = dayFromNow(-(at % DAYS_OF_YEAR));
  return { CRTDT: day, RNWDT: day };
}

function tell(what: string, { startedAt = '', finishedAt = '' }: { startedAt?: string; finishedAt?: string }): void {
  const seconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
  process.stderr.write(`\n${what}: ${seconds.toFixed(1)} s\n`);
}
