import fc from 'fast-check';
import type { StoredRequest } from '../store/requests-store';
import { JournalStore } from '../store/journal-store';
import type { Store } from '../store/open-store';
import { specStores } from '../testing/spec-stores';
import { SpecNacsis, type Fate } from '../testing/spec-nacsis';
import { CommandOutcomes } from './command-outcomes';
import { payloadHash, type CommandRequest } from './command-request';
import { CommandRunner } from './command-runner';
import { orderMark } from './mark';

const INSTITUTION = '81SIM_INST';
const ACCOUNT = { memberId: 'FA090007', user: 'fa090007', password: 'secret' };
const SETTLE_SECONDS = 30;
const CALL_TIMEOUT_MS = 20_000;

// On a PostgreSQL server, too, where TEST_DATABASE_URL names one.
for (const { name, open } of specStores())
  describe(`CommandRunner on ${name}`, () => {
    let store: Store;
    let drop: () => Promise<void>;
    let nacsis: SpecNacsis;
    let runner: CommandRunner;
    let clock: Date;
    let keys = 0;

    beforeAll(async () => {
      ({ store, drop } = await open());
    });
    afterAll(async () => {
      await drop();
    });
    beforeEach(async () => {
      // Each NACSIS-ILL begins with the same id, and what is stored under it would be newer.
      for (const table of ['requests', 'journal'] as const) await store.db.deleteFrom(table).execute();
      nacsis = new SpecNacsis();
      clock = new Date();
      runner = newRunner();
    });

    const newRunner = () => {
      const journal = new JournalStore(store.db);
      const now = () => clock;
      const outcomes = new CommandOutcomes(store.db, journal, nacsis, { settleSeconds: SETTLE_SECONDS }, now);
      return new CommandRunner(journal, nacsis, outcomes, { callTimeoutMs: CALL_TIMEOUT_MS }, now);
    };
    const newKey = () => `key-${String((keys += 1)).padStart(6, '0')}`;
    const order = (key: string, fields: CommandRequest['fields'] = { payment: 'pb' }): CommandRequest => ({
      institution: INSTITUTION,
      key,
      payloadHash: payloadHash(fields),
      userId: 'staff001',
      library: 'RES_SHARE',
      account: ACCOUNT,
      kind: 'loan',
      side: 'borrower',
      command: 'ORDER',
      fields,
    });
    const on = (before: StoredRequest, key: string): CommandRequest => ({
      ...order(key),
      command: 'CALLBACK',
      before,
      fields: {},
    });
    const code = (value: string) => jasmine.objectContaining({ code: value });
    const pass = (seconds: number) => {
      clock = new Date(clock.getTime() + seconds * 1000);
    };

    it('stores what NACSIS-ILL returned, with the mark in the local data', async () => {
      const key = newKey();
      const stored = await runner.run(order(key, { payment: 'pb', borrowerLocalData: '予算A' }));
      expect(stored.external_status).toBe('未処理');
      expect(nacsis.calls[0]?.fields.borrowerLocalData).toBe(`予算A [NI:${orderMark(INSTITUTION, key)}]`);
    });

    it('gives the same outcome for the same key without a second command', async () => {
      const key = newKey();
      const first = await runner.run(order(key));
      const second = await newRunner().run(order(key));
      expect(second.id).toBe(first.id);
      expect(nacsis.calls.length).toBe(1);
    });

    it('joins a second click to the running command', async () => {
      const key = newKey();
      const begin = spyOn(JournalStore.prototype, 'begin').and.callThrough();
      const [first, second] = await Promise.all([runner.run(order(key)), runner.run(order(key))]);
      expect(second.id).toBe(first.id);
      expect([nacsis.calls.length, begin.calls.count()]).toEqual([1, 1]);
    });

    it('refuses the same key for other content, running or done', async () => {
      const key = newKey();
      const running = runner.run(order(key));
      await expectAsync(runner.run(order(key, { payment: 'pr' }))).toBeRejectedWith(code('idempotency-key-reused'));
      await running;
      await expectAsync(runner.run(order(key, { payment: 'pr' }))).toBeRejectedWith(code('idempotency-key-reused'));
      expect(nacsis.calls.length).toBe(1);
    });

    it('replays a refusal, and takes corrected content under the same key', async () => {
      const key = newKey();
      nacsis.fates = ['refused'];
      await expectAsync(runner.run(order(key))).toBeRejectedWith(code('nacsis-rejected'));
      await expectAsync(runner.run(order(key))).toBeRejectedWith(code('nacsis-rejected'));
      expect(nacsis.calls.length).toBe(1);
      await runner.run(order(key, { payment: 'pr' }));
      expect(nacsis.stored.size).toBe(1);
    });

    it('sends again what never reached NACSIS-ILL', async () => {
      const key = newKey();
      nacsis.fates = ['unreachable'];
      await expectAsync(runner.run(order(key))).toBeRejectedWith(code('nacsis-unavailable'));
      await runner.run(order(key));
      expect(nacsis.stored.size).toBe(1);
    });

    it('finds an order whose answer was cut, by its mark', async () => {
      nacsis.fates = ['cut-after'];
      const stored = await runner.run(order(newKey()));
      expect(stored.id).toBe('LA0000000001');
      expect(nacsis.calls.length).toBe(1);
    });

    it('says that nothing was done when the cut came first, and orders once at the repeat', async () => {
      const key = newKey();
      nacsis.fates = ['cut-before'];
      await expectAsync(runner.run(order(key))).toBeRejectedWith(code('nacsis-unavailable'));
      await runner.run(order(key));
      expect(nacsis.stored.size).toBe(1);
    });

    it('keeps a timed-out order unknown until NACSIS-ILL must have finished', async () => {
      const key = newKey();
      nacsis.fates = ['timeout-before'];
      await expectAsync(runner.run(order(key))).toBeRejectedWith(code('outcome-unknown'));
      await expectAsync(runner.run(order(key))).toBeRejectedWith(code('outcome-unknown'));
      expect(nacsis.calls.length).toBe(1);
      pass(SETTLE_SECONDS + 1);
      await runner.run(order(key));
      expect(nacsis.stored.size).toBe(1);
    });

    it('takes a late order for done as soon as it shows', async () => {
      const key = newKey();
      nacsis.fates = ['timeout-after'];
      const stored = await runner.run(order(key));
      expect(nacsis.withMark(orderMark(INSTITUTION, key))).toBe(1);
      expect((await runner.run(order(key))).id).toBe(stored.id);
    });

    it('does not repeat a command while the outcome cannot be read', async () => {
      const key = newKey();
      nacsis.fates = ['cut-after'];
      nacsis.readable = false;
      await expectAsync(runner.run(order(key))).toBeRejectedWith(code('outcome-unknown'));
      await expectAsync(runner.run(order(key))).toBeRejectedWith(code('outcome-unknown'));
      nacsis.readable = true;
      await runner.run(order(key));
      expect(nacsis.calls.length).toBe(1);
    });

    it('finds what a killed gateway left in the middle', async () => {
      const key = newKey();
      const killed = new Promise<never>(() => undefined);
      nacsis.during = () => killed;
      void runner.run(order(key)).catch(() => undefined);
      while (nacsis.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
      nacsis.during = () => Promise.resolve();
      await nacsis.perform(ACCOUNT, nacsis.calls[0]!);
      expect(await new JournalStore(store.db).expireAll(clock)).toBe(1);
      const stored = await newRunner().run(order(key));
      expect(stored.id).toBe('LA0000000001');
      expect(nacsis.stored.size).toBe(1);
    });

    it('does not repeat what a killed gateway sent, before NACSIS-ILL must have finished', async () => {
      const key = newKey();
      nacsis.during = () => new Promise<never>(() => undefined);
      void runner.run(order(key)).catch(() => undefined);
      while (nacsis.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
      nacsis.during = () => Promise.resolve();
      await new JournalStore(store.db).expireAll(clock);
      pass(SETTLE_SECONDS - 1);
      await expectAsync(newRunner().run(order(key))).toBeRejectedWith(code('outcome-unknown'));
      expect(nacsis.calls.length).toBe(1);
      pass(2);
      await newRunner().run(order(key));
      expect(nacsis.withMark(orderMark(INSTITUTION, key))).toBe(1);
    });

    it('says until when the command may be sent: so long before the lease ends that the call is over', async () => {
      const key = newKey();
      await runner.run(order(key));
      const row = await new JournalStore(store.db).find({ institution: INSTITUTION, key });
      const left = (row?.lease_until.getTime() ?? 0) - (nacsis.calls[0]?.notAfter ?? 0);
      expect(left).toBeGreaterThan(CALL_TIMEOUT_MS);
      expect(nacsis.calls[0]?.notAfter).toBeGreaterThan(clock.getTime());
    });

    it('waits for the lease of another gateway, then reads first', async () => {
      const key = newKey();
      nacsis.during = () => new Promise<never>(() => undefined);
      void runner.run(order(key)).catch(() => undefined);
      while (nacsis.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
      nacsis.during = () => Promise.resolve();
      const other = newRunner();
      await expectAsync(other.run(order(key))).toBeRejectedWith(code('command-in-progress'));
      pass(60);
      await other.run(order(key));
      expect(nacsis.stored.size).toBe(1);
    });

    it('writes nothing for a mark that does not fit', async () => {
      const key = newKey();
      await expectAsync(runner.run(order(key, { borrowerLocalData: 'x'.repeat(1024) }))).toBeRejectedWith(
        code('invalid-fields'),
      );
      expect(await new JournalStore(store.db).find({ institution: INSTITUTION, key })).toBeUndefined();
      expect(nacsis.calls.length).toBe(0);
    });

    it('lets one of two commands on the same request through', async () => {
      const before = await runner.run(order(newKey()));
      const results = await Promise.allSettled([
        runner.run(on(before, newKey())),
        newRunner().run(on(before, newKey())),
      ]);
      expect(results.filter(({ status }) => status === 'fulfilled').length).toBe(1);
      expect(nacsis.calls.filter(({ command }) => command === 'CALLBACK').length).toBe(1);
    });

    it('blocks a request with an unknown command until that is read', async () => {
      const before = await runner.run(order(newKey()));
      nacsis.fates = ['cut-after'];
      nacsis.readable = false;
      await expectAsync(runner.run(on(before, newKey()))).toBeRejectedWith(code('outcome-unknown'));
      await expectAsync(runner.run(on(before, newKey()))).toBeRejectedWith(code('command-in-progress'));
      const request = { institution: INSTITUTION, side: 'borrower' as const, account: ACCOUNT };
      await expectAsync(runner.settleOpen(request, before.id, newKey())).toBeRejectedWith(code('outcome-unknown'));
      nacsis.readable = true;
      await runner.settleOpen(request, before.id, newKey());
      expect(nacsis.calls.filter(({ command }) => command === 'CALLBACK').length).toBe(1);
    });

    it('orders at most once under any sequence of faults and repeats', async () => {
      const fate = fc.constantFrom<Fate>(
        'answered',
        'refused',
        'unreachable',
        'cut-before',
        'cut-after',
        'timeout-before',
        'timeout-after',
      );
      const step = fc.record({ fate, readable: fc.boolean(), wait: fc.constantFrom(0, 5, 40), restart: fc.boolean() });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
          const key = newKey();
          const mark = orderMark(INSTITUTION, key);
          let answered = false;
          for (const { fate: next, readable, wait, restart } of steps) {
            nacsis.fates = [next];
            nacsis.readable = readable;
            if (restart) runner = newRunner();
            const [outcome] = await Promise.allSettled([runner.run(order(key))]);
            answered ||= outcome.status === 'fulfilled';
            pass(wait);
            const orders = nacsis.withMark(mark);
            expect([0, 1]).toContain(orders);
            expect(answered && orders === 0)
              .withContext('an order that was answered is there')
              .toBeFalse();
          }
        }),
        { numRuns: 60, seed: 20261124 },
      );
    });
  });
