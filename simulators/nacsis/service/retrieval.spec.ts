import { textIn, type CatpAnswer, type CatpClient } from '../../../test/catp-client/catp-client';
import { startSpecServer, type SpecServer } from '../testing/spec-server';

const ALL = { 'Small-set-upper-bound': '500' };

describe('Retrieval', () => {
  let server: SpecServer;
  let client: CatpClient;
  let me = '';

  beforeAll(async () => {
    server = await startSpecServer();
    me = server.ids[0] ?? '';
    client = await server.client(me);
  });
  afterAll(async () => server.close());

  const search = async (
    databases: string,
    query: string,
    headers: Readonly<Record<string, string>> = ALL,
    frame = '001',
  ): Promise<CatpAnswer> => client.call('SEARCH', { 'Database-names': databases, ...headers }, query, frame);
  const count = async (databases: string, query: string): Promise<number> =>
    Number((await search(databases, query)).headers['result-count']);
  const page = ({ headers, records }: CatpAnswer): readonly (string | number | undefined)[] => [
    headers['result-count'],
    headers['number-of-records-returned'],
    headers['next-result-set-position'],
    records.length,
  ];

  it('brings a small set whole, a part of a medium one and nothing of a large one', async () => {
    const bounds = { 'Small-set-upper-bound': '4', 'Large-set-lower-bound': '20', 'Medium-set-present-number': '3' };
    expect(page(await search('BOOK', 'TITLEKEY="新潟の*" TITLEKEY="民家" AND', bounds))).toEqual(['1', '1', '0', 1]);
    expect(page(await search('BOOK', 'TITLEKEY="新潟"', bounds))).toEqual(['5', '3', '4', 3]);
    expect(page(await search('BOOK', 'TITLEKEY="入門"', bounds))).toEqual(['30', '0', '1', 0]);
    expect(page(await search('BOOK', 'TITLEKEY="新潟"', {}))).toEqual(['5', '0', '1', 0]);
    expect(page(await search('BOOK', 'TITLEKEY="無い題名"', bounds))).toEqual(['0', '0', '0', 0]);
  });

  it('gives out the rest of a set by position, frame by frame', async () => {
    await search('BOOK', 'TITLEKEY="新潟"', {}, '007');
    await search('SERIAL', 'TITLEKEY="紀要"', {}, '008');
    const retrieve = async (start: string, number: string, frame: string): Promise<CatpAnswer> =>
      client.call('RETRIEVE', { 'Result-set-start-position': start, 'Number-of-records-requested': number }, '', frame);
    expect(page(await retrieve('2', '2', '007'))).toEqual(['5', '2', '4', 2]);
    expect(page(await retrieve('4', '10', '007'))).toEqual(['5', '2', '0', 2]);
    expect(page(await retrieve('1', '1', '008'))).toEqual(['15', '1', '2', 1]);
    for (const [start, number, frame] of [
      ['0', '1', '007'],
      ['6', '1', '007'],
      ['x', '1', '007'],
      ['1', '1', '099'],
    ] as const) {
      expect((await retrieve(start, number, frame)).status).toMatch(/^4/);
    }
    expect((await client.call('RELEASEFRAME', {}, '', '007')).status).toBe('200');
    expect((await retrieve('1', '1', '007')).status).toBe('400');
    expect((await client.call('RELEASEFRAME', {}, '', '007')).status).toBe('400');
    expect((await retrieve('1', '1', '008')).status).toBe('200');
  });

  it('searches several files at once', async () => {
    expect(await count('BOOK,SERIAL', 'TITLEKEY="新潟"')).toBe(
      (await count('BOOK', 'TITLEKEY="新潟"')) + (await count('SERIAL', 'TITLEKEY="新潟"')),
    );
    expect(await count('BOOK, SERIAL', 'ISSNKEY="9900-0016"')).toBe(1);
    expect(await count('SERIAL', 'ISSNKEY="99000016" ISSNKEY="99000024" OR')).toBe(2);
  });

  it('refuses unknown databases and indexes, and truncation where there is none', async () => {
    for (const [databases, query] of [
      ['BOOKS', 'ID="x"'],
      ['', 'ID="x"'],
      ['BOOK', 'NOINDEX="x"'],
      ['BOOK', 'ISBNKEY="978*"'],
      ['BOOK', 'TITLEKEY=x'],
      ['BOOK', 'TITLEKEY="x" AND TITLEKEY="y"'],
      ['BOOK', '(TITLEKEY="x")'],
      ['BHOLD', 'LOC="本館"'],
      ['BHOLD', '_COPYS_="A"'],
      ['BOOK', ''],
    ] as const) {
      const { status } = await search(databases, query);
      expect(status).withContext(query).toBe('400');
    }
    expect((await search('BOOK', 'ID="x"', {}, '000')).status).toBe('400');
  });

  it('finds holdings by their record, their holder, their id and the day of their last change', async () => {
    const ncid = textIn(server.world.catalogue.books[0], 'ID');
    const all = await count('BHOLD', `BID="${ncid}"`);
    expect(all).toBeGreaterThan(41);
    expect(await count('BHOLD', `BID="${ncid}" FANO="${me}" AND`)).toBe(1);
    expect(await count('BHOLD', `BID="${ncid}" FANO="${me}" AND-NOT`)).toBe(all - 1);
    const holding = server.world.catalogue.bookHoldings[0];
    expect(await count('BHOLD', `ID="${textIn(holding, 'ID')}" RNWDT="${textIn(holding, 'RNWDT')}" AND`)).toBe(1);
    expect(await count('BHOLD', `BID="${ncid}" RNWDT="2024*" AND`)).toBe(all);
  });

  it('finds a record by _TITLE_ and _AUTH_, as by the keys', async () => {
    for (const file of ['BOOK', 'SERIAL']) {
      expect(await count(file, '_TITLE_="新潟"')).toBe(await count(file, 'TITLEKEY="新潟"'));
      expect(await count(file, '_AUTH_="協議会"')).toBe(await count(file, 'AUTHKEY="協議会"'));
    }
    const [both, without] = await Promise.all([
      count('BOOK', '_TITLE_="新潟" _TITLE_="民家" AND'),
      count('BOOK', '_TITLE_="新潟" _TITLE_="民家" _TITLE_="地誌" OR AND-NOT'),
    ]);
    expect(both).toBe(1);
    expect(without).toBeGreaterThan(0);
    expect(without).toBeLessThan(5);
    expect((await search('MEMBER', '_TITLE_="新潟"')).status).toBe('400');
  });

  it('finds members', async () => {
    expect(await count('MEMBER', `ID="${me}"`)).toBe(1);
    expect(await count('MEMBER', 'ID="FA09*"')).toBe(501);
    expect(await count('MEMBER', 'ID="FA090*"')).toBe(60);
    expect(await count('MEMBER', 'NAMEKEY="新潟見本" ORGCODE="1" AND')).toBeGreaterThan(0);
    const [record] = (await search('MEMBER', `ID="${me}"`)).records;
    expect(Object.keys(record ?? {})[0]).toBe('_DBNAME_');
    expect(record).toEqual(
      jasmine.objectContaining({
        _DBNAME_: 'MEMBER',
        ID: me,
        ILLFLG: 'A',
        ILLSTAFF: '担当 A',
        POLICY: jasmine.any(Array),
      }),
    );
  });

  it('shows a library its own requests only, by role and kind', async () => {
    const borrowing = await search('COPYO,LOANO', `OMLID="${me}"`);
    expect(borrowing.records.length).toBe(29);
    expect(await count('COPYS,LOANS', `AMLID="${me}"`)).toBe(27);
    expect(await count('COPYO', 'STAT="発送"')).toBe(1);
    expect(await count('COPYO', `OMLIDS="${me}発送"`)).toBe(1);
    expect(await count('COPYO', 'ID="LA90*"')).toBe(12);
    const stranger = await server.client(server.ids[40] ?? '');
    expect(
      (await stranger.call('SEARCH', { 'Database-names': 'COPYO,LOANO,COPYS,LOANS', ...ALL }, `OMLID="${me}"`)).headers[
        'result-count'
      ],
    ).not.toBe('56');
    const foreign = await stranger.call('SEARCH', { 'Database-names': 'COPYO', ...ALL }, `OMLID="${me}"`);
    expect(foreign.headers['result-count']).toBe('0');
  });

  it('counts the own requests by state', async () => {
    const [list] = (await client.call('INDEXLIST', { 'Database-names': 'LOANS', 'Index-name': 'AMLIDS' })).records;
    const keys = (list?.['INDEX'] ?? []) as readonly Readonly<Record<string, string>>[];
    expect(keys.length).toBe(16);
    expect(keys).toContain({ KEY: `${me}返却処理中`, COUNT: '1' });
    expect((await client.call('INDEXLIST', { 'Database-names': 'BOOK', 'Index-name': 'OMLIDS' })).status).toBe('400');
    expect((await client.call('INDEXLIST', { 'Database-names': 'LOANS', 'Index-name': 'ID' })).status).toBe('400');
  });

  it('updates the own member record, and that in its own fields only', async () => {
    const update = async (record: string, databases = 'MEMBER'): Promise<CatpAnswer> =>
      client.call('UPDATE', { 'Database-names': databases, 'Returned-edit-type': '2' }, record);
    const after = await update(`ID=${me}\r\nCOPYS=C\r\nCOPYAL=${server.ids[1] ?? ''}\r\nPOLICY=一\r\nPOLICY=二\r\n`);
    expect(after.records[0]).toEqual(
      jasmine.objectContaining({ ID: me, COPYS: 'C', COPYAL: server.ids[1] ?? '', POLICY: ['一', '二'], ILLFLG: 'A' }),
    );
    const before = (await server.sim('GET', `members/${me}`)).json;
    for (const wrong of [
      'ILLFLG=N',
      'GRPCODE=',
      'NEW=x',
      'COPYS=X',
      'STAT=C',
      'COPYS=A',
      'COPYAL=',
      'COPYAL=FA090001',
      'LOANS=C',
      `ID=${server.ids[1] ?? ''}\r\nSTAT=N`,
      'STAT=A\r\nSTAT=N',
      '_DBNAME_=BOOK\r\nSTAT=N',
    ]) {
      expect((await update(`${wrong}\r\n`)).status)
        .withContext(wrong)
        .toMatch(/^4/);
    }
    expect((await update('STAT=N\r\n', 'BOOK')).status).toBe('400');
    expect((await server.sim('GET', `members/${me}`)).json).toEqual(before);
    expect((await update('_DBNAME_=MEMBER\r\nCOPYS=A\r\nCOPYAL=\r\n')).records[0]?.['COPYAL']).toBeUndefined();
  });
});
