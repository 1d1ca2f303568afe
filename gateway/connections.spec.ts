import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { ImportedRequest } from '#domain/api/imports';
import { CONNECTION_DEFAULTS, type ConnectionLimits } from './connections';
import type { Store } from './store/open-store';
import { specStore } from './testing/spec-stores';
import { READER, specApp, type SpecApp } from './testing/spec-app';

const HOME = '81SIM_INST';
const SHORT: ConnectionLimits = {
  ...CONNECTION_DEFAULTS,
  headersTimeoutMs: 300,
  requestTimeoutMs: 300,
  stalledTimeoutMs: 300,
};
const NEVER = new AbortController().signal;

/** A manual client: it sends and reads only on request. */
class RawClient {
  text = '';
  isClosed = false;
  readonly closed: Promise<unknown>;

  private constructor(readonly socket: Socket) {
    socket.on('error', () => undefined);
    this.closed = new Promise<void>((resolve) => {
      socket.once('close', () => {
        this.isClosed = true;
        resolve();
      });
    });
  }

  static async open(port: number): Promise<RawClient> {
    const client = new RawClient(connect(port, '127.0.0.1'));
    await once(client.socket, 'connect');
    return client;
  }

  read(): this {
    this.socket.on('data', (chunk: Buffer) => (this.text += chunk.toString()));
    return this;
  }

  get(path: string): this {
    this.socket.write(`GET ${path} HTTP/1.1\r\nhost: spec\r\nauthorization: ${READER}\r\n\r\n`);
    return this;
  }

  async has(text: string): Promise<void> {
    while (!this.text.includes(text)) {
      if (this.isClosed) throw new Error(`closed before ${text}: ${this.text}`);
      await pause(5);
    }
  }
}

