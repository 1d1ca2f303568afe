import type { RequestView } from '#domain/api/requests';
import type { BatchResult } from '#domain/api/batch';
import type { Problem } from '#domain/api/problem';
import type { Command } from '#domain/ill/commands';
import type { Side } from '#domain/ill/kinds';
import type { RequestFields } from '#domain/ill/request';
import { useWireApp } from '../testing/use-wire-app';
import { SETTLE_SECONDS, type WireApp } from '../testing/wire-app';

const LENDER = 0;
const BORROWER = 1;

/**
 * Answers to a caller whose view of a request is outdated, or whose command was lost, while other clients of both
 * libraries act.
 */
describe('what was refused over the wire', () => {
  let wire: WireApp;
  useWireApp((started) => ({ wire } = started));

  const seeded = async (...args: Parameters<WireApp['seed']>) => (await wire.seed(...args))[0]!;
  /** Performs a command as another client of this library. */
  const other = (library: number, command: Command, id: string, fields: RequestFields = {}, comment?: string) => {
    const side: Side = library === LENDER ? 'lender' : 'borrower';
    const call = { kind: 'copy', side, command, id, fields, ...(comment === undefined ? {} : { comment }) } as const;
    return wire.otherClient.perform(wire.accounts[library]!, call);
  };
  const shippedElsewhere = async (id: string, total = '300') => {
    await other(LENDER, 'RECEIVE', id, { acceptDate: '20260105' });
    await other(LENDER, 'SEND', id, { shipDate: '20260106', total });
  };
  const stored = async (library: number, side: Side, id: string) =>
    wire.services.requests.read({ code: `INST${String(library)}`, almaApiKey: '', libraries: [] }, side, id);

  it('is judged by NACSIS-ILL as it is now, and what was read is stored', async () => {
    const id = await seeded('UNPROCESSED');
    const seen = await wire.read(BORROWER, 'borrower', id);
    await shippedElsewhere(id);
    const { problem } = await wire.act(BORROWER, seen, 'accept');
    expect([problem.code, problem.request?.externalStatus]).toEqual(['stale-version', '発送']);
    expect(problem.changes?.map(({ command }) => command)).toEqual(['RECEIVE', 'SEND']);
    expect((await stored(BORROWER, 'borrower', id)).external_status).toBe('発送');
    expect((await wire.act(BORROWER, problem.request!, 'accept')).answer.to).toBe('ARRIVED');
  }, 60_000);

  it('is judged so in a batch, too', async () => {
    const id = await seeded('UNPROCESSED');
    const { version } = await wire.read(BORROWER, 'borrower', id);
    await shippedElsewhere(id);
    const run = async (key: string, of: number) => {
      const body = { side: 'borrower', action: 'accept', items: [{ id, version: of }] };
      const lines = (await (await wire.call(BORROWER, 'POST', 'actions', { key, body })).text()).split('\n');
      return JSON.parse(lines[0] ?? '') as BatchResult;
    };
    const first = await run(wire.newKey(), version);
    if (first.ok) throw new Error('the row was not refused');
    expect([first.problem.code, first.problem.request?.externalStatus]).toEqual(['stale-version', '発送']);
    expect((await run(wire.newKey(), first.problem.request!.version)).ok).toBeTrue();
  }, 60_000);

  it('shows the newest record, not the stored one, where a newer version was known already', async () => {
    const id = await seeded('UNPROCESSED');
    const seen = await wire.read(BORROWER, 'borrower', id);
    await other(LENDER, 'RECEIVE', id, { acceptDate: '20260105' });
    await wire.read(BORROWER, 'borrower', id, true);
    await other(LENDER, 'SEND', id, { shipDate: '20260106', total: '300' });
    const { problem } = await wire.act(BORROWER, seen, 'callback');
    expect([problem.code, problem.request?.externalStatus]).toEqual(['stale-version', '発送']);
  }, 60_000);

  it('is refused by the table only after NACSIS-ILL was asked; where it cannot be asked, that is the answer', async () => {
    const id = await seeded('PROCESSING');
    const seen = await wire.read(BORROWER, 'borrower', id);
    const before = await wire.calls();
    const { problem } = await wire.act(BORROWER, seen, 'receive');
    expect([problem.code, problem.request?.externalStatus]).toEqual(['action-not-allowed', '処理中']);
    expect(await wire.calls(before)).toEqual({ SEARCH: 1, RECORDS: 1 });
    await wire.simulator.write('faults', { match: { method: 'SEARCH' }, do: 'status', code: '503', times: 1 });
    const unread = await wire.act(BORROWER, seen, 'receive');
    expect([unread.status, unread.problem.code]).toEqual([503, 'nacsis-unavailable']);
  }, 60_000);

  it('tells what others did that the caller had not seen, where NACSIS-ILL took the command all the same', async () => {
    const id = await seeded('PROCESSING');
    const seen = await wire.read(LENDER, 'lender', id);
    await other(LENDER, 'INQUIRE', id, {}, '巻号不明');
    await other(LENDER, 'CALLBACK', id);
    const key = wire.newKey();
    const { status, answer } = await wire.act(LENDER, seen, 'ship', { total: '300' }, key);
    expect([status, answer.to]).toEqual([200, 'SHIPPED']);
    expect(answer.changes?.map(({ command, comment }) => [command, comment])).toEqual([
      ['INQUIRE', '巻号不明'],
      ['CALLBACK', undefined],
    ]);
    expect((await wire.act(LENDER, seen, 'ship', { total: '300' }, key)).answer).toEqual(answer);
    expect((await wire.act(LENDER, answer.request, 'callback')).answer.changes).toBeUndefined();
  }, 60_000);

  it('is seen to be old by the longer history, although the state is the same again, where the snapshot was not told lately', async () => {
    const id = await seeded('PROCESSING');
    const seen = await wire.read(LENDER, 'lender', id);
    await other(LENDER, 'INQUIRE', id, {}, '巻号不明');
    await other(LENDER, 'CALLBACK', id);
    wire.pass(61);
    const before = await wire.calls();
    const { problem } = await wire.act(LENDER, seen, 'ship', { total: '300' });
    expect([problem.code, problem.request?.state]).toEqual(['stale-version', 'PROCESSING']);
    expect(problem.changes?.map(({ command }) => command)).toEqual(['INQUIRE', 'CALLBACK']);
    expect((await wire.calls(before))['SEND']).toBeUndefined();
  }, 60_000);

  it('is an edit that would write over what another program of the library has written since', async () => {
    const id = await seeded('PREPARING');
    const seen = await wire.read(BORROWER, 'borrower', id);
    await other(BORROWER, 'SAVE', id, { volume: '12(3)' });
    const before = await wire.calls();
    const edit = (version: number) =>
      wire.call(BORROWER, 'PUT', `requests/${id}`, {
        key: wire.newKey(),
        body: { version, fields: { volume: '9(1)' } },
      });
    const refused = (await (await edit(seen.version)).json()) as Problem;
    expect([refused.code, refused.request?.fields['volume']]).toEqual(['stale-version', '12(3)']);
    expect((await wire.calls(before))['SAVE']).toBeUndefined();
    const edited = (await (await edit(refused.request!.version)).json()) as { readonly request: RequestView };
    expect(edited.request.fields['volume']).toBe('9(1)');
  }, 60_000);

  it('tells it also where another program of the library has done the same command before, unseen', async () => {
    const id = await seeded('PROCESSING');
    const seen = await wire.read(LENDER, 'lender', id);
    await other(LENDER, 'SEND', id, { shipDate: '20260106', total: '500' });
    await other(LENDER, 'CALLBACK', id);
    const { answer } = await wire.act(LENDER, seen, 'ship', { total: '300' });
    expect(answer.changes?.map(({ command }) => command)).toEqual(['SEND', 'CALLBACK']);
  }, 60_000);

  it('is not credited with the command of another program of the library', async () => {
    const id = await seeded('PROCESSING');
    const seen = await wire.read(LENDER, 'lender', id);
    const key = wire.newKey();
    const ship = () => wire.act(LENDER, seen, 'ship', { total: '300' }, key);
    await wire.simulator.write('faults', { match: { command: 'SEND', id }, do: 'drop-before' });
    expect((await ship()).problem.code).toBe('outcome-unknown');
    await other(LENDER, 'SEND', id, { shipDate: '20260106', total: '500' });
    const before = await wire.calls();
    expect((await ship()).problem.code).toBe('outcome-unknown');
    wire.pass(SETTLE_SECONDS + 1);
    const { problem } = await ship();
    expect([problem.code, problem.request?.fields['total']]).toEqual(['stale-version', '500']);
    expect((await wire.calls(before))['SEND']).toBeUndefined();
  }, 60_000);

  it('is not sent where the candidates that remain have stopped their service, and is sent when one is back', async () => {
    const id = await seeded('INQUIRY');
    const suspend = (STAT: 'N' | 'A') => wire.simulator.write(`members/${wire.memberId(2)}`, { STAT }, 'PUT');
    const seen = await wire.read(BORROWER, 'borrower', id);
    await suspend('N');
    await wire.services.nacsis.members(wire.accounts[BORROWER]!, [wire.memberId(2)], { fresh: true });
    const before = await wire.calls();
    const { problem } = await wire.act(BORROWER, seen, 'forward');
    expect([problem.code, problem.reason]).toEqual(['action-not-allowed', 'no-candidate-serves']);
    expect((await wire.calls(before))['FORWARD']).toBeUndefined();
    await suspend('A');
    // The cache still says that the member does not serve; the member is read again before a refusal.
    expect((await wire.act(BORROWER, seen, 'forward')).answer.to).toBe('UNPROCESSED');
  }, 60_000);

  it('does not stop the second half of a chain whose key looks like that of another call', async () => {
    const id = await seeded('UNPROCESSED');
    const seen = await wire.read(BORROWER, 'borrower', id);
    const key = wire.newKey();
    const used = await seeded('UNPROCESSED');
    const usedSeen = await wire.read(BORROWER, 'borrower', used);
    expect((await wire.act(BORROWER, usedSeen, 'callback', {}, `${key}#2`)).status).toBe(200);
    expect((await wire.act(BORROWER, seen, 'cancel', {}, key)).answer.to).toBe('CANCELLED');
  }, 60_000);
});
