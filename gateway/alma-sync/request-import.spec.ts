import {
  type SpecRequestImport,
  useSpecRequestImport,
  COLLECTIVE,
  LIBRARY,
  OTHER_MEMBER,
  PARTNER,
  PATRON,
} from '../testing/spec-request-import';
import { specStores } from '../testing/spec-stores';

const ID = 'LA0000000011';
/** The mark of a NACSIS id as the import writes it into a note. */
const MARK = `NACSIS-ILL ${ID}`;

for (const { name, open } of specStores()) {
  describe(`a request that is brought into Alma, on ${name}`, () => {
    let spec: SpecRequestImport;
    useSpecRequestImport(open, (each) => (spec = each));

    it('is made for its patron, linked by what Alma answered, and left alone until it changes', async () => {
      const row = await spec.deliver();
      const made = await spec.settled(row);
      const [inAlma] = spec.alma.withNacsisId(ID);
      const requestId = inAlma?.request.requestId;
      expect(made.outcome).toBe('created');
      expect(made.changes).toEqual([
        { what: 'created', to: requestId },
        { what: 'status', to: '未処理' },
        { what: 'alma-status', to: 'REQUEST_SENT' },
      ]);
      expect(inAlma?.owner).toEqual({ userId: PATRON });
      expect(inAlma?.library).toBe(LIBRARY);
      const linked = await spec.stored(row);
      expect([linked.alma_user_id, linked.alma_request_id]).toEqual([PATRON, requestId ?? '']);
      expect(await spec.record(row)).toEqual(
        jasmine.objectContaining({
          ...{ claimed_at: null, claimed_for: null, unknown: false },
          ...{ imported_version: 1, imported_status: '未処理', wanted_status: 'REQUEST_SENT', kept: [] },
          ...{ alma_status: 'REQUEST_CREATED_BOR', alma_status_name: 'Created borrowing request' },
        }),
      );
      const calls = spec.alma.count();
      expect(await spec.settled(row)).toEqual({ outcome: 'unchanged', changes: [] });
      expect(spec.alma.count()).toBe(calls);
      const { outcome, changes } = await spec.settled(row, { full: true });
      expect([outcome, changes]).toEqual(['unchanged', []]);
      expect(spec.alma.withNacsisId(ID).length).toBe(1);
    });

    it('is made with a word about open requests of the patron with the title, which staff may have made by hand', async () => {
      const title = '見本の論文';
      const made = (owner: string, id: string, texts: object, status = 'REQUEST_CREATED_BOR') =>
        spec.alma.add({ userId: owner }, LIBRARY, { externalId: id, texts: { ...texts }, status: { code: status } })
          .requestId;
      const [article, work] = [made(PATRON, 'SIM1', { title }), made(PATRON, 'SIM2', { title: '見本学会誌' })];
      made(PATRON, 'SIM3', { title: '別の論文' });
      made(PATRON, 'SIM4', { title }, 'CANCELLED');
      made(PATRON, 'LA0000000099', { title });
      const linked = made(PATRON, 'SIM5', { title });
      const other = await spec.deliver({ id: 'LA0000000022' });
      await spec.link(other, linked);
      const row = await spec.deliver();
      const likely = { what: 'likely', to: [article, work].sort().join(', ') } as const;
      expect((await spec.settled(row, { dryRun: true })).changes).toContain(likely);
      expect((await spec.settled(row)).changes).toContain(likely);
    });

    it('is made for the partner on the lending side, and found there by its external id', async () => {
      const row = await spec.deliver({ side: 'lender' });
      expect((await spec.settled(row)).changes).toEqual([
        { what: 'created', to: spec.alma.withNacsisId(ID)[0]?.request.requestId ?? '' },
        { what: 'status', to: '未処理' },
      ]);
      expect(spec.alma.withNacsisId(ID)[0]?.request.externalId).toBe(ID);
      expect((await spec.stored(row)).alma_partner_code).toBe(PARTNER);
      await spec.deliver({ side: 'lender', state: 'PROCESSING' });
      expect((await spec.settled(row)).outcome).toBe('status-changed');
      expect(spec.alma.count('createLending')).toBe(1);
    });

    it('is made for the collective patron where Alma does not know the patron, whose id is not told', async () => {
      const row = await spec.deliver({ fields: { borrowerLocalData: 'PID:U-999' } });
      const { changes } = await spec.settled(row);
      expect(changes).toContain({ what: 'collective-patron' });
      expect(JSON.stringify(changes)).not.toContain('U-999');
      expect(spec.alma.withNacsisId(ID)[0]?.owner).toEqual({ userId: COLLECTIVE });
    });

    it('names the partner of a borrowing request only where Alma has it', async () => {
      await spec.settled(await spec.deliver());
      spec.alma.partners.clear();
      await spec.settled(await spec.deliver({ id: 'LA0000000022' }));
      const partners = [...spec.alma.stored.values()].map(({ request }) => request.partnerCode);
      expect(partners).toEqual([PARTNER, undefined]);
    });

    it('is linked where Alma has it already, with what Alma has differently', async () => {
      const texts = {
        title: '見本の論文',
        journal_title: '見本学会誌',
        author: '著者 002',
        year: '2001',
        volume: '12',
        issue: '3',
      };
      const note = `NACSIS-ILL ${ID}`;
      const status = { code: 'WILL_SUPPLY' };
      const { requestId } = spec.alma.add({ userId: PATRON }, LIBRARY, { note, texts, status });
      const row = await spec.deliver({ state: 'PROCESSING' });
      const { outcome, changes } = await spec.settled(row);
      expect(outcome).toBe('updated');
      expect(changes).toEqual([
        { what: 'linked', to: requestId },
        { what: 'status', to: '処理中' },
        { what: 'kept', field: 'author', to: '著者 001' },
        { what: 'kept', field: 'pages', to: '10-24' },
        { what: 'kept', field: 'issn', to: '0000-0019' },
        { what: 'kept', field: 'other_standard_id', to: 'AN00000011' },
      ]);
      expect((await spec.record(row))?.kept.length).toBe(4);
      expect((await spec.settled(row, { full: true })).changes).toEqual([]);
      spec.alma.change(requestId, { texts: { ...texts, author: '著者 001', volume: '13' } });
      expect((await spec.settled(row, { full: true })).changes).toEqual([{ what: 'kept', field: 'volume', to: '12' }]);
      expect(spec.alma.count('createBorrowing')).toBe(0);
    });

    it('is linked on the lending side by the external id in the task list', async () => {
      const { requestId } = spec.alma.add({ partnerCode: PARTNER }, LIBRARY, { externalId: ID });
      const row = await spec.deliver({ side: 'lender' });
      const { outcome, changes } = await spec.settled(row);
      expect([outcome, changes[0]]).toEqual(['updated', { what: 'linked', to: requestId }]);
      expect((await spec.stored(row)).alma_request_id).toBe(requestId);
    });

    it('never takes what another request is linked to', async () => {
      for (const side of ['borrower', 'lender'] as const) {
        const owner = side === 'borrower' ? { userId: PATRON } : { partnerCode: PARTNER };
        const taken = spec.alma.add(owner, LIBRARY, side === 'borrower' ? { note: MARK } : { externalId: ID });
        await spec.link(await spec.deliver({ side, id: 'LA0000000022' }), taken.requestId);
        const { failure } = await spec.settled(await spec.deliver({ side }));
        expect(failure).toEqual({ code: 'already-linked', detail: 'linked to LA0000000022' });
      }
      expect(spec.alma.count('createBorrowing', 'createLending')).toBe(0);
    });

    it('is not linked where another was linked to the same in the meantime', async () => {
      const { requestId } = spec.alma.add({ userId: PATRON }, LIBRARY, { note: MARK });
      const row = await spec.deliver();
      const result = await spec.import({ runId: await spec.run() }).sync(row);
      await spec.link(await spec.deliver({ id: 'LA0000000022' }), requestId);
      await expectAsync(spec.keep(result)).toBeRejectedWithError(/LA0000000022/);
      expect((await spec.stored(row)).alma_request_id).toBeNull();
      expect(await spec.record(row)).toBeUndefined();
    });

    it('follows NACSIS-ILL: status, shipping cost, cancellation, each once', async () => {
      const row = await spec.deliver();
      await spec.settled(row);
      await spec.deliver({ state: 'SHIPPED', fields: { total: '740' } });
      const shipped = await spec.settled(row);
      expect([shipped.outcome, shipped.changes]).toEqual([
        'status-changed',
        [
          { what: 'status', from: '未処理', to: '発送' },
          { what: 'alma-status', to: 'SHIPPED_PHYSICALLY' },
          { what: 'cost', to: '740' },
        ],
      ]);
      await spec.deliver({ state: 'CANCELLED', fields: { total: '740' } });
      const wouldBe = await spec.settled(row, { dryRun: true });
      expect(wouldBe.changes).toEqual([{ what: 'status', from: '発送', to: 'CANCEL' }, { what: 'cancelled' }]);
      const cancelled = await spec.settled(row);
      expect(cancelled.changes).toEqual([{ what: 'status', from: '発送', to: 'CANCEL' }, { what: 'cancelled' }]);
      expect((await spec.record(row))?.alma_status).toBe('CANCELLED');
      await spec.settled(row, { full: true });
      expect([spec.alma.count('setShippingCost'), spec.alma.count('cancelBorrowing')]).toEqual([1, 1]);
    });

    it('is made also where it has ended, and Alma is told the rest', async () => {
      const row = await spec.deliver({ state: 'CANCELLED' });
      const { outcome, changes } = await spec.settled(row);
      expect([outcome, changes.at(-1)]).toEqual(['created', { what: 'cancelled' }]);
      const ended = await spec.deliver({ id: 'LA0000000022', state: 'CONFIRMED', fields: { total: '500' } });
      expect((await spec.settled(ended)).changes).toContain({ what: 'cost', to: '500' });
    });

    it('is linked in any case where Alma cannot be told the rest, and told in the next attempt', async () => {
      const row = await spec.deliver({ state: 'SHIPPED', fields: { total: '740' } });
      spec.alma.fates = ['answered', 'unavailable'];
      expect((await spec.postponed(row)).fault).toBe('alma-unavailable');
      expect((await spec.stored(row)).alma_request_id).toBe(spec.alma.withNacsisId(ID)[0]?.request.requestId ?? '');
      expect((await spec.record(row))?.imported_version).toBeNull();
      const { outcome, changes } = await spec.settled(row);
      expect([outcome, changes]).toEqual(['updated', [{ what: 'cost', to: '740' }]]);
      expect((await spec.record(row))?.imported_version).toBe(1);
    });

    it('is linked before Alma is told anything', async () => {
      const { requestId } = spec.alma.add({ userId: PATRON }, LIBRARY, { note: MARK, status: { code: 'WILL_SUPPLY' } });
      const row = await spec.deliver({ state: 'CANCELLED' });
      const linked: (string | null)[] = [];
      const { cancelBorrowing } = spec.alma;
      spec.alma.cancelBorrowing = async (...call) => {
        linked.push((await spec.stored(row)).alma_request_id);
        return cancelBorrowing(...call);
      };
      const { outcome, changes } = await spec.settled(row);
      expect(linked).toEqual([requestId]);
      expect([outcome, changes.at(-1)]).toEqual(['updated', { what: 'cancelled' }]);

      const { requestId: taken } = spec.alma.add({ userId: PATRON }, LIBRARY, { note: 'NACSIS-ILL LA0000000022' });
      const other = await spec.deliver({ id: 'LA0000000022', state: 'CANCELLED' });
      const result = await spec.import({ runId: await spec.run() }).sync(other);
      await spec.link(await spec.deliver({ id: 'LA0000000033' }), taken);
      await expectAsync(spec.keep(result)).toBeRejectedWithError(/LA0000000033/);
      expect(spec.alma.stored.get(taken)?.request.status).toBeUndefined();
    });

    it('says what Alma does not take of a request that is linked, and tries again in the next run', async () => {
      const row = await spec.deliver();
      await spec.settled(row);
      await spec.deliver({ state: 'CANCELLED' });
      spec.alma.fates = ['refused'];
      spec.alma.refusal = { code: '401694', message: `${PATRON}: not possible` };
      expect((await spec.settled(row)).failure).toEqual({
        ...{ code: 'alma-refused', almaCode: '401694', almaMessage: '…: not possible' },
      });
      spec.alma.fates = ['unknown-done'];
      expect((await spec.postponed(row)).fault).toBe('alma-unavailable');
      expect((await spec.settled(row)).outcome).toBe('status-changed');
      expect(spec.alma.count('cancelBorrowing')).toBe(2);
    });

    it('waits for another step where it is linked and the time is over', async () => {
      const row = await spec.deliver();
      await spec.settled(row);
      await spec.deliver({ state: 'SHIPPED', fields: { total: '740' } });
      const late = { notBefore: new Date(spec.clock), reason: 'time-over' } as const;
      expect(await spec.postponed(row, { notAfter: spec.clock - 1 })).toEqual(late);
      expect(spec.alma.count('setShippingCost')).toBe(0);
      expect((await spec.settled(row)).changes).toContain({ what: 'cost', to: '740' });
    });

    it('fails where Alma does not have the request that it is linked to, and makes none', async () => {
      const row = await spec.deliver();
      await spec.link(row, '999');
      for (let run = 0; run < 2; run += 1) expect((await spec.settled(row)).failure?.code).toBe('not-found');
      expect(spec.alma.count('createBorrowing')).toBe(0);
      const { requestId } = spec.alma.add({ userId: PATRON }, LIBRARY);
      await spec.link(row, requestId);
      expect((await spec.settled(row)).outcome).toBe('updated');
    });

    it('is left out where NACSIS-ILL does not deliver it any more, unless Alma has it', async () => {
      const row = await spec.deliver({ side: 'lender', fields: { lenderId: OTHER_MEMBER } });
      expect(row.gone).toBe('passed-on');
      expect((await spec.settled(row)).outcome).toBe('unchanged');
      expect(spec.alma.count()).toBe(0);
      expect((await spec.record(row))?.imported_version).toBe(row.version);
      const { requestId } = spec.alma.add({ partnerCode: PARTNER }, LIBRARY);
      await spec.link(await spec.deliver({ side: 'lender', id: 'LA0000000022' }), requestId);
      await spec.settled({ side: 'lender', id: 'LA0000000022' });
      const gone = await spec.deliver({
        side: 'lender',
        id: 'LA0000000022',
        state: 'NEW_INQUIRY',
        fields: { lenderId: OTHER_MEMBER },
      });
      expect((await spec.settled(gone)).outcome).toBe('status-changed');
    });

    it('says in a dry run what would be done, and does nothing', async () => {
      const row = await spec.deliver({ state: 'SHIPPED', fields: { total: '740' } });
      expect(await spec.settled(row, { dryRun: true })).toEqual({
        outcome: 'created',
        changes: [
          { what: 'created' },
          { what: 'status', to: '発送' },
          { what: 'alma-status', to: 'SHIPPED_PHYSICALLY' },
          { what: 'cost', to: '740' },
        ],
      });
      expect(await spec.record(row)).toBeUndefined();
      const { requestId } = spec.alma.add({ userId: PATRON }, LIBRARY, {
        note: MARK,
        status: { code: 'REQUEST_SENT' },
        shippingCost: 0,
      });
      expect((await spec.settled(row, { dryRun: true })).changes[0]).toEqual({ what: 'linked' });
      await spec.link(row, requestId);
      const linked = await spec.settled(row, { dryRun: true });
      expect(linked.changes).toContain({ what: 'cost', to: '740' });
      expect(await spec.record(row)).toBeUndefined();
      expect(spec.alma.count('createBorrowing', 'setShippingCost', 'cancelBorrowing')).toBe(0);
    });
  });
}
