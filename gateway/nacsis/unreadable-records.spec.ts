import { BOUNDARY } from '#catp/names';
import { encodeRecord } from '#catp/record';
import { CatpServer } from '../testing/catp-server';
import { holdWritten, WRONG_BYTE } from '../testing/written-file';
import { CatpNacsis } from './catp-nacsis';
import { NacsisError, type NacsisAccount } from './port';

const ACCOUNT: NacsisAccount = { memberId: 'FA090007', user: 'fa090007', password: 'secret' };
const NCID = 'BA90000012';

/** The kinds of broken records, each within a page of valid ones. */
const BROKEN: Readonly<Record<string, string>> = {
  'a line that is no field': 'ID=BA90000099\r\nTRD 題\r\n',
  'a tab in a field': 'ID=BA90000099\r\nTRD=a\tb\r\n',
  'a group that is not closed': 'ID=BA90000099\r\n<TR>\r\nTRD=a\r\n',
  'no id': 'TRD=題\r\n',
  'a boundary within it': `ID=BA90000099\r\n${BOUNDARY}\r\n`,
  'a byte that is no UTF-8': `ID=BA90000099\r\nTRD=${WRONG_BYTE}\r\n`,
  'nothing in it': '',
};

describe('a record that cannot be read', () => {
  let server: CatpServer;
  let nacsis: CatpNacsis;

  beforeEach(async () => {
    server = await CatpServer.start();
    nacsis = new CatpNacsis(server.settings());
  });
  afterEach(async () => {
    await nacsis.close();
    await server.close();
  });

  const book = (number: number) => encodeRecord({ ID: `BA9000001${String(number)}`, TRD: `題 ${String(number)}` });
  const holding = (number: number) =>
    encodeRecord({ ID: `BH${String(number)}`, BID: NCID, FANO: `FA09001${String(number)}`, LOC: '本館' });
  const member = (number: number) =>
    encodeRecord({ ID: `FA09001${String(number)}`, NAME: `図書館 ${String(number)}`, COPYS: 'A' });
  const request = (number: number) =>
    encodeRecord({ ID: `LA000000000${String(number)}`, STAT: '未処理', OMLID: 'FA090007', BIBG: [{ BIBID: NCID }] });
  /** Five records, with the broken one at its place among them. */
  const among = (write: (number: number) => string, broken: string, place: number) => {
    const sound = [1, 2, 3, 4].map(write);
    holdWritten(server, [...sound.slice(0, place), broken, ...sound.slice(place)]);
  };
  const failureOf = (call: Promise<unknown>) =>
    call.then(
      () => undefined,
      (error: unknown) => (error instanceof NacsisError ? error.code : error),
    );

  for (const [what, broken] of Object.entries(BROKEN)) {
    for (const place of [0, 2, 4]) {
      const where = `${what} at place ${String(place)}`;

      it(`is left out of a page of the catalogue, and counted: ${where}`, async () => {
        among(book, broken, place);
        const page = await nacsis.searchCatalog(ACCOUNT, { library: 'L', form: 'book', title: '題' });
        expect([page.total, page.unreadable, page.items.map(({ title }) => title)]).toEqual([
          5,
          1,
          ['題 1', '題 2', '題 3', '題 4'],
        ]);
      });

      it(`is left out of a page of members, and counted: ${where}`, async () => {
        among(member, broken, place);
        const page = await nacsis.searchMembers(ACCOUNT, { library: 'L', copyService: 'A' });
        expect([page.total, page.unreadable, page.items.length]).toEqual([5, 1, 4]);
      });

      it(`is left out of the requests of a record, which are not complete then: ${where}`, async () => {
        among(request, broken, place);
        const found = await nacsis.requestsOfRecord(ACCOUNT, 'copy', NCID);
        expect([found.isComplete, found.requests.length]).toEqual([false, 4]);
      });
    }

    it(`is left out of holdings, whole or filtered, and counted: ${what}`, async () => {
      const members = encodeRecord({ ID: 'FA090011', NAME: '図書館 1', COPYS: 'A' });
      for (const [query, left] of [
        [{}, 4],
        [{ location: '本館' }, 4],
        [{ memberId: 'FA090012' }, 1],
        [{ copyService: 'A' }, 1],
      ] as const) {
        const sound = [1, 2, 3, 4].map(holding);
        const holdings = [...sound.slice(0, 2), broken, ...sound.slice(2)];
        holdWritten(server, (search) => (search.startsWith('BID=') ? holdings : [members]));
        const page = await nacsis.holdings(ACCOUNT, NCID, { library: 'L', ...query });
        expect([page.unreadable, page.items.length]).withContext(JSON.stringify(query)).toEqual([1, left]);
      }
    });

    it(`does not take the others of the members with it, and is an error only where a member must be known: ${what}`, async () => {
      among(member, broken, 4);
      const ids = [1, 2, 3, 4, 5].map((number) => `FA09001${String(number)}`);
      expect([...(await nacsis.members(ACCOUNT, ids, { fresh: false })).keys()]).toEqual(ids.slice(0, 4));
      expect((await nacsis.members(ACCOUNT, ids.slice(0, 4), { fresh: true })).size).toBe(4);
      expect(await failureOf(nacsis.members(ACCOUNT, ids, { fresh: true }))).toBe('nacsis-malformed');
    });

    it(`is an error where it is the one that is asked for, not "not found": ${what}`, async () => {
      holdWritten(server, [broken]);
      expect(await failureOf(nacsis.catalogRecord(ACCOUNT, NCID))).toBe('nacsis-malformed');
      expect(await failureOf(nacsis.readRequest(ACCOUNT, 'borrower', 'LA0000000001'))).toBe('nacsis-malformed');
    });

    it(`is an error where a lost command is looked for: ${what}`, async () => {
      among(request, broken, 1);
      expect(await failureOf(nacsis.requestsCreatedSince(ACCOUNT, 'copy', '20200101'))).toBe('nacsis-malformed');
    });
  }

  it('is none for characters of old conversions in its fields', async () => {
    holdWritten(server, [encodeRecord({ ID: 'BA90000011' }) + 'TRD=a\u0085b\u0099\r\n']);
    const page = await nacsis.searchCatalog(ACCOUNT, { library: 'L', form: 'book', title: 'a' });
    expect([page.items.map(({ title }) => title), Object.keys(page).includes('unreadable')]).toEqual([
      ['a\u0085b\u0099'],
      false,
    ]);
  });
});
