import { headerValue } from '#catp/header-block';
import { HEADER } from '#catp/names';
import { encodeRecords } from '#catp/record';
import { resultSetHeaders } from '#catp/result-set';
import type { CatpRecord } from '#catp/types';
import { answering, CatpServer, type Behaviour } from '../testing/catp-server';
import { CatpNacsis } from './catp-nacsis';
import { NacsisError, type NacsisAccount } from './port';

const ACCOUNT: NacsisAccount = { memberId: 'FA090007', user: 'fa090007', password: 'secret' };
const BIB_ID = 'BA90000012';
/** A record that is valid in each file: as a request, a holding, a member and a book. */
const record = (number: number): CatpRecord => ({
  ID: `LA${String(number).padStart(10, '0')}`,
  STAT: '未処理',
  OMLID: 'FA090007',
  BIBG: [{ BIBID: BIB_ID }],
  BID: BIB_ID,
  FANO: 'FA090018',
});
const records = (from: number, size: number) => Array.from({ length: size }, (_, at) => record(from + at));

/** Starts each loop that reads more than one answer. */
const LOOPS: Readonly<Record<string, (nacsis: CatpNacsis) => Promise<unknown>>> = {
  'a role file': (nacsis) => nacsis.readFile(ACCOUNT, { kind: 'copy', side: 'borrower' }, () => Promise.resolve()),
  'the requests since a day': (nacsis) => nacsis.requestsCreatedSince(ACCOUNT, 'copy', '20200101'),
  'the requests of a record': (nacsis) => nacsis.requestsOfRecord(ACCOUNT, 'copy', BIB_ID),
  'a page of a search': (nacsis) =>
    nacsis.searchCatalog(ACCOUNT, { library: 'L', form: 'book', title: 'x', pageSize: 150 }),
  'a later page of a search': (nacsis) =>
    nacsis.searchCatalog(ACCOUNT, { library: 'L', form: 'book', title: 'x', pageSize: 20, page: 2 }),
  'the holdings that are filtered': (nacsis) => nacsis.holdings(ACCOUNT, BIB_ID, { library: 'L', location: 'x' }),
  'a page of holdings': (nacsis) => nacsis.holdings(ACCOUNT, BIB_ID, { library: 'L', pageSize: 150 }),
  'a page of members': (nacsis) => nacsis.searchMembers(ACCOUNT, { library: 'L', pageSize: 150 }),
};

