import { textIn, type CatpAnswer, type CatpClient } from '../../../test/catp-client/catp-client';
import { startSpecServer, type SpecServer } from '../testing/spec-server';

const ALL = { 'Small-set-upper-bound': '500' };

describe('SCAN', () => {
  let server: SpecServer;
  let client: CatpClient;
  let ncid = '';

  beforeAll(async () => {
    server = await startSpecServer();
    client = await server.client(server.ids[0] ?? '');
    ncid = textIn(server.world.catalogue.books[0], 'ID');
  });
  afterAll(async () => server.close());

  const total = ({ headers }: CatpAnswer): number => Number(headers['result-count']);
  const scan = async (query: string): Promise<CatpAnswer> =>
    client.call('SCAN', { 'Target-frame': '001', ...ALL }, query, '002');
  const among = async (file: string, query: string): Promise<number> =>
    total(await client.call('SEARCH', { 'Database-names': file }, query, '001'));
  const count = async (query: string): Promise<number> => total(await scan(query));

  it('filters one frame into another and leaves the first as it is', async () => {
    await among('BOOK', 'TITLEKEY="新潟"');
    const answer = await scan('TRD="民家"');
    expect([answer.status, total(answer), answer.records.length]).toEqual(['200', 1, 1]);
    expect(answer.headers['database-names']).toBeUndefined();
    const whole = await client.call(
      'RETRIEVE',
      { 'Result-set-start-position': '1', 'Number-of-records-requested': '9' },
      '',
      '001',
    );
    expect(whole.records.length).toBe(5);
    expect((await client.call('SCAN', { 'Target-frame': '099', ...ALL }, 'TRD="民家"', '012')).status).toBe('400');
  });

  it('takes regular expressions on fields of the record and of its groups, joined in postfix', async () => {
    await among('BOOK', 'TITLEKEY="新潟"');
    const whole = await count('TRD="新潟"');
    expect(await count('TRD="^新潟の(民家|地誌)"')).toBe(2);
    expect(await count('TRD="民家" TRD="地誌" OR')).toBe(2);
    expect(await count('TRD="新潟" TRD="民家" AND-NOT')).toBe(whole - 1);
    expect(await count('YEAR1="^[12]\\d{3}$" PUBL="." AND TRD="民家" AND')).toBe(1);
    expect(await count('TRD="^民家"')).toBe(0);
    expect(await count('CRTDT="^2018"')).toBe(whole);
  });

  it('filters holdings by the member records of the holders', async () => {
    const all = await among('BHOLD', `BID="${ncid}"`);
    expect((await count('_COPYS_="A"')) + (await count('_COPYS_="C"')) + (await count('_COPYS_="N"'))).toBe(all);
    for (const filter of [
      '_COPYS_="C"',
      '_LOANS_="N"',
      '_STAT_="N"',
      '_ILLFLG_="N"',
      '_FAXS_="[NC]"',
      '_KENCODE_="15"',
      '_SETCODE_="2"',
      '_ORGCODE_="3"',
      '_GRPCODE_="N"',
    ]) {
      const found = await count(filter);
      expect(found).withContext(filter).toBeGreaterThan(0);
      expect(found).withContext(filter).toBeLessThan(all);
    }
    expect(await count('_KENCODE_="1"')).toBe(0);
    expect(await count('_COPYS_="A" _LOANS_="A" AND _STAT_="A" AND _KENCODE_="13" AND')).toBeGreaterThan(0);
  });

  it('filters holdings by volume, year and location', async () => {
    const all = await among('BHOLD', `BID="${ncid}"`);
    expect([await count('VOL="上"'), await count('VOL="第9巻"')]).toEqual([all, 0]);
    const holding = server.world.catalogue.serialHoldings[0];
    await among('SHOLD', `ID="${textIn(holding, 'ID')}"`);
    const [year = ''] = textIn(holding, 'HLYR').split('-');
    expect([await count(`HLYR="^${year}-"`), await count(`HLYR="^${String(Number(year) - 1)}-"`)]).toEqual([1, 0]);
    const location = textIn(holding, 'LOC');
    expect([await count(`LOC="${location}"`), await count(`LOCKEY="${location}"`)]).toEqual([1, 1]);
  });

  it('filters members and requests by their fields', async () => {
    const all = await among('MEMBER', 'ID="FA090*"');
    expect(await count('NAME="大学附属図書館$"')).toBeGreaterThan(0);
    expect(await count('ILLFLG="A" ILLFLG="N" OR')).toBe(all);
    await among('COPYO', 'ID="LA90*"');
    expect(await count('STAT="^(発送|CANCEL)$"')).toBe(2);
    expect(await count('SENDCMND="^ORDER$"')).toBeGreaterThan(0);
  });

  it('refuses a field that the records have not, a wrong pattern, a long and a slow one, and goes on', async () => {
    await among('BOOK', 'TITLEKEY="新潟"');
    for (const query of [
      'TITLEKEY="新潟"',
      '_COPYS_="A"',
      'constructor="x"',
      'TRD="("',
      'TRD="[z-a]"',
      'TRD=""',
      `TRD="${'a'.repeat(201)}"`,
      'TRD="民家" AND TRD="x"',
      'TRD="((.*)*)*)*x"',
    ])
      expect((await scan(query)).status)
        .withContext(query)
        .toBe('400');
    const begun = Date.now();
    const slow = await scan('TRD="^(([^x]+)+)+$" TRD="((.+)+)+\\d\\d\\dZ" AND TRD="((((.*)*)*)*)*Z" AND');
    expect([slow.status, slow.reason]).toEqual(['400', jasmine.stringContaining('takes too long')]);
    expect(Date.now() - begun).toBeLessThan(5_000);
    expect(await count('TRD="民家"')).toBe(1);
  });

  it('of nothing finds nothing', async () => {
    await among('BOOK', 'TITLEKEY="無い題名"');
    expect(await count('TRD="x"')).toBe(0);
  });
});
