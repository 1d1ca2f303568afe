import { BOUNDARY, HEADER } from '#catp/names';
import { encodeRecord } from '#catp/record';
import { resultSetHeaders } from '#catp/result-set';
import { answering, CatpServer, cutting, http, type Behaviour } from '../testing/catp-server';
import { holdWritten, WRONG_BYTE } from '../testing/written-file';
import { CatpNacsis } from './catp-nacsis';
import { NacsisError, type NacsisAccount, type UnreadableRecord } from './port';

const ACCOUNT: NacsisAccount = { memberId: 'FA090007', user: 'fa090007', password: 'secret' };

const idOf = (number: number) => `LA${String(number).padStart(10, '0')}`;
const sound = (number: number) =>
  encodeRecord({ ID: idOf(number), STAT: '処理中', OMLID: 'FA090007', CLNT: '利用者 001' });
const sounds = (count: number) => Array.from({ length: count }, (_, at) => sound(at + 1));

describe('a file with records that cannot be read', () => {
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

  /** Fills the file with these records, written as they are. */
  const holding = (written: readonly string[]) => {
    holdWritten(server, written);
  };
  const read = async () => {
    const ids: string[] = [];
    const unreadable: UnreadableRecord[] = [];
    await nacsis.readFile(ACCOUNT, { kind: 'copy', side: 'borrower' }, async (page) => {
      ids.push(...page.requests.map(({ id }) => id));
      unreadable.push(...(await Promise.resolve(page.unreadable)));
    });
    return { ids, unreadable };
  };
  const calls = () => server.methods().filter((method) => method === 'SEARCH' || method === 'RETRIEVE').length;

  it('loses each of them alone, names it by its id or its number, and repeats nothing of its content', async () => {
    const broken = [
      `ID=${idOf(901)}\r\nCLNT 利用者 002\r\n`,
      '利用者 003\r\n',
      'STAT=処理中\r\n',
      `ID=${idOf(902)}\r\n<HMLG>\r\nHMLID=FA090018\r\n`,
      encodeRecord({ ID: 'LA1/../2', CLNT: '利用者 004' }),
      encodeRecord({ ID: `LA${'9'.repeat(5000)}` }),
      encodeRecord({ ID: idOf(903), STAT: '長'.repeat(2000) }),
    ];
    const all = sounds(150);
    holding([...all.slice(0, 40), ...broken, ...all.slice(40)]);
    const { ids, unreadable } = await read();
    expect(ids).toEqual(all.map((_, at) => idOf(at + 1)));
    expect(unreadable.map(({ id }) => id)).toEqual([idOf(901), '?1', '?2', idOf(902), '?3', '?4', idOf(903)]);
    expect(unreadable.every(({ reason }) => reason.length > 10 && !/利用者|99999|長/.test(reason))).toBeTrue();
    expect(calls()).toBe(2);
  });

  it('asks in halves for a page that one record makes unreadable, at its beginning, within it and at its end', async () => {
    for (const place of [0, 37, 99, 100, 149]) {
      const all = sounds(150);
      for (const bad of [
        `ID=${idOf(999)}\r\n${BOUNDARY}\r\n`,
        `CLNT=${WRONG_BYTE}\r\n`,
        `${BOUNDARY}--\r\nA=b\r\n`,
        '',
      ]) {
        const before = calls();
        holding([...all.slice(0, place), bad, ...all.slice(place)]);
        const { ids, unreadable } = await read();
        const context = `${bad} at ${String(place)}`;
        expect(ids)
          .withContext(context)
          .toEqual(all.map((_, at) => idOf(at + 1)));
        expect(unreadable.length).withContext(context).toBe(1);
        expect(calls() - before)
          .withContext(context)
          .toBeLessThan(20);
      }
    }
  });

  it('is read even where there is nothing else in it', async () => {
    holding([`CLNT=${WRONG_BYTE}\r\n`]);
    expect(await read()).toEqual({ ids: [], unreadable: [{ id: '?1', reason: 'the body is not UTF-8' }] });
    holding(['A=b\r\nno line\r\n']);
    expect((await read()).unreadable.map(({ id }) => id)).toEqual(['?1']);
  });

  it('does not take a fault of the answer itself, or of the line, for one of a record', async () => {
    const failures: readonly (readonly [Behaviour, NacsisError['code']])[] = [
      [(socket) => socket.write(http('nothing of CATP')), 'nacsis-malformed'],
      [answering({ headers: [[HEADER.resultCount, 'many']], body: sound(1) }), 'nacsis-malformed'],
      [cutting, 'nacsis-unavailable'],
      [answering({ status: '500', reason: 'FAULT' }), 'nacsis-unavailable'],
    ];
    for (const [behaviour, code] of failures) {
      holding([...sounds(99), `CLNT=${WRONG_BYTE}\r\n`, sound(100)]);
      server.always('RETRIEVE', behaviour);
      if (code === 'nacsis-malformed') server.always('SEARCH', behaviour);
      const error: unknown = await read().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(NacsisError);
      expect((error as NacsisError).code).toBe(code);
    }
  });

  it('fails when records stay away', async () => {
    const headers = resultSetHeaders({ count: 3, returned: 1, next: 2 });
    server.always('SEARCH', answering({ headers, body: sound(1) }));
    server.always('RETRIEVE', answering({ headers: resultSetHeaders({ count: 3, returned: 0, next: 0 }) }));
    await expectAsync(read()).toBeRejectedWithError(NacsisError, /more records than it returns/);
  });
});
