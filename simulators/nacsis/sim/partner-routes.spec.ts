import { textIn, type CatpClient, type WireRecord } from '../../../test/catp-client/catp-client';
import { PARTNER_SCRIPTS, type PartnerScript } from '../../scenarios';
import { historyOf, idOf, orderBody, startSpecServer, type SpecServer } from '../testing/spec-server';

/** A day in milliseconds. */
const DAY = 86_400_000;

describe('/_sim/partners', () => {
  let server: SpecServer;
  let me: CatpClient;
  let library = '';
  let lenders: readonly string[] = [];
  beforeEach(async () => {
    server = await startSpecServer({ partnerPaceMs: 2 });
    [library = '', ...lenders] = server.ids.slice(0, 4);
    me = await server.client(library);
  });
  afterEach(async () => server.close());

  async function order(kind: 'copy' | 'loan' = 'loan', candidates = lenders): Promise<string> {
    return kind === 'loan'
      ? idOf(await me.command('LOANO', 'ORDER', orderBody(candidates)))
      : idOf(await me.command('COPYO', 'ORDER', orderBody(candidates, { TYPE: '電子複写' })));
  }
  /** Takes one step of the other library. Returns the resulting state. */
  async function step(id: string, script?: PartnerScript): Promise<string> {
    const { status, json } = await server.sim('POST', 'partners/step', { id, ...(script && { script }) });
    return status === 200 ? textIn(json as WireRecord, 'STAT') : String(status);
  }
  async function steps(id: string, script: PartnerScript, count: number): Promise<readonly string[]> {
    const states: string[] = [];
    for (let left = count; left > 0; left -= 1) states.push(await step(id, script));
    return states;
  }
  async function mine(database: string, command: string, body: WireRecord): Promise<WireRecord> {
    const { status, reason, records } = await me.command(database, command, body);
    expect(`${status} ${reason}`).toMatch(/^200/);
    return records[0] ?? {};
  }
  /** A loan from the first library as lender, in 借用中. */
  async function lent(): Promise<string> {
    const [ordered] = await ordersFrom({ kind: 'loan' });
    const id = textIn(ordered, 'ID');
    await mine('LOANS', 'RECEIVE', { ID: id, ADATE: '20260402' });
    await mine('LOANS', 'SEND', { ID: id, SDATE: '20260403', SUM: '870', DDATE: '20260503' });
    expect(await steps(id, 'sends-back', 2)).toEqual(['到着処理中', '借用中']);
    return id;
  }
  /** A loan to the first library as borrower, in 借用中. */
  async function borrowed(): Promise<string> {
    const id = await order();
    await steps(id, 'ships', 2);
    await mine('LOANO', 'RECEIVE', { ID: id });
    await mine('LOANO', 'BORROW', { ID: id });
    return id;
  }
  async function ordersFrom(body: object): Promise<readonly WireRecord[]> {
    const { status, json } = await server.sim('POST', 'partners/order', body);
    expect(status).toBe(201);
    return json as readonly WireRecord[];
  }
  async function until(id: string, state: string): Promise<void> {
    for (let tries = 0; tries < 400; tries += 1) {
      if ((await server.record(id))['STAT'] === state) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    fail(`${id} never came to ${state}`);
  }

  it('lists the scripts in both languages, and what is running', async () => {
    const { json } = await server.sim('GET', 'partners');
    const { scripts, running } = json as {
      readonly scripts: readonly { readonly name: string; readonly ja: string; readonly en: string }[];
      readonly running: unknown;
    };
    expect(scripts.map(({ name }) => name)).toEqual(Object.keys(PARTNER_SCRIPTS));
    expect(scripts.every(({ ja, en }) => /\p{Script=Han}/u.test(ja) && /^[\x20-\x7e]+$/.test(en))).toBeTrue();
    expect(running).toEqual({ mixture: false, all: [], requests: [] });
  });

  it('ships: accepts, ships, checks in; step by step, and then has nothing to do', async () => {
    const id = await order('copy');
    expect(await steps(id, 'ships', 2)).toEqual(['処理中', '発送']);
    expect(await step(id)).toBe('409');
    expect(historyOf(await server.record(id))).toEqual([
      `ORDER ${library}`,
      `RECEIVE ${lenders[0] ?? ''}`,
      `SEND ${lenders[0] ?? ''}`,
    ]);
  });

  it('inquires first, and ships when it was answered', async () => {
    const id = await order('copy');
    expect(await steps(id, 'inquires', 2)).toEqual(['処理中', '新着照会']);
    expect(await step(id, 'inquires')).toBe('409');
    await mine('COPYO', 'RECEIVE', { ID: id });
    await mine('COPYO', 'ANSWER', { ID: id, _COMMENT_: '依頼のとおりです。' });
    expect(await steps(id, 'inquires', 2)).toEqual(['処理中', '発送']);
  });

  it('refuses along the rota, past a library that has stopped, to the end', async () => {
    const id = await order();
    await server.sim('PUT', `members/${lenders[1] ?? ''}`, { STAT: 'N' });
    expect(await steps(id, 'refuses', 4)).toEqual(['処理中', '未処理', '処理中', '新着照会']);
    expect(historyOf(await server.record(id)).map((entry) => entry.split(' ').slice(0, 2).join(' '))).toEqual([
      `ORDER ${library}`,
      `RECEIVE ${lenders[0] ?? ''}`,
      `PARDON ${lenders[0] ?? ''}`,
      `PARDON ${lenders[1] ?? ''}`,
      `RECEIVE ${lenders[2] ?? ''}`,
      `PARDON ${lenders[2] ?? ''}`,
      `PARDON ${lenders[2] ?? ''}`,
    ]);
  });

  it('ships with a wrong charge, and answers the claim with the right one', async () => {
    const sum = async (id: string): Promise<string> => textIn(await server.record(id), 'SUM');
    for (const [kind, database, right, wrong] of [
      ['copy', 'COPYO', '740', '1740'],
      ['loan', 'LOANO', '870', '1870'],
    ] as const) {
      const id = await order(kind);
      await steps(id, 'ships-wrong-charge', 2);
      expect(await sum(id)).toBe(wrong);
      await mine(database, 'RECEIVE', { ID: id });
      await mine(database, 'CLAIM', { ID: id, _COMMENT_: '料金をご確認ください。' });
      expect(await steps(id, 'ships-wrong-charge', 2)).toEqual(['処理中', 'クレーム回答待']);
      expect(await sum(id)).toBe(right);
    }
  });

  it('grants a renewal with a later due date, or refuses it with the old one', async () => {
    for (const [script, days] of [
      ['ships', 14],
      ['refuses-renewal', 0],
    ] as const) {
      const id = await borrowed();
      const due = textIn(await server.record(id), 'DDATE');
      await mine('LOANO', 'RENEW', { ID: id, _COMMENT_: '2週間の延長を希望します。' });
      expect(await steps(id, script, 2)).toEqual(['返却処理中', '返却クレーム未処理']);
      const after = textIn(await server.record(id), 'DDATE');
      expect((dayOf(after) - dayOf(due)) / DAY)
        .withContext(script)
        .toBe(days);
      await mine('LOANO', 'RECEIVE', { ID: id });
      await mine('LOANO', 'SENDBACK', { ID: id, BDATE: '20260420' });
      expect(await steps(id, script, 2)).toEqual(['返却処理中', '返却確認']);
    }
  });

  it('asks about the returned item once, also after a renewal', async () => {
    const id = await borrowed();
    await mine('LOANO', 'RENEW', { ID: id, _COMMENT_: '延長を希望します。' });
    expect(await steps(id, 'asks-about-return', 2)).toEqual(['返却処理中', '返却クレーム未処理']);
    for (const expected of ['返却クレーム未処理', '返却確認']) {
      await mine('LOANO', 'RECEIVE', { ID: id });
      await mine('LOANO', 'SENDBACK', { ID: id, BDATE: '20260420' });
      expect(await steps(id, 'asks-about-return', 2)).toEqual(['返却処理中', expected]);
    }
  });

  it('as borrower: claims once, asks for a renewal once, sends back', async () => {
    const [copy] = await ordersFrom({ kind: 'copy' });
    const id = textIn(copy, 'ID');
    await mine('COPYS', 'RECEIVE', { ID: id, ADATE: '20260402' });
    await mine('COPYS', 'SEND', { ID: id, SDATE: '20260403', SUM: '740' });
    expect(await steps(id, 'claims', 2)).toEqual(['到着処理中', 'クレーム未処理']);
    await mine('COPYS', 'RECEIVE', { ID: id });
    await mine('COPYS', 'SEND', { ID: id, _COMMENT_: '訂正しました。' });
    expect(await steps(id, 'claims', 2)).toEqual(['到着処理中', '確認']);

    const loan = await lent();
    expect(await step(loan, 'asks-for-renewal')).toBe('更新請求');
    await mine('LOANS', 'RECEIVE', { ID: loan });
    await mine('LOANS', 'CLAIM', { ID: loan, DDATE: '20260517', _COMMENT_: '延長しました。' });
    expect(await steps(loan, 'asks-for-renewal', 2)).toEqual(['借用中', '返送']);
  });

  it('as borrower: cancels when it was inquired of', async () => {
    const [loan] = await ordersFrom({ kind: 'loan' });
    const id = textIn(loan, 'ID');
    await mine('LOANS', 'RECEIVE', { ID: id, ADATE: '20260402' });
    await mine('LOANS', 'INQUIRE', { ID: id, _COMMENT_: '館内利用でよろしいでしょうか。' });
    expect(await steps(id, 'cancels', 2)).toEqual(['照会', 'CANCEL']);
  });

  it('orders from the first library, or from another, what it holds', async () => {
    const orders = await ordersFrom({ kind: 'loan', count: 3 });
    expect(orders.map((record) => [record['STAT'], record['AMLID'], record['SRVCE']])).toEqual(
      Array.from({ length: 3 }, () => ['未処理', library, 'L']),
    );
    expect(new Set(orders.map((record) => record['ID'])).size).toBe(3);
    expect(orders.every((record) => record['OMLID'] !== library && historyOf(record).length === 1)).toBeTrue();
    const [other] = await ordersFrom({ kind: 'copy', lender: lenders[0] });
    expect([other?.['AMLID'], other?.['SRVCE']]).toEqual([lenders[0], 'C']);
  });

  it('plays a script by itself for the requests that are named, and for no other', async () => {
    const [named, other] = [await order(), await order()];
    expect((await server.sim('POST', 'partners', { requests: [named], script: 'ships', afterSeconds: 0 })).status).toBe(
      201,
    );
    await until(named, '発送');
    expect((await server.record(other))['STAT']).toBe('未処理');
  });

  it('plays for all that is done from then on, in time, and leaves the rest alone', async () => {
    const before = await order();
    const seeded = server.world.requests.all().map(({ record }) => record);
    await server.sim('POST', 'partners', { script: 'ships', afterSeconds: 0 });
    await server.sim('POST', 'partners', { script: 'sends-back', afterSeconds: 0 });
    await until(await order(), '発送');
    const [incoming] = await ordersFrom({ kind: 'loan' });
    const id = textIn(incoming, 'ID');
    await mine('LOANS', 'RECEIVE', { ID: id, ADATE: '20260402' });
    await mine('LOANS', 'SEND', { ID: id, SDATE: '20260403', SUM: '870', DDATE: '20260503' });
    await until(id, '返送');
    expect((await server.record(before))['STAT']).toBe('未処理');
    expect(
      server.world.requests
        .all()
        .slice(0, seeded.length)
        .map(({ record }) => record),
    ).toEqual(seeded);
    expect((await server.sim('GET', 'partners')).json).toEqual(
      jasmine.objectContaining({
        running: {
          mixture: false,
          all: [
            { script: 'ships', afterSeconds: 0 },
            { script: 'sends-back', afterSeconds: 0 },
          ],
          requests: [],
        },
      }),
    );
  });

  it('waits as long as was asked, and longer where it ships late', async () => {
    const [slow, late] = [await order(), await order()];
    await server.sim('POST', 'partners', { requests: [slow], script: 'ships', afterSeconds: 3600 });
    await server.sim('POST', 'partners', { requests: [late], script: 'ships-late', afterSeconds: 0.05 });
    await until(late, '処理中');
    const accepted = performance.now();
    await until(late, '発送');
    // five times the waiting time, minus the polling time
    expect(performance.now() - accepted).toBeGreaterThan(150);
    expect((await server.record(slow))['STAT']).toBe('未処理');
    // a manual step does not wait
    expect(await step(slow)).toBe('処理中');
  });

  it('ends on DELETE and on a reset', async () => {
    for (const end of [() => server.sim('DELETE', 'partners'), () => server.sim('POST', 'reset')]) {
      const id = await order();
      await server.sim('POST', 'partners', { requests: [id], script: 'ships', afterSeconds: 3600 });
      expect((await end()).status).toBe(204);
      expect((await server.sim('GET', 'partners')).json).toEqual(
        jasmine.objectContaining({ running: { mixture: false, all: [], requests: [] } }),
      );
    }
  });

  it('refuses what makes no sense, and changes nothing', async () => {
    const id = await order();
    const [lend] = await ordersFrom({ kind: 'loan' });
    const before = server.world.requests.all().map(({ record }) => record);
    for (const [path, body] of [
      ['partners', {}],
      ['partners', { script: 'toString' }],
      ['partners', { script: 'ships', afterSeconds: -1 }],
      ['partners', { script: 'ships', afterSeconds: '1' }],
      ['partners', { script: 'ships', requests: id }],
      ['partners', { script: 'ships', requests: ['LA0000000000'] }],
      ['partners', { script: 'claims', requests: [id] }],
      ['partners', { script: 'ships', requests: [lend?.['ID']] }],
      ['partners/step', { id: 'LA0000000000' }],
      ['partners/step', { id, script: 'nothing' }],
      ['partners/step', { id, script: 'claims' }],
      ['partners/step', []],
      ['partners/order', { kind: 'book' }],
      ['partners/order', { kind: 'copy', count: 0 }],
      ['partners/order', { kind: 'copy', count: 501 }],
      ['partners/order', { kind: 'copy', lender: 'FA099996' }],
    ] as const)
      expect((await server.sim('POST', path, body)).status)
        .withContext(JSON.stringify(body))
        .toBe(400);
    await server.sim('PUT', `members/${library}`, { COPYS: 'N' });
    expect((await server.sim('POST', 'partners/order', { kind: 'copy' })).status).toBe(400);
    expect(server.world.requests.all().map(({ record }) => record)).toEqual(before);
  });
});

function dayOf(text: string): number {
  return Date.UTC(Number(text.slice(0, 4)), Number(text.slice(4, 6)) - 1, Number(text.slice(6)));
}
