import { CatpClient } from '../../../test/catp-client/catp-client';
import { idOf, orderBody, startSpecServer, type SpecServer } from '../testing/spec-server';

const LOGIN =
  'GETHANDLE 0123456789 000 CATP/1.1 000 REQUEST\r\nAuthenticate: fa090007,pass-fa090007\r\nContent-Length: 0\r\nEncoding: UTF8\r\n\r\n';

describe('CatpService', () => {
  let server: SpecServer;
  let now = new Date('2026-04-01T00:00:00Z');
  beforeEach(async () => {
    now = new Date('2026-04-01T00:00:00Z');
    server = await startSpecServer({ handleIdleMs: 60_000, clock: () => now });
  });
  afterEach(async () => server.close());

  async function post(message: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): Promise<string> {
    const response = await fetch(`${server.url}/catp`, { method: 'POST', body: message, headers });
    expect(response.status).toBe(200);
    return (await response.text()).split('\r\n')[0] ?? '';
  }
  async function handle(): Promise<string> {
    return (await post(LOGIN)).split(' ')[1] ?? '';
  }

  it('takes any HTTP content type', async () => {
    for (const type of [
      'application/json',
      'application/x-www-form-urlencoded',
      'text/plain',
      'application/octet-stream',
      'multipart/form-data; boundary=x',
    ]) {
      expect(await post(LOGIN, { 'content-type': type }))
        .withContext(type)
        .toMatch(/^GETHANDLE \S{10} 001 CATP\/1\.1 200 OK$/);
    }
  });

  it('keeps several handles of a library apart, until each is released', async () => {
    const [first, second] = [await handle(), await handle()];
    expect(first).not.toBe(second);
    const release = (one: string): string =>
      `RELEASEHANDLE ${one} 000 CATP/1.1 000 REQUEST\r\nContent-Length: 0\r\n\r\n`;
    expect(await post(release(first))).toContain(' 200 ');
    expect(await post(release(first))).toBe(`RELEASEHANDLE ${first} 000 CATP/1.1 412 NO SUCH HANDLE`);
    expect(await post(release(second))).toContain(' 200 ');
  });

  it('forgets a handle that was not used for the time that the setting gives', async () => {
    const one = await handle();
    const index = `INDEXLIST ${one} 001 CATP/1.1 000 REQUEST\r\nDatabase-names: COPYO\r\nContent-Length: 0\r\n\r\n`;
    now = new Date(now.getTime() + 50_000);
    expect(await post(index)).toContain(' 200 ');
    now = new Date(now.getTime() + 50_000);
    expect(await post(index)).toContain(' 200 ');
    now = new Date(now.getTime() + 61_000);
    expect(await post(index)).toContain(' 412 ');
  });

  it('answers malformed messages with a 4xx status line and goes on', async () => {
    const one = await handle();
    const search = (head: string, body = 'TITLEKEY="新潟"'): string =>
      `SEARCH ${one} 001 CATP/1.1 000 REQUEST\r\nDatabase-names: BOOK\r\n${head}\r\n\r\n${body}`;
    const cases: Readonly<Record<string, string | Uint8Array>> = {
      'empty': '',
      'garbage': Uint8Array.from([0, 255, 10, 13, 10]),
      'cut in the first line': 'SEARCH 0A1B',
      'cut in the body': search('Content-Length: 900\r\nEncoding: UTF8'),
      'no length': search('Encoding: UTF8'),
      'length no number': search('Content-Length: x\r\nEncoding: UTF8'),
      'two lengths': search('Content-Length: 17\r\nContent-Length: 18\r\nEncoding: UTF8'),
      'unknown encoding': search('Content-Length: 17\r\nEncoding: KLINGON'),
      'not UTF-8': Buffer.concat([
        Buffer.from(search('Content-Length: 2\r\nEncoding: UTF8', '')),
        Buffer.from([0x82, 0xa0]),
      ]),
      'no header line': search('nonsense'),
      'unknown method': `FROBNICATE ${one} 001 CATP/1.1 000 REQUEST\r\nContent-Length: 0\r\n\r\n`,
      'not served': `INSERT ${one} 001 CATP/1.1 000 REQUEST\r\nContent-Length: 0\r\n\r\n`,
      'lower case': `search ${one} 001 CATP/1.1 000 REQUEST\r\nContent-Length: 0\r\n\r\n`,
      'unknown handle': 'SEARCH 0000000000 001 CATP/1.1 000 REQUEST\r\nContent-Length: 0\r\n\r\n',
      'short handle': 'SEARCH 0000 001 CATP/1.1 000 REQUEST\r\nContent-Length: 0\r\n\r\n',
      'no database': search('Content-Length: 17\r\nEncoding: UTF8').replace('Database-names: BOOK\r\n', ''),
      'no procedure': `SERVERPROCEDURECALL ${one} 001 CATP/1.1 000 REQUEST\r\nDatabase-names: COPYO\r\nILL-command: SAVE\r\nContent-Length: 0\r\n\r\n`,
      'unknown command': `SERVERPROCEDURECALL ${one} 001 CATP/1.1 000 REQUEST\r\nProcedure-name: ILL\r\nDatabase-names: COPYO\r\nILL-command: FROB\r\nContent-Length: 0\r\n\r\n`,
      'two databases': `SERVERPROCEDURECALL ${one} 001 CATP/1.1 000 REQUEST\r\nProcedure-name: ILL\r\nDatabase-names: COPYO,LOANO\r\nILL-command: SAVE\r\nContent-Length: 0\r\n\r\n`,
      'catalogue database': `SERVERPROCEDURECALL ${one} 001 CATP/1.1 000 REQUEST\r\nProcedure-name: ILL\r\nDatabase-names: BOOK\r\nILL-command: SAVE\r\nContent-Length: 0\r\n\r\n`,
      'open group': `SERVERPROCEDURECALL ${one} 001 CATP/1.1 000 REQUEST\r\nProcedure-name: ILL\r\nDatabase-names: COPYO\r\nILL-command: SAVE\r\nContent-Length: 6\r\n\r\n<HMLG>`,
    };
    const content = (): string =>
      JSON.stringify([server.world.requests.all().map(({ record }) => record), server.world.members.records()]);
    const before = content();
    for (const [name, message] of Object.entries(cases))
      expect(await post(message))
        .withContext(name)
        .toMatch(/^[A-Z]{2,32} \S{10} \d{3} CATP\/1\.[01] 4\d\d [\x20-\x7e]+$/);
    expect(content()).toBe(before);
    expect(await post(search('Content-Length: 17\r\nEncoding: UTF8'))).toBe(`SEARCH ${one} 001 CATP/1.1 200 OK`);
  });

  it('carries characters beyond JIS X 0208 to the byte', async () => {
    const client = await server.client(server.ids[0] ?? '');
    const text = '利用者 001 髙橋𠮷野　①㈱～−';
    const id = idOf(await client.command('LOANO', 'ORDER', orderBody(server.ids.slice(1, 3), { CLNT: text })));
    expect((await server.record(id))['CLNT']).toBe(text);
    const found = await client.call(
      'SEARCH',
      { 'Database-names': 'LOANO', 'Small-set-upper-bound': '9' },
      `ID="${id}"`,
    );
    expect(found.records[0]?.['CLNT']).toBe(text);
  });

  it('refuses a body of more bytes than any record has', async () => {
    const response = await fetch(`${server.url}/catp`, { method: 'POST', body: 'x'.repeat(3_000_000) }).catch(
      () => undefined,
    );
    expect(response === undefined || response.status === 413).toBeTrue();
    expect((await new CatpClient(`${server.url}/catp`).login('fa090007', 'pass-fa090007')).status).toBe('200');
  });
});
