import { textIn, type WireRecord } from '../../test/catp-client/catp-client';
import { openTestAlma, type TestAlma } from '../alma/testing/test-alma';
import { NACSIS_PARTNER } from '../alma/seed/partners';
import { startSpecServer, type SpecServer } from '../nacsis/testing/spec-server';

const INSTITUTION = '81SIM_INST';
const NACSIS_ID = /LA\d{10}/;
const noteOf = ({ note }: Readonly<Record<string, unknown>>): string => (typeof note === 'string' ? note : '');

describe('the requests of the two simulators', () => {
  let alma: TestAlma;
  let nacsis: SpecServer;
  beforeAll(async () => {
    alma = await openTestAlma();
    nacsis = await startSpecServer();
  });
  afterAll(async () => nacsis.close());

  const seeded = async (side: string): Promise<readonly WireRecord[]> =>
    (await nacsis.sim('GET', `records?member=${nacsis.ids[0] ?? ''}&side=${side}`)).json as readonly WireRecord[];

  it('agree: each lending request of the NACSIS partner that is at work carries an id that NACSIS-ILL has, and none is left out', async () => {
    const records = await seeded('lender');
    const lending = alma.world.requests.lendingOf(INSTITUTION);
    const known = lending.filter(({ request }) => NACSIS_ID.test(request.external_id));
    expect(known.map(({ request }) => request.external_id).sort()).toEqual(records.map((each) => textIn(each, 'ID')));
    expect(known.every(({ partner }) => partner === NACSIS_PARTNER)).toBeTrue();
    const others = lending.filter((each) => !known.includes(each));
    expect(others.map(({ partner, request }) => `${partner} ${request.status.value}`)).toEqual([
      'NACSIS REJECTED',
      'NACSIS EXPIRED',
      'NACSIS LOCATE_FAILED',
      'MAIL001 BEING_PROCESSED',
    ]);
  });

  it('are in states that fit', async () => {
    const fitting: Readonly<Record<string, string>> = {
      未処理: 'REQUEST_CREATED_LEND',
      処理中: 'BEING_PROCESSED',
      新着照会: 'CONDITIONAL',
      照会: 'CONDITIONAL',
      回答待: 'BEING_PROCESSED',
      発送: 'SHIPPED_PHYSICALLY',
      返送: 'RETURNED_BY_PARTNER',
      確認: 'REQUEST_COMPLETED',
      返却確認: 'REQUEST_COMPLETED',
      CANCEL: 'CANCELLED',
    };
    const records = await seeded('lender');
    for (const { request } of alma.world.requests.lendingOf(INSTITUTION)) {
      const record = records.find((each) => each['ID'] === request.external_id);
      const expected = fitting[textIn(record, 'STAT')];
      if (expected !== undefined) expect(request.status.value).withContext(textIn(record, 'STAT')).toBe(expected);
      if (record === undefined) continue;
      const { sum } = request['shipping_cost'] as { readonly sum: number };
      expect(String(sum)).toBe(textIn(record, 'SUM') || '0');
    }
  });

  it('ask for the same: title, article, pages', async () => {
    const records = [...(await seeded('lender')), ...(await seeded('borrower'))];
    const requests = [
      ...alma.world.requests.lendingOf(INSTITUTION),
      ...alma.world.requests.borrowingOf(INSTITUTION),
    ].map(({ request }) => request);
    let compared = 0;
    for (const record of records) {
      const request = requests.find(
        (each) => each.external_id === record['ID'] || noteOf(each).includes(textIn(record, 'ID')),
      );
      if (request === undefined) continue;
      compared += 1;
      const [author, title] = textIn(record, 'ARTCL').split(' : ');
      if (record['SRVCE'] === 'C')
        expect([request['title'], request['author'], request['pages'], request['year']]).toEqual([
          title,
          author,
          record['PAGE'],
          record['YEAR'],
        ]);
      else {
        const isbn = /ISBN=(\w+)/.exec(JSON.stringify(record['BIBG']))?.[1];
        if (isbn !== undefined && request['isbn'] !== undefined) expect(request['isbn']).toBe(isbn);
      }
    }
    expect(compared).toBeGreaterThan(40);
  });

  it('are found from a borrowing request by the id that staff have typed in, by the note, or not at all', async () => {
    const records = await seeded('borrower');
    const requests = alma.world.requests.borrowingOf(INSTITUTION).map(({ request }) => request);
    const typed = requests.filter(({ external_id }) => NACSIS_ID.test(external_id));
    const noted = requests.filter((each) => NACSIS_ID.test(noteOf(each)));
    expect(typed.filter((each) => noted.includes(each))).toEqual([]);
    const ids = [...typed.map(({ external_id }) => external_id), ...noted.map((each) => noteOf(each).slice(-12))];
    expect(records.map((each) => textIn(each, 'ID'))).toEqual(jasmine.arrayContaining(ids));
    expect([typed.length, noted.length, records.length]).toEqual([10, 9, 29]);
    // Alma assigns the other external ids itself
    expect(
      requests.filter((each) => !typed.includes(each)).every(({ external_id }) => /^81SIM\d{7}$/.test(external_id)),
    ).toBeTrue();
  });

  it('are for the same patron, whose id the library has written into its local data', async () => {
    const records = await seeded('borrower');
    const known = alma.world.requests.borrowingOf(INSTITUTION);
    const named = records.flatMap((record) => {
      const id = textIn(record, 'ID');
      const found = known.find(({ request }) => request.external_id === id || noteOf(request).includes(id));
      return found === undefined ? [] : [[textIn(record, 'OLDF'), `ID=${found.user ?? ''}`]];
    });
    expect(named.length).toBe(19);
    for (const [inNacsis, inAlma] of named) expect(inNacsis).toBe(inAlma ?? '');
    const patrons = new Set(alma.world.usersOf(INSTITUTION).map(({ primaryId }) => primaryId));
    for (const record of records) expect(patrons).toContain(textIn(record, 'OLDF').slice('ID='.length));
    expect((await seeded('lender')).some((record) => 'OLDF' in record)).toBeFalse();
  });

  it('are of the first institution only', () => {
    const others = [...alma.world.requests.lendingOf('81SIM2_INST'), ...alma.world.requests.borrowingOf('81SIM2_INST')];
    expect(others.length).toBe(40);
    expect(others.some(({ request }) => NACSIS_ID.test(request.external_id))).toBeFalse();
  });
});
