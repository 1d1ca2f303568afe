import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import getPort from 'get-port';
import type { RequestView } from '#domain/api/requests';
import type { Problem } from '#domain/api/problem';
import { FIELDS } from '#domain/ill/fields';
import { markOf } from '#domain/ill/order-mark';
import { decodeRecord, encodeRecord, text } from '#catp/record';
import type { CatpRecord, CatpRequest } from '#catp/types';
import { removeFolder } from '../test/support/remove-folder';
import { answering, CatpServer, commandIn, finding } from './testing/catp-server';
import { GatewayProcess } from './testing/gateway-process';
import { AUDIENCE, ISSUER, SpecKeys } from './testing/spec-keys';

const INSTITUTION = '81SIM_INST';
const COMMAND = 'SERVERPROCEDURECALL';
const KEY = 'key-of-the-order';
const MEMBER_FIELDS = { ILLFLG: 'A', STAT: 'A', COPYS: 'A', LOANS: 'A', FAXS: 'N', ADDRESS: '東京都' };
const ORDER = {
  library: 'RES_SHARE',
  kind: 'loan',
  mode: 'order',
  fields: {
    payment: 'pb',
    bibNote: '髙𠮷の研究',
    borrowerStaff: '担当 A',
    borrowerAddress: '宛名 A',
    lenders: [{ memberId: 'FA090018' }],
  },
};

