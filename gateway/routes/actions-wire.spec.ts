import { useWireApp } from '../testing/use-wire-app';
import { SETTLE_SECONDS, type WireApp } from '../testing/wire-app';

const LENDER = 0;
const BORROWER = 1;
const NEXT_LENDER = 2;
const ONE_CALL = 1;

/**
 * Runs against the real simulator: what the table says in this spec, NACSIS-ILL itself must confirm in the simulator.
 */
describe('actions over the wire', () => {
  let wire: WireApp;
  useWireApp((started) => ({ wire } = started));

  const seeded = async (...args: Parameters<WireApp['seed']>) => (await wire.seed(...args))[0]!;
  const methods = async (before: Awaited<ReturnType<WireApp['calls']>>) => wire.calls(before);

  it('cost one round trip on either side, also as the second step of a chain', async () => {
    const id = await seeded('UNPROCESSED');
    const seen = { lender: await wire.read(LENDER, 'lender', id), borrower: await wire.read(BORROWER, 'borrower', id) };
    const start = await wire.calls();
    const accepted = await wire.act(LENDER, seen.lender, 'accept', { lenderNumber: '26-0001' });
    expect(accepted.answer.to).toBe('PROCESSING');
    const shipped = await wire.act(LENDER, accepted.answer.request, 'ship', { total: '450' });
    expect([shipped.answer.from, shipped.answer.to]).toEqual(['PROCESSING', 'SHIPPED']);
    expect(await methods(start)).toEqual({ SERVERPROCEDURECALL: 2, RECEIVE: ONE_CALL, SEND: ONE_CALL });

    const now = await wire.read(BORROWER, 'borrower', id, true);
    const before = await wire.calls();
    const arrived = await wire.act(BORROWER, now, 'accept');
    const received = await wire.act(BORROWER, arrived.answer.request, 'receive');
    expect(received.answer.to).toBe('CONFIRMED');
    expect(await methods(before)).toEqual({ SERVERPROCEDURECALL: 2, RECEIVE: ONE_CALL, OK: ONE_CALL });
  }, 60_000);

  it('are told that the other library was first: RECEIVE before CALLBACK', async () => {
    const id = await seeded('UNPROCESSED');
    const lender = await wire.read(LENDER, 'lender', id);
    const borrower = await wire.read(BORROWER, 'borrower', id);
    expect((await wire.act(LENDER, lender, 'accept')).status).toBe(200);
    const { status, problem } = await wire.act(BORROWER, borrower, 'callback');
    expect([status, problem.code, problem.request?.state]).toEqual([409, 'stale-version', 'PROCESSING']);
    expect(problem.changes).toEqual([
      { command: 'RECEIVE', memberId: wire.memberId(LENDER), at: jasmine.stringMatching(/^\d{4}-.*Z$/) },
    ]);
    const allowed = problem.request?.actions.filter((offer) => offer.allowed) ?? [];
    expect(allowed).toEqual([]);
  }, 60_000);

  it('are told that the other library was first: CALLBACK before RECEIVE', async () => {
    const id = await seeded('UNPROCESSED');
    const lender = await wire.read(LENDER, 'lender', id);
    const borrower = await wire.read(BORROWER, 'borrower', id);
    expect((await wire.act(BORROWER, borrower, 'callback')).answer.to).toBe('PREPARING');
    const { status, problem } = await wire.act(LENDER, lender, 'accept');
    expect([status, problem.code, problem.reason]).toEqual([409, 'action-not-allowed', 'gone']);
    expect([problem.request?.id, problem.request?.gone, problem.request?.actions]).toEqual([id, 'not-delivered', []]);
    expect(problem.nacsis?.status).toMatch(/^4\d\d$/);
  }, 60_000);

  it('are told that the other library was first: CALLBACK before RECEIVE of what was shipped', async () => {
    const id = await seeded('SHIPPED', 1, { fields: { total: '450' } });
    const lender = await wire.read(LENDER, 'lender', id);
    const borrower = await wire.read(BORROWER, 'borrower', id);
    expect((await wire.act(LENDER, lender, 'callback')).answer.to).toBe('PROCESSING');
    const { problem } = await wire.act(BORROWER, borrower, 'accept');
    expect([problem.code, problem.request?.state]).toEqual(['stale-version', 'PROCESSING']);
    expect(problem.changes?.map(({ command }) => command)).toEqual(['CALLBACK']);
  }, 60_000);

  it('of the slower of two that really meet are refused, and change nothing', async () => {
    const id = await seeded('UNPROCESSED');
    const lender = await wire.read(LENDER, 'lender', id);
    const borrower = await wire.read(BORROWER, 'borrower', id);
    const both = await Promise.all([wire.act(LENDER, lender, 'accept'), wire.act(BORROWER, borrower, 'callback')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const record = await wire.simulator.read<{ readonly SENDG: readonly unknown[] }>(`records/${id}`);
    expect(record.SENDG.length).toBe(2);
  }, 60_000);

  it('that NACSIS-ILL refuses although nothing has changed are not allowed, in its own words', async () => {
    const id = await seeded('SHIPPED', 1, { fields: { total: '450' } });
    const borrower = await wire.read(BORROWER, 'borrower', id);
    await wire.simulator.write('faults', { match: { command: 'RECEIVE', id }, do: 'status', code: '409' });
    const { problem } = await wire.act(BORROWER, borrower, 'accept');
    expect([problem.code, problem.reason, problem.nacsis?.status, problem.request?.version]).toEqual([
      'action-not-allowed',
      undefined,
      '409',
      borrower.version,
    ]);
  }, 60_000);

  it('on an id that there is not, or that is another library’s, find nothing', async () => {
    const id = await seeded('UNPROCESSED');
    for (const [library, side, wanted] of [
      [BORROWER, 'borrower', 'LA0000000000'],
      [NEXT_LENDER, 'lender', id],
      [LENDER, 'borrower', id],
    ] as const) {
      const { status, problem } = await wire.act(library, { id: wanted, side, version: 1 }, 'accept');
      expect([status, problem.code]).toEqual([404, 'not-found']);
    }
  }, 60_000);

  describe('that refuse a request for good', () => {
    const REASON = { comment: '欠号' };
    const shown = async () => wire.read(LENDER, 'lender', await seeded('PROCESSING'));

    it('show what NACSIS-ILL answered, and nothing more is offered', async () => {
      const request = await shown();
      const key = wire.newKey();
      const first = await wire.act(LENDER, request, 'reject', REASON, key);
      const { from, to, request: after } = first.answer;
      expect([from, to, after.gone, after.actions]).toEqual(['PROCESSING', 'UNPROCESSED', 'passed-on', []]);
      expect((await wire.act(LENDER, request, 'reject', REASON, key)).answer).toEqual(first.answer);
      const { problem } = await wire.act(LENDER, after, 'ship', { total: '0' });
      expect([problem.code, problem.reason]).toEqual(['action-not-allowed', 'gone']);
      expect((await wire.read(NEXT_LENDER, 'lender', request.id)).state).toBe('UNPROCESSED');
    }, 60_000);

    it('are known to be done when the answer is lost, without a state being made up', async () => {
      const request = await shown();
      const key = wire.newKey();
      await wire.simulator.write('faults', { match: { command: 'PARDON', id: request.id }, do: 'drop-after' });
      const before = await wire.calls();
      const { status, answer } = await wire.act(LENDER, request, 'reject', REASON, key);
      expect([status, answer.from, answer.to]).toEqual([200, 'PROCESSING', null]);
      const { gone, externalStatus, version, history, actions } = answer.request;
      expect([gone, externalStatus, version, actions]).toEqual(['passed-on', '処理中', request.version + 1, []]);
      expect(history).toEqual(request.history);
      expect((await wire.act(LENDER, request, 'reject', REASON, key)).answer).toEqual(answer);
      expect((await wire.calls(before))['PARDON']).toBe(1);
      expect((await wire.read(NEXT_LENDER, 'lender', request.id)).history.at(-1)?.comment).toBe('欠号');
    }, 60_000);

    it('are sent once when the line is cut before, as soon as NACSIS-ILL cannot be at work on them any more', async () => {
      const request = await shown();
      const key = wire.newKey();
      await wire.simulator.write('faults', { match: { command: 'PARDON', id: request.id }, do: 'drop-before' });
      expect((await wire.act(LENDER, request, 'reject', REASON, key)).problem.code).toBe('outcome-unknown');
      wire.pass(SETTLE_SECONDS + 1);
      expect((await wire.read(LENDER, 'lender', request.id)).gone).toBeUndefined();
      expect((await wire.act(LENDER, request, 'reject', REASON, key)).answer.to).toBe('UNPROCESSED');
    }, 60_000);

    it('end at the borrower when no candidate is left, answered or not', async () => {
      const lenders = [{ memberId: wire.memberId(LENDER) }];
      const request = await wire.read(LENDER, 'lender', await seeded('PROCESSING', 1, { fields: { lenders } }));
      await wire.simulator.write('faults', { match: { command: 'PARDON', id: request.id }, do: 'drop-after' });
      const { answer } = await wire.act(LENDER, request, 'reject', REASON);
      expect([answer.to, answer.request.gone]).toEqual(['NEW_INQUIRY', undefined]);
      expect((await wire.act(LENDER, answer.request, 'callback')).answer.to).toBe('PROCESSING');
    }, 60_000);
  });

  it('on what another client passed on say that it is gone, and it comes back when it is delivered again', async () => {
    const id = await seeded('PROCESSING');
    const request = await wire.read(LENDER, 'lender', id);
    const account = wire.accounts[LENDER]!;
    const pardon = { kind: 'copy', side: 'lender', command: 'PARDON', id, fields: {}, comment: '貸出中' } as const;
    await wire.otherClient.perform(account, pardon);
    const { problem } = await wire.act(LENDER, request, 'ship', { total: '0' });
    expect([problem.code, problem.reason, problem.request?.gone]).toEqual([
      'action-not-allowed',
      'gone',
      'not-delivered',
    ]);
    const borrower = await wire.read(BORROWER, 'borrower', id);
    const back = await wire.act(BORROWER, borrower, 'callback');
    const lenders = [{ memberId: wire.memberId(LENDER) }];
    const fields = { copyType: '電子複写', orderDate: '20260101', borrowerStaff: '担当 A', borrowerAddress: '東京都' };
    const again = await wire.act(BORROWER, back.answer.request, 'order', { lenders, ...fields });
    expect([again.problem.errors, again.answer.to]).toEqual([undefined, 'UNPROCESSED']);
    const { problem: stale } = await wire.act(LENDER, problem.request!, 'accept');
    expect([stale.code, stale.request?.state, stale.request?.gone]).toEqual([
      'stale-version',
      'UNPROCESSED',
      undefined,
    ]);
    expect((await wire.act(LENDER, stale.request!, 'accept')).answer.to).toBe('PROCESSING');
  }, 60_000);
});
