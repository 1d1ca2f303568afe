import fc from 'fast-check';
import type { IllRequest } from '#domain/ill/request';
import type { CommandCall } from '../nacsis/port';
import { findRequest, saveSnapshot, type StoredRequest } from '../store/requests-store';
import { JournalStore } from '../store/journal-store';
import type { Store } from '../store/open-store';
import { StoreUnavailable } from '../store/store-unavailable';
import { specStores } from '../testing/spec-stores';
import { SpecNacsis, type Fate } from '../testing/spec-nacsis';
import { CommandOutcomes } from './command-outcomes';
import { payloadHash, type CommandRequest } from './command-request';
import { CommandRunner, type Wanted } from './command-runner';
import { orderMark } from './mark';
import { RequestReader } from './request-reader';

const INSTITUTION = '81SIM_INST';
const ACCOUNT = { memberId: 'FA090007', user: 'fa090007', password: 'secret' };
const LIBRARY = { code: 'RES_SHARE', name: '相互利用係', memberId: ACCOUNT.memberId, account: ACCOUNT };
const SETTLE_SECONDS = 30;
const CALL_TIMEOUT_MS = 20_000;

/** The fields of these commands need no check. */
function wantedOf({ key, userId, payloadHash: hash, before, fields, ...request }: CommandRequest): Wanted {
  const { kind, side, command, comment } = request;
  return {
    actor: { institution: { code: INSTITUTION, almaApiKey: 'spec-api-key', libraries: [LIBRARY] }, userId, key },
    ...{ side, command, action: 'order' },
    on: before === undefined ? { kind, library: LIBRARY } : { id: before.id, version: before.version },
    ...(comment === undefined ? {} : { comment }),
    hashOf: () => hash,
    fields: () => Promise.resolve(fields),
    why: (error) => Promise.resolve(error),
  };
}

