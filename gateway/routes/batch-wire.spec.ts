import type { BatchEnd, BatchResult } from '#domain/api/batch';
import { addDays, today } from '#domain/ill/dates';
import { MAX_HISTORY } from '#domain/ill/fields';
import { useWireApp } from '../testing/use-wire-app';
import { SETTLE_SECONDS, type WireApp } from '../testing/wire-app';

const LENDER = 0;
const DUE = addDays(today(), 14);
const SHIP = { total: '0', dueDate: DUE } as const;

interface Item {
  readonly id: string;
  readonly version: number;
  readonly params?: object;
}

/** 200 requests, 20 of which fail, each for a different reason. */
describe('a batch over the wire', () => {
  let wire: WireApp;
  useWireApp((started) => ({ wire } = started));

  const send = (key: string, items: readonly Item[], signal?: AbortSignal) =>
    wire.call(LENDER, 'POST', 'actions', {
      key,
      body: { side: 'lender', action: 'ship', params: SHIP, items },
      ...(signal === undefined ? {} : { signal }),
    });
  const linesIn = (text: string) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as BatchResult & BatchEnd);
  const run = async (key: string, items: readonly Item[]) => {
    const before = await wire.calls();
    const lines = linesIn(await (await send(key, items)).text());
    const results: readonly BatchResult[] = lines.slice(0, -1);
    return { results, end: lines.at(-1)?.done, calls: await wire.calls(before) };
  };
  /** Lists the `code` of each failed row, with the reason or the first wrong field. */
  const failures = (results: readonly BatchResult[]) =>
    results.flatMap((result) => {
      if (result.ok) return [];
      const { code, reason, errors } = result.problem;
      const fault = errors?.map((each) => `${each.field} ${each.code}`)[0];
      return [[code, reason ?? fault].filter(Boolean).join(': ')];
    });
  /** Reads the requests one after the other: more than a hundred calls at a time may not wait for NACSIS-ILL. */
  const known = async (ids: readonly string[]) => {
    const items: Item[] = [];
    for (const id of ids) items.push({ id, version: (await wire.read(LENDER, 'lender', id)).version });
    return items;
  };
  const loans = (count: number, state: 'PROCESSING' | 'UNPROCESSED' = 'PROCESSING', changes = {}) =>
    wire.seed(state, count, { kind: 'loan', ...changes });
  const elsewhere = (id: string, command: 'SEND' | 'PARDON') => {
    const fields = command === 'SEND' ? { shipDate: today(), ...SHIP } : {};
    const call = { kind: 'loan', side: 'lender', command, id, fields, comment: '他館' } as const;
    return wire.otherClient.perform(wire.accounts[LENDER]!, call);
  };

  it('does 180 and explains 20; a second run touches only the 20, a repeat of the 180 nothing', async () => {
    const good = await known(await loans(180));
    const bad = await known(await loans(14));
    const unprocessed = await known(await loans(2, 'UNPROCESSED'));
    const full = Array.from({ length: MAX_HISTORY }, () => ({ command: 'INQUIRE', memberId: wire.memberId(LENDER) }));
    const [stuck] = await known(await loans(1, 'PROCESSING', { history: full }));
    const [foreign] = await wire.seed('PROCESSING', 1, { kind: 'loan', fields: ofOthers(wire) });
    const [shipped, pardoned, older, oldest, long, undated, past, sum, refused, again, cut, alsoCut, wrong, number] =
      bad;
    await elsewhere(shipped!.id, 'SEND');
    await elsewhere(pardoned!.id, 'PARDON');
    const fault = (item: Item | undefined, how: object) =>
      wire.simulator.write('faults', { match: { command: 'SEND', id: item?.id }, ...how });
    await fault(refused, { do: 'status', code: '422' });
    await fault(again, { do: 'status', code: '403' });
    await fault(cut, { do: 'drop-before' });
    await fault(alsoCut, { do: 'drop-before' });
    const failing: readonly (readonly [item: Item, why: string])[] = [
      [unprocessed[0]!, 'action-not-allowed: wrong-state'],
      [unprocessed[1]!, 'action-not-allowed: wrong-state'],
      [stuck!, 'action-not-allowed: history-full'],
      [{ id: foreign!, version: 1 }, 'not-found'],
      [{ id: 'LA0000000001', version: 1 }, 'not-found'],
      [{ id: 'NOSUCHID', version: 1 }, 'not-found'],
      [shipped!, 'stale-version'],
      [pardoned!, 'action-not-allowed: gone'],
      [{ ...older!, version: 7 }, 'stale-version'],
      [{ ...oldest!, version: 0 }, 'stale-version'],
      [{ ...long!, params: { comment: '長'.repeat(342) } }, 'invalid-fields: comment too-long'],
      [{ ...undated!, params: { dueDate: '' } }, 'invalid-fields: dueDate required'],
      [{ ...past!, params: { dueDate: addDays(today(), -1) } }, 'invalid-fields: dueDate date-past'],
      [{ ...sum!, params: { total: '500', postage: '370' } }, 'invalid-fields: total total-differs'],
      [{ ...wrong!, params: { colour: 'blue' } }, 'invalid-fields: colour unknown-field'],
      [{ ...number!, params: { total: 5 } }, 'invalid-fields: total bad-format'],
      [refused!, 'action-not-allowed'],
      [again!, 'action-not-allowed'],
      [cut!, 'outcome-unknown'],
      [alsoCut!, 'outcome-unknown'],
    ];
    // Every tenth row fails, so that each failure is between successful rows.
    const items = failing.flatMap(([item], at) => [...good.slice(at * 9, at * 9 + 9), item]);
    const key = wire.newKey();

    const first = await run(key, items);
    expect(first.end).toEqual({ succeeded: 180, failed: 20 });
    expect(first.results.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
    expect(failures(first.results)).toEqual(failing.map(([, why]) => why));
    const done = first.results.filter((result) => result.ok);
    expect(
      new Set(done.map(({ from, to, externalStatus, version }) => [from, to, externalStatus, version].join())),
    ).toEqual(new Set(['PROCESSING,SHIPPED,発送,2']));
    // 180 that succeeded, and six that NACSIS-ILL refused.
    expect(first.calls['SEND']).toBe(186);
    const explained = first.results.flatMap((result) => (result.ok ? [] : [result.problem.request?.id ?? '']));
    expect(explained.slice(6, 10)).toEqual([shipped!, pardoned!, older!, oldest!].map(({ id }) => id));

    const repaired = failing.map(([item], at): Item => (at >= 8 && at < 16 ? { id: item.id, version: 1 } : item));
    wire.pass(SETTLE_SECONDS + 1);
    const second = await run(key, repaired);
    expect(second.end).toEqual({ succeeded: 12, failed: 8 });
    expect(failures(second.results)).toEqual(failing.slice(0, 8).map(([, why]) => why));
    expect(second.calls['SEND']).toBe(12);

    const third = await run(key, good);
    expect([third.end, third.calls]).toEqual([{ succeeded: 180, failed: 0 }, {}]);
  }, 240_000);

  it('ends before the next row when the caller hangs up, and goes on at the repeat', async () => {
    const items = await known(await loans(6));
    for (const { id } of items) {
      await wire.simulator.write('faults', { match: { command: 'SEND', id }, do: 'delay', ms: 300 });
    }
    const before = await wire.calls();
    const key = wire.newKey();
    const hangUp = new AbortController();
    const response = await send(key, items, hangUp.signal);
    const { value } = await response.body!.getReader().read();
    expect(linesIn(new TextDecoder().decode(value))).toEqual([
      jasmine.objectContaining({ id: items[0]!.id, ok: true }),
    ]);
    hangUp.abort();
    await settled(async () => (await wire.calls(before))['SEND']);
    const sent = (await wire.calls(before))['SEND'] ?? 0;
    expect(sent).toBeLessThan(items.length);
    // Every row that was started was also finished: the row during which the caller left is done, and known to be done.
    const { results, calls } = await run(key, items);
    expect(results.every(({ ok }) => ok)).toBeTrue();
    expect(calls['SEND']).toBe(items.length - sent);
  }, 120_000);
});

function ofOthers(wire: WireApp) {
  const lenderId = wire.memberId(2);
  return { lenderId, lenders: [{ memberId: lenderId }] };
}

/** Resolves when the value has not changed for a while. */
async function settled(read: () => Promise<unknown>): Promise<void> {
  let last: unknown;
  for (let same = 0; same < 4;) {
    await new Promise((resolve) => setTimeout(resolve, 300));
    const now = await read();
    same = now === last ? same + 1 : 0;
    last = now;
  }
}
