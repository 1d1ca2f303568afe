import { DEFAULT_INTEGRATION } from '#domain/imports/integration';
import { Jobs } from '../jobs/jobs';
import type { Store } from '../store/open-store';
import { findName } from '../store/find-name';
import { SpecImports } from '../testing/spec-imports';
import { specStores } from '../testing/spec-stores';
import type { ImportService } from './import-service';
import { ImportQueue, type QueueWork } from './import-queue';

const BY = { trigger: 'staff', startedBy: 'manager001' } as const;
/** Time limit of a spec in milliseconds: long enough for a slow machine; conditions are polled. */
const PATIENCE = 60_000;

interface Gateway {
  readonly jobs: Jobs;
  readonly queue: ImportQueue;
  readonly imports: ImportService;
}

for (const { name, open } of specStores()) {
  describe(`the job queue on ${name}`, () => {
    let store: Store;
    let drop: () => Promise<void>;
    let spec: SpecImports;
    let begun: Gateway[];
    /** Resolves at the end of the spec; hanging work then continues and does not outlive its store. */
    let end: Promise<void>;
    let endNow: () => void;
    let upkeep: QueueWork['upkeep'];

    beforeEach(async () => {
      ({ store, drop } = await open());
      spec = new SpecImports(store.db, { stepSeconds: 1 });
      begun = [];
      upkeep = { expect: () => Promise.resolve(), isDue: () => Promise.resolve(false), run: () => Promise.resolve() };
      end = new Promise((resolve) => (endNow = resolve));
    });
    afterEach(async () => {
      endNow();
      await Promise.all(begun.map(({ jobs }) => jobs.stop()));
      await drop();
    });

    const gateway = async (embedded = store.embedded, integration = DEFAULT_INTEGRATION): Promise<Gateway> => {
      const { institution, failures } = spec;
      const failed = (error: unknown) => void failures.push(error);
      const jobs = new Jobs({ database: store.jobs, embedded, failed });
      const queue = new ImportQueue({ jobs, institutions: [institution], stepSeconds: 1, callTimeoutMs: 1 });
      const imports = spec.service(queue);
      const started = { jobs, queue, imports };
      begun.push(started);
      await jobs.start();
      await queue.start({ imports, integrationOf: () => Promise.resolve(integration), upkeep });
      return started;
    };
    const ended = async ({ imports }: Gateway, runId: string) => {
      for (;;) {
        const run = await imports.run('A', runId);
        if (run.finishedAt !== undefined) return run;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };

    it(
      'works a run through, and the next one after it',
      async () => {
        const one = await gateway();
        spec.put('LA1');
        const { runId } = await one.imports.start(spec.institution, BY);
        const full = await one.imports.start(spec.institution, { ...BY, full: true });
        expect((await ended(one, runId)).totals.created).toBe(1);
        expect((await ended(one, full.runId)).state).toBe('completed');
        expect(spec.failures).toEqual([]);
      },
      PATIENCE,
    );

    it(
      'takes up at its start what a gateway before it has left',
      async () => {
        spec.put('LA1');
        const imports = spec.service();
        const { runId } = await imports.start(spec.institution, BY);
        expect((await ended(await gateway(), runId)).totals.created).toBe(1);
      },
      PATIENCE,
    );

    it(
      'replaces a gateway that died in a step, and the run says so',
      async () => {
        spec.put('LA1');
        const sync = spec.sync;
        let died: () => void = () => undefined;
        const death = new Promise<void>((resolve) => (died = resolve));
        spec.sync = async (row) => {
          died();
          await end;
          return { notBefore: row.seen_at, reason: 'overtaken' };
        };
        const dead = await gateway();
        const { runId } = await dead.imports.start(spec.institution, BY);
        await death;
        spec.sync = sync;
        const run = await ended(await gateway(), runId);
        expect([run.state, run.totals.created]).toEqual(['completed', 1]);
        expect(run.resumed).toBeGreaterThan(0);
      },
      PATIENCE,
    );

    it(
      'runs what the schedule says, once',
      async () => {
        const every = { every: 'hour', at: '00:00', timeZone: 'Asia/Tokyo' } as const;
        const integration = { ...DEFAULT_INTEGRATION, schedule: every };
        const { queue } = await gateway(store.embedded, integration);
        const { rows } = await store.jobs.executeSql(
          `select name, cron, timezone from ${store.jobs.schema}.schedule order by name`,
        );
        expect(rows).toContain({ name: 'import-schedule_A_RES_SHARE', cron: '0 * * * *', timezone: 'Asia/Tokyo' });
        await queue.schedule('A', 'RES_SHARE', DEFAULT_INTEGRATION);
        const { rows: after } = await store.jobs.executeSql(`select name from ${store.jobs.schema}.schedule`);
        expect(after).toEqual([{ name: 'tidy' }]);
      },
      PATIENCE,
    );

    it(
      'does the nightly work at once where the night was missed, and keeps nothing of an error but that there was one',
      async () => {
        const fault = Object.assign(new Error('the row'), { detail: 'Failing row contains (利用者 001)' });
        const tried = new Promise<void>((resolve) => {
          const run = () => {
            resolve();
            return Promise.reject(fault);
          };
          upkeep = { ...upkeep, isDue: () => Promise.resolve(true), run };
        });
        await gateway();
        await tried;
        const failed = `select output from ${store.jobs.schema}.job where name = 'tidy' and output is not null`;
        let rows: readonly unknown[] = [];
        while (rows.length === 0) ({ rows } = await store.jobs.executeSql(failed));
        expect(JSON.stringify(rows)).toContain('the log of the gateway says why');
        expect(spec.failures).toEqual([fault]);
        for await (const place of findName(store.db, '利用者 001')) fail(place);
      },
      PATIENCE,
    );

    if (name === 'PostgreSQL') {
      it(
        'lets one of two gateways work at a time',
        async () => {
          const [one, other] = [await gateway(), await gateway()];
          for (let at = 1; at <= 40; at += 1) spec.put(`LA${String(at)}`);
          let atWork = 0;
          let most = 0;
          spec.sync = async (row) => {
            atWork += 1;
            most = Math.max(most, atWork);
            await new Promise((resolve) => setTimeout(resolve, 50));
            atWork -= 1;
            return spec.done(row);
          };
          const [first, second] = await Promise.all([
            one.imports.start(spec.institution, BY),
            other.imports.start(spec.institution, BY),
          ]);
          expect(first.runId).toBe(second.runId);
          expect((await ended(one, first.runId)).totals.created).toBe(40);
          expect(most).toBeLessThanOrEqual(2);
          expect(new Set(spec.synced).size).toBe(spec.synced.length);
        },
        PATIENCE,
      );
    }
  });
}