for (const { name, open } of specStores())
  describe(`CommandRunner on ${name}`, () => {
    let store: Store;
    let drop: () => Promise<void>;
    let nacsis: SpecNacsis;
    let runner: ReturnType<typeof newRunner>;
    let clock: Date;
    let keys = 0;

    beforeAll(async () => {
      ({ store, drop } = await open());
    });
    afterAll(async () => {
      await drop();
    });
    beforeEach(async () => {
      // Each `SpecNacsis` starts with the same id, and a stored request with that id would be newer.
      for (const table of ['requests', 'journal'] as const) await store.db.deleteFrom(table).execute();
      nacsis = new SpecNacsis();
      clock = new Date();
      runner = newRunner();
    });

    const newRunner = () => {
      const journal = new JournalStore(store.db);
      const now = () => clock;
      const outcomes = new CommandOutcomes(store.db, journal, nacsis, { settleSeconds: SETTLE_SECONDS }, now);
      const settings = { callTimeoutMs: CALL_TIMEOUT_MS, mode: 'lenient' } as const;
      const reader = new RequestReader(store.db, nacsis, now);
      const commands = new CommandRunner(journal, reader, nacsis, outcomes, settings, now);
      return { run: async (request: CommandRequest) => (await commands.perform(wantedOf(request))).request };
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
      // Either of the two may reach the journal first.
      const both = await Promise.allSettled([runner.run(order(key)), runner.run(order(key, { payment: 'pr' }))]);
      const refused = both.filter((each) => each.status === 'rejected');
      expect(refused.map(({ reason }: PromiseRejectedResult): unknown => reason)).toEqual([
        code('idempotency-key-reused'),
      ]);
      await expectAsync(runner.run(order(key, { payment: 'pe' }))).toBeRejectedWith(code('idempotency-key-reused'));
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

    for (const fate of ['cut-before', 'timeout-before'] as const)
      it(`keeps an order without an answer (${fate}) unknown until NACSIS-ILL must have finished, then sends it at the repeat`, async () => {
        const key = newKey();
        nacsis.fates = [fate];
        await expectAsync(runner.run(order(key))).toBeRejectedWith(code('outcome-unknown'));
        pass(SETTLE_SECONDS - 1);
        await expectAsync(runner.run(order(key))).toBeRejectedWith(code('outcome-unknown'));
        expect(nacsis.calls.length).toBe(1);
        pass(2);
        await runner.run(order(key));
        expect([nacsis.calls.length, nacsis.stored.size]).toEqual([2, 1]);
      });

    it('counts the time to settle from the end of the exchange, not from the journal row', async () => {
      const key = newKey();
      nacsis.fates = ['timeout-after'];
      nacsis.readable = false;
      nacsis.during = () => {
        pass(SETTLE_SECONDS);
        return Promise.resolve();
      };
      await expectAsync(runner.run(order(key))).toBeRejectedWith(code('outcome-unknown'));
      nacsis.readable = true;
      nacsis.stored.clear(); // NACSIS-ILL is still working on it
      await expectAsync(runner.run(order(key))).toBeRejectedWith(code('outcome-unknown'));
      expect(nacsis.calls.length).toBe(1);
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
      await expectAsync(other.run(order(key))).toBeRejectedWith(code('outcome-unknown'));
      pass(10);
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
      await expectAsync(runner.run(on(before, newKey()))).toBeRejectedWith(code('outcome-unknown'));
      nacsis.readable = true;
      await expectAsync(runner.run(on(before, newKey()))).toBeRejectedWith(code('stale-version'));
      expect(nacsis.calls.filter(({ command }) => command === 'CALLBACK').length).toBe(1);
    });

    it('is sent once by ten who ask at once after the outcome has settled', async () => {
      const key = newKey();
      nacsis.fates = ['cut-before'];
      await expectAsync(runner.run(order(key))).toBeRejectedWith(code('outcome-unknown'));
      pass(SETTLE_SECONDS + 1);
      await Promise.allSettled(Array.from({ length: 10 }, () => newRunner().run(order(key))));
      await newRunner().run(order(key));
      expect([nacsis.calls.length, nacsis.withMark(orderMark(INSTITUTION, key))]).toEqual([2, 1]);
    });

    it('does not take a reading for settled that was asked for before, and answered after, the time was over', async () => {
      const key = newKey();
      nacsis.fates = ['cut-before'];
      await expectAsync(runner.run(order(key))).toBeRejectedWith(code('outcome-unknown'));
      const search = nacsis.requestsCreatedSince;
      nacsis.requestsCreatedSince = async (...args) => {
        const found = await search(...args);
        pass(SETTLE_SECONDS + 1);
        return found;
      };
      await expectAsync(runner.run(order(key))).toBeRejectedWith(code('outcome-unknown'));
      expect(nacsis.calls.length).toBe(1);
    });

    describe('checks the answer', () => {
      type Change = (request: IllRequest) => IllRequest;
      const withoutMark: Change = (request) => ({ ...request, fields: { ...request.fields, borrowerLocalData: '' } });
      const wrong: readonly (readonly [what: string, change: Change])[] = [
        ['an id that is none', (request) => ({ ...request, id: 'LA1' })],
        ['an id in another form', (request) => ({ ...request, id: request.id.toLowerCase() })],
        ['no mark', withoutMark],
        [
          'the mark of another',
          (request) => ({ ...request, fields: { ...request.fields, borrowerLocalData: `[NI:${'A'.repeat(13)}]` } }),
        ],
      ];
      for (const [what, change] of wrong)
        it(`of an order: ${what} is not stored, and the order is found by its mark`, async () => {
          nacsis.answer = change;
          const stored = await runner.run(order(newKey()));
          expect(stored.id).toBe('LA0000000001');
          expect(await store.db.selectFrom('requests').select('id').execute()).toEqual([{ id: 'LA0000000001' }]);
        });

      it('of an order: the id of another request does not touch that one', async () => {
        const other = await runner.run(order(newKey(), { payment: 'pr' }));
        nacsis.answer = (request) => ({ ...request, id: other.id });
        const stored = await runner.run(order(newKey()));
        expect([other.id, stored.id]).toEqual(['LA0000000001', 'LA0000000002']);
        const kept = await findRequest(store.db, INSTITUTION, 'borrower', other.id);
        expect(kept?.record.fields.payment).toBe('pr');
      });

      it('of an order that a reading has stored already', async () => {
        const snapshot = {
          institution: INSTITUTION,
          library: 'RES_SHARE',
          memberId: ACCOUNT.memberId,
          side: 'borrower',
        } as const;
        const perform = nacsis.perform;
        nacsis.perform = async (account, call) => {
          const request = await perform(account, call);
          await saveSnapshot(store.db, { ...snapshot, request }, clock);
          return request;
        };
        expect((await runner.run(order(newKey()))).version).toBe(1);
      });

      it('of a command: an older record of the same request leaves the outcome unknown', async () => {
        const before = await runner.run(order(newKey()));
        const old = nacsis.stored.get(before.id)!;
        nacsis.fates = ['cut-before'];
        await expectAsync(runner.run(on(before, newKey()))).toBeRejectedWith(code('outcome-unknown'));
        pass(SETTLE_SECONDS + 1);
        nacsis.perform = () => Promise.resolve(old);
        await expectAsync(runner.run(on(before, newKey()))).toBeRejectedWith(code('outcome-unknown'));
      });
    });

    describe('recognises its own command', () => {
      const saved = () => runner.run({ ...order(newKey()), command: 'SAVE' });
      const sent = (before: StoredRequest, key: string, total: string, comment?: string): CommandRequest => ({
        ...order(key),
        before,
        fields: { total },
        ...(comment === undefined ? {} : { comment }),
      });
      const lost = async (total: string, comment?: string) => {
        const before = await saved();
        const request = sent(before, newKey(), total, comment);
        nacsis.fates = ['cut-before'];
        await expectAsync(runner.run(request)).toBeRejectedWith(code('outcome-unknown'));
        pass(SETTLE_SECONDS + 1);
        return request;
      };
      const others = (request: CommandRequest, given: CommandCall['fields'] & { readonly comment?: string }) => {
        nacsis.actElsewhere(request.before?.id ?? '', 'ORDER', 'UNPROCESSED', '未処理', ACCOUNT.memberId, given);
      };

      it('and not that of another program of the library with another value', async () => {
        const request = await lost('300');
        others(request, { total: '500' });
        await expectAsync(runner.run(request)).toBeRejectedWith(code('stale-version'));
        expect(nacsis.calls.filter(({ command }) => command === 'ORDER').length).toBe(1);
      });

      it('and not that of another program with another comment', async () => {
        const request = await lost('300', '10頁');
        others(request, { total: '300', comment: '10枚' });
        await expectAsync(runner.run(request)).toBeRejectedWith(code('stale-version'));
      });

      it('where others have acted before it was done', async () => {
        const before = await saved();
        const request = sent(before, newKey(), '３００');
        nacsis.fates = ['cut-after'];
        nacsis.during = () => {
          nacsis.actElsewhere(before.id, 'INQUIRE', 'NEW_INQUIRY', '新着照会');
          return Promise.resolve();
        };
        const stored = await runner.run(request);
        expect(stored.record.history.map(({ command }) => command)).toEqual(['SAVE', 'INQUIRE', 'ORDER']);
      });

      it('and keeps nothing of it in the journal afterwards', async () => {
        const request = await lost('300');
        const journal = new JournalStore(store.db);
        const row = await journal.find(request);
        expect(JSON.stringify(row?.sent)).not.toContain('300');
        await runner.run(request);
        expect((await journal.find(request))?.sent).toBeNull();
      });
    });

    describe('when the store fails', () => {
      const failing = (method: 'begin' | 'settle') =>
        spyOn(JournalStore.prototype, method).and.rejectWith(new StoreUnavailable(new Error('disk full')));

      it('before the command is sent, sends nothing', async () => {
        failing('begin');
        await expectAsync(runner.run(order(newKey()))).toBeRejectedWithError(StoreUnavailable);
        expect(nacsis.calls.length).toBe(0);
      });

      for (const fate of ['answered', 'refused', 'cut-after', 'cut-before'] as const)
        it(`after the command was sent (${fate}), says that the outcome is unknown, and finds it later`, async () => {
          const key = newKey();
          nacsis.fates = [fate];
          const settle = failing('settle');
          await expectAsync(runner.run(order(key))).toBeRejectedWith(code('outcome-unknown'));
          settle.and.callThrough();
          await expectAsync(runner.run(order(key))).toBeRejectedWith(code('command-in-progress'));
          pass(100);
          await runner.run(order(key));
          expect(nacsis.withMark(orderMark(INSTITUTION, key))).toBe(1);
        });
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
      const step = fc.record({
        fate,
        readable: fc.boolean(),
        wait: fc.constantFrom(0, 5, 40, 70),
        restart: fc.boolean(),
      });
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
