import type { Writer } from '#domain/api/profile';
import type { Side } from '#domain/ill/kinds';
import { orderMark } from '../commands/mark';
import { JournalStore, type NewEntry } from '../store/journal-store';
import { specStores } from '../testing/spec-stores';
import {
  INSTITUTION,
  LIBRARY,
  OWN_MEMBER,
  PARTNER,
  PATRON,
  useSpecRequestImport,
  type SpecRequestImport,
} from '../testing/spec-request-import';
import { rightsOf } from './writing';

const ID = 'LA0000000011';
const MARK = `NACSIS-ILL ${ID}`;
const WRITES = ['createBorrowing', 'createLending', 'cancelBorrowing', 'setShippingCost'] as const;
const LEFT_WRITERS = ['iso18626', 'alma-nacsis'] as const;
const SUPPLIED = { status: { code: 'WILL_SUPPLY' }, shippingCost: 0 } as const;
const SHIPPED = { state: 'SHIPPED', fields: { total: '740' } } as const;

describe('rightsOf', () => {
  it('lets one part write to Alma about each request', () => {
    const rights = (writer: Writer, side: Side, ofBridge = false) => {
      const { creates, tells } = rightsOf(writer, side, ofBridge);
      return [creates, ...tells].join(' ');
    };
    for (const side of ['borrower', 'lender'] as const) {
      expect(rights('rest', side)).toBe('true cancel shipping-cost');
      expect(rights('alma-nacsis', side)).toBe('false');
      expect(rights('iso18626', side, true)).toBe('false');
    }
    expect(rights('iso18626', 'lender')).toBe('false');
    expect(rights('iso18626', 'borrower')).toBe('true cancel');
  });
});

