import { headerValue } from '#catp/header-block';
import { encodeIndexList } from '#catp/index-list';
import { HEADER } from '#catp/names';
import { encodeRecord, encodeRecords } from '#catp/record';
import { resultSetHeaders } from '#catp/result-set';
import type { CatpRecord, CatpRequest } from '#catp/types';
import type { HoldingsQuery } from '#domain/api/catalog';
import { today } from '#domain/ill/dates';
import { answering, answerTo, CatpServer, commandIn, cutting, finding, http, silent } from '../testing/catp-server';
import { CatpNacsis } from './catp-nacsis';
import { NacsisError, type CommandCall, type NacsisAccount } from './port';
import type { NacsisSettings } from './settings';

const ACCOUNT: NacsisAccount = { memberId: 'FA090007', user: 'fa090007', password: 'secret' };
const COMMAND = 'SERVERPROCEDURECALL';
const ORDERED: CatpRecord = {
  ID: 'LA0000000001',
  STAT: '未処理',
  OMLID: 'FA090007',
  BIBG: [{ BIBID: 'BA90000012', BIBNT: '髙𠮷の研究' }],
  HMLG: [{ HMLID: 'FA090018' }],
  SENDG: [{ SENDCMND: 'ORDER', SENDMLID: 'FA090007' }],
};
const inFile = (database: string, record: CatpRecord = ORDERED): CatpRecord => ({ ...record, _DBNAME_: database });
const member = (id: string): CatpRecord => ({
  ID: id,
  NAME: `図書館 ${id}`,
  ILLFLG: 'A',
  STAT: 'A',
  COPYS: 'A',
  LOANS: 'A',
  FAXS: 'N',
});
const ORDER: CommandCall = {
  kind: 'copy',
  side: 'borrower',
  command: 'ORDER',
  fields: { payment: 'pb', bibId: 'BA90000012', lenders: [{ memberId: 'FA090018' }] },
  comment: 'よろしくお願いします。',
};

