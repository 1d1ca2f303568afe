import { AlmaError } from '../alma/port';
import {
  COLLECTIVE,
  LIBRARY,
  OTHER_MEMBER,
  PARTNER,
  PATRON,
  type SpecRequestImport,
  useSpecRequestImport,
} from '../testing/spec-request-import';
import { specStores } from '../testing/spec-stores';

const [ID, OTHER] = ['LA0000000011', 'LA0000000022'];
const MARK = `NACSIS-ILL ${ID}`;
const NEW = { code: 'REQUEST_CREATED_LEND' };
const SIDES = ['borrower', 'lender'] as const;

for (const { name, open } of specStores()) {
  describe(`the stock of Alma that a run takes, on ${name}`, () => {
    let spec: SpecRequestImport;
    useSpecRequestImport(open, (each) => (spec = each));

    const creates = () => spec.alma.count('createBorrowing', 'createLending');
    const lend = (count: number, changes: object = {}) => {
      for (let at = 0; at < count; at += 1)
        spec.alma.add({ partnerCode: PARTNER }, LIBRARY, { externalId: `X${String(at)}`, status: NEW, ...changes });
    };
    const borrow = (request: object, userId = PATRON) => spec.alma.add({ userId }, LIBRARY, request);
    const codeOf = async (given: object = {}, options: object = {}) => {
      const { outcome, failure } = await spec.settled(await spec.deliver(given), options);
      return failure?.code ?? outcome;
    };

    it('is taken once and kept: what the run makes hides nothing in its later steps', async () => {
      spec.alma.ignoresFilters = true;
      const runId = await spec.run();
      lend(2);
      const { requestId } = spec.alma.add({ partnerCode: PARTNER }, LIBRARY, { externalId: ID });
      expect(await codeOf({ side: 'lender', id: OTHER }, { runId })).toBe('created');
      // Alma lists the newest requests first, and has more than the list shows.
      const held = [...spec.alma.stored];
      spec.alma.stored.clear();
      lend(150);
      for (const [id, each] of held) spec.alma.stored.set(id, each);
      expect(await codeOf({ side: 'lender' }, { runId })).toBe('updated');
      expect((await spec.stored({ side: 'lender', id: ID })).alma_request_id).toBe(requestId);
      expect(await codeOf({ side: 'lender', id: 'LA0000000033' }, { runId })).toBe('created');
      expect(await codeOf({ side: 'lender', id: 'LA0000000044' })).toBe('outcome-unknown');
    });

    it('is taken by each run anew: an id that staff has added since is found', async () => {
      for (const side of SIDES) {
        const owner = side === 'borrower' ? { userId: PATRON } : { partnerCode: PARTNER };
        const { requestId } = spec.alma.add(owner, LIBRARY, { note: '窓口で受付' });
        expect(await codeOf({ side, id: OTHER })).toBe('created');
        spec.alma.change(requestId, { note: `窓口で受付\n${MARK}` });
        expect(await codeOf({ side })).toBe('updated');
        expect((await spec.stored({ side, id: ID })).alma_request_id).toBe(requestId);
      }
    });

    it('also has what the list shows in a later step', async () => {
      for (const side of SIDES) {
        const runId = await spec.run();
        const owner = side === 'borrower' ? { userId: PATRON } : { partnerCode: PARTNER };
        expect(await codeOf({ side, id: OTHER }, { runId })).toBe('created');
        spec.alma.add(owner, LIBRARY, { note: MARK });
        expect(await codeOf({ side }, { runId })).toBe('updated');
      }
    });

    it('goes on in the next step of the run where one has no time for a long list', async () => {
      const runId = await spec.run();
      for (let at = 0; at < 50; at += 1) borrow({ note: `NACSIS-ILL LA${String(at).padStart(10, '0')}` });
      const { borrowing } = spec.alma;
      spec.alma.borrowing = (...call) => {
        spec.pass(1);
        return borrowing(...call);
      };
      const row = await spec.deliver({ id: 'LA0000000049' });
      const late = { reason: 'time-over', isFurther: true };
      expect(await spec.postponed(row, { runId, notAfter: spec.clock + 10_000 })).toEqual(
        jasmine.objectContaining(late),
      );
      expect(spec.alma.count('borrowing')).toBe(20);
      expect((await spec.settled(row, { runId, notAfter: spec.clock + 90_000 })).outcome).toBe('updated');
      // 50 reads for the stock, and one for the request that was found.
      expect(spec.alma.count('borrowing')).toBe(51);
    });

    it('reads the requests of a patron that are linked and name no other only when they change', async () => {
      for (const id of [OTHER, 'LA0000000033']) expect(await codeOf({ id })).toBe('created');
      const before = spec.alma.count('borrowing');
      expect(await codeOf({})).toBe('created');
      expect(spec.alma.count('borrowing')).toBe(before);
    });

    it('is cut by the filters of the task list where that is too long', async () => {
      lend(90);
      lend(90, { status: { code: 'WILL_SUPPLY' } });
      const { requestId } = spec.alma.add({ partnerCode: PARTNER }, LIBRARY, { externalId: ID, status: NEW });
      expect(await codeOf({ side: 'lender' })).toBe('updated');
      expect((await spec.stored({ side: 'lender', id: ID })).alma_request_id).toBe(requestId);
      expect(await codeOf({ side: 'lender', id: OTHER })).toBe('created');
      // Alma's list cannot be filtered by this status, so requests with it may be hidden.
      lend(1, { status: { code: 'NEW_IN_ALMA' } });
      spec.alma.ignoresFilters = false;
      lend(100);
      expect(await codeOf({ side: 'lender', id: 'LA0000000033' })).toBe('outcome-unknown');
    });

    it('counts what is linked and not shown, one by one, and knows then whether there is another one', async () => {
      spec.alma.ignoresFilters = true;
      const runId = await spec.run();
      for (let at = 100; at < 230; at += 1)
        expect(await codeOf({ side: 'lender', id: `LA0000000${String(at)}` }, { runId })).toBe('created');
      expect(await codeOf({ side: 'lender' })).toBe('created');
      lend(1);
      expect(await codeOf({ side: 'lender', id: OTHER })).toBe('outcome-unknown');
      // A linked request is gone and a foreign one has come: the number alone proves nothing.
      spec.alma.stored.delete([...spec.alma.stored.keys()][120] ?? '');
      expect(await codeOf({ side: 'lender', id: OTHER })).toBe('outcome-unknown');
    });

    it('is no ground for a create where rows and count do not come together', async () => {
      spec.alma.isUncounted = true;
      for (const side of SIDES) expect(await codeOf({ side })).toBe('outcome-unknown');
      spec.alma.isUncounted = false;
      for (const side of SIDES) expect(await codeOf({ side })).toBe('created');
      expect(creates()).toBe(2);
    });

    it('does not believe a count of 100, at which Alma may have stopped to count', async () => {
      spec.alma.ignoresFilters = true;
      lend(100);
      expect(await codeOf({ side: 'lender' })).toBe('outcome-unknown');
      spec.alma.ignoresFilters = false;
      expect(await codeOf({ side: 'lender' })).toBe('outcome-unknown');
      spec.alma.change([...spec.alma.stored.keys()][0] ?? '', { status: { code: 'WILL_SUPPLY' } });
      expect(await codeOf({ side: 'lender' })).toBe('created');
    });

    it('has what has ended, too, where Alma lists only what goes on', async () => {
      spec.alma.hidesEnded = true;
      borrow({ note: MARK, status: { code: 'REQUEST_COMPLETED' } });
      spec.alma.add({ partnerCode: PARTNER }, LIBRARY, { externalId: ID, status: { code: 'REQUEST_COMPLETED' } });
      for (const side of SIDES) expect(await codeOf({ side })).toBe('updated');
      expect(creates()).toBe(0);
    });

    for (const [side, method] of [
      ['borrower', 'borrowingIds'],
      ['borrower', 'borrowing'],
      ['lender', 'taskList'],
    ] as const)
      it(`is not taken from an answer that cannot be read, and nothing is created then (${method})`, async () => {
        borrow({ note: '窓口で受付' });
        const row = await spec.deliver({ side });
        const { [method]: read } = spec.alma;
        Object.assign(spec.alma, { [method]: () => Promise.reject(new AlmaError('malformed', 'no list')) });
        expect((await spec.settled(row)).failure?.code).toBe('alma-malformed');
        Object.assign(spec.alma, { [method]: read });
        expect(creates()).toBe(0);
        expect((await spec.settled(row)).outcome).toBe('created');
      });

    it('trusts the external id more than a mark, and a mark only where there is no other external id', async () => {
      const { requestId } = spec.alma.add({ partnerCode: PARTNER }, LIBRARY, { externalId: ID });
      spec.alma.add({ partnerCode: PARTNER }, LIBRARY, { externalId: 'X', note: MARK });
      expect(await codeOf({ side: 'lender' })).toBe('updated');
      expect((await spec.stored({ side: 'lender', id: ID })).alma_request_id).toBe(requestId);
      spec.alma.add({ partnerCode: PARTNER }, LIBRARY, { externalId: 'LA0000000099', note: `NACSIS-ILL ${OTHER}` });
      expect(await codeOf({ side: 'lender', id: OTHER })).toBe('only-mentioned');
    });

    it('leaves alone what only mentions the request, and offers it to staff', async () => {
      const mentioned = borrow({ note: `NACSIS-ILL ${OTHER} (${ID} は取消済み)`, status: { code: 'WILL_SUPPLY' } });
      for (const run of [1, 2]) {
        const cancelled = await spec.settled(await spec.deliver({ state: 'CANCELLED' }));
        expect([run, cancelled.failure]).toEqual([run, { code: 'only-mentioned', name: mentioned.requestId }]);
        expect(await codeOf({ id: OTHER, state: 'PROCESSING' })).toBe(run === 1 ? 'updated' : 'unchanged');
      }
      expect((await spec.stored({ side: 'borrower', id: OTHER })).alma_request_id).toBe(mentioned.requestId);
      expect(spec.alma.count('cancelBorrowing', 'createBorrowing')).toBe(0);
      spec.alma.change(mentioned.requestId, { note: `NACSIS-ILL ${OTHER}` });
      expect(await codeOf({ state: 'CANCELLED' })).toBe('created');
    });

    for (const note of [
      'LA 0000-000011',
      `依頼no${ID}です`,
      `元は NACSIS-ILL ${ID}`,
      `NACSIS-ILL ${ID}\nNACSIS-ILL ${OTHER}`,
    ])
      it(`takes this for a mention: ${JSON.stringify(note)}`, async () => {
        borrow({ note });
        expect(await codeOf()).toBe('only-mentioned');
        expect(creates()).toBe(0);
      });

    it('finds ids with any two letters', async () => {
      borrow({ note: 'NACSIS-ILL LB0000000011' });
      expect(await codeOf({ id: 'LB0000000011' })).toBe('updated');
    });

    it('does not choose between several', async () => {
      const both = [borrow({ note: MARK }), borrow({ note: MARK })].map(({ requestId }) => requestId);
      const { failure } = await spec.settled(await spec.deliver({}));
      expect(failure).toEqual({ code: 'several-in-alma', name: both.join(', ') });
    });

    it('finds a request of the collective patron whose patron Alma knows by now', async () => {
      const { requestId } = borrow({ note: MARK }, COLLECTIVE);
      expect(await codeOf()).toBe('updated');
      const { alma_user_id: user, alma_request_id: id } = await spec.stored({ side: 'borrower', id: ID });
      expect([user, id]).toEqual([COLLECTIVE, requestId]);
    });

    it('finds a create in doubt for the collective patron whose patron is known by now, and makes no second one', async () => {
      spec.alma.users.delete(PATRON);
      const row = await spec.deliver();
      spec.alma.fates = ['unknown-done'];
      await spec.postponed(row);
      spec.alma.users.add(PATRON);
      spec.pass(60);
      expect((await spec.settled(row)).outcome).toBe('created');
      expect([(await spec.stored(row)).alma_user_id, creates()]).toEqual([COLLECTIVE, 1]);
    });

    for (const [change, partner] of [
      ['renamed', { code: 'NACSIS2', perMember: false }],
      ['each member for itself', { code: PARTNER, perMember: true }],
    ] as const)
      it(`finds a create in doubt after its partner was changed (${change})`, async () => {
        const row = await spec.deliver({ side: 'lender' });
        spec.alma.fates = ['unknown-done'];
        await spec.postponed(row);
        const [made] = [...spec.alma.stored.keys()];
        for (const code of ['NACSIS2', OTHER_MEMBER])
          spec.alma.partners.set(code, { code, name: code, isActive: true });
        if (change === 'renamed') {
          const held = spec.alma.stored.get(made ?? '');
          if (held === undefined) throw new Error('it was not made');
          const request = { ...held.request, partnerCode: 'NACSIS2' };
          spec.alma.stored.set(made ?? '', { ...held, owner: { partnerCode: 'NACSIS2' }, request });
        }
        spec.pass(60);
        expect((await spec.settled(row, { integration: { partner } })).outcome).toBe('created');
        expect([(await spec.stored(row)).alma_request_id, creates()]).toEqual([made ?? '', 1]);
      });

    it('is the same for a dry run and the run after it', async () => {
      borrow({ note: MARK });
      borrow({ note: `${OTHER} の件` });
      spec.alma.ignoresFilters = true;
      lend(101);
      const given = [
        ...[{}, { id: OTHER }, { id: 'LA0000000033' }],
        ...[{ side: 'lender' }, { state: 'CANCELLED', id: 'LA0000000044' }],
      ] as const;
      const dry: string[] = [];
      for (const each of given) dry.push(await codeOf(each, { dryRun: true }));
      expect(dry).toEqual(['updated', 'only-mentioned', 'created', 'outcome-unknown', 'created']);
      const real: string[] = [];
      for (const each of given) real.push(await codeOf(each));
      expect(real).toEqual(dry);
    });
  });
}
