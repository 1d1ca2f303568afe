import {
  BRANCH,
  BRANCH_MEMBER,
  LIBRARY,
  OWN_MEMBER,
  type SpecRequestImport,
  useSpecRequestImport,
} from '../testing/spec-request-import';
import { specStores } from '../testing/spec-stores';

const ID = 'LA0000000011';
const LENT = { side: 'lender', id: ID } as const;
const THERE = { ...LENT, library: BRANCH } as const;

for (const { name, open } of specStores()) {
  describe(`a lending request that goes on from one library of the institution to another, on ${name}`, () => {
    let spec: SpecRequestImport;
    useSpecRequestImport(open, (each) => (spec = each));

    const linked = async () => (await spec.stored(LENT)).alma_request_id;
    const inAlma = () => spec.alma.withNacsisId(ID).map(({ library }) => library);

    it('is made for each of them, and linked again to what the first has when it comes back', async () => {
      expect((await spec.settled(await spec.deliver(LENT))).outcome).toBe('created');
      const first = await linked();
      const there = await spec.deliver(THERE);
      expect([there.library, there.alma_request_id]).toEqual([BRANCH, null]);
      expect((await spec.settled(there, { library: BRANCH })).outcome).toBe('created');
      const second = await linked();
      expect(inAlma()).toEqual([LIBRARY, BRANCH]);
      expect(second).not.toBe(first);
      expect((await spec.deliver(LENT)).alma_request_id).toBe(first);
      expect((await spec.record(LENT))?.imported_version).toBe(1);
      expect((await spec.settled(LENT)).failure).toBeUndefined();
      expect((await spec.deliver(THERE)).alma_request_id).toBe(second);
      expect(spec.alma.count('createLending')).toBe(2);
    });

    it('is not in doubt for the other one', async () => {
      spec.alma.fates = ['unknown-not-done'];
      await spec.postponed(await spec.deliver(LENT));
      const claim = await spec.record(LENT);
      const there = await spec.deliver(THERE);
      expect((await spec.settled(there, { library: BRANCH })).outcome).toBe('created');
      await spec.deliver(LENT);
      expect((await spec.record(LENT))?.claimed_at).toEqual(claim?.claimed_at);
    });

    it('stays with the other one when the last answer to the first comes late', async () => {
      await spec.settled(await spec.deliver(LENT));
      await spec.settled(await spec.deliver(THERE), { library: BRANCH });
      const second = await linked();
      const late = await spec.deliver({ ...LENT, fields: { lenderId: BRANCH_MEMBER } });
      expect([late.library, late.alma_request_id, late.gone]).toEqual([BRANCH, second, null]);
    });

    it('keeps the link where the library is the same', async () => {
      await spec.settled(await spec.deliver(LENT));
      const first = await linked();
      await spec.deliver({ ...LENT, state: 'PROCESSING', fields: { lenderId: OWN_MEMBER } });
      expect(await linked()).toBe(first);
    });
  });
}