describe('a reading of a result set', () => {
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

  /** Makes the server answer with this many hits, and with the records that `bring` returns from a position on. */
  const holding = (count: number, bring: (start: number, size: number) => readonly CatpRecord[]) => {
    const answer = (start: number, size: number): Behaviour => {
      const found = bring(start, size);
      const headers = resultSetHeaders({ count, returned: Math.min(found.length, count), next: 0 }).map(
        ([name, value]) => [name, name === HEADER.numberOfRecordsReturned ? String(found.length) : value] as const,
      );
      return answering({ headers, body: encodeRecords(found) });
    };
    server.always('SEARCH', (socket, request) => {
      answer(1, Number(headerValue(request.headers, HEADER.mediumSetPresentNumber)))(socket, request);
    });
    server.always('RETRIEVE', (socket, { headers, ...rest }) => {
      const number = (name: string) => Number(headerValue(headers, name));
      answer(number(HEADER.resultSetStartPosition), number(HEADER.numberOfRecordsRequested))(socket, {
        headers,
        ...rest,
      });
    });
  };
  const calls = () => server.methods().filter((method) => method === 'SEARCH' || method === 'RETRIEVE').length;
  const failureOf = async (call: Promise<unknown>): Promise<NacsisError> => {
    const thrown: unknown = await call.then(
      () => new Error('did not fail'),
      (error: unknown) => error,
    );
    if (thrown instanceof NacsisError) return thrown;
    throw thrown as Error;
  };

  for (const [name, read] of Object.entries(LOOPS)) {
    describe(`of ${name}`, () => {
      const refused = async (message: RegExp) => {
        const error = await failureOf(read(nacsis));
        expect([error.code, error.details.how]).toEqual(['nacsis-malformed', 'malformed']);
        expect(error.message).toMatch(message);
        expect(calls()).toBeLessThan(10);
      };

      it('ends when fewer records come than were reported', async () => {
        holding(5_000, (start) => (start > 30 ? [] : records(start, Math.min(7, 31 - start))));
        await refused(/more records than it returns/);
      });

      it('ends when no record comes at all', async () => {
        holding(5_000, () => []);
        await refused(/more records than it returns/);
      });

      it('ends when the same records come again', async () => {
        holding(5_000, (start, size) => (size === 0 ? [] : records(start === 1 ? 1 : start - 1, 3)));
        if (name === 'a later page of a search') holding(5_000, (_, size) => (size === 0 ? [] : records(1, 3)));
        await refused(/the same record again/);
      });

      it('ends when more records come than were reported', async () => {
        holding(22, (start, size) => (size === 0 ? [] : records(start, 23)));
        await refused(/more records than (it )?found|cannot be read \(bad-header\)/);
      });
    });
  }

  it('is not begun when more is reported than there can be', async () => {
    holding(99_999_998, (start, size) => records(start, size));
    for (const name of [
      'a role file',
      'the requests since a day',
      'the holdings that are filtered',
      'a page of holdings',
    ] as const) {
      const before = calls();
      const error = await failureOf(LOOPS[name]!(nacsis));
      expect([error.code, calls() - before])
        .withContext(name)
        .toEqual(['nacsis-malformed', 1]);
      expect(error.message).toMatch(/reports more (records|holdings)/);
    }
    const page = await nacsis.searchCatalog(ACCOUNT, { library: 'L', form: 'book', title: 'x' });
    expect([page.total, page.items.length]).toEqual([99_999_998, 20]);
  });

  it('goes on where a server brings fewer at a time than it was asked for', async () => {
    const all = records(1, 75);
    holding(all.length, (start, size) => all.slice(start - 1, start - 1 + Math.min(size, 10)));
    const page = await nacsis.searchCatalog(ACCOUNT, { library: 'L', form: 'book', title: 'x', pageSize: 50 });
    expect([page.items.length, new Set(page.items.map(({ ncid }) => ncid)).size, calls()]).toEqual([50, 50, 5]);
    const second = await nacsis.searchCatalog(ACCOUNT, {
      library: 'L',
      form: 'book',
      title: 'x',
      pageSize: 50,
      page: 2,
    });
    expect(second.items.map(({ ncid }) => ncid)).toEqual(all.slice(50).map(({ ID }) => ID as string));
  });

  it('takes what it asked for where a server brings more', async () => {
    const all = records(1, 30);
    holding(all.length, (start) => all.slice(start - 1));
    const page = await nacsis.searchCatalog(ACCOUNT, { library: 'L', form: 'book', title: 'x', page: 2, pageSize: 10 });
    expect(page.items.map(({ ncid }) => ncid)).toEqual(all.slice(10, 20).map(({ ID }) => ID as string));
    const first = await nacsis.searchCatalog(ACCOUNT, { library: 'L', form: 'book', title: 'x', pageSize: 10 });
    expect([first.total, first.items.length]).toEqual([30, 10]);
  });

  it('stops when answer after answer cannot be read', async () => {
    server.always(
      'SEARCH',
      answering({ headers: resultSetHeaders({ count: 900_000, returned: 100, next: 101 }), body: 'A=b\r\n' }),
    );
    server.always(
      'RETRIEVE',
      answering({ headers: resultSetHeaders({ count: 900_000, returned: 100, next: 101 }), body: 'A=b\r\n' }),
    );
    const error = await failureOf(LOOPS['a role file']!(nacsis));
    expect([error.code, error.message]).toEqual(['nacsis-malformed', jasmine.stringContaining('too many answers')]);
    expect(calls()).toBeLessThan(500);
  });
});
