import { openTestAlma, type TestAlma } from '../testing/test-alma';

interface Message {
  readonly name: string;
  readonly id?: string;
  readonly inReplyTo?: string;
  readonly payload: Readonly<Record<string, unknown>>;
}
interface Host {
  readonly log: readonly Message[];
  readonly delays: Record<string, number>;
  readonly errors: Record<string, unknown>;
  readonly silent: Record<string, boolean>;
  readonly twice: Record<string, boolean>;
  readonly firePageLoad: (page?: object) => void;
}
type AnswerApp = (options: object) => Host;

const APP = 'http://app.test';
const PAGE = { entities: [{ id: '1', type: 'BIB_MMS', link: '/bibs/1', description: '見本' }] };

describe('host protocol', () => {
  let answerApp: AnswerApp;
  let alma: TestAlma;
  let host: Host;
  let receive: (event: object) => void;
  let posted: { readonly message: Message; readonly target: string }[];
  let steps: string[];
  const contentWindow = { postMessage: (message: Message, target: string) => void posted.push({ message, target }) };

  beforeAll(async () => {
    Object.assign(globalThis, {
      window: { addEventListener: (_name: string, listener: typeof receive) => (receive = listener) },
      location: { origin: 'http://alma.test' },
    });
    ({ answerApp } = (await import(new URL('./protocol.js', import.meta.url).href)) as {
      readonly answerApp: AnswerApp;
    });
  });
  afterAll(() => {
    Reflect.deleteProperty(globalThis, 'window');
    Reflect.deleteProperty(globalThis, 'location');
  });
  beforeEach(async () => {
    alma = await openTestAlma();
    [posted, steps] = [[], []];
    spyOn(globalThis, 'fetch').and.callFake(async (input, init) => {
      const url = input instanceof URL ? input.pathname + input.search : typeof input === 'string' ? input : input.url;
      const answer = await alma.inject({
        method: (init?.method ?? 'GET') as 'GET',
        url,
        headers: init?.headers as Record<string, string>,
        ...(typeof init?.body === 'string' ? { payload: init.body } : {}),
      });
      return new Response(answer.statusCode === 204 ? null : answer.body, {
        status: answer.statusCode,
        headers: { 'content-type': String(answer.headers['content-type'] ?? '') },
      });
    });
    const data = {
      appUrl: APP,
      session: { institution: '81SIM_INST', user: 'staff001' },
      mainPage: '/',
      initData: { lang: 'ja' },
      page: PAGE,
    };
    const navigation = {
      reload: () => steps.push('reload'),
      back: () => steps.push('back'),
      go: (to: string) => steps.push(`go ${to}`),
    };
    host = answerApp({ frame: { contentWindow }, data, navigation, setup: undefined });
  });

  const send = (name: string, payload?: unknown, event: object = {}): void =>
    receive({
      source: contentWindow,
      origin: APP,
      data: { name: `exl-cloudapp::${name}`, id: `id-${name}`, ts: 1, payload },
      ...event,
    });
  const settle = (ms = 30): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  const ask = async (name: string, payload?: unknown): Promise<Readonly<Record<string, unknown>>> => {
    posted = [];
    send(name, payload);
    for (let turn = 0; turn < 2000 && posted.length === 0; turn += 1) await settle(5);
    return posted[0]?.message.payload ?? {};
  };

  it("answers with the same name and the request's id, to the app's origin only", async () => {
    expect(await ask('INIT_DATA')).toEqual({ lang: 'ja' });
    expect(posted.map(({ message, target }) => [message.name, message.inReplyTo, target])).toEqual([
      ['exl-cloudapp::INIT_DATA', 'id-INIT_DATA', APP],
    ]);
    expect(await ask('PAGE_METADATA')).toEqual(PAGE);
    expect((await ask('JWT_AUTH_TOKEN'))['jwt']).toMatch(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(host.log.length).toBe(3);
  });

  it('does not hear other windows, other origins, or other messages', async () => {
    send('INIT_DATA', undefined, { source: {} });
    send('INIT_DATA', undefined, { origin: 'http://evil.test' });
    send('INIT_DATA', undefined, { data: { name: 'INIT_DATA', id: '1' } });
    send('INIT_DATA', undefined, { data: null });
    send('toString');
    await settle();
    expect(posted).toEqual([]);
  });

  it("runs REST calls as the user and gives a failure as an HttpErrorResponse with Alma's body", async () => {
    const libraries = await ask('CALL_REST_API', {
      url: '/almaws/v1/conf/libraries',
      queryParams: { lang: 'ja', empty: undefined },
    });
    expect((libraries['body'] as { readonly total_record_count: number }).total_record_count).toBe(2);
    const { error } = (await ask('CALL_REST_API', { url: '/users/nobody' })) as { readonly error: object };
    expect(error).toEqual(
      jasmine.objectContaining({
        ok: false,
        status: 400,
        name: 'HttpErrorResponse',
        url: '/users/nobody',
        error: jasmine.objectContaining({ errorsExist: true }),
      }),
    );
    const [record] = alma.world.requests.borrowingOf('81SIM_INST');
    const path = `/users/${record?.user ?? ''}/resource-sharing-requests/${record?.request.request_id ?? ''}`;
    expect(await ask('CALL_REST_API', { url: path, method: 'DELETE' })).toEqual({ body: null });
    expect(await ask('CALL_REST_API', { url: path, method: 'TRACE' })).toEqual({
      error: jasmine.objectContaining({ status: 405 }),
    });
  });

  it('reports a cut connection as status 0', async () => {
    (globalThis.fetch as unknown as jasmine.Spy).and.callFake((input: unknown) =>
      String(input).includes('/_host/') ? Promise.resolve(new Response('{}')) : Promise.reject(new Error('cut')),
    );
    expect(await ask('CALL_REST_API', { url: '/conf/libraries' })).toEqual({
      error: jasmine.objectContaining({ status: 0 }),
    });
  });

  it('moves the page after it has answered', async () => {
    for (const name of ['RELOAD_PAGE', 'ALMA_BACK', 'ALMA_MAIN_PAGE'])
      expect(await ask(name)).toEqual({ success: true });
    await settle();
    expect(steps).toEqual(['reload', 'back', 'go /']);
  });

  it('tells a new page, and the same on demand after it', async () => {
    const page = { entities: [] };
    host.firePageLoad(page);
    expect(posted[0]?.message).toEqual(jasmine.objectContaining({ name: 'exl-cloudapp::PAGE_LOAD', payload: page }));
    expect(posted[0]?.message.inReplyTo).toBeUndefined();
    expect(await ask('PAGE_METADATA')).toEqual(page);
  });

  it('answers late, with an error, twice or never, as a test wants', async () => {
    host.errors['SETTINGS'] = { message: 'no' };
    expect(await ask('SETTINGS')).toEqual({ error: { message: 'no' } });
    host.twice['INIT_DATA'] = true;
    await ask('INIT_DATA');
    expect(posted.length).toBe(2);
    host.silent['CONFIG'] = true;
    host.delays['PAGE_METADATA'] = 60;
    posted = [];
    send('CONFIG');
    send('PAGE_METADATA');
    await settle(30);
    expect(posted).toEqual([]);
    for (let turn = 0; turn < 2000 && posted.length === 0; turn += 1) await settle(5);
    expect(posted.map(({ message }) => message.name)).toEqual(['exl-cloudapp::PAGE_METADATA']);
  });

  it('does what a fault says: not executed, executed without an answer, an error status', async () => {
    const fault = (kind: string): Promise<unknown> =>
      alma.inject({
        method: 'POST',
        url: '/_sim/faults',
        payload: { match: { message: 'SETTINGS' }, do: kind, code: 503, times: 1 },
      });
    posted = [];
    await fault('drop-before');
    send('SETTINGS', '{"a":1}');
    await settle(50);
    expect(await ask('SETTINGS')).toEqual({ settings: null });
    await fault('drop-after');
    posted = [];
    send('SETTINGS', '{"a":2}');
    for (let turn = 0; turn < 100 && Object.keys(alma.world.documents.snapshot()).length === 0; turn += 1)
      await settle(5);
    await settle(20);
    expect(posted).toEqual([]);
    expect(await ask('SETTINGS')).toEqual({ settings: '{"a":2}' });
    await fault('status');
    expect(await ask('SETTINGS')).toEqual({ error: jasmine.objectContaining({ status: 503 }) });
  });
});
