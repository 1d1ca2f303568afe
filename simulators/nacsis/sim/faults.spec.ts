import type { CatpClient } from '../../../test/catp-client/catp-client';
import { idOf, orderBody, startSpecServer, type SpecServer } from '../testing/spec-server';
import { readFault } from './faults';

describe('faults', () => {
  let server: SpecServer;
  let client: CatpClient;
  let lender: CatpClient;
  let id = '';
  beforeEach(async () => {
    server = await startSpecServer();
    client = await server.client(server.ids[0] ?? '');
    lender = await server.client(server.ids[1] ?? '');
    id = idOf(await client.command('LOANO', 'ORDER', orderBody(server.ids.slice(1, 3))));
  });
  afterEach(async () => server.close());

  const fault = async (body: unknown): Promise<void> => {
    expect((await server.sim('POST', 'faults', body)).status).toBe(201);
  };
  const receive = async (): Promise<string> =>
    (await lender.command('LOANS', 'RECEIVE', { ID: id, ADATE: '20260402' })).status;
  const state = async (): Promise<unknown> => (await server.record(id))['STAT'];

  it('drop-before cuts the call before it is done, once', async () => {
    await fault({ match: { command: 'RECEIVE' }, do: 'drop-before' });
    await expectAsync(receive()).toBeRejected();
    expect(await state()).toBe('未処理');
    expect(await receive()).toBe('200');
  });

  it('drop-after cuts the answer of a call that was done', async () => {
    await fault({ match: { id }, do: 'drop-after' });
    await expectAsync(receive()).toBeRejected();
    expect(await state()).toBe('処理中');
    expect(await receive()).toBe('409');
  });

  it('delay does the call and holds its answer back', async () => {
    await fault({ match: { method: 'SERVERPROCEDURECALL' }, do: 'delay', ms: 150 });
    const answer = receive();
    while ((await state()) !== '処理中') await new Promise((resolve) => setTimeout(resolve, 5));
    let answered = false;
    void answer.then(() => {
      answered = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(answered).toBeFalse();
    expect(await answer).toBe('200');
  });

  it('status answers its code without doing the call, as often as asked', async () => {
    await fault({ match: { command: 'RECEIVE' }, do: 'status', code: 503, times: 2 });
    expect([await receive(), await receive()]).toEqual(['503', '503']);
    expect(await state()).toBe('未処理');
    expect(await receive()).toBe('200');
  });

  it('meets only the calls that match in every key, and any call without keys', async () => {
    await fault({
      match: { method: 'SERVERPROCEDURECALL', command: 'RECEIVE', id: 'LA0000000000' },
      do: 'status',
      code: 500,
    });
    expect(await receive()).toBe('200');
    await server.sim('DELETE', 'faults');
    await fault({ match: {}, do: 'status', code: 401 });
    expect((await client.call('RELEASEHANDLE')).status).toBe('401');
    expect((await client.call('RELEASEHANDLE')).status).toBe('200');
  });

  it('meet the reading of a record by its id', async () => {
    const read = async (wanted: string): Promise<string> =>
      (await client.call('SEARCH', { 'Database-names': 'LOANO' }, `ID="${wanted}"`)).status;
    await fault({ match: { method: 'SEARCH', id }, do: 'status', code: 503 });
    expect([await read('LA9000000001'), await read(id), await read(id)]).toEqual(['200', '503', '200']);
  });

  it('are refused when they make no sense', async () => {
    for (const wrong of [
      {},
      { do: 'explode' },
      { do: 'delay', ms: -1 },
      { do: 'delay', times: 0 },
      { do: 'status', code: 200 },
      { do: 'status', code: 'x' },
      { match: { path: '/x' }, do: 'delay' },
      { match: { id: 1 }, do: 'delay' },
      { match: [], do: 'delay' },
      [],
      'x',
    ]) {
      expect((await server.sim('POST', 'faults', wrong)).status)
        .withContext(JSON.stringify(wrong))
        .toBe(400);
    }
    expect(readFault({ do: 'delay' })).toEqual({ match: {}, do: 'delay', times: 1, ms: 1000, code: '500' });
  });
});
