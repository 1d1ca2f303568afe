import { addDays, today } from '#domain/ill/dates';
import { ForeignServer, type Lines } from '../testing/foreign-server';
import { CatpNacsis } from './catp-nacsis';
import type { NacsisAccount, NacsisPort } from './port';
import { NACSIS_DEFAULTS } from './settings';

const ACCOUNT: NacsisAccount = { memberId: 'FA090007', user: 'fa090007', password: 'secret' };
const NCID = 'BA90000012';
const LIBRARY = { library: 'RES_SHARE' };

const request = (number: number, created: string, state = '未処理'): Lines => [
  `ID=LA000000000${String(number)}`,
  `CRTDT=${created}`,
  `RNWDT=${created}`,
  `STAT=${state}`,
  'OMLID=FA090007',
  'AMLID=FA090007',
  '<BIBG>',
  `BIBID=${NCID}`,
  '</BIBG>',
  '<SENDG>',
  'SENDCMND=ORDER',
  '</SENDG>',
];
const requests = (): readonly Lines[] => [
  ...[1, 2, 3].map((number) => request(number, today())),
  request(4, addDays(today(), -2), '発送'),
  request(5, '20200101', '発送'),
];
const book = (number: number, title: string, year: string): Lines => [
  `ID=BA9000001${String(number)}`,
  '<TR>',
  `TRD=${title}`,
  '</TR>',
  `YEAR1=${year}`,
];
const members = ['FA090018', 'FA090029', 'FA090030', 'FA090041', 'FA090052'];
const files = (): Readonly<Record<string, readonly Lines[]>> => ({
  COPYO: requests(),
  COPYS: requests(),
  LOANO: [],
  LOANS: [],
  BOOK: [
    book(1, '新潟の"民家"', '2019'),
    book(2, '新潟の民家', '2019'),
    book(3, '新潟の民家', '2020'),
    book(4, '新潟', '2019'),
  ],
  BHOLD: members.map((id, at) => [`ID=BH${id}`, `BID=${NCID}`, `FANO=${id}`, `LOC=${at % 2 === 0 ? '本館' : '分館'}`]),
  MEMBER: members.map((id, at) => [
    `ID=${id}`,
    `NAME=見本${id}`,
    `KENCODE=${at < 2 ? '13' : '26'}`,
    'ILLFLG=A',
    `COPYS=${at === 0 ? 'N' : 'A'}`,
  ]),
});

