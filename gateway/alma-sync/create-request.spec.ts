import {
  INSTITUTION,
  LIBRARY,
  OTHER_MEMBER,
  PARTNER,
  PATRON,
  SETTLE_SECONDS,
  SpecRequestImport,
  type Given,
} from '../testing/spec-request-import';
import { specStores } from '../testing/spec-stores';
import type { Store } from '../store/open-store';
import { StockStore } from './stock-store';

const ID = 'LA0000000011';
const LENT: Given = { side: 'lender' };

for (const { name, open } of specStores()) {
  describe(`a request that is made in Alma exactly once, on ${name}`, () => {
    let store: Store;
    let again: (() => Promise<Store>) | undefined;
    let drop: () => Promise<void>;
    let spec: SpecRequestImport;

    beforeAll(async () => {
      ({ store, again, drop } = await open());
    });
    afterAll(async () => {
      await drop();
    });
    beforeEach(async () => {
      spec = new SpecRequestImport(store);
      await spec.clear();
    });

    const inAlma = () => spec.alma.withNacsisId(ID).length;
    const creates = () => spec.alma.count('createBorrowing', 'createLending');
    const settleTime = () => new Date(spec.clock + SETTLE_SECONDS * 1000);
    /** Fills the task list with other requests. */
    const fill = (count = 100) => {
      for (let at = 0; at < count; at += 1)
        spec.alma.add({ partnerCode: PARTNER }, LIBRARY, { externalId: `X${String(at)}` });
    };

    it('claims it before Alma is called', async () => {
      const row = await spec.deliver();
      let claimed: unknown;
      spec.alma.during = async () => {
        claimed = await spec.record(row);
      };
      await spec.settled(row);
      expect(claimed).toEqual(
        jasmine.objectContaining({ claimed_at: new Date(spec.clock), claimed_for: PATRON, imported_version: null }),
      );
    });

    for (const given of [{}, LENT] as const) {
      const side = given === LENT ? 'lending' : 'borrowing';

      for (const fate of ['unknown-done', 'malformed-done'] as const)
        it(`is found after an answer that was lost (${side}, ${fate})`, async () => {
          const row = await spec.deliver(given);
          spec.alma.fates = [fate];
          expect(await spec.postponed(row)).toEqual({ notBefore: settleTime(), reason: 'claimed' });
          expect(await spec.postponed(row)).toEqual({ notBefore: settleTime(), reason: 'claimed' });
          spec.pass(SETTLE_SECONDS);
          const { outcome, changes } = await spec.settled(row);
          const [made] = spec.alma.withNacsisId(ID);
          expect([outcome, changes[0]]).toEqual(['created', { what: 'created', to: made?.request.requestId ?? '' }]);
          expect((await spec.stored(row)).alma_request_id).toBe(made?.request.requestId ?? '');
          expect((await spec.record(row))?.claimed_at).toBeNull();
          expect([inAlma(), creates()]).toEqual([1, 1]);
        });

      it(`is sent again where it did not arrive (${side})`, async () => {
        const row = await spec.deliver(given);
        spec.alma.fates = ['unknown-not-done'];
        await spec.postponed(row);
        spec.pass(SETTLE_SECONDS);
        expect((await spec.settled(row)).outcome).toBe('created');
        expect([inAlma(), creates()]).toEqual([1, 2]);
      });

      it(`is sent again once, and stays unknown for every later run when that is not answered, too (${side})`, async () => {
        const row = await spec.deliver(given);
        spec.alma.fates = ['unknown-not-done', 'unknown-not-done'];
        for (let attempt = 0; attempt < 2; attempt += 1) {
          await spec.postponed(row);
          spec.pass(SETTLE_SECONDS);
        }
        for (let run = 0; run < 3; run += 1) {
          expect((await spec.settled(row)).failure?.code).toBe('outcome-unknown');
          spec.pass(86_400);
        }
        expect(creates()).toBe(2);
        expect((await spec.record(row))?.unknown).toBeTrue();
      });

      it(`counts the create that was not answered also when the next one did nothing (${side})`, async () => {
        const row = await spec.deliver(given);
        spec.alma.fates = ['unknown-not-done', 'refused', 'unknown-not-done'];
        await spec.postponed(row);
        const before = await spec.record(row);
        spec.pass(SETTLE_SECONDS);
        expect((await spec.settled(row)).failure?.code).toBe('alma-refused');
        expect(await spec.record(row)).toEqual(before);
        await spec.postponed(row);
        spec.pass(SETTLE_SECONDS);
        expect((await spec.settled(row)).failure?.code).toBe('outcome-unknown');
      });

      it(`is not sent again where the list is behind what was made since (${side})`, async () => {
        const row = await spec.deliver(given);
        spec.alma.fates = ['unknown-done'];
        await spec.postponed(row);
        const later = await spec.deliver({ ...given, id: 'LA0000000022' });
        spec.pass(1);
        await spec.settled(later);
        for (const requestId of spec.alma.stored.keys()) spec.alma.behind.add(requestId);
        spec.pass(SETTLE_SECONDS);
        expect((await spec.settled(row)).failure?.code).toBe('outcome-unknown');
        spec.alma.behind.clear();
        expect((await spec.settled(row)).outcome).toBe('created');
        expect([inAlma(), creates()]).toEqual([1, 2]);
      });

      it(`is not sent again while it may still arrive, and looked for in a new list then (${side})`, async () => {
        const row = await spec.deliver(given);
        const step = spec.import({ runId: await spec.run() });
        spec.alma.fates = ['unknown-late'];
        await spec.keep(await step.sync(row));
        spec.pass(SETTLE_SECONDS - 1);
        expect(await step.sync(row)).toEqual({ notBefore: new Date(spec.clock + 1000), reason: 'claimed' });
        spec.alma.arrive();
        spec.pass(1);
        const result = await spec.keep(await step.sync(row));
        expect('outcome' in result && result.outcome).toBe('created');
        expect([inAlma(), creates()]).toEqual([1, 1]);
      });

      it(`is made once by two processes at the same moment (${side})`, async () => {
        const row = await spec.deliver(given);
        const second = await again?.();
        const other = new SpecRequestImport(second ?? store);
        Object.assign(other, { alma: spec.alma, clock: spec.clock });
        // Alma answers the caller only after the other two have finished.
        const others = new Countdown(2);
        spec.alma.during = () => others.over;
        const results = await Promise.all(
          [spec, other, spec].map((each) => each.sync(row).finally(() => others.count())),
        );
        spec.alma.during = () => Promise.resolve();
        await second?.close();
        expect([inAlma(), creates()]).toEqual([1, 1]);
        expect(results.filter((result) => 'outcome' in result && result.outcome === 'created').length).toBe(1);
        expect(results.filter((result) => 'notBefore' in result && result.fault === undefined).length).toBe(2);
        expect((await spec.settled(row)).outcome).toBe('unchanged');
      });

      it(`survives a process that is killed between claim and create (${side})`, async () => {
        const row = await spec.deliver(given);
        spec.alma.during = () => Promise.reject(new Error('killed'));
        await expectAsync(spec.sync(row)).toBeRejectedWithError('killed');
        spec.alma.during = () => Promise.resolve();
        expect((await spec.postponed(row)).notBefore).toEqual(settleTime());
        spec.pass(SETTLE_SECONDS);
        expect((await spec.settled(row)).outcome).toBe('created');
        expect([inAlma(), creates()]).toEqual([1, 1]);
      });

      it(`survives a process that is killed between create and save (${side})`, async () => {
        const row = await spec.deliver(given);
        await spec.import({ runId: await spec.run() }).sync(row);
        expect((await spec.stored(row)).alma_request_id).toBeNull();
        spec.pass(SETTLE_SECONDS);
        expect((await spec.settled(row)).outcome).toBe('created');
        expect([inAlma(), creates()]).toEqual([1, 1]);
      });

      it(`is not tried any more when it is late (${side})`, async () => {
        const row = await spec.deliver(given);
        const late = await spec.postponed(row, { notAfter: spec.clock - 1 });
        expect([late, creates()]).toEqual([{ notBefore: new Date(spec.clock), reason: 'time-over' }, 0]);
        expect((await spec.record(row))?.claimed_at ?? null).toBeNull();
      });

      it(`is not sent when it becomes late on the way, and not claimed any more (${side})`, async () => {
        const row = await spec.deliver(given);
        const { createBorrowing, createLending } = spec.alma;
        spec.alma.createBorrowing = (...call) => (spec.pass(5), createBorrowing(...call));
        spec.alma.createLending = (...call) => (spec.pass(5), createLending(...call));
        expect((await spec.postponed(row, { notAfter: spec.clock + 4000 })).reason).toBe('time-over');
        expect((await spec.record(row))?.claimed_at).toBeNull();
        expect(inAlma()).toBe(0);
      });
    }

    it('is found by the check of each later run where Alma shows the first of two creates only then', async () => {
      const row = await spec.deliver();
      spec.alma.fates = ['unknown-done'];
      await spec.postponed(row);
      const [first = ''] = spec.alma.stored.keys();
      spec.alma.behind.add(first);
      spec.pass(SETTLE_SECONDS);
      expect((await spec.settled(row)).outcome).toBe('created');
      const doubled = async () => {
        const runId = await spec.run();
        await spec.import({ runId }).lookAround();
        return new StockStore(spec.db, { institution: INSTITUTION, runId }).doubled(LIBRARY);
      };
      expect(await doubled()).toEqual([]);
      spec.alma.behind.clear();
      const [{ id, almaRequestIds } = { id: '', almaRequestIds: [] }] = await doubled();
      expect([id, [...almaRequestIds].sort()]).toEqual([ID, [...spec.alma.stored.keys()].sort()]);
    });

    it('does not make again what another process has made and linked since this one looked', async () => {
      const row = await spec.deliver();
      const { borrowingIds } = spec.alma;
      spec.alma.borrowingIds = async (...call) => {
        const ids = await borrowingIds(...call);
        spec.alma.borrowingIds = borrowingIds;
        await spec.settled(row);
        return ids;
      };
      expect(await spec.postponed(row)).toEqual({ notBefore: new Date(spec.clock), reason: 'overtaken' });
      expect([inAlma(), creates()]).toEqual([1, 1]);
    });

    it('waits also as long as a create may be waited for, where that is told', async () => {
      const row = await spec.deliver();
      spec.alma.fates = ['unknown-not-done'];
      const { notBefore } = await spec.postponed(row, { callTimeoutMs: 60_000 });
      expect(notBefore.getTime()).toBe(spec.clock + 90_000);
    });

    it('stays unknown where the task list became full and does not show it, until it does', async () => {
      spec.alma.ignoresFilters = true;
      fill(99);
      const row = await spec.deliver(LENT);
      spec.alma.fates = ['unknown-late'];
      await spec.postponed(row);
      fill(5);
      spec.alma.arrive();
      spec.pass(SETTLE_SECONDS);
      for (let run = 0; run < 2; run += 1) {
        const { outcome, failure } = await spec.settled(row);
        expect([outcome, failure?.code]).toEqual(['failed', 'outcome-unknown']);
        expect((await spec.record(row))?.unknown).toBeTrue();
      }
      expect(creates()).toBe(1);
      for (const requestId of [...spec.alma.stored.keys()].slice(0, 10)) spec.alma.stored.delete(requestId);
      expect((await spec.settled(row)).outcome).toBe('created');
      expect(await spec.record(row)).toEqual(jasmine.objectContaining({ unknown: false, claimed_at: null }));
      expect([inAlma(), creates()]).toEqual([1, 1]);
    });

    it('stays unknown also when the list is complete again, until staff links it', async () => {
      spec.alma.ignoresFilters = true;
      fill(99);
      const row = await spec.deliver(LENT);
      spec.alma.fates = ['unknown-not-done'];
      await spec.postponed(row);
      spec.pass(SETTLE_SECONDS);
      fill(2);
      await spec.settled(row);
      spec.alma.stored.clear();
      expect((await spec.settled(row)).failure?.code).toBe('outcome-unknown');
      expect(creates()).toBe(1);
      const { requestId } = spec.alma.add({ partnerCode: PARTNER }, LIBRARY);
      await spec.link(row, requestId);
      expect((await spec.settled(row)).outcome).toBe('updated');
      expect(await spec.record(row)).toEqual(jasmine.objectContaining({ unknown: false, imported_version: 1 }));
      expect((await spec.settled(row)).outcome).toBe('unchanged');
    });

    it('is unknown where Alma names a request of the patron and does not show it', async () => {
      const row = await spec.deliver();
      spec.alma.fates = ['unknown-done'];
      await spec.postponed(row);
      spec.pass(SETTLE_SECONDS);
      const { borrowing } = spec.alma;
      spec.alma.borrowing = () => Promise.resolve(undefined);
      expect((await spec.settled(row)).failure?.code).toBe('outcome-unknown');
      spec.alma.borrowing = borrowing;
      expect((await spec.settled(row)).outcome).toBe('created');
      expect([inAlma(), creates()]).toEqual([1, 1]);
    });

    it('is looked for in whose name it was sent, also where that would be another by now', async () => {
      const row = await spec.deliver();
      spec.alma.fates = ['unknown-done'];
      await spec.postponed(row);
      spec.pass(SETTLE_SECONDS);
      await spec.settled(row, { integration: { requester: {} } });
      expect((await spec.stored(row)).alma_user_id).toBe(PATRON);
      expect(inAlma()).toBe(1);
    });

    it('is linked where it has arrived, and not sent again otherwise, when NACSIS-ILL has passed it on since', async () => {
      for (const [fate, made] of [
        ['unknown-done', 1],
        ['unknown-not-done', 0],
      ] as const) {
        await spec.clear();
        spec.alma.stored.clear();
        const row = await spec.deliver(LENT);
        spec.alma.fates = [fate];
        await spec.postponed(row);
        spec.pass(SETTLE_SECONDS);
        const gone = await spec.deliver({ ...LENT, fields: { lenderId: OTHER_MEMBER } });
        expect((await spec.settled(gone)).outcome).toBe(made === 1 ? 'created' : 'unchanged');
        expect([inAlma(), (await spec.record(row))?.claimed_at]).toEqual([made, null]);
      }
    });

    it('is reported by a dry run without waiting and without being sent', async () => {
      const row = await spec.deliver();
      spec.alma.fates = ['unknown-not-done'];
      await spec.postponed(row);
      const before = await spec.record(row);
      expect((await spec.settled(row, { dryRun: true })).outcome).toBe('created');
      expect(await spec.record(row)).toEqual(before);
      expect([inAlma(), creates()]).toEqual([0, 1]);
    });
  });
}

/** Resolves after this many counts. */
class Countdown {
  readonly over: Promise<void>;
  #resolve: () => void = () => undefined;

  constructor(private left: number) {
    this.over = new Promise((resolve) => (this.#resolve = resolve));
  }

  count(): void {
    if ((this.left -= 1) === 0) this.#resolve();
  }
}
