import { textIn, type CatpClient, type WireRecord } from '../../../test/catp-client/catp-client';
import { idOf, orderBody, startSpecServer, type SpecServer } from '../testing/spec-server';

describe('the back door of the simulator', () => {
  let server: SpecServer;
  let client: CatpClient;
  let me = '';
  let lender = '';
  beforeEach(async () => {
    server = await startSpecServer({ clock: () => new Date('2026-04-01T03:00:00Z') });
    [me = '', lender = ''] = server.ids;
    client = await server.client(me);
  });
  afterEach(async () => server.close());

  const seed = (): WireRecord => ({
    ID: 'LA1234567890',
    STAT: '発送',
    SRVCE: 'L',
    OMLID: me,
    AMLID: lender,
    ACCT: 'pb',
    HMLG: [{ HMLID: lender }],
    SDATE: '20260330',
    SUM: '500',
    DDATE: '20260430',
    SENDG: [{ SENDCMND: 'ORDER', SENDMLID: me, SENDCMNT: '髙𠮷' }],
  });

  describe('records', () => {
    it('come out as they went in, names and dates filled in, and can be worked on', async () => {
      const { status, json } = await server.sim('POST', 'records', seed());
      expect(status).toBe(201);
      expect(json).toEqual({
        ...seed(),
        OMLNM: server.world.members.shortName(me),
        AMLNM: server.world.members.shortName(lender),
        CRTDT: '20260401',
        RNWDT: '20260401',
      });
      expect(await server.record('LA1234567890')).toEqual(json as WireRecord);
      expect((await server.sim('POST', 'records', json)).json).toEqual(json);
      expect((await client.command('LOANO', 'RECEIVE', { ID: 'LA1234567890' })).records[0]?.['STAT']).toBe(
        '到着処理中',
      );
    });

    it('may have an id of two letters, nine digits, and a digit or X', async () => {
      for (const ID of ['LB1234567890', 'LA123456789X']) {
        expect((await server.sim('POST', 'records', { ...seed(), ID })).status).toBe(201);
        expect((await client.command('LOANO', 'RECEIVE', { ID })).records[0]?.['STAT']).toBe('到着処理中');
      }
      for (const ID of ['L1234567890X', 'LAX234567890'])
        expect((await server.sim('POST', 'records', { ...seed(), ID })).status).toBe(400);
    });

    it('are taken in one go or not at all, with the reason', async () => {
      const count = server.world.requests.all().length;
      const wrong: readonly (readonly [unknown, string])[] = [
        [{ ...seed(), STAT: '発送済' }, 'STAT must be'],
        [{ ...seed(), SRVCE: 'X' }, 'SRVCE must be'],
        [{ ...seed(), STAT: '確認' }, 'never in the state'],
        [{ ...seed(), OMLID: '' }, 'OMLID is no member'],
        [{ ...seed(), AMLID: 'FA099996' }, 'AMLID is no member'],
        [{ ...seed(), AMLID: server.ids[2] }, 'AMLID is none of HMLG'],
        [{ STAT: '処理中', SRVCE: 'C', OMLID: me }, 'AMLID is needed'],
        [{ ...seed(), NEW: 'x' }, 'NEW is no field'],
        [{ ...seed(), HMLG: 'x' }, 'HMLG must be an array'],
        [{ ...seed(), HMLG: [{ FOO: 'x' }] }, 'HMLG.FOO'],
        [{ ...seed(), SUM: 500 }, 'SUM must be a text'],
        [{ ...seed(), SUM: 'x' }, 'SUM bad-number'],
        [{ ...seed(), ACCT: 'xx' }, 'ACCT unknown-code'],
        [{ ...seed(), ID: 'X' }, 'ID must be'],
        [{ ...seed(), RNWDT: '2026-04-01' }, 'dates'],
        [{ ...seed(), CLNT: 'a\nb' }, 'CLNT'],
        [{ ...seed(), SENDG: Array.from({ length: 51 }, () => ({ SENDCMND: 'SAVE' })) }, 'SENDG may have 50'],
        ['text', 'must be an object'],
        [null, 'must be an object'],
      ];
      for (const [record, reason] of wrong) {
        const { status, json } = await server.sim('POST', 'records', [seed(), record]);
        expect(status).withContext(reason).toBe(400);
        expect(json)
          .withContext(reason)
          .toEqual({ code: 'bad-body', message: jasmine.stringContaining(reason) });
      }
      expect(server.world.requests.all().length).toBe(count);
      const both = await server.sim('POST', 'records', [seed(), { ...seed(), ID: 'LA1234567891' }]);
      expect((both.json as readonly unknown[]).length).toBe(2);
    });

    it('go out as any text that is wished, until it is taken off; what finds them stays, and commands work', async () => {
      await server.sim('POST', 'records', seed());
      const search = async () => {
        const headers = { 'Database-names': 'LOANO', 'Small-set-upper-bound': '1' };
        return (await client.call('SEARCH', headers, 'ID="LA1234567890"')).records;
      };
      const sound = await search();
      const put = async (id: string, json: unknown) => (await server.sim('PUT', `records/${id}/body`, json)).status;
      expect(await put('LA1234567890', { body: 'A=b\r\n' })).toBe(204);
      expect(await search()).toEqual([{ A: 'b' }]);
      expect<WireRecord>({ _DBNAME_: 'LOANO', ...(await server.record('LA1234567890')) }).toEqual(sound[0]!);
      expect((await server.sim('DELETE', 'records/LA1234567890/body')).status).toBe(204);
      expect(await search()).toEqual(sound);
      await put('LA1234567890', { body: '' });
      expect((await client.command('LOANO', 'RECEIVE', { ID: 'LA1234567890' })).records[0]?.['STAT']).toBe(
        '到着処理中',
      );
      expect(await put('LA0000000000', { body: '' })).toBe(404);
      expect(await put('LA1234567890', { text: '' })).toBe(400);
    });

    it('go out as a test wants them, right or wrong, and are counted where they are read', async () => {
      await server.sim('POST', 'records', seed());
      const path = 'records/LA1234567890';
      expect((await server.sim('PUT', path, { STAT: '謎', ACCT: '', ARTCL: '論'.repeat(900) })).status).toBe(200);
      const whole = { 'Small-set-upper-bound': '9', 'Large-set-lower-bound': '10' };
      const { records } = await client.call('SEARCH', { 'Database-names': 'LOANO', ...whole }, 'ID="LA1234567890"');
      expect(records.map((record) => [record['STAT'], record['ACCT'], textIn(record, 'ARTCL').length])).toEqual([
        ['謎', undefined, 900],
      ]);
      expect((await server.sim('GET', 'counters')).json).toEqual(jasmine.objectContaining({ SEARCH: 1, RECORDS: 1 }));
      expect((await server.sim('PUT', 'records/LA0000000000', {})).status).toBe(404);
      for (const wrong of [[], 'text', { CLNT: 'a\nb' }])
        expect((await server.sim('PUT', path, wrong)).status).toBe(400);
    });

    it('are listed by member and side', async () => {
      const list = async (query: string): Promise<number> =>
        ((await server.sim('GET', `records${query}`)).json as readonly unknown[]).length;
      expect(await list('')).toBe(56);
      expect(await list(`?member=${me}&side=borrower`)).toBe(29);
      expect(await list(`?member=${me}&side=lender`)).toBe(27);
      expect(await list(`?member=${me}`)).toBe(56);
      expect((await server.sim('GET', `records?member=${me}&side=both`)).status).toBe(400);
      expect((await server.sim('GET', 'records/LA0000000000')).status).toBe(404);
    });
  });

  it('takes JSON under any content type, and an empty body where none is needed', async () => {
    const post = async (path: string, body: string, type?: string): Promise<number> => {
      const headers = type === undefined ? {} : { headers: { 'content-type': type } };
      return (await fetch(`${server.url}/_sim/${path}`, { method: 'POST', body, ...headers })).status;
    };
    const fault = JSON.stringify({ match: { command: 'ORDER' }, do: 'delay' });
    expect(await post('faults', fault)).toBe(201);
    expect(await post('faults', fault, 'application/x-www-form-urlencoded')).toBe(201);
    expect(await post('faults', '{"do":', 'application/json')).toBe(400);
    expect(await post('faults', '', 'application/json')).toBe(400);
    expect(await post('reset', '', 'application/json')).toBe(204);
  });

  it('names the accounts, the catalogue and the members', async () => {
    const accounts = (await server.sim('GET', 'accounts')).json as readonly WireRecord[];
    expect(accounts[0]).toEqual({ memberId: 'FA090007', user: 'fa090007', password: 'pass-fa090007' });
    for (const account of accounts.slice(0, 7)) {
      expect((await server.sim('GET', `members/${textIn(account, 'memberId')}`)).json).toEqual(
        jasmine.objectContaining({ ILLFLG: 'A', STAT: 'A', COPYS: 'A', LOANS: 'A' }),
      );
    }
    expect(((await server.sim('GET', 'catalog')).json as readonly unknown[]).length).toBe(410);
    expect((await server.sim('GET', 'members/FA099996')).status).toBe(404);
    expect((await server.sim('PUT', 'members/FA099996', { STAT: 'N' })).status).toBe(404);
    for (const wrong of [{ STAT: 'X' }, { STAT: 1 }, [], { NAME: [{ A: 'b' }] }])
      expect((await server.sim('PUT', `members/${me}`, wrong)).status).toBe(400);
    expect((await server.sim('PUT', `members/${me}`, { STAT: 'N', ID: 'x' })).json).toEqual(
      jasmine.objectContaining({ ID: me, STAT: 'N' }),
    );
  });

  it('counts by method and command, keeps the last exchanges without passwords, and forgets all at a reset', async () => {
    const id = idOf(await client.command('LOANO', 'ORDER', orderBody([lender])));
    await server.sim('PUT', `members/${lender}`, { STAT: 'N' });
    await server.sim('POST', 'faults', { match: { method: 'SEARCH' }, do: 'status' });
    expect((await server.sim('GET', 'counters')).json).toEqual({ GETHANDLE: 1, ORDER: 1, SERVERPROCEDURECALL: 1 });
    const log = JSON.stringify((await server.sim('GET', 'log')).json);
    expect(log).toContain('fa090007,***');
    expect(log).not.toContain('pass-');
    expect((await server.sim('POST', 'reset')).status).toBe(204);
    expect((await server.sim('GET', 'counters')).json).toEqual({});
    expect((await server.sim('GET', 'faults')).json).toEqual([]);
    expect((await server.sim('GET', 'log')).json).toEqual([]);
    expect((await server.sim('GET', `records/${id}`)).status).toBe(404);
    expect((await server.sim('GET', `members/${lender}`)).json).toEqual(jasmine.objectContaining({ STAT: 'A' }));
    expect((await client.command('LOANO', 'ORDER', orderBody([lender]))).status).toBe('412');
    expect(server.world.requests.all().length).toBe(56);
  });
});
