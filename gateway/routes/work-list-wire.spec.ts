import { BOUNDARY } from '#catp/names';
import type { RefreshAnswer, RequestList } from '#domain/api/work-list';
import type { Store } from '../store/open-store';
import { useWireApp } from '../testing/use-wire-app';
import type { WireApp } from '../testing/wire-app';

const LENDER = 0;

/** Against the real simulator. */
describe('the work list over the wire', () => {
  let store: Store;
  let wire: WireApp;
  useWireApp((started) => ({ wire, store } = started));

  const refresh = async (body: unknown) => {
    const response = await wire.call(LENDER, 'POST', 'requests/refresh', { body });
    return ((await response.json()) as RefreshAnswer).libraries[0]!;
  };
  const listed = async () =>
    (await (await wire.call(LENDER, 'GET', 'requests?side=lender&pageSize=200')).json()) as RequestList;
  const send = (id: string, body: string) => wire.simulator.write(`records/${id}/body`, { body }, 'PUT');
  const unreadable = () => store.db.selectFrom('unreadable_records').selectAll().orderBy('id').execute();

  it('has every request but those whose records cannot be read, says how many these are, and gets them when they can', async () => {
    const ids = await wire.seed('UNPROCESSED', 120);
    const [first = '', second = '', third = '', fourth = ''] = [ids[0], ids[60], ids[61], ids[119]];
    await send(first, `ID=${first}\r\n<HMLG>\r\nHMLID=FA090018\r\n`);
    await send(second, `${BOUNDARY}\r\n利用者 001\r\n${BOUNDARY}\r\n`);
    await send(third, 'STAT=未処理\r\n');
    await send(fourth, `ID=${'9'.repeat(4000)}\r\nSTAT=未処理\r\n`);
    const all = await wire.simulator.read<readonly unknown[]>(`records?member=${wire.memberId(LENDER)}&side=lender`);
    const told = await refresh({ full: true });
    expect([told.failure, told.unreadable, told.isFull]).toEqual([undefined, 4, true]);
    const { total, items } = await listed();
    expect(total).toBe(all.length - 4);
    expect(items.filter(({ id }) => ids.includes(id)).length).toBe(116);
    expect((await unreadable()).map(({ id }) => id)).toEqual(['?1', '?2', '?3', first]);
    expect(JSON.stringify(await unreadable())).not.toContain('利用者');

    for (const id of [first, second, third, fourth])
      await fetch(`${wire.simulator.url}/_sim/records/${id}/body`, { method: 'DELETE' });
    const again = await refresh({ full: true });
    expect([again.unreadable, (await unreadable()).length, (await listed()).total]).toEqual([0, 0, all.length]);
  }, 60_000);
});
