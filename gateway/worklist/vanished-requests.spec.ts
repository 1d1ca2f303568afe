import type { RefreshAnswer, RequestList } from '#domain/api/work-list';
import type { RequestView } from '#domain/api/requests';
import type { Command } from '#domain/ill/commands';
import type { Kind, Side } from '#domain/ill/kinds';
import type { RequestFields } from '#domain/ill/request';
import type { Store } from '../store/open-store';
import { useWireApp } from '../testing/use-wire-app';
import type { WireApp } from '../testing/wire-app';

const LENDER = 0;
const BORROWER = 1;
const NEXT_LENDER = 2;
const ORDER = { copyType: '電子複写', orderDate: '20260101', borrowerStaff: '担当 A', borrowerAddress: '東京都' };

/** Other programs of both libraries act in the simulator; the gateway learns of it only by its readings. */
describe('requests that NACSIS-ILL does not deliver any more', () => {
  let store: Store;
  let wire: WireApp;
  useWireApp((started) => ({ wire, store } = started));
  beforeEach(async () => {
    await wire.simulator.write('reset', {});
    for (const table of ['requests', 'readings', 'journal'] as const) await store.db.deleteFrom(table).execute();
  });

  const refresh = async (library = LENDER, full = false) => {
    const response = await wire.call(library, 'POST', 'requests/refresh', { body: { full } });
    return ((await response.json()) as RefreshAnswer).libraries[0]!;
  };
  const listed = async (query = '', library = LENDER, side: Side = 'lender') => {
    const response = await wire.call(library, 'GET', `requests?side=${side}&pageSize=200${query}`);
    return (await response.json()) as RequestList;
  };
  const elsewhere = (
    library: number,
    side: Side,
    command: Command,
    id: string,
    more: { readonly fields?: RequestFields; readonly kind?: Kind } = {},
  ) => {
    const { fields = {}, kind = 'copy' } = more;
    return wire.otherClient.perform(wire.accounts[library]!, {
      kind,
      side,
      command,
      id,
      fields,
      comment: '他のシステムから',
    });
  };
  const rowOf = async (id: string, library = LENDER, side: Side = 'lender') =>
    (await listed(`&ids=${id}`, library, side)).items.find((each) => each.id === id);
  /** Counts of both kinds by NACSIS-ILL itself. */
  const countedBy = async (library: number, side: Side) => {
    const counts = new Map<string, number>();
    for (const kind of ['copy', 'loan'] as const)
      for (const [status, count] of await wire.otherClient.countsByStatus(wire.accounts[library]!, kind, side))
        counts.set(status, (counts.get(status) ?? 0) + count);
    return Object.fromEntries([...counts].sort());
  };
  const facetsOf = ({ facets }: RequestList) =>
    Object.fromEntries(facets.externalStatus.map(({ value, count }) => [value, count] as const).sort());
  const expectCountsOfNacsis = async (library = LENDER, side: Side = 'lender') => {
    const list = await listed('', library, side);
    expect(facetsOf(list)).toEqual(await countedBy(library, side));
    for (const { value, count } of list.facets.externalStatus)
      expect([value, (await listed(`&status=${encodeURIComponent(value)}`, library, side)).total]).toEqual([
        value,
        count,
      ]);
    expect((await listed('&gone=true', library, side)).total).toBe(list.facets.gone);
    return list.facets.gone;
  };

  for (const isFull of [false, true])
    it(`are not CANCEL for ever where the borrower takes one up again (${isFull ? 'full reading' : 'reading of the changes'})`, async () => {
      const [id = '', other = ''] = await wire.seed('INQUIRY', 2);
      await refresh();
      for (const each of [id, other]) await elsewhere(BORROWER, 'borrower', 'CANCEL', each);
      await refresh();
      expect([(await rowOf(id))?.state, await expectCountsOfNacsis()]).toEqual(['CANCELLED', 0]);
      await elsewhere(BORROWER, 'borrower', 'CALLBACK', id);
      const told = await refresh(LENDER, isFull);
      expect([told.failure, told.isFull, told.gone]).toEqual([undefined, isFull, 1]);
      expect([(await rowOf(id))?.gone, (await rowOf(other))?.gone]).toEqual(['not-delivered', undefined]);
      expect(await expectCountsOfNacsis()).toBe(1);
      // The borrower still sees the request, and orders it from the same library again.
      await refresh(BORROWER, isFull);
      expect([
        (await rowOf(id, BORROWER, 'borrower'))?.state,
        await expectCountsOfNacsis(BORROWER, 'borrower'),
      ]).toEqual(['PREPARING', 0]);
      await elsewhere(BORROWER, 'borrower', 'ORDER', id, {
        fields: { ...ORDER, lenders: [{ memberId: wire.memberId(LENDER) }] },
      });
      await refresh(LENDER, isFull);
      const back = await rowOf(id);
      expect([back?.state, back?.gone, back?.waitsForUs, await expectCountsOfNacsis()]).toEqual([
        'UNPROCESSED',
        undefined,
        true,
        0,
      ]);
    }, 90_000);

  it('are gone when the request is only looked at, in a final state, too', async () => {
    const [id = ''] = await wire.seed('CANCELLED');
    await refresh();
    await elsewhere(BORROWER, 'borrower', 'CALLBACK', id);
    const response = await wire.call(LENDER, 'GET', `requests/${id}?side=lender`);
    const { request } = (await response.json()) as { readonly request: RequestView };
    expect([request.gone, request.actions]).toEqual(['not-delivered', []]);
  }, 60_000);

  it('are delivered still where the borrower takes back what was finished: 確認 and 返却確認 go on', async () => {
    const [copy = ''] = await wire.seed('CONFIRMED', 1, { fields: { total: '450' } });
    const [loan = ''] = await wire.seed('RETURN_CONFIRMED', 1, {
      kind: 'loan',
      fields: { total: '0', dueDate: '20261231' },
    });
    await refresh();
    await elsewhere(BORROWER, 'borrower', 'CALLBACK', copy);
    await elsewhere(LENDER, 'lender', 'CALLBACK', loan, { kind: 'loan' });
    await refresh();
    expect([(await rowOf(copy))?.state, (await rowOf(loan))?.state, await expectCountsOfNacsis()]).toEqual([
      'ARRIVED',
      'RETURN_PROCESSING',
      0,
    ]);
  }, 60_000);

  it('are not called ended where another program of the library passed one on', async () => {
    const [id = '', own = ''] = await wire.seed('SHIPPED', 2, { fields: { total: '450' } });
    await refresh();
    // Another program calls the request back and refuses it; the gateway last saw it in 発送.
    for (const command of ['CALLBACK', 'PARDON'] as const) await elsewhere(LENDER, 'lender', command, id);
    await refresh();
    expect([(await rowOf(id))?.gone, (await rowOf(id))?.externalStatus]).toEqual(['not-delivered', '発送']);
    // The gateway knows that a request which it refuses itself was passed on.
    const seen = await wire.read(LENDER, 'lender', own);
    const { answer } = await wire.act(LENDER, (await wire.act(LENDER, seen, 'callback')).answer.request, 'reject', {
      comment: '欠号',
    });
    expect(answer.request.gone).toBe('passed-on');
    expect(await expectCountsOfNacsis()).toBe(2);
    await refresh(NEXT_LENDER);
    expect(await expectCountsOfNacsis(NEXT_LENDER)).toBe(0);
  }, 60_000);

  it('leave the facets what NACSIS-ILL counts, through every way in which one is lost', async () => {
    const ids = await wire.seed('PROCESSING', 4);
    await refresh();
    await elsewhere(LENDER, 'lender', 'PARDON', ids[0]!);
    await elsewhere(LENDER, 'lender', 'INQUIRE', ids[1]!);
    await elsewhere(BORROWER, 'borrower', 'RECEIVE', ids[1]!);
    await elsewhere(BORROWER, 'borrower', 'FORWARD', ids[1]!);
    await elsewhere(LENDER, 'lender', 'INQUIRE', ids[2]!);
    await elsewhere(BORROWER, 'borrower', 'RECEIVE', ids[2]!);
    await elsewhere(BORROWER, 'borrower', 'RETRY', ids[2]!);
    await refresh();
    expect(await expectCountsOfNacsis()).toBe(3);
    const lost = (await listed('&gone=true')).items;
    expect(lost.map(({ id }) => id).sort()).toEqual(ids.slice(0, 3).sort());
    expect(lost.every(({ allowed, waitsForUs }) => allowed.length === 0 && !waitsForUs)).toBeTrue();
  }, 60_000);

  it('are not forwarded to: a suspended candidate is told when the request is looked at', async () => {
    const [id = ''] = await wire.seed('INQUIRY');
    const forward = async () => {
      const { actions } = await wire.read(BORROWER, 'borrower', id, true);
      return actions.find(({ action }) => action === 'forward');
    };
    expect((await forward())?.allowed).toBeTrue();
    await wire.simulator.write(`members/${wire.memberId(NEXT_LENDER)}`, { STAT: 'N' }, 'PUT');
    // Puts the member into the directory's cache, as it will be in ten minutes.
    await wire.services.nacsis.members(wire.accounts[BORROWER]!, [wire.memberId(NEXT_LENDER)], { fresh: true });
    expect([(await forward())?.allowed, (await forward())?.reason]).toEqual([false, 'no-candidate-serves']);
    await expectAsync(elsewhere(BORROWER, 'borrower', 'FORWARD', id)).toBeRejected();
    await wire.simulator.write(`members/${wire.memberId(NEXT_LENDER)}`, { STAT: 'A' }, 'PUT');
    expect((await forward())?.allowed).toBeTrue();
  }, 60_000);
});