describe('CatpNacsis', () => {
  let server: CatpServer;
  let nacsis: CatpNacsis;
  let clock: number;

  const open = (settings: Partial<NacsisSettings> = {}) =>
    new CatpNacsis(server.settings({ memberCacheSeconds: 60, ...settings }), undefined, () => clock);
  beforeEach(async () => {
    clock = 0;
    server = await CatpServer.start();
    nacsis = open();
  });
  afterEach(async () => {
    await nacsis.close();
    await server.close();
  });

  const failure = async (call: Promise<unknown>): Promise<NacsisError> => {
    try {
      await call;
    } catch (error) {
      if (error instanceof NacsisError) return error;
      throw error;
    }
    throw new Error('the call did not fail');
  };
  const asked = (method: string) => server.requests.filter((request) => request.method === method);
  const header = (request: CatpRequest | undefined, name: string) => headerValue(request?.headers ?? [], name);

  describe('a command', () => {
    const done = answering({ body: encodeRecord(ORDERED) });

    it('goes to the file of its kind and side, with the difference only, and brings the record back', async () => {
      server.next(COMMAND, done);
      const request = await nacsis.perform(ACCOUNT, ORDER);
      const [sent] = asked(COMMAND);
      expect(
        [HEADER.procedureName, HEADER.databaseNames, HEADER.illCommand, HEADER.returnedEditType].map((name) =>
          header(sent, name),
        ),
      ).toEqual(['ILL', 'COPYO', 'ORDER', '2']);
      expect(sent?.body).toBe(
        [
          'ACCT=pb',
          '<BIBG>',
          'BIBID=BA90000012',
          '</BIBG>',
          '<HMLG>',
          'HMLID=FA090018',
          '</HMLG>',
          '_COMMENT_=よろしくお願いします。',
          '',
        ].join('\r\n'),
      );
      expect([request.id, request.kind, request.state]).toEqual(['LA0000000001', 'copy', 'UNPROCESSED']);
    });

    it('on a record names it, in the file of the other kind and side, too', async () => {
      server.next(COMMAND, done);
      await nacsis.perform(ACCOUNT, {
        kind: 'loan',
        side: 'lender',
        command: 'RECEIVE',
        id: 'LA0000000001',
        fields: {},
      });
      const [sent] = asked(COMMAND);
      expect([header(sent, HEADER.databaseNames), sent?.body]).toEqual(['LOANS', 'ID=LA0000000001\r\n']);
    });

    it('takes a success with a warning for done', async () => {
      server.next(COMMAND, answering({ status: '300', reason: 'WARNING SUCCESS', body: encodeRecord(ORDERED) }));
      expect((await nacsis.perform(ACCOUNT, ORDER)).id).toBe('LA0000000001');
    });

    for (const [what, behaviour, code, effect] of [
      ['is cut', cutting, 'nacsis-unavailable', 'unknown'],
      ['is refused', answering({ status: '409', reason: 'NO' }), 'nacsis-rejected', 'nothing'],
      ['meets a fault', answering({ status: '500', reason: 'FAULT' }), 'nacsis-unavailable', 'unknown'],
      ['is answered in another language', answering({ body: 'no record' }), 'nacsis-malformed', 'unknown'],
      ['is answered with nothing', answering(), 'nacsis-malformed', 'unknown'],
      [
        'is answered with two records',
        answering({ body: encodeRecords([ORDERED, ORDERED]) }),
        'nacsis-malformed',
        'unknown',
      ],
      ['is answered without an id', answering({ body: 'STAT=未処理\r\n' }), 'nacsis-malformed', 'unknown'],
    ] as const) {
      it(`is never sent again when it ${what}`, async () => {
        server.next(COMMAND, behaviour);
        const error = await failure(nacsis.perform(ACCOUNT, ORDER));
        expect([error.code, error.effect]).toEqual([code, effect]);
        expect(server.requests.map(commandIn).filter((command) => command !== undefined)).toEqual(['ORDER']);
      });
    }

    it('is never sent again when its answer is late', async () => {
      await nacsis.close();
      nacsis = open({ firstByteTimeoutMs: 100 });
      server.next(COMMAND, silent);
      const error = await failure(nacsis.perform(ACCOUNT, ORDER));
      expect([error.code, error.effect, error.details.how]).toEqual(['nacsis-unavailable', 'unknown', 'timeout']);
      expect(asked(COMMAND).length).toBe(1);
    });

    it('does not take the record of another request for its answer', async () => {
      server.next(COMMAND, done);
      const call = nacsis.perform(ACCOUNT, { ...ORDER, command: 'CALLBACK', id: 'LA0000000002', fields: {} });
      expect((await failure(call)).code).toBe('nacsis-malformed');
    });

    it('that CATP cannot carry is not sent', async () => {
      const error = await failure(nacsis.perform(ACCOUNT, { ...ORDER, fields: { article: 'two\nlines' } }));
      expect([error.code, error.effect]).toEqual(['nacsis-malformed', 'nothing']);
      expect(server.requests).toEqual([]);
    });
  });

  describe('reading', () => {
    const read = () => nacsis.readRequest(ACCOUNT, 'borrower', 'LA0000000001');

    const files = () => asked('SEARCH').map((request) => header(request, HEADER.databaseNames));

    it('finds the request in the file of either kind, one after the other', async () => {
      server.next('SEARCH', finding([]), finding([ORDERED]));
      const request = await read();
      expect([request?.id, request?.kind]).toEqual(['LA0000000001', 'loan']);
      expect([files(), asked('SEARCH')[0]?.body]).toEqual([['COPYO', 'LOANO'], 'ID="LA0000000001"']);
      expect(server.methods()).toEqual(['GETHANDLE', 'SEARCH', 'SEARCH']);
    });

    it('does not look further than it has to', async () => {
      server.next('SEARCH', finding([ORDERED]));
      expect((await read())?.kind).toBe('copy');
      expect(files()).toEqual(['COPYO']);
    });

    it('looks in the file of the kind that is known, of either side', async () => {
      server.next('SEARCH', finding([ORDERED]));
      expect((await nacsis.readRequest(ACCOUNT, 'lender', 'LA0000000001', 'loan'))?.kind).toBe('loan');
      expect(await nacsis.readRequest(ACCOUNT, 'borrower', 'LA0000000001', 'copy')).toBeUndefined();
      expect(files()).toEqual(['LOANS', 'COPYO']);
      await nacsis.readRequest(ACCOUNT, 'lender', 'LA0000000001');
      expect(files().slice(2)).toEqual(['COPYS', 'LOANS']);
    });

    it('finds nothing where there is nothing, or another', async () => {
      expect(await read()).toBeUndefined();
      server.next('SEARCH', finding([{ ...ORDERED, ID: 'LA0000000009' }]));
      expect(await read()).toBeUndefined();
    });

    it('believes a record that names its file, and needs none that does', async () => {
      server.next('SEARCH', finding([inFile('LOANO')]), finding([inFile('ELSEWHERE')]));
      expect([(await read())?.kind, (await read())?.kind]).toEqual(['loan', 'copy']);
    });

    it('is tried once more when it was cut', async () => {
      server.next('SEARCH', cutting, finding([ORDERED]));
      expect((await read())?.id).toBe('LA0000000001');
      expect(asked('SEARCH').length).toBe(2);
    });

    it('is tried once more, and not twice', async () => {
      server.always('SEARCH', cutting);
      const error = await failure(read());
      expect([error.code, error.details.how]).toEqual(['nacsis-unavailable', 'cut']);
      expect(asked('SEARCH').length).toBe(2);
    });

    for (const [what, behaviour, code] of [
      ['refused', answering({ status: '400', reason: 'NO' }), 'nacsis-rejected'],
      ['a fault', answering({ status: '500', reason: 'FAULT' }), 'nacsis-unavailable'],
      ['not readable', answering({ body: 'ID=1\r\n' }), 'nacsis-malformed'],
      [
        'more records than hits',
        answering({
          headers: resultSetHeaders({ count: 2, returned: 2, next: 0 }).map(
            ([name, value]) => [name, name === HEADER.resultCount ? '1' : value] as const,
          ),
        }),
        'nacsis-malformed',
      ],
    ] as const) {
      it(`is not tried again when the answer is ${what}`, async () => {
        server.always('SEARCH', behaviour);
        expect((await failure(read())).code).toBe(code);
        expect(asked('SEARCH').length).toBe(1);
      });
    }

    it('is not tried again when the answer is late', async () => {
      await nacsis.close();
      nacsis = open({ firstByteTimeoutMs: 100 });
      server.always('SEARCH', silent);
      expect((await failure(read())).details.how).toBe('timeout');
      expect(asked('SEARCH').length).toBe(1);
    });
  });

  describe('the requests created since a day', () => {
    it('are asked for by each day, and all brought', async () => {
      const records = Array.from({ length: 3 }, (_, at) => ({ ...ORDERED, ID: `LA000000000${String(at)}` }));
      server.next('SEARCH', finding(records.slice(0, 2), 3));
      server.next('RETRIEVE', finding(records.slice(2), 3));
      const found = await nacsis.requestsCreatedSince(ACCOUNT, 'copy', today());
      expect(found.map(({ id }) => id)).toEqual(records.map(({ ID }) => ID));
      expect(asked('SEARCH')[0]?.body).toBe(`OMLID="FA090007" CRTDT="${today()}" AND`);
      const [rest] = asked('RETRIEVE');
      expect([header(rest, HEADER.resultSetStartPosition), header(rest, HEADER.numberOfRecordsRequested)]).toEqual([
        '3',
        '1',
      ]);
      expect([rest?.handle, rest?.frame]).toEqual([asked('SEARCH')[0]?.handle, '001']);
    });

    it('are not taken for all when some stay away', async () => {
      server.next('SEARCH', finding([ORDERED], 2));
      server.next('RETRIEVE', finding([], 2));
      expect((await failure(nacsis.requestsCreatedSince(ACCOUNT, 'copy', today()))).code).toBe('nacsis-malformed');
    });

    it('are asked for without a day when the days are too many', async () => {
      await nacsis.requestsCreatedSince(ACCOUNT, 'loan', '20200101');
      expect(asked('SEARCH')[0]?.body).toBe('OMLID="FA090007"');
    });
  });

  describe('the requests of a record', () => {
    const BIB_ID = 'BA90000012';
    const many = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, at) => ({ ...ORDERED, ID: `LA${String(from + at).padStart(10, '0')}` }));

    it('are looked for in the file of the kind, by the index of the record', async () => {
      server.next('SEARCH', finding([ORDERED]));
      const { requests, isComplete } = await nacsis.requestsOfRecord(ACCOUNT, 'loan', BIB_ID);
      expect([requests.map(({ id, kind }) => [id, kind]), isComplete]).toEqual([[['LA0000000001', 'loan']], true]);
      const [sent] = asked('SEARCH');
      expect([header(sent, HEADER.databaseNames), sent?.body]).toEqual(['LOANO', 'BIBID="BA90000012"']);
    });

    it('are those of this record and of the own library only, whatever the index finds', async () => {
      const other = { ...ORDERED, ID: 'LA0000000002', BIBG: [{ BIBID: 'BA90000023' }] };
      const unsaid: CatpRecord = { ID: 'LA0000000004', STAT: '未処理', BIBG: [{ BIBID: BIB_ID }] };
      server.next('SEARCH', finding([other, { ...ORDERED, ID: 'LA0000000003', OMLID: 'FA090018' }, unsaid]));
      const { requests } = await nacsis.requestsOfRecord(ACCOUNT, 'copy', BIB_ID);
      expect(requests.map(({ id }) => id)).toEqual(['LA0000000004']);
    });

    it('are two hundred at most, and it is told when there are more', async () => {
      server.next('SEARCH', finding(many(0, 100), 1_000));
      server.next('RETRIEVE', finding(many(100, 200), 1_000));
      const { requests, isComplete } = await nacsis.requestsOfRecord(ACCOUNT, 'copy', BIB_ID);
      expect([requests.length, isComplete, asked('RETRIEVE').length]).toEqual([200, false, 1]);
    });

    it('are an error when the index is refused', async () => {
      server.next('SEARCH', answering({ status: '400', reason: 'NO SUCH INDEX' }));
      expect((await failure(nacsis.requestsOfRecord(ACCOUNT, 'copy', BIB_ID))).code).toBe('nacsis-rejected');
    });
  });

  it('counts requests by status, those of the own library only', async () => {
    const entries = [
      { key: 'FA090007未処理', count: 12 },
      { key: 'FA090007CANCEL', count: 3 },
      { key: 'FA090018未処理', count: 7 },
    ];
    server.next('INDEXLIST', answering({ body: encodeIndexList(entries) }));
    const counts = await nacsis.countsByStatus(ACCOUNT, 'copy', 'lender');
    expect([...counts]).toEqual([
      ['未処理', 12],
      ['CANCEL', 3],
    ]);
    expect(['Database-names', 'Index-name'].map((name) => header(asked('INDEXLIST')[0], name))).toEqual([
      'COPYS',
      'AMLIDS',
    ]);
  });

  describe('members', () => {
    const ids = ['FA090018', 'FA090029'];
    const members = (wanted = ids, fresh = false) => nacsis.members(ACCOUNT, wanted, { fresh });
    const searches = () => asked('SEARCH').map(({ body }) => body);

    it('are read in one search, and then kept', async () => {
      server.next('SEARCH', finding(ids.map(member)));
      expect([...(await members()).keys()]).toEqual(ids);
      expect((await members()).get('FA090029')?.name).toBe('図書館 FA090029');
      expect(searches()).toEqual(['ID="FA090018" ID="FA090029" OR']);
    });

    it('that are not kept yet are read alone', async () => {
      server.next('SEARCH', finding([member('FA090018')]), finding([member('FA090029')]));
      await members(['FA090018']);
      await members(['FA090029', 'FA090018', 'FA090029']);
      expect(searches()).toEqual(['ID="FA090018"', 'ID="FA090029"']);
    });

    it('are read again when it is time, and when it is wished', async () => {
      server.always('SEARCH', finding([member('FA090018')]));
      await members(['FA090018']);
      clock = 59_999;
      await members(['FA090018']);
      expect(searches().length).toBe(1);
      clock = 60_000;
      await members(['FA090018']);
      await members(['FA090018'], true);
      expect(searches().length).toBe(3);
    });

    it('that NACSIS-CAT does not know are absent, and not asked for again', async () => {
      server.next('SEARCH', finding([member('FA090018')]));
      expect([...(await members()).keys()]).toEqual(['FA090018']);
      expect((await members()).size).toBe(1);
      expect(searches().length).toBe(1);
    });

    it('are not kept from an answer that failed', async () => {
      server.next('SEARCH', answering({ status: '500', reason: 'FAULT' }), finding(ids.map(member)));
      await failure(members());
      expect((await members()).size).toBe(2);
    });

    it('are asked for twenty at a time', async () => {
      await members(Array.from({ length: 21 }, (_, at) => `FA0900${String(at)}`));
      expect(searches().map((query) => query.match(/ID=/g)?.length)).toEqual([20, 1]);
    });

    it('are all returned when the kept ones become too many in the middle', async () => {
      const idsFrom = (from: number, count: number) =>
        Array.from({ length: count }, (_, at) => `FA${String(from + at).padStart(6, '0')}`);
      server.always('SEARCH', (socket, request) => {
        const known = [...request.body.matchAll(/FA1\d{5}/g)].map(([id]) => member(id));
        finding(known)(socket, request);
      });
      // The cache reaches its limit of 5,000 with the first search of the next call.
      await members(idsFrom(0, 4_980));
      expect((await members(idsFrom(100_000, 40))).size).toBe(40);
    }, 60_000);

    it('are searched by name from its beginning', async () => {
      server.next('SEARCH', finding([member('FA090018')], 5));
      const page = await nacsis.searchMembers(ACCOUNT, {
        library: 'RES_SHARE',
        name: '見本',
        region: '13',
        pageSize: 1,
      });
      expect([page.total, page.items.map(({ memberId }) => memberId)]).toEqual([5, ['FA090018']]);
      expect(searches()).toEqual(['NAMEKEY="見本*" KENCODE="13" AND']);
    });
  });

  describe('the catalogue', () => {
    const book: CatpRecord = { ID: 'BA90000012', TR: [{ TRD: '𠮷野の桜 / 髙橋著' }] };
    const holding = (id: string): CatpRecord => ({ ID: `1${id}`, BID: 'BA90000012', FANO: id, HOLD: [{ VOL: '上' }] });
    const holdings = (query: Partial<HoldingsQuery> = {}) =>
      nacsis.holdings(ACCOUNT, 'BA90000012', { library: 'RES_SHARE', pageSize: 2, ...query });

    it('is searched by several terms', async () => {
      server.next('SEARCH', finding([book]));
      const page = await nacsis.searchCatalog(ACCOUNT, {
        library: 'RES_SHARE',
        form: 'book',
        title: '𠮷野 "桜"',
        isbn: '9784900000018',
      });
      expect(page.items.map(({ title, responsibility }) => [title, responsibility])).toEqual([['𠮷野の桜', '髙橋著']]);
      expect(asked('SEARCH')[0]?.body).toBe('ISBNKEY="9784900000018" TITLEKEY="𠮷野 \\"桜\\"*" AND');
    });

    it('is searched in the file that is named, and its records say so', async () => {
      server.next('SEARCH', finding([{ ...book, ID: '20123456' }]), finding([book]));
      const query = { library: 'RES_SHARE', form: 'book', title: '桜' } as const;
      const reference = await nacsis.searchCatalog(ACCOUNT, { ...query, file: 'JPMARC' });
      const union = await nacsis.searchCatalog(ACCOUNT, { ...query, file: 'BOOK' });
      expect([reference, union].map(({ items: [item] }) => [item?.ncid, item?.file])).toEqual([
        ['20123456', 'JPMARC'],
        ['BA90000012', undefined],
      ]);
      await nacsis.searchCatalog(ACCOUNT, { ...query, form: 'serial', file: 'JPMARCS' });
      await nacsis.searchCatalog(ACCOUNT, { ...query, form: 'serial' });
      expect(asked('SEARCH').map((request) => header(request, HEADER.databaseNames))).toEqual([
        'JPMARC',
        'BOOK',
        'JPMARCS',
        'SERIAL',
      ]);
    });

    it('is searched by every field that its form has', async () => {
      const fields = { titleKey: 'SAKURA', parentId: 'BA90000012', ndlcn: '1', ndlpn: '2', familyId: '3' };
      for (const form of ['book', 'serial'] as const)
        await nacsis.searchCatalog(ACCOUNT, { library: 'RES_SHARE', form, ...fields });
      expect(asked('SEARCH').map(({ body }) => body)).toEqual([
        'AKEY="SAKURA" PTBID="BA90000012" AND NDLCN="1" AND',
        'AKEY="SAKURA" NDLPN="2" AND FID="3" AND',
      ]);
    });

    it('finds nothing for nothing, without asking', async () => {
      const page = await nacsis.searchCatalog(ACCOUNT, { library: 'RES_SHARE', form: 'book', title: ' ' });
      expect([page.total, server.requests.length]).toEqual([0, 0]);
    });

    it('gives a later page by its position', async () => {
      server.next('SEARCH', finding([], 41));
      server.next(
        'RETRIEVE',
        answering({ headers: resultSetHeaders({ count: 41, returned: 1, next: 0 }), body: encodeRecord(book) }),
      );
      const page = await nacsis.searchCatalog(ACCOUNT, { library: 'RES_SHARE', form: 'book', title: '桜', page: 3 });
      expect([page.total, page.items.length]).toEqual([41, 1]);
      const [rest] = asked('RETRIEVE');
      expect([header(rest, HEADER.resultSetStartPosition), header(rest, HEADER.numberOfRecordsRequested)]).toEqual([
        '41',
        '1',
      ]);
    });

    it('joins the holders in with one more search, and with none when they are known', async () => {
      server.next('SEARCH', finding(['FA090018', 'FA090029'].map(holding)), finding([member('FA090018')]));
      const page = await holdings();
      expect(page.items.map(({ member: holder, memberName }) => [holder?.memberId, memberName])).toEqual([
        ['FA090018', '図書館 FA090018'],
        [undefined, undefined],
      ]);
      expect(asked('SEARCH').map(({ body }) => body)).toEqual(['BID="BA90000012"', 'ID="FA090018" ID="FA090029" OR']);
      server.next('SEARCH', finding(['FA090018', 'FA090029'].map(holding)));
      await holdings();
      expect(asked('SEARCH').length).toBe(3);
    });

    it('is asked for all holdings of a record where only some of them are wanted, and for the members that are needed', async () => {
      const ids = ['FA090018', 'FA090029', 'FA090030'];
      server.always('SEARCH', (socket, request) => {
        const found = request.body.startsWith('BID=')
          ? ids.map(holding)
          : ids.map((id) => ({ ...member(id), COPYS: id === 'FA090029' ? 'N' : 'A' }));
        finding(found.filter(({ ID }) => request.body.startsWith('BID=') || request.body.includes(ID as string)))(
          socket,
          request,
        );
      });
      const open = await holdings({ copyService: 'A', pageSize: 1, page: 2 });
      expect([open.total, open.items.map(({ memberId }) => memberId)]).toEqual([2, ['FA090030']]);
      const own = await holdings({ memberId: 'FA090018' });
      expect([own.total, own.items.map(({ memberName }) => memberName)]).toEqual([1, ['図書館 FA090018']]);
      expect((await holdings({ volume: '下' })).total).toBe(0);
      expect(new Set(asked('SEARCH').map(({ body }) => body.replace(/"FA\d+"/g, '')))).toEqual(
        new Set(['BID="BA90000012"', 'ID= ID= OR ID= OR']),
      );
    });

    it('is an error when the holders cannot be read, not a list without them', async () => {
      server.next('SEARCH', finding([holding('FA090018')]), answering({ status: '500', reason: 'FAULT' }));
      expect((await failure(holdings())).code).toBe('nacsis-unavailable');
    });

    it('gives a record by its id, from the file that the id belongs to', async () => {
      server.next('SEARCH', finding([book]));
      expect((await nacsis.catalogRecord(ACCOUNT, 'BA90000012'))?.title).toBe('𠮷野の桜');
      expect(await nacsis.catalogRecord(ACCOUNT, 'AA1070693X')).toBeUndefined();
      expect(asked('SEARCH').map((request) => header(request, HEADER.databaseNames))).toEqual(['BOOK', 'SERIAL']);
    });
  });

  it('logs in again when the server has forgotten the handle in the middle of a reading', async () => {
    server.next('SEARCH', finding([ORDERED], 2), finding([ORDERED], 2));
    server.next(
      'RETRIEVE',
      answering({ status: '412', reason: 'NO SUCH HANDLE' }),
      finding([{ ...ORDERED, ID: 'LA0000000002' }], 2),
    );
    const found = await nacsis.requestsCreatedSince(ACCOUNT, 'copy', today());
    expect(found.map(({ id }) => id)).toEqual(['LA0000000001', 'LA0000000002']);
    expect(server.methods()).toEqual(['GETHANDLE', 'SEARCH', 'RETRIEVE', 'GETHANDLE', 'SEARCH', 'RETRIEVE']);
  });

  it('tells how the exchanges end', async () => {
    const observed: string[] = [];
    const watched = new CatpNacsis(server.settings(), (method, outcome) => observed.push(`${method} ${outcome}`));
    server.next('SEARCH', (socket, request) => socket.write(http(answerTo({ ...request, method: 'SCAN' }))));
    await failure(watched.searchMembers(ACCOUNT, { library: 'RES_SHARE' }));
    await watched.close();
    expect(observed).toEqual(['GETHANDLE answered', 'SEARCH malformed']);
  });
});
