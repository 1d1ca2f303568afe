import { SpecImports, useSpecImports } from '../testing/spec-imports';
import { specStores } from '../testing/spec-stores';
import type { ImportService } from './import-service';
import { ImportRunsStore } from './runs-store';

const BY = { trigger: 'staff', startedBy: 'manager001' } as const;

for (const { name, open } of specStores()) {
  describe(`the import job on ${name}`, () => {
    let spec: SpecImports;
    let imports: ImportService;
    useSpecImports(open, (started) => ({ spec, imports } = started));

    const start = async (order: object = {}) => (await imports.start(spec.institution, { ...BY, ...order })).runId;
    const run = (runId: string) => imports.run('A', runId);
    const ranOnce = async (order: object = {}) => {
      const runId = await start(order);
      await spec.work(imports);
      return run(runId);
    };

    it('reads the files and brings every request, both sides', async () => {
      spec.put('LA1');
      spec.put('LA2', 'SHIPPED', { kind: 'loan' });
      spec.put('LA3', 'PROCESSING', {}, { borrowerId: 'FA090018', lenderId: 'FA090007' });
      const done = await ranOnce();
      expect(done).toEqual(jasmine.objectContaining({ state: 'completed', resumed: 0, startedBy: 'manager001' }));
      expect(done.totals).toEqual({
        processed: 3,
        borrowing: { processed: 2, succeeded: 2, failed: 0 },
        lending: { processed: 1, succeeded: 1, failed: 0 },
        ...{ created: 3, updated: 0, statusChanged: 0, unchanged: 0, failed: 0 },
      });
      expect(done.progress).toEqual({ read: 3, due: 3, done: 3 });
      expect([...spec.synced].sort()).toEqual(['LA1', 'LA2', 'LA3']);
    });

    it('brings nothing the second time, and counts what it has read as unchanged', async () => {
      spec.put('LA1');
      await ranOnce();
      spec.synced.length = 0;
      const again = await ranOnce();
      expect(spec.synced).toEqual([]);
      expect(again.totals).toEqual(jasmine.objectContaining({ processed: 1, unchanged: 1, created: 0 }));
    });

    it('does not read again what did not change for days', async () => {
      spec.put('LA1', 'SHIPPED', {}, { updatedOn: '20261101' });
      spec.put('LA2');
      await ranOnce();
      spec.put('LA2', 'PROCESSING');
      spec.synced.length = 0;
      const again = await ranOnce();
      expect(spec.synced).toEqual(['LA2']);
      expect([again.progress.read, again.totals.processed]).toEqual([1, 1]);
    });

    it('compares everything where everything is asked for', async () => {
      spec.put('LA1', 'SHIPPED', {}, { updatedOn: '20261101' });
      await ranOnce();
      await ranOnce({ full: true });
      expect(spec.synced).toEqual(['LA1', 'LA1']);
      expect(spec.contexts.map(({ full }) => full)).toEqual([false, true]);
    });

    it('tries again in the next run what failed, and tells it in the report', async () => {
      spec.put('LA1');
      spec.sync = () =>
        Promise.resolve({ outcome: 'failed', changes: [], failure: { code: 'alma-refused', almaCode: '401604' } });
      const failed = await ranOnce();
      expect([failed.state, failed.totals.borrowing.failed]).toEqual(['completed', 1]);
      const { failures } = await imports.report('A', failed.runId);
      expect(failures.map(({ id, failure }) => [id, failure?.almaCode])).toEqual([['LA1', '401604']]);
      spec.sync = (row) => Promise.resolve(spec.done(row));
      expect((await ranOnce()).totals.created).toBe(1);
    });

    it('retries one failed request in a run of its own, of which the first report tells', async () => {
      spec.put('LA1');
      spec.put('LA2');
      spec.sync = () => Promise.resolve({ outcome: 'failed', changes: [], failure: { code: 'alma-refused' } });
      const { runId } = await ranOnce();
      spec.sync = (row) => Promise.resolve(spec.done(row));
      spec.synced.length = 0;
      const retry = await imports.retry(spec.institution, runId, { id: 'LA2' }, 'manager001');
      await spec.work(imports);
      expect(spec.synced).toEqual(['LA2']);
      expect(await run(retry.runId)).toEqual(
        jasmine.objectContaining({ state: 'completed', trigger: 'retry', retryOf: runId }),
      );
      const { items } = await imports.requests('A', runId, { outcome: 'failed' });
      expect(items.map(({ id, retriedIn }) => [id, retriedIn])).toEqual([
        ['LA1', undefined],
        ['LA2', retry.runId],
      ]);
      expect((await imports.list('A', {})).items.map((each) => each.runId)).toEqual([runId]);
      expect((await imports.list('A', { retries: true })).total).toBe(2);
      await expectAsync(imports.retry(spec.institution, runId, { id: 'LA9' }, 'manager001')).toBeRejectedWith(
        jasmine.objectContaining({ code: 'not-found' }),
      );
    });

    it('joins a start to a run that does the same, and queues another after it', async () => {
      const first = await imports.start(spec.institution, BY);
      expect(await imports.start(spec.institution, { ...BY, libraries: ['RES_SHARE'] })).toEqual({
        runId: first.runId,
        joined: true,
      });
      const full = await imports.start(spec.institution, { ...BY, full: true });
      expect(full.joined).toBeUndefined();
      await spec.work(imports);
      const [one, other] = [await run(first.runId), await run(full.runId)];
      expect([one.state, other.state]).toEqual(['completed', 'completed']);
      expect(one.finishedAt! <= other.startedAt!).toBeTrue();
    });

    it('answers the same key with the same run, also when that has ended', async () => {
      const first = await start({ key: 'key-00001' });
      await spec.work(imports);
      expect(await start({ key: 'key-00001' })).toBe(first);
      const both = await Promise.all([start({ key: 'key-00002' }), start({ key: 'key-00002' })]);
      expect(new Set(both).size).toBe(1);
    });

    it('takes a key for one start or retry with one body, and remembers also a key that joined a run', async () => {
      const reused = jasmine.objectContaining({ code: 'idempotency-key-reused' });
      spec.put('LA1');
      spec.sync = () => Promise.resolve({ outcome: 'failed', changes: [], failure: { code: 'alma-refused' } });
      const ordered = (key: string, more: object = {}) => imports.start(spec.institution, { ...BY, key, ...more });
      const { runId } = await ordered('key-of-one');
      const joined = { runId, joined: true };
      expect(await ordered('key-of-two')).toEqual(joined);
      await spec.work(imports);
      expect([await ordered('key-of-one'), await ordered('key-of-two')]).toEqual([{ runId }, joined]);
      for (const more of [{ full: true }, { dryRun: true }, { libraries: [] }])
        await expectAsync(ordered('key-of-two', more)).toBeRejectedWith(reused);
      const retried = (key: string, which: string) => imports.retry(spec.institution, which, { id: 'LA1' }, 'm', key);
      await expectAsync(retried('key-of-one', runId)).toBeRejectedWith(reused);
      const again = await retried('key-of-retry', runId);
      expect(await retried('key-of-retry', runId)).toEqual(again);
      await spec.work(imports);
      await expectAsync(retried('key-of-retry', again.runId)).toBeRejectedWith(reused);
      await expectAsync(ordered('key-of-retry')).toBeRejectedWith(reused);
      expect((await imports.list('A', { retries: true })).total).toBe(2);
    });

    it('goes on after a gateway died in a step, does nothing twice, and says so', async () => {
      for (const id of ['LA1', 'LA2', 'LA3', 'LA4', 'LA5']) spec.put(id);
      const runId = await start();
      // The gateway dies during the third request.
      let left = 3;
      let died: () => void = () => undefined;
      const death = new Promise<void>((resolve) => (died = resolve));
      spec.sync = (row) => {
        left -= 1;
        if (left > 0) return Promise.resolve(spec.done(row));
        died();
        return new Promise(() => undefined);
      };
      void spec.work(imports);
      await death;
      spec.sync = (row) => Promise.resolve(spec.done(row));
      const before = [...spec.synced];
      imports = spec.service();
      await spec.work(imports);
      const done = await run(runId);
      expect([done.state, done.resumed, done.totals.created]).toEqual(['completed', 1, 5]);
      const settled = before.slice(0, 2);
      expect(spec.synced.filter((id) => settled.includes(id)).length).toBe(2);
    });

    it('ends between two requests when it is cancelled, and keeps what was done', async () => {
      for (const id of ['LA1', 'LA2', 'LA3', 'LA4', 'LA5']) spec.put(id);
      const runId = await start();
      spec.sync = async (row) => {
        await imports.cancel('A', runId);
        return spec.done(row);
      };
      await spec.work(imports);
      const ended = await run(runId);
      expect([ended.state, ended.isCancelling, ended.totals.created]).toEqual(['cancelled', false, 2]);
      expect(ended.progress).toEqual({ read: 5, due: 5, done: 2 });
    });

    it('tells who follows it of every few requests, not only of whole steps', async () => {
      for (const id of ['LA1', 'LA2', 'LA3', 'LA4', 'LA5']) spec.put(id);
      const runId = await start();
      const revisions: number[] = [];
      spec.sync = async (row) => {
        revisions.push(await imports.revision('A', runId));
        return spec.done(row);
      };
      await spec.work(imports);
      expect(new Set(revisions).size).toBe(3);
    });

    it('is cancelled at once while it waits for its turn', async () => {
      const runId = await start();
      expect((await imports.cancel('A', runId)).state).toBe('cancelled');
      expect((await imports.cancel('A', runId)).state).toBe('cancelled');
    });

    it('waits while NACSIS-ILL cannot be reached, longer each time', async () => {
      spec.put('LA1');
      spec.nacsis.readable = false;
      const runId = await start();
      const stopping = new AbortController().signal;
      const step = () => imports.step(spec.institution, stopping);
      const waits: number[] = [];
      for (let at = 0; at < 3; at += 1) {
        await step();
        const { waiting, phase } = await run(runId);
        expect([phase, waiting?.code]).toEqual(['waiting', 'nacsis-unavailable']);
        const until = Date.parse(waiting!.until) - spec.now().getTime();
        waits.push(Math.round(until / 1000));
        spec.pass(until);
      }
      expect(waits).toEqual([2, 4, 8]);
      spec.nacsis.readable = true;
      await spec.work(imports);
      const done = await run(runId);
      expect([done.state, done.waiting, done.resumed]).toEqual(['completed', undefined, 0]);
    });

    it('gives up after the time that is set, and says how far it came', async () => {
      spec = new SpecImports(spec.db, { giveUpMinutes: 10 });
      spec.isReachable = false;
      imports = spec.service();
      for (const id of ['LA1', 'LA2', 'LA3', 'LA4']) spec.put(id);
      spec.sync = (row) =>
        Promise.resolve(
          row.id < 'LA3' ? spec.done(row) : { ...spec.unreached('alma-unavailable'), detail: 'not reached' },
        );
      const ended = await ranOnce();
      expect(ended.failure).toEqual({ code: 'alma-unavailable', detail: 'not reached' });
      expect([ended.state, ended.progress]).toEqual(['failed', { read: 4, due: 4, done: 2 }]);
      expect(ended.totals.failed).toBe(0);
    });

    it('does not wait where somebody must change a key', async () => {
      spec.put('LA1');
      spec.sync = () => Promise.resolve(spec.unreached('alma-key-refused'));
      const ended = await ranOnce();
      expect([ended.state, ended.failure?.code]).toEqual(['failed', 'alma-key-refused']);
      expect(spec.pauses.every((ms) => ms === 0)).toBeTrue();
    });

    it('waits for the next day where Alma allows no more calls today', async () => {
      spec.put('LA1');
      const runId = await start();
      spec.sync = () => Promise.resolve(spec.unreached('alma-daily-threshold'));
      const stopping = new AbortController().signal;
      await imports.step(spec.institution, stopping);
      await imports.step(spec.institution, stopping);
      expect((await run(runId)).waiting).toEqual({ code: 'alma-daily-threshold', until: '2026-11-25T00:05:00.000Z' });
    });

    it('says once what is wrong with the settings', async () => {
      for (const id of ['LA1', 'LA2', 'LA3']) spec.put(id);
      const configuration = { library: 'RES_SHARE', code: 'partner-missing', name: 'NACSIS' } as const;
      const failure = { code: 'partner-missing' } as const;
      spec.sync = () => Promise.resolve({ outcome: 'failed', changes: [], failure, configuration });
      expect((await ranOnce()).configuration).toEqual([configuration]);
    });

    it('fails the run with what is not of the catalogue, and logs it', async () => {
      spec.put('LA1');
      spec.sync = () => Promise.reject(new Error('a fault of ours'));
      const ended = await ranOnce();
      expect([ended.state, ended.failure?.code]).toEqual(['failed', 'internal']);
      expect(spec.failures.length).toBe(1);
    });

    it('tells records that could not be read as failed', async () => {
      const record = { institution: 'A', library: 'RES_SHARE', side: 'borrower', kind: 'copy', id: '?1' } as const;
      const runId = await start();
      await spec.db
        .insertInto('unreadable_records')
        .values({ ...record, reason: 'no STAT', seen_at: new Date(Date.parse('2026-11-24T02:00:00Z')) })
        .execute();
      await spec.work(imports);
      const { failures, totals } = await imports.report('A', runId);
      expect(failures.map(({ id, failure }) => [id, failure])).toEqual([
        ['', { code: 'record-unreadable', detail: 'no STAT' }],
      ]);
      expect(totals.borrowing.failed).toBe(1);
    });

    it('keeps the runs of institutions apart', async () => {
      const runId = await start();
      const calls = [() => imports.run('B', runId), () => imports.cancel('B', runId), () => imports.report('B', runId)];
      for (const call of calls)
        await expectAsync(call()).toBeRejectedWith(jasmine.objectContaining({ code: 'not-found' }));
      expect((await imports.list('B', {})).total).toBe(0);
    });

    it('deletes runs that ended long ago, with their requests', async () => {
      spec.put('LA1');
      await ranOnce();
      const runs = new ImportRunsStore(spec.db, spec.now);
      expect(await runs.deleteBefore(new Date(0))).toBe(0);
      expect(await runs.deleteBefore(spec.now())).toBe(1);
      expect(await spec.db.selectFrom('import_items').selectAll().execute()).toEqual([]);
    });
  });
}
