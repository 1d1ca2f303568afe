import { AlmaError } from '../alma/port';
import { SpecAlma } from '../testing/spec-alma';
import { specStores } from '../testing/spec-stores';
import type { Store } from '../store/open-store';
import { AlmaLookups } from './alma-lookups';
import { timeOver } from './item-stop';
import { SeenRequests } from './seen-requests';

const ACCESS = { institution: 'A', apiKey: 'spec-api-key' };
const ID = 'LA0000000011';

for (const { name, open } of specStores()) {
  describe(`what is looked up in Alma, on ${name}`, () => {
    let store: Store;
    let drop: () => Promise<void>;
    let alma: SpecAlma;
    let clock: number;

    beforeAll(async () => {
      ({ store, drop } = await open());
    });
    afterAll(async () => {
      await drop();
    });
    beforeEach(async () => {
      await store.db.deleteFrom('alma_seen').execute();
      alma = new SpecAlma();
      alma.users.add('U1');
      alma.users.add('U2');
      clock = 1000;
    });

    const lookups = (notAfter = Infinity) =>
      new AlmaLookups(alma, ACCESS, new SeenRequests(store.db, 'A'), () => new Date(clock), notAfter);

    it('is asked once for several requests, also for those that ask at once', async () => {
      alma.partners.set('P', { code: 'P', name: 'P', isActive: true });
      const step = lookups();
      const asked = [step.hasUser('U1'), step.hasUser('U1'), step.hasUser('U9'), step.hasUser('U9')];
      expect(await Promise.all(asked)).toEqual([true, true, false, false]);
      expect((await Promise.all([step.partner('P'), step.partner('P')])).map((each) => each?.code)).toEqual(['P', 'P']);
      expect(await step.partner('Q')).toBeUndefined();
      await Promise.all([step.findLending('MAIN', 'P', ID), step.findLending('MAIN', 'P', ID)]);
      expect([alma.count('hasUser'), alma.count('partner'), alma.count('taskList')]).toEqual([2, 2, 1]);
    });

    it('is asked again after a call that failed', async () => {
      const step = lookups();
      alma.readFates = ['unavailable'];
      await expectAsync(step.hasUser('U1')).toBeRejectedWithError(AlmaError);
      expect(await step.hasUser('U1')).toBeTrue();
    });

    it("finds a patron's request by note or external id, and reads each only once, also in later steps", async () => {
      const noted = alma.add({ userId: 'U1' }, 'MAIN', { note: `急ぎ NACSIS-ILL ${ID}` });
      const typed = alma.add({ userId: 'U1' }, 'MAIN', { externalId: 'LA0000000022' });
      alma.add({ userId: 'U1' }, 'MAIN', { note: '関係なし' });
      alma.add({ userId: 'U2' }, 'MAIN', { note: 'LA0000000033' });
      const step = lookups();
      const [one, other, none] = await Promise.all([
        step.findBorrowing('U1', ID),
        step.findBorrowing('U1', 'LA0000000022'),
        step.findBorrowing('U1', 'LA0000000033'),
      ]);
      expect(one).toEqual({ almaIds: [noted.requestId], isComplete: true });
      expect([other.almaIds, none.almaIds]).toEqual([[typed.requestId], []]);
      expect([alma.count('borrowingIds'), alma.count('borrowing')]).toEqual([1, 3]);
      const late = alma.add({ userId: 'U1' }, 'MAIN', { note: 'LA0000000044' });
      expect((await lookups().findBorrowing('U1', 'LA0000000044')).almaIds).toEqual([late.requestId]);
      expect((await lookups().findBorrowing('U1', ID)).almaIds).toEqual([noted.requestId]);
      expect(alma.count('borrowing')).toBe(4);
    });

    it('is not complete where Alma names a request and does not show it, and looks at it again', async () => {
      const { requestId } = alma.add({ userId: 'U1' }, 'MAIN', { note: ID });
      const { borrowing } = alma;
      alma.borrowing = () => Promise.resolve(undefined);
      expect(await lookups().findBorrowing('U1', ID)).toEqual({ almaIds: [], isComplete: false });
      alma.borrowing = borrowing;
      expect(await lookups().findBorrowing('U1', ID)).toEqual({ almaIds: [requestId], isComplete: true });
    });

    it('goes on in the next step where one has no time for a long list', async () => {
      for (let at = 0; at < 50; at += 1)
        alma.add({ userId: 'U1' }, 'MAIN', { note: `LA${String(at).padStart(10, '0')}` });
      const { borrowing } = alma;
      alma.borrowing = (...call) => {
        clock += 1;
        return borrowing(...call);
      };
      const late = lookups(clock - 1).findBorrowing('U1', 'LA0000000049');
      await expectAsync(late).toBeRejectedWith(timeOver(new Date(clock)));
      const step = lookups(clock + 30).findBorrowing('U1', 'LA0000000049');
      await expectAsync(step).toBeRejectedWith(timeOver(new Date(clock + 40), true));
      expect(alma.count('borrowing')).toBe(40);
      expect((await lookups().findBorrowing('U1', 'LA0000000049')).almaIds.length).toBe(1);
      expect(alma.count('borrowing')).toBe(50);
    });

    it('reads a list again that is older than wanted', async () => {
      const step = lookups();
      await step.findBorrowing('U1', ID);
      await step.findLending('MAIN', 'P', ID);
      const { requestId } = alma.add({ userId: 'U1' }, 'MAIN', { note: ID });
      alma.add({ partnerCode: 'P' }, 'MAIN', { externalId: ID });
      expect((await step.findBorrowing('U1', ID, 1000)).almaIds).toEqual([]);
      clock = 2000;
      expect((await step.findBorrowing('U1', ID, 1500)).almaIds).toEqual([requestId]);
      expect((await step.findLending('MAIN', 'P', ID, 1500)).requests.length).toBe(1);
    });

    it('tells that the task list shows 100 requests at most', async () => {
      for (let at = 0; at < 100; at += 1) alma.add({ partnerCode: 'P' }, 'MAIN');
      expect((await lookups().findLending('MAIN', 'P', ID)).isComplete).toBeTrue();
      alma.add({ partnerCode: 'P' }, 'MAIN', { externalId: ID });
      expect(await lookups().findLending('MAIN', 'P', ID)).toEqual({ requests: [], isComplete: false });
    });
  });
}
