import { textIn, type CatpClient, type WireRecord } from '../../../test/catp-client/catp-client';
import { idOf, orderBody, startSpecServer, type SpecServer } from '../testing/spec-server';

describe('IllEngine', () => {
  let server: SpecServer;
  let borrower: CatpClient;
  let lender: CatpClient;
  let lenders: readonly string[] = [];

  async function begin(options: Parameters<typeof startSpecServer>[0] = {}): Promise<void> {
    server = await startSpecServer(options);
    lenders = server.ids.slice(1, 7);
    borrower = await server.client(server.ids[0] ?? '');
    lender = await server.client(lenders[0] ?? '');
  }
  afterEach(async () => server.close());

  async function processing(): Promise<string> {
    const id = idOf(await borrower.command('COPYO', 'ORDER', orderBody(lenders.slice(0, 2), { TYPE: '電子複写' })));
    await lender.command('COPYS', 'RECEIVE', { ID: id, ADATE: '20260402' });
    return id;
  }
  async function refused(client: CatpClient, database: string, command: string, body: WireRecord): Promise<string> {
    const before = server.world.requests.all().map(({ record }) => record);
    const { status, reason } = await client.command(database, command, body);
    expect(server.world.requests.all().map(({ record }) => record)).toEqual(before);
    return `${status} ${reason}`;
  }

  it('gives a new request its id, its parties and its dates', async () => {
    await begin({ clock: () => new Date('2026-03-31T15:30:00Z') });
    const [record] = (
      await borrower.command(
        'COPYO',
        'ORDER',
        orderBody(lenders.slice(0, 2), { TYPE: '電子複写', _COMMENT_: 'よろしく𠮷' }),
      )
    ).records;
    expect(record).toEqual(
      jasmine.objectContaining({
        ID: jasmine.stringMatching(/^LA\d{10}$/),
        STAT: '未処理',
        SRVCE: 'C',
        OMLID: server.ids[0] ?? '',
        AMLID: lenders[0] ?? '',
        CRTDT: '20260401',
        RNWDT: '20260401',
        CLNT: '利用者 001 髙𠮷',
        SENDG: [{ SENDCMND: 'ORDER', SENDMLID: server.ids[0] ?? '', SENDCMNT: 'よろしく𠮷' }],
      }),
    );
    expect(['ADATE', 'SDATE', 'SUM', 'DDATE'].filter((name) => record && name in record)).toEqual([]);
  });

  it('returns no record for edit type 0', async () => {
    await begin();
    const body = 'ACCT=pb\r\n';
    const headers = { 'Procedure-name': 'ILL', 'Database-names': 'LOANO', 'ILL-command': 'SAVE' };
    expect((await borrower.call('SERVERPROCEDURECALL', headers, body)).records).toEqual([]);
    expect(
      (await borrower.call('SERVERPROCEDURECALL', { ...headers, 'Returned-edit-type': '0' }, body)).records,
    ).toEqual([]);
    expect(
      (await borrower.call('SERVERPROCEDURECALL', { ...headers, 'Returned-edit-type': '2' }, body)).records.length,
    ).toBe(1);
    expect((await borrower.call('SERVERPROCEDURECALL', { ...headers, 'Returned-edit-type': '7' }, body)).status).toBe(
      '400',
    );
  });

  it('refuses what is missing, by wire name', async () => {
    await begin();
    expect(await refused(borrower, 'COPYO', 'ORDER', { ACCT: 'pb' })).toBe(
      '422 INVALID FIELDS: BIBID required-one-of; HMLG required; ODATE required; OSTAF required; OADRS required',
    );
    const id = await processing();
    expect(await refused(lender, 'COPYS', 'SEND', { ID: id })).toBe('422 INVALID FIELDS: SDATE required; SUM required');
    expect(await refused(lender, 'COPYS', 'PARDON', { ID: id })).toBe('422 INVALID FIELDS: _COMMENT_ required');
  });

  it('refuses unknown fields, fields of the other side, of the other kind, and of the server', async () => {
    await begin();
    const id = await processing();
    const cases: readonly (readonly [CatpClient, string, string, WireRecord, string])[] = [
      [lender, 'COPYS', 'SEND', { SDATE: '20260403', SUM: '500', NEW: 'x' }, 'NEW unknown-field'],
      [lender, 'COPYS', 'SEND', { SDATE: '20260403', SUM: '500', CLNT: 'x' }, 'CLNT not-editable-now'],
      [lender, 'COPYS', 'SEND', { SDATE: '20260403', SUM: '500', STAT: '確認' }, 'STAT not-editable-now'],
      [lender, 'COPYS', 'SEND', { SDATE: '20260403', SUM: '500', DDATE: '20260501' }, 'DDATE not-for-this-kind'],
      [lender, 'COPYS', 'SEND', { SDATE: '20260403', SUM: 'x' }, 'SUM bad-number'],
      [lender, 'COPYS', 'SEND', { SDATE: '20260231', SUM: '1' }, 'SDATE bad-date'],
      [lender, 'COPYS', 'SEND', { SDATE: '20260403', SUM: '1', SENDG: [{ SENDCMND: 'x' }] }, 'SENDG not-editable-now'],
      [lender, 'COPYS', 'SEND', { SDATE: ['20260403', '20260404'], SUM: '1' }, 'SDATE bad-format'],
      [
        lender,
        'COPYS',
        'SEND',
        { SDATE: '20260403', SUM: '1', CHG: [{ ITEM: 'A4', PRICE: '1' }] },
        'CHG.PRICE unknown-field',
      ],
    ];
    for (const [client, database, command, body, reason] of cases) {
      expect(await refused(client, database, command, { ID: id, ...body })).toBe(`422 INVALID FIELDS: ${reason}`);
    }
  });

  it('takes at most 5 lenders and 10 charges', async () => {
    await begin();
    expect(await refused(borrower, 'LOANO', 'ORDER', orderBody(lenders))).toContain(
      '422 INVALID FIELDS: HMLG too-many 5',
    );
    const id = await processing();
    const charges = (count: number): WireRecord[string] =>
      Array.from({ length: count }, (_, at) => ({ ITEM: `A${String(at)}`, CHRGE: '10' }));
    expect(await refused(lender, 'COPYS', 'SEND', { ID: id, SDATE: '20260403', SUM: '1', CHG: charges(11) })).toBe(
      '422 INVALID FIELDS: CHG too-many 10',
    );
    expect(
      (await lender.command('COPYS', 'SEND', { ID: id, SDATE: '20260403', SUM: '1', CHG: charges(10) })).records[0]?.[
        'CHG'
      ]?.length,
    ).toBe(10);
    expect((await borrower.command('LOANO', 'ORDER', orderBody(lenders.slice(0, 5)))).status).toBe('200');
  });

  it('replaces a group as a whole and deletes by an empty value', async () => {
    await begin();
    const id = idOf(
      await borrower.command('LOANO', 'SAVE', {
        ...orderBody(lenders.slice(0, 3)),
        BIBG: [{ BIBID: 'BN99500019', BIBNT: 'x' }],
        VLNO: '上',
      }),
    );
    const [record] = (
      await borrower.command('LOANO', 'SAVE', {
        ID: id,
        HMLG: [{ HMLID: lenders[3] ?? '', LOC: '本館' }],
        BIBG: [{ BIBNT: '𠮷' }],
        VLNO: '',
      })
    ).records;
    expect(record?.['HMLG']).toEqual([{ HMLID: lenders[3] ?? '', LOC: '本館' }]);
    expect(record?.['BIBG']).toEqual([{ BIBNT: '𠮷' }]);
    expect(record?.['VLNO']).toBeUndefined();
    expect(record?.['ACCT']).toBe('pb');
    expect((await borrower.command('LOANO', 'SAVE', { ID: id, HMLG: '' })).records[0]?.['HMLG']).toBeUndefined();
  });

  it('takes the parts of BIBG without its tags, too, one by one', async () => {
    await begin();
    const { BIBG: _, ...order } = orderBody(lenders.slice(0, 1), { BIBID: 'BN99500019', BIBNT: '𠮷野の民家' });
    const ordered = await borrower.command('LOANO', 'SAVE', order);
    expect(ordered.records[0]?.['BIBG']).toEqual([{ BIBID: 'BN99500019', BIBNT: '𠮷野の民家' }]);
    const changed = await borrower.command('LOANO', 'SAVE', { ID: idOf(ordered), BIBNT: '' });
    expect(changed.records[0]?.['BIBG']).toEqual([{ BIBID: 'BN99500019' }]);
    const seed = { STAT: '準備中', SRVCE: 'L', OMLID: server.ids[0], BIBNT: '髙山の祭礼' };
    expect((await server.sim('POST', 'records', seed)).json).toEqual(
      jasmine.objectContaining({ BIBG: [{ BIBNT: '髙山の祭礼' }] }),
    );
  });

  it('refuses the 51st history entry, the entries of the system counted', async () => {
    await begin();
    const [first = '', second = ''] = lenders;
    const seed = async (entries: number, candidates: readonly string[]): Promise<string> => {
      const record = {
        ...orderBody(candidates, { TYPE: '電子複写' }),
        STAT: '処理中',
        SRVCE: 'C',
        OMLID: server.ids[0],
        AMLID: first,
        ADATE: '20260402',
        SENDG: Array.from({ length: entries }, () => ({ SENDCMND: 'SAVE', SENDMLID: server.ids[0] })),
      };
      return textIn((await server.sim('POST', 'records', record)).json as WireRecord, 'ID');
    };
    const pardon = { _COMMENT_: '製本中' };
    const full = await seed(50, [first, second]);
    expect(await refused(lender, 'COPYS', 'INQUIRE', { ID: full, ...pardon })).toBe(
      '409 NOT ALLOWED IN THIS STATE: history-full',
    );
    const last = await seed(49, [first]);
    expect(await refused(lender, 'COPYS', 'PARDON', { ID: last, ...pardon })).toBe(
      '409 NOT ALLOWED IN THIS STATE: history-full 50',
    );
    expect((await lender.command('COPYS', 'INQUIRE', { ID: last, ...pardon })).records[0]?.['SENDG']?.length).toBe(50);
    expect(
      (await lender.command('COPYS', 'PARDON', { ID: await seed(48, [first]), ...pardon })).records[0]?.['SENDG']
        ?.length,
    ).toBe(50);
  });

  it('keeps the sides, the kinds and strangers apart', async () => {
    await begin();
    const id = await processing();
    const stranger = await server.client(lenders[4] ?? '');
    expect(await refused(lender, 'COPYO', 'CANCEL', { ID: id })).toBe('404 NO SUCH RECORD: no such record here');
    expect(await refused(stranger, 'COPYS', 'SEND', { ID: id, SDATE: '20260403', SUM: '1' })).toContain('404');
    expect(await refused(lender, 'LOANS', 'SEND', { ID: id, SDATE: '20260403', SUM: '1' })).toContain('404');
    expect(await refused(borrower, 'COPYO', 'SEND', { ID: id, SDATE: '20260403', SUM: '1' })).toBe(
      '403 NOT PERMITTED: not-this-side',
    );
    expect(await refused(borrower, 'COPYO', 'CANCEL', { ID: id })).toBe(
      '409 NOT ALLOWED IN THIS STATE: other-side-must-act',
    );
    expect(await refused(borrower, 'COPYO', 'CANCEL', {})).toBe('400 BAD REQUEST: CANCEL needs the ID of a record');
    expect(await refused(borrower, 'COPYO', 'ORDER', { ID: 'LA9999999999' })).toContain('404');
  });

  it('marks a claim until its answer is received, and a loan for ever once it was renewed', async () => {
    await begin();
    const id = await processing();
    const flag = async (
      client: CatpClient,
      database: string,
      command: string,
      body: WireRecord = {},
    ): Promise<unknown> => (await client.command(database, command, { ID: id, ...body })).records[0]?.['CLAIMFLG'];
    expect(await flag(lender, 'COPYS', 'SEND', { SDATE: '20260403', SUM: '500' })).toBeUndefined();
    expect(await flag(borrower, 'COPYO', 'RECEIVE')).toBeUndefined();
    expect(await flag(borrower, 'COPYO', 'CLAIM', { _COMMENT_: '落丁があります。' })).toBe('1');
    expect(await flag(lender, 'COPYS', 'RECEIVE')).toBe('1');
    expect(await flag(lender, 'COPYS', 'SEND')).toBe('1');
    expect(await flag(borrower, 'COPYO', 'RECEIVE')).toBeUndefined();
    expect((await server.record(id))['STAT']).toBe('到着処理中');
    const loan = server.world.requests
      .all()
      .find(({ request }) => request.state === 'RENEW_REQUESTED' && request.fields.borrowerId === server.ids[0]);
    expect(loan?.record['LOANFLG']).toBe('1');
    expect((await borrower.command('LOANO', 'CALLBACK', { ID: loan?.request.id ?? '' })).records[0]).toEqual(
      jasmine.objectContaining({ STAT: '借用中', LOANFLG: '1' }),
    );
  });

  it('with the settlement lock keeps a finished request of a past month closed', async () => {
    let now = new Date('2026-04-30T03:00:00Z');
    await begin({ settlementLock: true, clock: () => now });
    const finished = server.world.requests
      .all()
      .find(
        ({ request }) =>
          request.state === 'CONFIRMED' &&
          request.fields.borrowerId === server.ids[0] &&
          server.world.members.find(request.fields.lenderId ?? '')?.offset,
      );
    const id = finished?.request.id ?? '';
    await server.sim('POST', 'records', { ...finished?.record, RNWDT: '20260430' });
    now = new Date('2026-05-01T03:00:00Z');
    expect(await refused(borrower, 'COPYO', 'CALLBACK', { ID: id })).toBe('409 NOT ALLOWED IN THIS STATE: settled');
    now = new Date('2026-04-30T03:00:00Z');
    expect((await borrower.command('COPYO', 'CALLBACK', { ID: id })).status).toBe('200');
  });
});