/** Gateway processes that are killed during an order and restarted on the same data. */
describe('the gateway as a process', () => {
  let folder: string;
  let config: string;
  let url: string;
  let keys: SpecKeys;
  let alma: Server;
  let nacsis: CatpServer;
  let gateway: GatewayProcess;
  /** The requests in NACSIS-ILL. */
  let stored: CatpRecord[];

  const start = async () => {
    gateway = new GatewayProcess(config);
    await gateway.ready(url);
  };
  const configure = async (settleSeconds: number, listen: object = {}, times: object = {}) => {
    const port = await getPort();
    url = `http://127.0.0.1:${String(port)}`;
    const secret = { env: 'SPEC_SECRET' };
    const library = {
      code: 'RES_SHARE',
      name: '相互利用係',
      memberId: 'FA090007',
      account: { user: 'fa090007', password: secret },
    };
    const settings = {
      listen: { host: '127.0.0.1', port, ...listen },
      store: { dataDir: join(folder, 'data') },
      nacsis: { url: nacsis.settings().url, settleSeconds, ...times },
      auth: { issuer: ISSUER, audience: AUDIENCE, jwksUrl: keys.jwksUrl },
      alma: { url: `http://127.0.0.1:${String((alma.address() as AddressInfo).port)}` },
      cors: { origins: [] },
      institutions: [{ code: INSTITUTION, almaApiKey: secret, libraries: [library] }],
    };
    await writeFile(config, JSON.stringify(settings));
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nacsis-ill-gateway-'));
    config = join(folder, 'gateway.json');
    keys = await SpecKeys.start(INSTITUTION);
    const operator = {
      primary_id: 'staff001',
      user_role: [{ status: { value: 'ACTIVE' }, role_type: { value: '26' } }],
    };
    alma = createServer((_request, response) => response.end(JSON.stringify(operator)));
    await new Promise<void>((resolve) => alma.listen(0, '127.0.0.1', resolve));
    stored = [];
    nacsis = await CatpServer.start();
    nacsis.always('SEARCH', (socket, request) => {
      const isMember = request.headers.some(([, value]) => value === 'MEMBER');
      const members = [{ ID: 'FA090018', NAME: '北海見大学', ...MEMBER_FIELDS }];
      finding(isMember ? members : stored)(socket, request);
    });
    nacsis.always(COMMAND, (socket, request) => {
      answering({ body: encodeRecord(done(request)) })(socket, request);
    });
  });
  afterEach(async () => {
    await gateway.end('SIGKILL');
    await nacsis.close();
    await keys.close();
    alma.closeAllConnections();
    alma.close();
    await removeFolder(folder);
  });

  /** Performs the ORDER and returns the record, which NACSIS-ILL stores from now on. */
  const done = (request: CatpRequest): CatpRecord => {
    const record = {
      ...decodeRecord(request.body),
      ID: `LA000000000${String(stored.length + 1)}`,
      STAT: '未処理',
      OMLID: 'FA090007',
      SENDG: [{ SENDCMND: 'ORDER', SENDMLID: 'FA090007' }],
    };
    stored.push(record);
    return record;
  };
  const order = async () => {
    const headers = {
      'authorization': `Bearer ${await keys.token(INSTITUTION)}`,
      'idempotency-key': KEY,
      'content-type': 'application/json',
    };
    const response = await fetch(`${url}/api/v1/requests`, { method: 'POST', headers, body: JSON.stringify(ORDER) });
    const json = (await response.json()) as { request?: RequestView } & Partial<Problem>;
    return { status: response.status, id: json.request?.id, code: json.code };
  };
  /**
   * Sends an order and kills the gateway when the ORDER has arrived at NACSIS-ILL. `then`: what NACSIS-ILL does with
   * the ORDER.
   */
  const killedDuringOrder = async (then: (socket: Socket, request: CatpRequest) => void) => {
    const arrived = new Promise<void>((resolve) => {
      nacsis.next(COMMAND, (socket, request) => {
        then(socket, request);
        resolve();
      });
    });
    const lost = order();
    await Promise.race([arrived, lost.then(({ code }) => Promise.reject(new Error(`not sent: ${String(code)}`)))]);
    await gateway.end('SIGKILL');
    await expectAsync(lost).toBeRejected();
    await start();
  };
  const orders = () => nacsis.requests.map(commandIn).filter((command) => command === 'ORDER').length;
  const marks = () => stored.map((record) => markOf(text(record, FIELDS.borrowerLocalData.wire)));

  it('finds the order that was done when it was killed before the answer, and orders no second time', async () => {
    await configure(30);
    await start();
    await killedDuringOrder((_socket, request) => done(request));
    expect(await order()).toEqual({ status: 201, id: 'LA0000000001', code: undefined });
    expect(await order()).toEqual({ status: 201, id: 'LA0000000001', code: undefined });
    expect([orders(), stored.length]).toEqual([1, 1]);
    expect(marks()).toEqual([jasmine.stringMatching(/^[A-Z2-7]{13}$/)]);
  }, 150_000);

  it('does not order again while NACSIS-ILL may still be at work, and finds what comes late', async () => {
    await configure(30);
    await start();
    let late: CatpRequest | undefined;
    await killedDuringOrder((_socket, request) => (late = request));
    expect(await order()).toEqual({ status: 504, id: undefined, code: 'outcome-unknown' });
    done(late!);
    expect(await order()).toEqual({ status: 201, id: 'LA0000000001', code: undefined });
    expect([orders(), stored.length]).toEqual([1, 1]);
  }, 150_000);

  it('orders again what was never done, with the same mark', async () => {
    await configure(1);
    await start();
    const lost: CatpRequest[] = [];
    await killedDuringOrder((_socket, request) => lost.push(request));
    let answer = await order();
    while (answer.code === 'outcome-unknown') answer = await order();
    expect(answer).toEqual({ status: 201, id: 'LA0000000001', code: undefined });
    expect([orders(), stored.length]).toEqual([2, 1]);
    expect(marks()).toEqual([markOf(text(decodeRecord(lost[0]?.body ?? ''), FIELDS.borrowerLocalData.wire))]);
  }, 150_000);

  it('refuses a second start on the same data, and names who has it', async () => {
    await configure(30);
    await start();
    const second = new GatewayProcess(config);
    expect(await second.exit()).toBe(75);
    expect(second.output).toMatch(
      /is in use by the gateway with process id \d+, started .*, listening on 127\.0\.0\.1:\d+/,
    );
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  }, 150_000);

  /** A client that keeps its connection open and reads from it. */
  const keptAlive = async () => {
    const { port } = new URL(url);
    const socket = connect(Number(port), '127.0.0.1').on('error', () => undefined);
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    const answered = once(socket, 'data');
    socket.write('GET /healthz HTTP/1.1\r\nhost: spec\r\n\r\n');
    await answered;
    return { socket, closed };
  };
  /**
   * Sends an order and waits until the ORDER has arrived at NACSIS-ILL; the returned function lets NACSIS-ILL answer
   * it.
   */
  const heldOrder = async () => {
    let answer: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => {
      nacsis.next(COMMAND, (socket, request) => {
        answer = () => {
          answering({ body: encodeRecord(done(request)) })(socket, request);
        };
        resolve();
      });
    });
    const answered = order().catch(() => 'cut');
    await arrived;
    return { answered, answer: () => answer() };
  };
  const isRefused = async () => {
    while (
      await fetch(`${url}/healthz`).then(
        () => true,
        () => false,
      )
    )
      await pause(20);
  };

  it('is asked to end: takes no new call, answers what is in flight, closes kept connections, and ends with 0', async () => {
    await configure(30);
    await start();
    const idle = await keptAlive();
    const { answered, answer } = await heldOrder();
    const ended = gateway.end('SIGTERM');
    await Promise.all([idle.closed, isRefused()]);
    answer();
    expect(await answered).toEqual({ status: 201, id: 'LA0000000001', code: undefined });
    await ended;
    expect(await gateway.exit()).toBe(0);
    expect(nacsis.methods().at(-1)).toBe('RELEASEHANDLE');
    await start();
    expect(await order()).toEqual({ status: 201, id: 'LA0000000001', code: undefined });
    expect(orders()).toBe(1);
  }, 150_000);

  it('is asked to end while NACSIS-ILL does not answer: cuts after its time, ends with 0, and knows of the order afterwards', async () => {
    await configure(30, { drainMs: 300 }, { answerTimeoutMs: 3_000 });
    await start();
    const { answered } = await heldOrder();
    await gateway.end('SIGINT');
    expect([await answered, await gateway.exit()]).toEqual(['cut', 0]);
    await start();
    expect((await order()).code).toBe('outcome-unknown');
    expect(orders()).toBe(1);
  }, 150_000);

  it('is asked twice: cuts what is left, and closes in order all the same', async () => {
    await configure(30, { drainMs: 600_000 }, { answerTimeoutMs: 15_000, firstByteTimeoutMs: 15_000 });
    await start();
    const { answered } = await heldOrder();
    gateway.signal('SIGTERM');
    await isRefused();
    const insist = setInterval(() => gateway.signal('SIGTERM'), 300);
    expect(await answered).toBe('cut');
    expect(await gateway.exit()).toBe(0);
    clearInterval(insist);
  }, 150_000);

  it('is asked to end while it starts: ends with 0, at whatever moment, and leaves a store that can be used', async () => {
    await configure(30);
    for (const delayMs of [1_500, 2_500, 4_000]) {
      gateway = new GatewayProcess(config);
      await pause(delayMs);
      await gateway.end('SIGTERM');
      // A signal that arrives before the program itself is loaded ends the process.
      expect([0, undefined]).toContain(await gateway.exit());
      expect(gateway.output).not.toContain('Error');
    }
    await start();
    expect((await order()).status).toBe(201);
  }, 150_000);

  it('gives its handles back when it is asked to end, and writes no secret', async () => {
    await configure(30);
    await start();
    expect((await order()).status).toBe(201);
    await gateway.end('SIGTERM');
    expect(nacsis.methods().at(-1)).toBe('RELEASEHANDLE');
    expect(await gateway.exit()).toBe(0);
    expect(gateway.output).toContain('answered');
    for (const secret of ['spec-secret', 'Bearer', '髙𠮷']) expect(gateway.output).not.toContain(secret);
  }, 150_000);
});
