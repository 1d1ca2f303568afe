import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { CatpRequest } from '#catp/types';
import { answering, answerTo, CatpServer, cutting, http, silent, type Behaviour } from '../testing/catp-server';
import { NacsisError, type NacsisErrorCode } from './port';
import type { NacsisSettings } from './settings';
import { CatpTransport, type Outcome } from './transport';

const REQUEST: CatpRequest = {
  method: 'SERVERPROCEDURECALL',
  handle: '0A1B2C3D4E',
  frame: '001',
  version: 'CATP/1.1',
  headers: [['ILL-command', 'ORDER']],
  body: 'CLNT=利用者 001\r\n',
};
const { method: METHOD } = REQUEST;
/** Time limit in milliseconds: long enough for this machine, short enough to wait for. */
const LIMIT = 150;
const EARLY = { connectTimeoutMs: LIMIT, firstByteTimeoutMs: LIMIT, answerTimeoutMs: LIMIT };
const PATIENT = { connectTimeoutMs: 5_000, firstByteTimeoutMs: 5_000, answerTimeoutMs: 5_000 };

describe('CatpTransport', () => {
  let server: CatpServer;
  let transport: CatpTransport;
  let observed: [string, Outcome][];

  const open = (settings: Partial<NacsisSettings> = {}) =>
    new CatpTransport(server.settings({ ...PATIENT, ...settings }), (method, outcome) =>
      observed.push([method, outcome]),
    );
  const reopen = async (settings: Partial<NacsisSettings>) => {
    await transport.close();
    transport = open(settings);
  };

  beforeEach(async () => {
    observed = [];
    server = await CatpServer.start();
    transport = open();
  });
  afterEach(async () => {
    await transport.close();
    await server.close();
  });

  const failure = async (request = REQUEST): Promise<NacsisError> => {
    try {
      await transport.exchange(request);
    } catch (error) {
      if (error instanceof NacsisError) return error;
      throw error;
    }
    throw new Error('the exchange did not fail');
  };
  const shape = ({ code, effect, details }: NacsisError) => [code, effect, details.how];
  const withBehaviour = (behaviour: Behaviour) => {
    server.next(METHOD, behaviour);
  };

  it('sends the request as it is, once, and reads the answer', async () => {
    withBehaviour(answering({ body: 'ID=LA0000000001\r\nBIBNT=髙𠮷\r\n' }));
    expect((await transport.exchange(REQUEST)).body).toBe('ID=LA0000000001\r\nBIBNT=髙𠮷\r\n');
    expect(server.requests).toEqual([REQUEST]);
    expect(observed).toEqual([[METHOD, 'answered']]);
  });

  it('reads an answer that comes byte by byte', async () => {
    withBehaviour((socket, request) => {
      const bytes = http(answerTo(request, { body: 'BIBNT=髙𠮷の研究\r\n' }));
      void (async () => {
        for (const byte of bytes) {
          socket.write(Uint8Array.of(byte));
          await new Promise((resolve) => setImmediate(resolve));
        }
      })();
    });
    expect((await transport.exchange(REQUEST)).body).toBe('BIBNT=髙𠮷の研究\r\n');
  });

  for (const status of ['200', '201', '300', '399', '404', '422', '500', '503']) {
    it(`hands status ${status} on, whatever it means`, async () => {
      withBehaviour(answering({ status, reason: 'SO IT IS' }));
      const answer = await transport.exchange(REQUEST);
      expect([answer.status, answer.reason]).toEqual([status, 'SO IT IS']);
    });
  }

  it('keeps its connections for the next calls', async () => {
    const sockets = new Set<Socket>();
    server.always(METHOD, (socket, request) => {
      sockets.add(socket);
      answering()(socket, request);
    });
    for (let call = 0; call < 10; call += 1) await transport.exchange(REQUEST);
    // undici opens a second connection while the first is still busy.
    expect(sockets.size).toBeLessThanOrEqual(2);
  });

  it('does not repeat a request that is cut on a connection which has served before', async () => {
    await transport.exchange(REQUEST);
    withBehaviour(cutting);
    expect(shape(await failure())).toEqual(['nacsis-unavailable', 'unknown', 'cut']);
    expect(server.requests.length).toBe(2);
    expect((await transport.exchange(REQUEST)).status).toBe('200');
  });

  const CUTS: readonly (readonly [where: string, behaviour: Behaviour])[] = [
    ['before the first byte', cutting],
    ['in the head', (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Le')],
    ['in the body', (socket, request) => socket.end(http(answerTo(request), { length: 500 }))],
    ['by a reset', (socket) => socket.resetAndDestroy()],
  ];
  for (const [where, behaviour] of CUTS) {
    it(`does not know the outcome when it is cut ${where}, and does not repeat`, async () => {
      withBehaviour(behaviour);
      expect(shape(await failure())).toEqual(['nacsis-unavailable', 'unknown', 'cut']);
      expect(server.requests.length).toBe(1);
      expect(observed).toEqual([[METHOD, 'unavailable']]);
    });
  }

  const text = (request: CatpRequest) =>
    Buffer.from(answerTo(request, { body: 'ID=LA0000000001\r\n' })).toString('utf8');
  const UNREADABLE: readonly (readonly [what: string, code: string, behaviour: Behaviour])[] = [
    ['a body that is too short', 'truncated', (socket, request) => socket.write(http(text(request).slice(0, -4)))],
    ['a body that is too long', 'bad-length', (socket, request) => socket.write(http(`${text(request)}X=1\r\n`))],
    [
      'a length that is none',
      'bad-length',
      (socket, request) => socket.write(http(text(request).replace('Length:17', 'Length:many'))),
    ],
    [
      'no length',
      'missing-length',
      (socket, request) => socket.write(http(text(request).replace(/Content-Length:\d+\r\n/, ''))),
    ],
    [
      'another encoding',
      'unsupported-encoding',
      (socket, request) => socket.write(http(text(request).replace('UTF8', 'JIS7'))),
    ],
    [
      'bytes of another encoding',
      'bad-encoding',
      (socket, request) =>
        socket.write(http(Buffer.from(text(request).replace('LA0000000001', 'LA000000000\u00e9'), 'latin1'))),
    ],
    [
      'an unknown status',
      'bad-status',
      (socket, request) => socket.write(http(text(request).replace('200 OK', '999 OK'))),
    ],
    [
      'a status of one digit',
      'bad-status',
      (socket, request) => socket.write(http(text(request).replace('200 OK', '2 OK'))),
    ],
    [
      'the answer to another handle',
      'wrong-echo',
      (socket, request) => socket.write(http(answerTo({ ...request, handle: 'ZZZZZZZZZZ' }))),
    ],
    [
      'the answer to another method',
      'wrong-echo',
      (socket, request) => socket.write(http(answerTo({ ...request, method: 'SEARCH' }))),
    ],
    ['a page of HTML', 'bad-start-line', (socket) => socket.write(http('<html>\r\nContent-Length: 0\r\n\r\n'))],
    ['nothing', 'truncated', (socket) => socket.write(http(''))],
  ];
  for (const [what, code, behaviour] of UNREADABLE) {
    it(`cannot read ${what}, and does not repeat`, async () => {
      withBehaviour(behaviour);
      const error = await failure();
      expect(shape(error)).toEqual(['nacsis-malformed', 'unknown', 'malformed']);
      expect(error.message).toContain(code);
      expect(server.requests.length).toBe(1);
      expect(observed).toEqual([[METHOD, 'malformed']]);
    });
  }

  for (const [status, code, how] of [
    [404, 'nacsis-malformed', 'malformed'],
    [413, 'nacsis-malformed', 'malformed'],
    [500, 'nacsis-unavailable', 'timeout'],
    [503, 'nacsis-unavailable', 'timeout'],
    [504, 'nacsis-unavailable', 'timeout'],
  ] as const satisfies readonly (readonly [number, NacsisErrorCode, string])[]) {
    it(`takes HTTP status ${String(status)} for ${code}`, async () => {
      withBehaviour((socket) => socket.write(http('<html>', { status })));
      expect(shape(await failure())).toEqual([code, 'unknown', how]);
    });
  }

  it('does not read more than it is allowed to', async () => {
    await reopen({ maxAnswerBytes: 1_000 });
    withBehaviour(answering({ body: `BIBNT=${'x'.repeat(1_000)}\r\n` }));
    expect(shape(await failure())).toEqual(['nacsis-malformed', 'unknown', 'malformed']);
    withBehaviour(answering({ body: `BIBNT=${'x'.repeat(500)}\r\n` }));
    expect((await transport.exchange(REQUEST)).status).toBe('200');
  });

  it('sends nothing that CATP cannot carry', async () => {
    expect(shape(await failure({ ...REQUEST, body: 'x\ud842' }))).toEqual(['nacsis-malformed', 'nothing', undefined]);
    expect(server.requests).toEqual([]);
  });

  describe('when the time is over', () => {
    it('knows that nothing was sent while it was still connecting', async () => {
      // The TCP connection is established, but the TLS handshake never ends.
      const mute = createServer();
      await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
      const sockets: Socket[] = [];
      mute.on('connection', (socket) => sockets.push(socket.on('error', () => undefined)));
      await reopen({
        ...PATIENT,
        url: `https://127.0.0.1:${String((mute.address() as AddressInfo).port)}/`,
        connectTimeoutMs: LIMIT,
      });
      const started = performance.now();
      expect(shape(await failure())).toEqual(['nacsis-unavailable', 'nothing', 'unreached']);
      expect(performance.now() - started).toBeLessThan(PATIENT.connectTimeoutMs);
      for (const socket of sockets) socket.destroy();
      mute.close();
    });

    it('knows that nothing was sent where nobody listens', async () => {
      await reopen({ url: server.settings().url });
      await server.close();
      expect(shape(await failure())).toEqual(['nacsis-unavailable', 'nothing', 'unreached']);
      server = await CatpServer.start();
    });

    it('does not know the outcome when the first byte stays away', async () => {
      await reopen({ firstByteTimeoutMs: LIMIT });
      withBehaviour(silent);
      expect(shape(await failure())).toEqual(['nacsis-unavailable', 'unknown', 'timeout']);
    });

    it('does not know it either when the answer never ends', async () => {
      await reopen({ answerTimeoutMs: LIMIT });
      withBehaviour((socket, request) => socket.write(http(answerTo(request), { length: 500 })));
      expect(shape(await failure())).toEqual(['nacsis-unavailable', 'unknown', 'timeout']);
    });

    it('nor when it comes drop by drop', async () => {
      await reopen(EARLY);
      withBehaviour((socket, request) => {
        socket.write(http(answerTo(request), { length: 5_000 }));
        const dropping = setInterval(() => socket.write('x'), 20);
        socket.on('close', () => {
          clearInterval(dropping);
        });
      });
      expect(shape(await failure())).toEqual(['nacsis-unavailable', 'unknown', 'timeout']);
      expect(server.requests.length).toBe(1);
    });
  });
});
