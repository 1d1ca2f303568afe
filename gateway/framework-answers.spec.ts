import { connect, type AddressInfo } from 'node:net';
import type { Problem } from '#domain/api/problem';
import { APP_ORIGIN, STAFF, type SpecApp } from './testing/spec-app';
import { useOneSpecApp } from './testing/use-spec-app';

const HEAD = `Host: gateway\r\nOrigin: ${APP_ORIGIN}\r\nAuthorization: ${STAFF}\r\nIdempotency-Key: key-000000\r\nConnection: close\r\n`;
const JSON_TYPE = 'Content-Type: application/json\r\n';
const get = (target: string, more = '') => `GET ${target} HTTP/1.1\r\n${HEAD}${more}\r\n`;
const post = (more: string, body: string | Buffer = '') =>
  Buffer.concat([Buffer.from(`POST /api/v1/requests HTTP/1.1\r\n${HEAD}${more}\r\n`), Buffer.from(body)]);
const posted = (body: string | Buffer, type = JSON_TYPE) =>
  post(`${type}Content-Length: ${String(body.length)}\r\n`, body);
const NOT_UTF8 = Buffer.concat([Buffer.from('{"library":"'), Buffer.from([0x93, 0xfa, 0x96, 0x7b]), Buffer.from('"}')]);

/** The fault, the bytes sent, and the code of the answer. */
const CASES: readonly (readonly [what: string, bytes: string | Buffer, code: string])[] = [
  ['an escape that is none in the path', get('/api/v1/requests/%zz'), 'invalid-request'],
  ['an escape that is no UTF-8 in the path', get('/api/v1/requests/%ff'), 'invalid-request'],
  ['the same where no route is', get('/nothing/%ff'), 'invalid-request'],
  ['an escape that is none in the query', get('/api/v1/requests?q=%E3%81'), 'invalid-request'],
  [
    'half a surrogate pair in the query',
    get('/api/v1/catalog?library=RES_SHARE&form=book&title=%ED%A0%80'),
    'invalid-request',
  ],
  ['a parameter that is too long for any route', get(`/api/v1/requests/${'a'.repeat(2_000)}`), 'invalid-request'],
  ['a parameter that is too long for this route', get(`/api/v1/requests/${'a'.repeat(300)}`), 'invalid-request'],
  ['a query that is too long for HTTP', get(`/api/v1/requests?q=${'a'.repeat(40_000)}`), 'invalid-request'],
  ['a header that is too long', get('/api/v1/me', `X-Long: ${'a'.repeat(40_000)}\r\n`), 'invalid-request'],
  ['no host', 'GET /api/v1/me HTTP/1.1\r\nConnection: close\r\n\r\n', 'invalid-request'],
  ['a target that is none', get('requests'), 'invalid-request'],
  [
    'an expectation that nobody knows',
    post(`${JSON_TYPE}Expect: miracles\r\nContent-Length: 2\r\n`, '{}'),
    'invalid-request',
  ],
  ['a length that is no number', post(`${JSON_TYPE}Content-Length: abc\r\n`, '{}'), 'invalid-request'],
  ['two lengths', post(`${JSON_TYPE}Content-Length: 2\r\nContent-Length: 3\r\n`, '{}'), 'invalid-request'],
  [
    'a length and chunks',
    post(`${JSON_TYPE}Transfer-Encoding: chunked\r\nContent-Length: 2\r\n`, '0\r\n\r\n'),
    'invalid-request',
  ],
  ['a chunk that is none', post(`${JSON_TYPE}Transfer-Encoding: chunked\r\n`, 'zz\r\n{}'), 'invalid-request'],
  ['a length above the limit', post(`${JSON_TYPE}Content-Length: 99999999\r\n`, '{'), 'payload-too-large'],
  ['JSON that is none', posted('{'), 'invalid-request'],
  ['an empty body of JSON', posted(''), 'invalid-request'],
  ['JSON that is no object', posted('[]'), 'invalid-request'],
  ['a body that is not UTF-8', posted(NOT_UTF8), 'invalid-request'],
  [
    'a body that is nested too deeply',
    posted(`{"library":${'['.repeat(9_000)}${']'.repeat(9_000)}}`),
    'invalid-request',
  ],
  ['a body of another type', posted('{}', 'Content-Type: text/xml\r\n'), 'invalid-request'],
  ['a body of plain text', posted('{}', 'Content-Type: text/plain\r\n'), 'invalid-request'],
  ['a type that is none', posted('{}', 'Content-Type: ;;;\r\n'), 'invalid-request'],
  ['a body of no type', posted('{}', ''), 'invalid-request'],
  ['a method of another route', `PATCH /api/v1/me HTTP/1.1\r\n${HEAD}\r\n`, 'not-found'],
  ['a method of WebDAV', `PROPFIND /api/v1/me HTTP/1.1\r\n${HEAD}\r\n`, 'not-found'],
  ['a method that nobody knows', `ORDER /api/v1/me HTTP/1.1\r\n${HEAD}\r\n`, 'invalid-request'],
  ['another version of HTTP', `GET /api/v1/me HTTP/7.1\r\n${HEAD}\r\n`, 'invalid-request'],
  ['what is no HTTP', '\x16\x03\x01\x02\x00\x01', 'invalid-request'],
  ['a tunnel', `CONNECT other:443 HTTP/1.1\r\n${HEAD}\r\n`, 'not-found'],
  ['an upgrade', get('/api/v1/nothing', 'Connection: Upgrade\r\nUpgrade: websocket\r\n'), 'not-found'],
];
/** Cases where the origin is unknown, or that no browser sends. */
const WITHOUT_ORIGIN = ['no host', 'what is no HTTP', 'a tunnel'];

