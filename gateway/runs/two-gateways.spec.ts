import { setTimeout as pause } from 'node:timers/promises';
import type { ImportReport, StartedImport } from '#domain/api/imports';
import type { Integration, Profile } from '#domain/api/profile';
import { wireRequest } from '../../test/support/wire-request';
import { INSTITUTION } from '../testing/alma-process';
import { TwoGateways, type OneGateway } from '../testing/two-gateways';

const LIMIT = 150_000;
const OF_EACH_SIDE = 60;
const STEPS = `import-steps_${INSTITUTION}`;
const SCHEDULE = `import-schedule_${INSTITUTION}_RES_SHARE`;
/** A time that no spec reaches. */
const NEVER = '0 0 1 1 *';
const INTEGRATION: Integration = {
  writer: 'rest',
  partner: { code: 'NACSIS', perMember: false },
  requester: { collectivePatron: 'ILL000' },
  schedule: { every: 'hour', at: '06:00', timeZone: 'Asia/Tokyo' },
};

describe('two gateways on one PostgreSQL', () => {
  let two: TwoGateways;
  /**
   * NACSIS ids of the requests of this spec. The simulator's own requests belong in Alma to a patron whom they do not
   * name.
   */
  const ours = new Set<string>();
  const one = (): OneGateway => two.gateways[0] as OneGateway;
  const other = (): OneGateway => two.gateways[1] as OneGateway;

  beforeAll(async () => {
    two = await TwoGateways.start();
    const { version } = await one().call<Profile>('GET', '/profiles/RES_SHARE');
    await one().call('PUT', '/profiles/RES_SHARE', { version, integration: INTEGRATION });
    await setCron(NEVER);
  }, LIMIT);
  afterAll(() => two.end(), LIMIT);

  const setCron = (cron: string) => two.rows(`update jobs.schedule set cron = '${cron}' where name = '${SCHEDULE}'`);
  const seed = async (): Promise<void> => {
    const [me = '', partner = ''] = two.accounts.map(({ memberId }) => memberId);
    const copy = { kind: 'copy', state: '未処理' } as const;
    const records = Array.from({ length: OF_EACH_SIDE }, () => [
      wireRequest({ ...copy, borrower: me, lenders: [partner] }),
      wireRequest({ ...copy, borrower: partner, lenders: [me] }),
    ]);
    for (const { ID: id } of await two.nacsis.write<readonly { readonly ID: string }[]>('records', records.flat()))
      ours.add(id);
  };
  const report = (runId: string) => one().call<ImportReport>('GET', `/imports/${runId}`);
  const until = async (runId: string, is: (run: ImportReport) => boolean): Promise<ImportReport> => {
    for (;;) {
      const run = await report(runId);
      if (run.finishedAt !== undefined || is(run)) return run;
      await pause(20);
    }
  };
  /** Lists the ids of `ours` in Alma's requests of a side, with repetitions. */
  const idsInAlma = async (side: 'borrowing' | 'lending'): Promise<readonly string[]> =>
    (await two.alma.requests())[side].flatMap(({ request }) =>
      (/LA\d{9}[\dX]/.exec(String(request['note'])) ?? []).filter((id) => ours.has(id)),
    );

  it(
    'make one run of two starts, and only one works on it at a time',
    async () => {
      await seed();
      const starts = await Promise.all(
        [one(), other()].map((each) => each.call<StartedImport>('POST', '/imports', {})),
      );
      expect(starts.filter(({ joined }) => joined === true).length).toBe(1);
      const [runId = '', ...more] = new Set(starts.map((start) => start.runId));
      expect(more).toEqual([]);
      const active: number[] = [];
      const run = await until(runId, () => {
        void two
          .rows<{ number: number }>(
            `select count(*)::int as number from jobs.job where name = '${STEPS}' and state = 'active'`,
          )
          .then(([row]) => active.push(row?.number ?? 0));
        return false;
      });
      expect(Math.max(...active)).toBe(1);
      // A step that begins during another one would count as resumed.
      expect([run.state, run.resumed]).toEqual(['completed', 0]);
      expect(run.totals.created).toBeGreaterThanOrEqual(2 * OF_EACH_SIDE);
      const calls = await Promise.all(two.gateways.map((each) => each.almaCalls()));
      expect(calls.reduce((sum, each) => sum + each)).toBeGreaterThan(2 * OF_EACH_SIDE);
    },
    LIMIT,
  );

  it(
    'go on where one was killed in the middle of a run, and nothing is double',
    async () => {
      await seed();
      const { runId } = await one().call<StartedImport>('POST', '/imports', {});
      await until(runId, ({ phase, progress }) => phase === 'importing' && progress.done > 0);
      await two.kill(await owner());
      const run = await until(runId, () => false);
      expect(run.state).toBe('completed');
      expect(run.resumed).toBe(1);
      expect(run.failures.map(({ id, failure }) => [id, failure?.code])).toEqual([]);
      for (const side of ['borrowing', 'lending'] as const) {
        const ids = await idsInAlma(side);
        expect(ids.length)
          .withContext(side)
          .toBe(ours.size / 2);
        expect(ids.filter((id, at) => ids.indexOf(id) < at))
          .withContext(side)
          .toEqual([]);
      }
      await two.begin();
    },
    LIMIT,
  );

  /** The gateway that is calling Alma now. */
  const owner = async (): Promise<OneGateway> => {
    const before = await Promise.all(two.gateways.map((each) => each.almaCalls()));
    for (;;) {
      for (const [at, each] of two.gateways.entries()) if ((await each.almaCalls()) > (before[at] ?? 0)) return each;
    }
  };

  it(
    'fire a schedule once',
    async () => {
      await setCron('* * * * *');
      while ((await fired()).minutes === 0) await pause(200);
      // Waits until both gateways have checked the schedules again, so that both have seen the same minute.
      const looks = await cronLooks();
      while ((await cronLooks()) < looks + 2) await pause(200);
      await setCron(NEVER);
      // Waits until the fired jobs have started their runs.
      while ((await fired()).open > 0) await pause(200);
      const { minutes, jobs } = await fired();
      expect(jobs).toBe(minutes);
      const { items } = await one().call<{ readonly items: readonly ImportReport[] }>('GET', '/imports');
      expect(items.filter(({ trigger }) => trigger === 'schedule').length).toBe(minutes);
      // Waits for the end of the runs: the next spec would join a run that is still under way.
      for (const { runId } of items) await until(runId, () => false);
    },
    LIMIT,
  );

  /**
   * Counts in how many minutes pg-boss found the schedule due, how many jobs it created for them, and how many of both
   * wait. A job is created some seconds after its minute, so its own time may be in the next minute.
   */
  const fired = async (): Promise<{ readonly minutes: number; readonly jobs: number; readonly open: number }> => {
    const [row] = await two.rows<{ minutes: number; jobs: number; open: number }>(`
      select count(distinct singleton_on) filter (where name = '__pgboss__send-it')::int as minutes,
        count(*) filter (where name = '${SCHEDULE}')::int as jobs,
        count(*) filter (where state <> 'completed')::int as open
      from jobs.job
      where name = '${SCHEDULE}' or (name = '__pgboss__send-it' and data ->> 'name' = '${SCHEDULE}')`);
    if (row === undefined) throw new Error('no row of counts');
    return row;
  };

  /** How often the schedules were checked; the gateways take turns. */
  let seenLooks = 0;
  let lastLook = '';
  const cronLooks = async (): Promise<number> => {
    const [row] = await two.rows<{ at: string }>('select cron_on::text as at from jobs.version');
    if (row !== undefined && row.at !== lastLook) [seenLooks, lastLook] = [seenLooks + 1, row.at];
    return seenLooks;
  };
});
