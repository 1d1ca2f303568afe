import type { CatpClient } from '../../../test/catp-client/catp-client';
import { historyOf, idOf, orderBody, startSpecServer, type SpecServer } from '../testing/spec-server';
import { ALL_REFUSED_COMMENT, SKIPPED_COMMENT } from './effects';

describe('the candidate list of a request', () => {
  let server: SpecServer;
  let borrower: CatpClient;
  let me = '';
  let lenders: readonly string[] = [];

  beforeEach(async () => {
    server = await startSpecServer();
    [me = '', ...lenders] = server.ids.slice(0, 6);
    borrower = await server.client(me);
  });
  afterEach(async () => server.close());

  async function order(candidates: readonly string[] = lenders): Promise<string> {
    return idOf(await borrower.command('LOANO', 'ORDER', orderBody(candidates)));
  }
  async function accept(id: string, lender: string): Promise<CatpClient> {
    const client = await server.client(lender);
    expect((await client.command('LOANS', 'RECEIVE', { ID: id, ADATE: '20260402' })).status).toBe('200');
    return client;
  }
  async function stop(id: string, flags: Readonly<Record<string, string>> = { STAT: 'N' }): Promise<void> {
    expect((await server.sim('PUT', `members/${id}`, flags)).status).toBe(200);
  }

  it('is walked by PARDON; the record comes back to the sender although it is no longer its own', async () => {
    const id = await order();
    const [first = '', second = ''] = lenders;
    const answer = await (await accept(id, first)).command('LOANS', 'PARDON', { ID: id, _COMMENT_: '貸出中' });
    expect(answer.status).toBe('200');
    expect(answer.records[0]).toEqual(
      jasmine.objectContaining({ STAT: '未処理', AMLID: second, AMLNM: server.world.members.shortName(second) }),
    );
    expect(historyOf(answer.records[0])).toEqual([`ORDER ${me}`, `RECEIVE ${first}`, `PARDON ${first} 貸出中`]);
  });

  it('passes over members that have stopped, with an entry of each', async () => {
    const id = await order();
    const [first = '', second = '', third = '', fourth = ''] = lenders;
    const client = await accept(id, first);
    await stop(second);
    await stop(third, { LOANS: 'N' });
    const [record] = (await client.command('LOANS', 'PARDON', { ID: id, _COMMENT_: '貸出中' })).records;
    expect(record).toEqual(jasmine.objectContaining({ STAT: '未処理', AMLID: fourth }));
    expect(historyOf(record).slice(2)).toEqual([
      `PARDON ${first} 貸出中`,
      `PARDON ${second} ${SKIPPED_COMMENT}`,
      `PARDON ${third} ${SKIPPED_COMMENT}`,
    ]);
  });

  it('ends in 新着照会 at the last lender when nobody is left, and that lender can call back', async () => {
    const [first = '', second = ''] = lenders;
    const id = await order([first, second]);
    const client = await accept(id, first);
    await stop(second);
    const [record] = (await client.command('LOANS', 'PARDON', { ID: id, _COMMENT_: '貸出中' })).records;
    expect(record).toEqual(jasmine.objectContaining({ STAT: '新着照会', AMLID: first }));
    expect(historyOf(record).slice(2)).toEqual([
      `PARDON ${first} 貸出中`,
      `PARDON ${second} ${SKIPPED_COMMENT}`,
      `PARDON ${first} ${ALL_REFUSED_COMMENT}`,
    ]);
    expect((await client.command('LOANS', 'CALLBACK', { ID: id })).records[0]).toEqual(
      jasmine.objectContaining({ STAT: '処理中', AMLID: first }),
    );
  });

  it('hides the record from a former lender', async () => {
    const id = await order();
    const client = await accept(id, lenders[0] ?? '');
    await client.command('LOANS', 'PARDON', { ID: id, _COMMENT_: '貸出中' });
    expect((await client.command('LOANS', 'RECEIVE', { ID: id, ADATE: '20260403' })).status).toBe('404');
    const search = await client.call(
      'SEARCH',
      { 'Database-names': 'LOANS', 'Small-set-upper-bound': '50' },
      `ID="${id}"`,
    );
    expect(search.headers['result-count']).toBe('0');
  });

  it('is advanced by FORWARD while a serving candidate remains', async () => {
    const [first = '', second = '', third = ''] = lenders;
    const id = await order([first, second, third]);
    await (await accept(id, first)).command('LOANS', 'INQUIRE', { ID: id, _COMMENT_: '巻号をご確認ください。' });
    await borrower.command('LOANO', 'RECEIVE', { ID: id });
    await stop(second);
    const [record] = (await borrower.command('LOANO', 'FORWARD', { ID: id })).records;
    expect(record).toEqual(jasmine.objectContaining({ STAT: '未処理', AMLID: third }));
    expect(historyOf(record).slice(-2)).toEqual([`FORWARD ${me}`, `PARDON ${second} ${SKIPPED_COMMENT}`]);
  });

  it('refuses FORWARD when no serving candidate remains, and changes nothing', async () => {
    const [first = '', second = ''] = lenders;
    const id = await order([first, second]);
    await (await accept(id, first)).command('LOANS', 'INQUIRE', { ID: id, _COMMENT_: '巻号をご確認ください。' });
    await borrower.command('LOANO', 'RECEIVE', { ID: id });
    await stop(second);
    const before = await server.record(id);
    const answer = await borrower.command('LOANO', 'FORWARD', { ID: id });
    expect([answer.status, answer.reason]).toEqual(['409', 'NOT ALLOWED IN THIS STATE: no-candidate-remains']);
    expect(await server.record(id)).toEqual(before);
  });

  it('begins anew with the first candidate after CALLBACK or RETRY', async () => {
    const id = await order();
    const [first = '', second = ''] = lenders;
    await (await accept(id, first)).command('LOANS', 'PARDON', { ID: id, _COMMENT_: '貸出中' });
    const [back] = (await borrower.command('LOANO', 'CALLBACK', { ID: id })).records;
    expect([back?.['STAT'], back?.['AMLID']]).toEqual(['準備中', undefined]);
    expect(
      (await (await server.client(second)).command('LOANS', 'RECEIVE', { ID: id, ADATE: '20260402' })).status,
    ).toBe('404');
    const [again] = (await borrower.command('LOANO', 'ORDER', { ID: id })).records;
    expect([again?.['ID'], again?.['AMLID'], historyOf(again).length]).toEqual([id, first, 5]);
  });

  it('asks the window of a holder that takes requests through another library', async () => {
    const holder =
      server.ids.find(
        (each) => server.world.members.find(each)?.loanService === 'C' && server.world.members.find(each)?.loanVia,
      ) ?? '';
    const window = server.world.members.find(holder)?.loanVia ?? '';
    const [record] = (await borrower.command('LOANO', 'ORDER', orderBody([holder, lenders[0] ?? '']))).records;
    expect(record?.['AMLID']).toBe(window);
    expect(record?.['HMLG']).toEqual([{ HMLID: holder, AMLIDA: window }, { HMLID: lenders[0] ?? '' }]);
  });

  it('goes on when two holders share one window', async () => {
    const [window = '', last = '', firstHolder = '', secondHolder = ''] = lenders;
    for (const holder of [firstHolder, secondHolder]) await stop(holder, { LOANS: 'C', LOANAL: window });
    const id = await order([firstHolder, secondHolder, last]);
    for (const expected of [window, last]) {
      const client = await accept(id, window);
      expect((await client.command('LOANS', 'PARDON', { ID: id, _COMMENT_: '貸出中' })).records[0]?.['AMLID']).toBe(
        expected,
      );
    }
  });

  it('is refused by ORDER when a candidate cannot serve or is no member, by name', async () => {
    const count = server.world.requests.all().length;
    const [first = '', second = ''] = lenders;
    await stop(second, { LOANS: 'N' });
    const refused = await borrower.command('LOANO', 'ORDER', orderBody([first, second, 'FA099996']));
    expect(refused.status).toBe('422');
    expect(refused.reason).toBe(
      `INVALID FIELDS: HMLG[1].HMLID lender-cannot-serve ${second} loan-not-served; HMLG[2].HMLID unknown-member FA099996`,
    );
    expect(server.world.requests.all().length).toBe(count);
    expect((await borrower.command('COPYO', 'ORDER', orderBody([first, second], { TYPE: '電子複写' }))).status).toBe(
      '200',
    );
  });
});