for (const { name, open } of specStores())
  describe(`the one writer to Alma, on ${name}`, () => {
    let spec: SpecRequestImport;
    useSpecRequestImport(open, (each) => (spec = each));
    const of = (writer: Writer) => ({ integration: { writer } });
    const left = (writer: Writer) => ({ outcome: 'unchanged', changes: [{ what: 'left', to: writer }] });
    const wrote = () => spec.alma.count(...WRITES);

    /** Names the request in a transaction of the bridge. */
    async function sentFromAlma(id = ID): Promise<void> {
      const at = new Date(spec.clock);
      const key = { institution: INSTITUTION, library: LIBRARY, side: 'borrower', requester: 'isil:a' } as const;
      await spec.db
        .insertInto('bridge_transactions')
        .values({
          ...{ ...key, supplier: 'isil:b', requester_request_id: `EXT-${id}`, request_id: id },
          ...{ told_version: 0, told: JSON.stringify({ historyLength: 0, sent: [] }), created_at: at, updated_at: at },
        })
        .execute();
    }
    beforeEach(() => spec.db.deleteFrom('bridge_transactions').execute());

    for (const writer of LEFT_WRITERS) {
      it(`is not the import for a lending request with ${writer}: it says so once for each version`, async () => {
        const row = await spec.deliver({ side: 'lender' });
        expect(await spec.settled(row, { ...of(writer), dryRun: true })).toEqual(
          jasmine.objectContaining(left(writer)),
        );
        expect(await spec.record(row)).toBeUndefined();
        expect(await spec.settled(row, of(writer))).toEqual(jasmine.objectContaining(left(writer)));
        expect(await spec.settled(row, of(writer))).toEqual({ outcome: 'unchanged', changes: [] });
        expect((await spec.settled(row, { ...of(writer), full: true })).changes).toEqual([]);
        const changed = await spec.deliver({ side: 'lender', state: 'PROCESSING' });
        expect(await spec.settled(changed, of(writer))).toEqual(jasmine.objectContaining(left(writer)));
        expect(wrote()).toBe(0);
      });

      it(`is not the import with ${writer}, where Alma has the request: it links it`, async () => {
        const { requestId } = spec.alma.add({ partnerCode: PARTNER }, LIBRARY, { externalId: ID });
        const row = await spec.deliver({ side: 'lender' });
        const { changes } = await spec.settled(row, of(writer));
        expect(changes[0]).toEqual({ what: 'linked', to: requestId });
        expect((await spec.stored(row)).alma_request_id).toBe(requestId);
        expect(wrote()).toBe(0);
      });

      it(`is not the import with ${writer}, whatever cannot be known of Alma`, async () => {
        spec.alma.partners.clear();
        spec.alma.isUncounted = true;
        expect(await spec.settled(await spec.deliver({ side: 'lender' }), of(writer))).toEqual(
          jasmine.objectContaining(left(writer)),
        );
      });

      it(`tells no cost with ${writer}, and says so`, async () => {
        const row = await spec.deliver(SHIPPED);
        const { requestId } = spec.alma.add({ userId: PATRON }, LIBRARY, {
          note: MARK,
          ...SUPPLIED,
        });
        const { changes } = await spec.settled(row, of(writer));
        expect(changes).toContain({ what: 'linked', to: requestId });
        expect(changes).toContain({ what: 'left-cost', to: writer });
        expect((await spec.settled(row, { ...of(writer), full: true })).changes).toEqual([]);
        const { changes: planned } = await spec.settled(await spec.deliver({ ...SHIPPED, fields: { total: '870' } }), {
          ...of(writer),
          dryRun: true,
        });
        expect(planned).toContain({ what: 'left-cost', to: writer });
        expect(wrote()).toBe(0);
      });

      it(`is the import again after ${writer}, and catches up`, async () => {
        const lending = await spec.deliver({ side: 'lender' });
        const linked = await spec.deliver({ ...SHIPPED, id: 'LA0000000022' });
        spec.alma.add({ userId: PATRON }, LIBRARY, {
          ...{ note: 'NACSIS-ILL LA0000000022', ...SUPPLIED },
        });
        for (const row of [lending, linked]) await spec.settled(row, of(writer));
        expect(wrote()).toBe(0);
        expect((await spec.settled(lending)).outcome).toBe('created');
        expect((await spec.settled(linked)).changes).toContain({ what: 'cost', to: '740' });
        expect([lending, linked].map(({ id }) => spec.alma.withNacsisId(id).length)).toEqual([1, 1]);
        expect(await spec.settled(linked)).toEqual({ outcome: 'unchanged', changes: [] });
      });
    }

    it('is the import for a borrowing request that Alma lacks and that no message can make, but not of its cost', async () => {
      const row = await spec.deliver(SHIPPED);
      const made = await spec.settled(row, of('iso18626'));
      expect([made.outcome, made.changes.at(-1)]).toEqual(['created', { what: 'left-cost', to: 'iso18626' }]);
      expect(spec.alma.withNacsisId(ID)[0]?.owner).toEqual({ userId: PATRON });
      const cancelled = await spec.deliver({ state: 'CANCELLED' });
      expect((await spec.settled(cancelled, of('iso18626'))).changes).toContain({ what: 'cancelled' });
      expect([spec.alma.count('createBorrowing'), spec.alma.count('setShippingCost')]).toEqual([1, 0]);
    });

    it('is the bridge for a request that Alma sent: nothing is made, cancelled or even looked for', async () => {
      await sentFromAlma();
      const row = await spec.deliver();
      for (const dryRun of [true, false])
        expect(await spec.settled(row, { ...of('iso18626'), dryRun })).toEqual(
          jasmine.objectContaining(left('iso18626')),
        );
      expect(spec.alma.count()).toBe(0);
    });

    it('is the bridge for a request that Alma sent, also where staff linked it', async () => {
      await sentFromAlma();
      const { requestId } = spec.alma.add({ userId: PATRON }, LIBRARY, { ...SUPPLIED });
      const row = await spec.deliver({ state: 'CANCELLED' });
      await spec.link(row, requestId);
      expect((await spec.settled(row, of('iso18626'))).changes).toContain({ what: 'left-cancel', to: 'iso18626' });
      expect(wrote()).toBe(0);
    });

    it('is the bridge from the moment of the SAVE, before its transaction names the request', async () => {
      const key = 'iso18626 42 1';
      const mark = orderMark(INSTITUTION, key);
      const now = new Date(spec.clock);
      const entry: NewEntry = {
        ...{ institution: INSTITUTION, idempotency_key: key, payload_hash: 'x', library: LIBRARY, user_id: 'iso18626' },
        ...{ member_id: OWN_MEMBER, kind: 'copy', side: 'borrower', command: 'SAVE', request_id: null, mark },
        ...{ sent: null, history_length: 0, state_before: null, alma_user_id: null, alma_request_id: null },
      };
      await new JournalStore(spec.db).begin(entry, { now, until: now });
      const row = await spec.deliver({
        state: 'PREPARING',
        fields: { borrowerLocalData: `PID:${PATRON} [NI:${mark}]` },
      });
      expect(await spec.settled(row, of('iso18626'))).toEqual(jasmine.objectContaining(left('iso18626')));
      await spec.db.deleteFrom('journal').execute();
    });

    it('is nobody else for a create whose answer was lost: it is looked for, and not sent again', async () => {
      const row = await spec.deliver();
      spec.alma.fates = ['unknown-not-done'];
      await spec.postponed(row);
      spec.pass(3600);
      expect(await spec.settled(row, of('alma-nacsis'))).toEqual(jasmine.objectContaining(left('alma-nacsis')));
      const late = await spec.deliver({ id: 'LA0000000022' });
      spec.alma.fates = ['unknown-done'];
      await spec.postponed(late);
      spec.pass(3600);
      expect((await spec.settled(late, of('alma-nacsis'))).outcome).toBe('created');
      expect(spec.alma.withNacsisId('LA0000000022').length).toBe(1);
      expect(spec.alma.count('createBorrowing')).toBe(2);
    });

    it('is the one that staff chose a moment ago: a step that began under the old rule writes nothing more', async () => {
      const row = await spec.deliver();
      const other = await spec.deliver({ ...SHIPPED, id: 'LA0000000022' });
      const { requestId } = spec.alma.add({ userId: PATRON }, LIBRARY, { ...SUPPLIED });
      await spec.link(other, requestId);
      spec.writer = 'iso18626';
      for (const each of [row, other]) expect((await spec.postponed(each)).reason).toBe('other-writer');
      expect(wrote()).toBe(0);
      expect(await spec.record(row)).toBeUndefined();
    });
  });