describe('the connections', () => {
  let store: Store;
  let spec: SpecApp;
  let port: number;
  let clients: RawClient[];

  beforeAll(async () => {
    store = await specStore();
  });
  afterAll(() => store.close());
  beforeEach(() => {
    clients = [];
  });
  afterEach(async () => {
    for (const { socket } of clients) socket.destroy();
    await spec.app.close();
  });

  const start = async (limits: Partial<ConnectionLimits>) => {
    spec = await specApp(store, { limits: { ...CONNECTION_DEFAULTS, ...limits } });
    await spec.app.listen({ host: '127.0.0.1', port: 0 });
    ({ port } = spec.app.server.address() as AddressInfo);
  };
  const client = async () => {
    const opened = await RawClient.open(port);
    clients.push(opened);
    return opened;
  };
  /** A call that is in progress until `go`. */
  const held = () => {
    let go: () => void = () => undefined;
    let begun: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    const isBegun = new Promise<void>((resolve) => (begun = resolve));
    const { imports } = spec;
    const list = imports.list.bind(imports);
    imports.list = async (...args) => {
      begun();
      await gate;
      return list(...args);
    };
    return { go, begun: isBegun };
  };

  describe('are cut when a client', () => {
    beforeEach(() => start(SHORT));

    for (const [what, head] of [
      ['says nothing', ''],
      ['does not end the head of its call', 'GET /healthz HTTP/1.1\r\nhost: spec\r\n'],
      ['does not send what it promised', 'POST /api/v1/imports HTTP/1.1\r\nhost: spec\r\ncontent-length: 100\r\n\r\n{'],
    ] as const)
      it(`${what}, also when it sends a byte now and then`, async () => {
        const slow = await client();
        const dripping = await client();
        for (const { socket } of [slow, dripping]) socket.write(head);
        const drip = setInterval(() => dripping.socket.write(head === '' ? 'G' : 'x'), 50);
        await Promise.all([slow.read().closed, dripping.read().closed]);
        clearInterval(drip);
        expect([slow.isClosed, dripping.isClosed]).toEqual([true, true]);
      }, 60_000);

    it('takes nothing of its answer, and nothing more is made for it', async () => {
      const runId = spec.imports.add(HOME, { state: 'completed', finishedAt: '2026-11-24T01:01:31.000Z' });
      const report = { made: 0, isEnded: false };
      const item: ImportedRequest = {
        library: 'RES_SHARE',
        side: 'borrower',
        id: 'LA1',
        // Failed requests come first.
        outcome: 'failed',
        title: '見本'.repeat(500),
        changes: [],
      };
      spec.imports.every = async function* () {
        try {
          for (;;) {
            report.made += 1;
            await Promise.resolve();
            yield item;
          }
        } finally {
          report.isEnded = true;
        }
      };
      const deaf = await client();
      deaf.socket.pause();
      deaf.get(`/api/v1/imports/${runId}/report.json`);
      while (!report.isEnded) await pause(20);
      const { made } = report;
      await pause(20);
      expect(report.made).toBe(made);
      // The operating system buffers some megabytes.
      expect(made * 3_000).toBeLessThan(100_000_000);
    }, 60_000);

    it('and not when it waits for us', async () => {
      const runId = spec.imports.add(HOME, { state: 'running' });
      const follower = (await client()).read().get(`/api/v1/imports/${runId}/events`);
      await follower.has('event: run');
      const waiting = held();
      const patient = (await client()).read().get('/api/v1/imports');
      await waiting.begun;
      await pause(SHORT.stalledTimeoutMs * 4);
      waiting.go();
      await patient.has('"items"');
      spec.imports.change(runId, { state: 'completed', finishedAt: '2026-11-24T01:01:31.000Z' });
      await follower.has('"state":"completed"');
      expect(follower.isClosed).toBeFalse();
    }, 60_000);
  });

  it('are closed without a word when nothing was sent, as on the spare ones of a browser, and otherwise with one', async () => {
    await start({ ...SHORT, stalledTimeoutMs: CONNECTION_DEFAULTS.stalledTimeoutMs });
    const [spare, half] = [(await client()).read(), (await client()).read()];
    half.socket.write('GET /healthz HTTP/1.1\r\n');
    await Promise.all([spare.closed, half.closed]);
    expect(spare.text).toBe('');
    expect(half.text).toContain('the call did not come to its end in time');
  }, 60_000);

  it('are no more than there may be, and one that ends makes room', async () => {
    await start({ maxConnections: 2 });
    const [one, other] = [(await client()).read(), (await client()).read()];
    for (const each of [one, other]) await each.get('/healthz').has('alive');
    const third = (await client()).read().get('/healthz');
    await third.closed;
    expect(third.text).toBe('');
    one.socket.destroy();
    let last = '';
    while (!last.includes('alive')) {
      const next = (await client()).read().get('/healthz');
      await Promise.race([next.has('alive').catch(() => undefined), next.closed]);
      last = next.text;
    }
    expect(last).toContain('200 OK');
  }, 60_000);

  describe('end politely:', () => {
    it('what is being worked on is answered, streams end, idle ones and half a call are closed, no new one is taken', async () => {
      await start({});
      const runId = spec.imports.add(HOME, { state: 'running' });
      const idle = (await client()).read().get('/healthz');
      await idle.has('alive');
      const follower = (await client()).read().get(`/api/v1/imports/${runId}/events`);
      await follower.has('event: run');
      const half = await client();
      half.socket.write('GET /healthz HTTP/1.1\r\n');
      const work = held();
      const working = (await client()).read().get('/api/v1/imports');
      await work.begun;
      const drained = spec.app.connections.drain(NEVER);
      await Promise.all([idle.closed, follower.closed, half.read().closed]);
      await expectAsync(RawClient.open(port)).toBeRejected();
      expect([working.isClosed, follower.text.endsWith('0\r\n\r\n')]).toEqual([false, true]);
      work.go();
      await drained;
      await working.closed;
      expect(working.text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
      expect(working.text.toLowerCase()).toContain('connection: close');
      expect(working.text).toContain('"items"');
    }, 60_000);

    it('the connection is closed after the answer, whatever else was sent on it, and nothing is answered by the framework', async () => {
      await start({});
      const work = held();
      const busy = (await client()).read().get('/api/v1/imports');
      await work.begun;
      busy.get('/healthz');
      const drained = spec.app.connections.drain(NEVER);
      work.go();
      await Promise.all([drained, busy.closed]);
      expect(busy.text).toContain('"items"');
      expect(busy.text).not.toContain('503');
    }, 60_000);

    it('what takes too long is cut, and so is everything when somebody insists', async () => {
      for (const [drainMs, insists] of [
        [200, false],
        [600_000, true],
      ] as const) {
        await start({ drainMs });
        const work = held();
        const working = (await client()).read().get('/api/v1/imports');
        await work.begun;
        const cut = new AbortController();
        const drained = spec.app.connections.drain(cut.signal);
        if (insists) cut.abort();
        await Promise.all([drained, working.closed]);
        expect(working.text).toBe('');
        work.go();
      }
    }, 60_000);

    it('a call whose client is gone is worked on to its end', async () => {
      await start({});
      const work = held();
      const gone = (await client()).get('/api/v1/imports');
      await work.begun;
      gone.socket.destroy();
      const seen = { isDrained: false };
      const drained = spec.app.connections.drain(NEVER).then(() => (seen.isDrained = true));
      await pause(200);
      expect(seen.isDrained).toBeFalse();
      work.go();
      expect(await drained).toBeTrue();
    }, 60_000);
  });
});
