import { connect } from 'node:net';
import { startSpecServer, type SpecServer } from './testing/spec-server';

/**
 * Imitates the known CATP/1.1 client (dossier 4.2) byte by byte over a socket: LF, Content-Length in characters, no
 * final empty line, a LF after the body.
 */
describe('a foreign CATP client', () => {
  let server: SpecServer;
  beforeAll(async () => {
    server = await startSpecServer();
  });
  afterAll(async () => server.close());

  async function post(message: string): Promise<readonly string[]> {
    const { hostname, port } = new URL(server.url);
    const body = Buffer.from(message, 'utf8');
    const head = `POST /catp HTTP/1.0\r\nHost: ${hostname}\r\nUser-Agent: foreign\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${String(body.length)}\r\n\r\n`;
    const answer = await new Promise<Buffer>((resolve, reject) => {
      const chunks: Buffer[] = [];
      const socket = connect(Number(port), hostname, () => socket.write(Buffer.concat([Buffer.from(head), body])));
      socket.on('data', (chunk: Buffer) => chunks.push(chunk));
      socket.on('end', () => {
        resolve(Buffer.concat(chunks));
      });
      socket.on('error', reject);
    });
    expect(answer.toString('latin1')).toMatch(/^HTTP\/1\.[01] 200 /);
    return answer
      .subarray(answer.indexOf('\r\n\r\n') + 4)
      .toString('utf8')
      .split(/\r?\n/);
  }

  async function login(): Promise<string> {
    const lines = await post(
      'GETHANDLE 0123456789 000 CATP/1.1 000 REQUEST\nAuthenticate: fa090007,pass-fa090007\nContent-Length: 0\nEncoding:UTF8\nSchema-version: 2',
    );
    const [method, handle, frame, version, status] = (lines[0] ?? '').split(' ');
    expect([method, frame, version, status]).toEqual(['GETHANDLE', '001', 'CATP/1.1', '200']);
    expect(lines[1]).toContain('SERVERPROCEDURECALL');
    return `${handle ?? ''} ${frame ?? ''}`;
  }

  async function search(session: string, query: string): Promise<readonly string[]> {
    return post(
      [
        `SEARCH ${session} CATP/1.1 000 REQUEST`,
        'Database-names:BOOK',
        'Small-set-element-set-names:2',
        'Medium-set-element-set-names: 2',
        'Small-set-upper-bound: 50',
        'Large-set-lower-bound: 200',
        'Medium-set-present-number: 200',
        `Content-Length: ${String([...query].length)}`,
        'Encoding:UTF8',
        '',
        `${query}\n`,
      ].join('\n'),
    );
  }

  it('logs in, searches by title and by ISBN, reads the answer by line position, and logs out', async () => {
    const session = await login();
    const several = await search(session, 'TITLEKEY="新潟"');
    expect(several[0]).toBe(`SEARCH ${session} CATP/1.1 200 OK`);
    expect(several.slice(2, 5)).toEqual([
      'Result-count:5',
      'Number-of-records-returned:5',
      'Next-result-set-position:0',
    ]);
    expect(several[5]).toMatch(/^Content-Length:\d+$/);
    expect(several.slice(6, 9)).toEqual(['Encoding:UTF8', '', '--NACSIS-CATP']);
    expect(several.filter((line) => line === '--NACSIS-CATP').length).toBe(5);
    const one = await search(session, 'ISBNKEY="9784990006006"');
    expect(one[2]).toBe('Result-count:1');
    expect(one[1]).toBe('Database-names:BOOK');
    expect(one[8]).toBe('_DBNAME_=BOOK');
    expect(one[9]).toMatch(/^ID=B[ABN]/);
    expect(one).toContain('TRD=社会学入門 / 日本地域文化学会編');
    const lines = await post(
      `RELEASEHANDLE ${session.split(' ')[0] ?? ''} 000 CATP/1.1 000 REQUEST\nContent-Length: 0\nEncoding:UTF8\nSchema-version: 2`,
    );
    expect(lines[0]).toContain(' 200 ');
    expect((await search(session, 'TITLEKEY="新潟"'))[0]).toContain(' 412 ');
  });

  it('finds a 13-digit ISBN by its old form and an old form with hyphens, and titles in any width, by truncation', async () => {
    const session = await login();
    const count = async (query: string): Promise<string> => (await search(session, query))[2] ?? '';
    expect(await count('ISBNKEY="499000600X"')).toBe('Result-count:0');
    expect(await count('ISBNKEY="4990006003"')).toBe('Result-count:1');
    expect(await count('ISBNKEY="4-99000-600-3"')).toBe('Result-count:1');
    expect(await count('ISBNKEY="９７８４９９０００６００６"')).toBe('Result-count:1');
    expect(await count('TITLEKEY="ＲＥＡＤＩＮＧ"')).toBe('Result-count:1');
    expect(await count('TITLEKEY="READ"')).toBe('Result-count:0');
    expect(await count('TITLEKEY="read*"')).toBe('Result-count:2');
    expect(await count('TITLEKEY="にいがた"')).toBe('Result-count:5');
    expect(await count('TITLEKEY="𠮷野"')).toBe(await count('TITLEKEY="吉野"'));
    expect(await count('FTITLEKEY="新潟の*"')).toBe('Result-count:3');
  });

  it('is refused with a body that is shorter than it says, and heard to the end with a longer one', async () => {
    const session = await login();
    const told = async (length: number, body: string): Promise<readonly string[]> =>
      post(
        [
          `SEARCH ${session} CATP/1.1 000 REQUEST`,
          'Database-names:BOOK',
          `Content-Length:${String(length)}`,
          'Encoding:UTF8',
          '',
          body,
        ].join('\n'),
      );
    expect((await told(900, 'TITLEKEY="新潟"'))[0]).toBe(`SEARCH ${session} CATP/1.1 400 BAD REQUEST: truncated`);
    expect((await told(3, 'TITLEKEY="新潟"\n'))[2]).toBe('Result-count:5');
  });

  it('is told when user or password are wrong', async () => {
    for (const login of ['fa090007,wrong', 'nobody,x', 'fa090007']) {
      const [first] = await post(
        `GETHANDLE 0123456789 000 CATP/1.1 000 REQUEST\nAuthenticate: ${login}\nContent-Length: 0\nEncoding:UTF8`,
      );
      expect(first).withContext(login).toBe('GETHANDLE 0123456789 000 CATP/1.1 401 LOGIN REFUSED');
    }
    const [named] = await post(
      'GETHANDLE 0123456789 000 CATP/1.1 000 REQUEST\nAuthentication-info:fa090007,pass-fa090007\nContent-Length: 0\nEncoding:UTF8',
    );
    expect(named).toContain(' 200 ');
  });
});