describe('what HTTP or the framework refuses', () => {
  let spec: SpecApp;
  let port: number;
  useOneSpecApp((started) => ({ spec } = started));
  beforeAll(async () => {
    await spec.app.listen({ host: '127.0.0.1', port: 0 });
    port = (spec.app.server.address() as AddressInfo).port;
  });

  /**
   * Everything received until the connection ends or nothing more comes. `later`: sent after the first bytes were
   * received.
   */
  const exchange = (bytes: string | Buffer, later?: string) =>
    new Promise<string>((resolve) => {
      let received = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
      socket.setTimeout(5_000, () => socket.destroy());
      socket
        .on('error', () => undefined)
        .on('close', () => {
          resolve(received);
        });
      socket.on('data', (chunk: Buffer) => {
        if (received === '' && later !== undefined) socket.write(later);
        received += chunk.toString();
      });
    });

  for (const [what, bytes, code] of CASES) {
    it(`is answered as a problem that the app can read: ${what}`, async () => {
      const [head = '', body = ''] = (await exchange(bytes)).split('\r\n\r\n');
      const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim();
      const problem = JSON.parse(body) as Problem;
      expect(problem).toEqual(jasmine.objectContaining({ type: `urn:nacsis-ill:error:${code}`, title: code, code }));
      expect(head.split('\r\n')[0]).toMatch(new RegExp(`^HTTP/1\\.1 ${String(problem.status)} [A-Z][A-Za-z ]+$`));
      expect(header('content-type')).toBe('application/problem+json');
      expect([header('x-request-id'), Number(header('content-length'))]).toEqual([
        problem.requestId,
        Buffer.byteLength(body),
      ]);
      expect(header('access-control-allow-origin')).toBe(WITHOUT_ORIGIN.includes(what) ? undefined : APP_ORIGIN);
    });
  }

  it('gives a strange origin no leave', async () => {
    for (const target of ['/api/v1/requests/%ff', `/api/v1/requests?q=${'a'.repeat(40_000)}`]) {
      const answer = await exchange(get(target).replace(APP_ORIGIN, 'https://evil.example'));
      expect(answer).toContain('application/problem+json');
      expect(answer).not.toMatch(/allow-origin/i);
    }
  });

  it('repeats nothing of a malformed address, neither in the answer nor in the log', async () => {
    const answer = await exchange(get('/api/v1/requests/secret%ff?q=secret'));
    expect(answer).toContain('the address is malformed');
    expect(`${answer}${spec.log.join('')}`).not.toContain('secret');
  });

  it('answers HEAD and OPTIONS without a body', async () => {
    const head = await exchange(`HEAD /api/v1/nothing HTTP/1.1\r\n${HEAD}\r\n`);
    expect(head).toMatch(/^HTTP\/1\.1 404 [^]*application\/problem\+json[^]*\r\n\r\n$/);
    for (const target of ['/api/v1/me', '/nothing', '*'])
      expect(await exchange(`OPTIONS ${target} HTTP/1.1\r\n${HEAD}\r\n`)).toMatch(/^HTTP\/1\.1 204 [^]*\r\n\r\n$/);
  });

  it('is no second answer behind one that has begun, and none to a call that was taken whole', async () => {
    const good = get('/api/v1/me').replace('Connection: close\r\n', '');
    const behind = await exchange(good, '\x16\x03\x01');
    expect(behind.match(/HTTP\/1\.1 /g)?.length).toBe(2);
    expect(behind).toMatch(/^HTTP\/1\.1 200 /);
    let release: () => void = () => undefined;
    spec.nacsis.searchCatalog = (_account, { page = 1, pageSize = 20 }) =>
      new Promise((resolve) => {
        release = () => {
          resolve({ total: 0, page, pageSize, items: [] });
        };
      });
    const search = get('/api/v1/catalog?library=RES_SHARE&form=book&title=x').replace('Connection: close\r\n', '');
    const cut = await exchange(`${search}\x16\x03\x01`);
    expect(cut).not.toContain('invalid-request');
    release();
  });

  it('counts as an error of its code', async () => {
    await exchange(get('/api/v1/requests/%ff'));
    await exchange('\x16\x03\x01');
    const metrics = await spec.services.metrics.registry.metrics();
    expect(/errors_total\{code="invalid-request"\} (\d+)/.exec(metrics)?.[1]).toMatch(/^[2-9]|\d\d/);
  });
});
