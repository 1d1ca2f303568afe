import type { Integration } from '#domain/api/profile';
import {
  LIBRARY,
  OTHER_MEMBER,
  PARTNER,
  PATRON,
  type SpecRequestImport,
  useSpecRequestImport,
  type Given,
} from '../testing/spec-request-import';
import { specStores } from '../testing/spec-stores';

const LENT: Given = { side: 'lender' };

for (const { name, open } of specStores()) {
  describe(`a request that cannot be brought into Alma, on ${name}`, () => {
    let spec: SpecRequestImport;
    useSpecRequestImport(open, (each) => (spec = each));

    const creates = () => spec.alma.count('createBorrowing', 'createLending');
    const failure = async (given: Given, integration: Partial<Integration> = {}) => {
      const row = await spec.deliver(given);
      const { outcome, failure: why, configuration } = await spec.settled(row, { integration });
      expect(outcome).toBe('failed');
      expect((await spec.record(row))?.imported_version ?? null).toBeNull();
      return { why, configuration };
    };

    it('has a status that no table knows', async () => {
      expect((await failure({ state: null })).why).toEqual({ code: 'status-unknown', detail: '保留' });
      expect(spec.alma.count()).toBe(0);
    });

    it('has no bibliographic data', async () => {
      const fields = { bibId: '', bibNote: '', standardNumber: '', article: '' };
      for (const given of [{ fields }, { ...LENT, fields }])
        expect((await failure(given)).why).toEqual({ code: 'no-bibliographic-data' });
      expect(spec.alma.count()).toBe(0);
    });

    it('has a field over its limit', async () => {
      const { why } = await failure({ fields: { volume: 'x'.repeat(255) } });
      expect(why).toEqual({ code: 'field-too-long', field: 'volume', detail: '255 bytes of 254' });
      expect(spec.alma.count()).toBe(0);
    });

    it('has no requester, or one that Alma does not know', async () => {
      const given = { fields: { borrowerLocalData: 'PID:U-999' } };
      expect(await failure(given, { requester: { patronIdField: 'borrowerLocalData' } })).toEqual({
        why: { code: 'requester-missing' },
        configuration: { library: LIBRARY, code: 'requester-missing' },
      });
      const unknown = { code: 'requester-unknown', name: 'NOBODY' } as const;
      expect(await failure(given, { requester: { collectivePatron: 'NOBODY' } })).toEqual({
        why: unknown,
        configuration: { library: LIBRARY, ...unknown },
      });
      expect(creates()).toBe(0);
    });

    it('has no partner, or one that is not active', async () => {
      spec.alma.partners.set(PARTNER, { code: PARTNER, name: 'NACSIS-ILL', isActive: false });
      const inactive = { code: 'partner-inactive', name: PARTNER } as const;
      expect(await failure(LENT)).toEqual({ why: inactive, configuration: { library: LIBRARY, ...inactive } });
      const partner = { code: PARTNER, perMember: true };
      const missing = { code: 'partner-missing', name: OTHER_MEMBER } as const;
      expect(await failure(LENT, { partner })).toEqual({
        why: missing,
        configuration: { library: LIBRARY, ...missing },
      });
      expect((await failure({ ...LENT, fields: { borrowerId: '' } }, { partner })).why).toEqual({
        code: 'partner-missing',
      });
      expect(creates()).toBe(0);
      spec.alma.partners.set(OTHER_MEMBER, { code: OTHER_MEMBER, name: '見本大学', isActive: true });
      const row = await spec.deliver(LENT);
      expect((await spec.settled(row, { integration: { partner } })).outcome).toBe('created');
      expect((await spec.stored(row)).alma_partner_code).toBe(OTHER_MEMBER);
    });

    it("is refused by Alma, in Alma's words without the patron's id, and tried again by the next run", async () => {
      const row = await spec.deliver();
      spec.alma.fates = ['refused'];
      spec.alma.refusal = { code: '402039', message: `No default location (${PATRON})` };
      expect((await spec.settled(row)).failure).toEqual({
        ...{ code: 'alma-refused', almaCode: '402039', almaMessage: 'No default location (…)' },
      });
      expect((await spec.record(row))?.claimed_at).toBeNull();
      expect((await spec.settled(row)).outcome).toBe('created');
      expect(creates()).toBe(2);
    });

    it('has a partner or a patron that Alma has lost since it was looked up', async () => {
      const lent = await spec.deliver(LENT);
      spec.alma.during = () => Promise.resolve(spec.alma.partners.clear());
      expect((await spec.settled(lent)).failure).toEqual(
        jasmine.objectContaining({ code: 'partner-missing', almaCode: '402118' }),
      );
      spec.alma.during = () => Promise.resolve(spec.alma.users.clear());
      expect((await spec.settled(await spec.deliver())).failure?.code).toBe('requester-unknown');
    });

    for (const [fate, fault] of [
      ['unavailable', 'alma-unavailable'],
      ['daily-threshold', 'alma-daily-threshold'],
      ['key-refused', 'alma-key-refused'],
    ] as const)
      it(`waits for Alma (${fate}), with nothing claimed`, async () => {
        const row = await spec.deliver();
        spec.alma.readFates = [fate];
        const read = await spec.postponed(row);
        spec.alma.fates = [fate];
        const create = await spec.postponed(row);
        for (const result of [read, create]) {
          expect(result.fault).toBe(fault);
          expect(result.notBefore.getTime()).toBeGreaterThan(spec.clock);
        }
        expect((await spec.record(row))?.claimed_at).toBeNull();
        expect((await spec.settled(row)).outcome).toBe('created');
      });

    it('fails where Alma answers a reading with something that cannot be read; others go on', async () => {
      const [one, other] = [await spec.deliver(), await spec.deliver({ id: 'LA0000000022' })];
      spec.alma.readFates = ['malformed-done'];
      expect((await spec.settled(one)).failure?.code).toBe('alma-malformed');
      expect((await spec.settled(other)).outcome).toBe('created');
      expect((await spec.settled(one)).outcome).toBe('created');
    });

    it('tells no id of a patron in any result', async () => {
      const row = await spec.deliver();
      spec.alma.hasUser = () => Promise.resolve(true);
      spec.alma.users.clear();
      const { failure: why } = await spec.settled(row);
      expect(why?.code).toBe('requester-unknown');
      expect(JSON.stringify(why)).not.toContain(PATRON);
    });
  });
}