describe('our client and a server of another maker', () => {
  let server: ForeignServer;
  let nacsis: CatpNacsis;

  beforeEach(async () => {
    server = await ForeignServer.start(files());
    nacsis = new CatpNacsis({ ...NACSIS_DEFAULTS, url: server.url });
  });
  afterEach(async () => {
    expect(server.refused).toEqual([]);
    await nacsis.close();
    await server.close();
  });

  const readIds = async (wanted: { readonly since?: string; readonly status?: string }): Promise<readonly string[]> => {
    const ids: string[] = [];
    await nacsis.readFile(ACCOUNT, { kind: 'copy', side: 'lender', ...wanted }, (page) => {
      expect(page.unreadable).toEqual([]);
      ids.push(...page.requests.map(({ id }) => id.slice(-1)));
      return Promise.resolve();
    });
    return ids;
  };

  /** Every operation of the port, so that none can be forgotten. */
  const operations: Readonly<Record<Exclude<keyof NacsisPort, 'close'>, () => Promise<void>>> = {
    perform: async () => {
      const done = await nacsis.perform(ACCOUNT, {
        kind: 'copy',
        side: 'borrower',
        command: 'CANCEL',
        id: 'LA0000000001',
        fields: {},
      });
      expect([done.id, done.state, done.fields.bibId]).toEqual(['LA0000000001', 'UNPROCESSED', NCID]);
    },
    readRequest: async () => {
      const known = await nacsis.readRequest(ACCOUNT, 'borrower', 'LA0000000004', 'copy');
      const unknown = await nacsis.readRequest(ACCOUNT, 'lender', 'LA0000000005');
      expect([known?.state, unknown?.id, await nacsis.readRequest(ACCOUNT, 'lender', 'LA9999999999')]).toEqual([
        'SHIPPED',
        'LA0000000005',
        undefined,
      ]);
    },
    requestsOfRecord: async () => {
      const found = await nacsis.requestsOfRecord(ACCOUNT, 'copy', NCID);
      expect([found.requests.length, found.isComplete]).toEqual([5, true]);
    },
    requestsCreatedSince: async () => {
      const since = async (day: string) =>
        (await nacsis.requestsCreatedSince(ACCOUNT, 'copy', day)).map(({ id }) => id.slice(-1));
      expect(await since(today())).toEqual(['1', '2', '3']);
      expect(await since(addDays(today(), -3))).toEqual(['1', '2', '3', '4']);
      expect(await since('20000101')).toEqual(['1', '2', '3', '4', '5']);
    },
    readFile: async () => {
      expect(await readIds({})).toEqual(['1', '2', '3', '4', '5']);
      expect(await readIds({ since: addDays(today(), -2) })).toEqual(['1', '2', '3', '4']);
      expect(await readIds({ status: '発送' })).toEqual(['4', '5']);
      expect(await readIds({ since: addDays(today(), -5), status: '発送' })).toEqual(['4']);
    },
    countInFile: async () => {
      const count = (part: object) => nacsis.countInFile(ACCOUNT, { kind: 'copy', side: 'lender', ...part });
      expect([await count({}), await count({ status: '発送' })]).toEqual([5, 2]);
      expect(await count({ status: '未処理', updatedIn: today().slice(0, 4) })).toBeGreaterThan(0);
    },
    countsByStatus: async () => {
      expect([...(await nacsis.countsByStatus(ACCOUNT, 'copy', 'borrower'))]).toEqual([
        ['未処理', 3],
        ['発送', 2],
      ]);
    },
    searchCatalog: async () => {
      const search = async (query: object) => {
        const page = await nacsis.searchCatalog(ACCOUNT, { ...LIBRARY, form: 'book', ...query });
        expect(page.items.length).toBe(page.total);
        return page.items.map(({ ncid }) => ncid.slice(-1));
      };
      expect(await search({ title: '新潟の' })).toEqual(['1', '2', '3']);
      expect(await search({ title: '新潟', year: '2019' })).toEqual(['1', '2', '4']);
      expect(await search({ title: '新潟の"民家"', year: '2019' })).toEqual(['1']);
      const second = await nacsis.searchCatalog(ACCOUNT, {
        ...LIBRARY,
        form: 'book',
        title: '新潟',
        page: 2,
        pageSize: 3,
      });
      expect([second.total, second.items.length]).toEqual([4, 1]);
    },
    catalogRecord: async () => {
      const record = await nacsis.catalogRecord(ACCOUNT, NCID);
      expect([record?.ncid, record?.title]).toEqual([NCID, '新潟の民家']);
      expect(await nacsis.catalogRecord(ACCOUNT, 'BA90000099')).toBeUndefined();
    },
    holdings: async () => {
      const held = async (query: object) => {
        const page = await nacsis.holdings(ACCOUNT, NCID, { ...LIBRARY, ...query });
        expect(page.items.every(({ member }) => member?.participates === true)).toBeTrue();
        return [page.total, ...page.items.map(({ memberId }) => memberId.slice(-2))];
      };
      expect(await held({})).toEqual([5, '18', '29', '30', '41', '52']);
      expect(await held({ pageSize: 2, page: 2 })).toEqual([5, '30', '41']);
      expect(await held({ copyService: 'A', region: '13' })).toEqual([1, '29']);
      expect(await held({ location: '分館', pageSize: 1, page: 2 })).toEqual([2, '41']);
      expect(await held({ memberId: 'FA090018', copyService: 'A' })).toEqual([0]);
    },
    searchMembers: async () => {
      const found = async (query: object) =>
        (await nacsis.searchMembers(ACCOUNT, { ...LIBRARY, ...query })).items.length;
      expect([await found({}), await found({ name: '見本' }), await found({ name: '見本', region: '13' })]).toEqual([
        5, 5, 2,
      ]);
    },
    updateMember: async () => {
      const [memberId = ''] = members;
      const changes = { service: 'N', loanVia: '', policies: ['一', '二'], illStaff: '担当 B' } as const;
      const after = await nacsis.updateMember({ ...ACCOUNT, memberId }, changes, Date.now() + 10_000);
      expect(after).toEqual(jasmine.objectContaining({ memberId, name: `見本${memberId}`, service: 'N' }));
      expect([after.policies, after.illStaff, after.copyService]).toEqual([['一', '二'], '担当 B', 'N']);
    },
    members: async () => {
      const found = await nacsis.members(ACCOUNT, [...members, 'FA090063'], { fresh: true });
      expect([...found.keys()]).toEqual(members);
    },
  };

  for (const [name, operation] of Object.entries(operations)) {
    it(`understand each other: ${name}`, operation);
  }

  it('speak in postfix: no search has an operator between its terms, or a parenthesis', async () => {
    for (const operation of Object.values(operations)) await operation();
    expect(server.searches.length).toBeGreaterThan(20);
    for (const search of server.searches) expect(search).not.toMatch(/^\S+ (AND|OR)\b|[()]/);
  });
});
