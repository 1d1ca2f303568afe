import { AlmaServer, answers, babbles, cuts, refuses, stalls, type AlmaBehaviour } from '../testing/alma-server';
import { AlmaError, type AlmaAccess, type AlmaFault } from './port';
import { RestAlma } from './rest-alma';
import { ALMA_DEFAULTS } from './settings';

const ACCESS: AlmaAccess = { institution: 'INST', apiKey: 'key-of-the-spec' };
const USER = 'patron001';
const TITLE = '見本の題名';
const QUICK = { attempts: 2, firstPauseMs: 1, longestPauseMs: 5 };
/** Time limit of a call, short enough for a spec; only answers that never come reach it. */
const LIMIT_MS = 2_000;

describe('answers that Alma should not give', () => {
  let server: AlmaServer;
  let rest: RestAlma;
  let outcomes: string[];

  beforeEach(async () => {
    outcomes = [];
    server = await AlmaServer.start();
    const settings = { ...ALMA_DEFAULTS, url: `${server.url}/`, callsPerSecond: 1000, callTimeoutMs: LIMIT_MS };
    rest = new RestAlma(settings, (_call, outcome) => outcomes.push(outcome), Date.now, QUICK);
  });
  afterEach(async () => {
    await rest.close();
    await server.close();
  });

  const read = () => rest.borrowing(ACCESS, USER, '35001');
  const create = () => rest.createBorrowing(ACCESS, USER, { title: TITLE });
  const change = () => rest.setShippingCost(ACCESS, USER, '35001', 100);
  const cancel = () => rest.cancelBorrowing(ACCESS, USER, '35001');
  const failure = async (work: Promise<unknown>): Promise<AlmaError> => {
    try {
      await work;
    } catch (error) {
      if (error instanceof AlmaError) return error;
      throw error;
    }
    throw new Error('the call did not fail');
  };

  it('takes for a user only whom Alma knows by exactly the id that was asked for', async () => {
    const id = "o'k:利用者 1/2";
    for (const [found, isThere] of [
      [id, true],
      [id.toUpperCase(), false],
      ['patron002', false],
    ] as const) {
      server.usual = answers(200, { primary_id: found, user_identifier: [{ value: id }] });
      expect(await rest.hasUser(ACCESS, id))
        .withContext(found)
        .toBe(isThere);
    }
    expect(server.received[0]?.url).toBe(`/almaws/v1/users/${encodeURIComponent(id)}`);
    for (const answer of [{}, { primary_id: null }, { primary_id: '' }, { user: [{ primary_id: id }] }]) {
      server.usual = answers(200, answer);
      expect((await failure(rest.hasUser(ACCESS, id))).fault)
        .withContext(JSON.stringify(answer))
        .toBe('malformed');
    }
  });

  it('sends what Alma takes', async () => {
    server.usual = answers(200, { request_id: '35001' });
    await create();
    await change();
    await cancel();
    server.usual = answers(200, { total_record_count: 0 });
    await rest.taskList(ACCESS, 'RES SHARE', { status: 'N&C' });
    expect(server.received.map(({ method, url, body }) => `${method} ${url} ${body}`)).toEqual([
      `POST /almaws/v1/users/${USER}/resource-sharing-requests?override_blocks=true {"title":"${TITLE}"}`,
      `POST /almaws/v1/users/${USER}/resource-sharing-requests/35001?op=update_shipping&shipping_cost=100 {}`,
      `DELETE /almaws/v1/users/${USER}/resource-sharing-requests/35001?remove_request=false&notify_user=false `,
      'GET /almaws/v1/task-lists/rs/lending-requests?library=RES+SHARE&status=N%26C ',
    ]);
    expect(new Set(server.received.map(({ authorization }) => authorization))).toEqual(
      new Set([`apikey ${ACCESS.apiKey}`]),
    );
  });

  /** The kind of answer, the answer, the fault of a read and of a change, and how often the read is sent. */
  const CASES: readonly (readonly [string, AlmaBehaviour, AlmaFault, AlmaFault, number])[] = [
    ['no JSON', answers(200, '<html>'), 'malformed', 'malformed', 1],
    ['nothing', answers(200, ''), 'malformed', 'malformed', 1],
    ['a list', answers(200, []), 'malformed', 'malformed', 1],
    ['null', answers(200, null), 'malformed', 'malformed', 1],
    ['a text', answers(200, '"35001"'), 'malformed', 'malformed', 1],
    ['no HTTP', babbles, 'malformed', 'malformed', 1],
    ['a redirection', answers(302, ''), 'malformed', 'malformed', 1],
    ["404 of another's", answers(404, '<html>not here</html>'), 'malformed', 'malformed', 1],
    ['404 with an empty list of errors', answers(404, { errorList: { error: [] } }), 'malformed', 'malformed', 1],
    ['an error body', refuses(400, '401652'), 'refused', 'refused', 1],
    ['an error body without words', refuses(400, '401652', null), 'refused', 'refused', 1],
    ['an error in XML', answers(400, '<error><errorCode>401652</errorCode></error>'), 'refused', 'refused', 1],
    ['401 without a body', answers(401, ''), 'key-refused', 'key-refused', 1],
    ['a key without the right', refuses(400, 'UNAUTHORIZED'), 'key-refused', 'key-refused', 1],
    ['the threshold of the day', refuses(429, 'DAILY_THRESHOLD'), 'daily-threshold', 'daily-threshold', 1],
    ['429 without a body', answers(429, ''), 'unavailable', 'unavailable', 3],
    ['502 of a proxy', answers(502, '<html>'), 'unavailable', 'unknown', 3],
    ['500 of Alma', refuses(500, 'INTERNAL_SERVER_ERROR'), 'unavailable', 'unknown', 3],
    ['a read that failed for a moment', refuses(400, '40166422'), 'unavailable', 'refused', 3],
    ['a cut', cuts, 'unavailable', 'unknown', 3],
    ['an answer that does not go on', stalls, 'unavailable', 'unknown', 1],
  ];
  for (const [name, behaviour, ofRead, ofChange, reads] of CASES) {
    it(`classes ${name}`, async () => {
      server.usual = behaviour;
      expect((await failure(read())).fault).toBe(ofRead);
      expect(server.received.length).toBe(reads);
      const changes = ofChange === 'unavailable' ? reads : 1;
      for (const work of [create, change]) {
        const before = server.received.length;
        expect((await failure(work())).fault).toBe(ofChange);
        expect(server.received.length - before).toBe(changes);
      }
    });
  }

  it('needs the id of a request, of a patron and the parts of a list, and nothing else', async () => {
    const lending = () => rest.lending(ACCESS, 'NACSIS', '35002');
    const works: readonly (() => Promise<unknown>)[] = [
      ...[create, change, read, lending, () => rest.createLending(ACCESS, 'NACSIS', {})],
      ...[() => rest.hasUser(ACCESS, USER), () => rest.borrowingIds(ACCESS, USER, 'active')],
      ...[() => rest.taskList(ACCESS, 'RES_SHARE'), () => rest.partner(ACCESS, 'NACSIS')],
    ];
    server.usual = answers(200, { request_id: null, status: {}, partner: {}, shipping_cost: {} });
    for (const work of works) expect((await failure(work())).fault).toBe('malformed');
    expect(server.received.length).toBe(9);
    server.usual = answers(200, { request_id: '35001', status: {}, partner: {}, shipping_cost: {} });
    for (const work of [create, change, read])
      expect(await work()).toEqual({ requestId: '35001', texts: { request_id: '35001' } });
    expect((await failure(lending())).fault).toBe('malformed');
    server.usual = answers(200, { primary_id: USER });
    expect(await rest.hasUser(ACCESS, USER)).toBeTrue();
  });

  it('takes a success that tells of errors for what it tells, and of a create nobody knows what was done', async () => {
    const ids = () => rest.borrowingIds(ACCESS, USER, 'active');
    const error = [{ errorCode: '401890', errorMessage: 'User not found' }];
    for (const told of [
      { errorsExist: true, errorList: { error } },
      { errorList: { error }, total_record_count: 0 },
    ]) {
      server.usual = answers(200, told);
      expect(await rest.hasUser(ACCESS, USER)).toBeFalse();
      for (const work of [ids, () => rest.taskList(ACCESS, 'RES_SHARE')]) {
        const { fault, details } = await failure(work());
        expect([fault, details.code]).toEqual(['refused', '401890']);
      }
      for (const work of [create, change, cancel]) expect((await failure(work())).fault).toBe('malformed');
    }
    for (const told of [{ errorsExist: true }, { errorsExist: 'true', user_request: [], total_record_count: 0 }]) {
      server.usual = answers(200, told);
      for (const work of [read, ids, () => rest.hasUser(ACCESS, USER)])
        expect((await failure(work())).fault).toBe('malformed');
    }
  });

  it('reads a partner of which Alma tells little', async () => {
    server.next(
      answers(200, { partner_details: {} }),
      answers(200, { partner_details: { status: { value: 'INACTIVE' } } }),
    );
    expect(await rest.partner(ACCESS, 'P')).toEqual({ code: 'P', name: 'P', isActive: true });
    expect((await rest.partner(ACCESS, 'P'))?.isActive).toBeFalse();
  });

  it('takes any success of a DELETE', async () => {
    server.next(answers(204, ''), answers(200, '<html>'));
    await cancel();
    await cancel();
    expect(outcomes).toEqual(['answered', 'answered']);
  });

  it('takes no other refusal for "no such thing"', async () => {
    for (const code of ['401652', '40166411']) {
      server.usual = refuses(400, code);
      for (const work of [
        read(),
        rest.partner(ACCESS, 'P'),
        rest.lending(ACCESS, 'P', '1'),
        rest.hasUser(ACCESS, USER),
      ])
        expect((await failure(work)).details.code).toBe(code);
    }
    server.usual = refuses(500, '40166450');
    expect((await failure(read())).fault).toBe('unavailable');
  });

  it('does not take a missing user for a user without requests', async () => {
    server.usual = refuses(400, '401890');
    expect((await failure(rest.borrowingIds(ACCESS, USER, 'active'))).details.code).toBe('401890');
    expect(await read()).toBeUndefined();
    expect(await rest.hasUser(ACCESS, USER)).toBeFalse();
  });

  it('sends a change again after 429, until it is answered or not known any more', async () => {
    server.next(answers(429, ''), answers(200, { request_id: '35002' }));
    expect((await create()).requestId).toBe('35002');
    server.next(answers(429, ''), cuts, answers(200, { request_id: '35003' }));
    expect((await failure(create())).fault).toBe('unknown');
    expect(outcomes).toEqual(['unavailable', 'answered', 'unavailable', 'unknown']);
  });

  it('repeats in no error the key, the id of the user, or what was sent and received', async () => {
    const words = `${USER} has no such request, says ${USER}`;
    const secrets = [ACCESS.apiKey, USER, TITLE, '担当 A'];
    const told = ({ stack, details, cause }: AlmaError) =>
      `${String(stack)} ${JSON.stringify(details)} ${String(cause)}`;
    for (const behaviour of [
      refuses(400, '401652', words),
      answers(200, '担当 A'),
      answers(500, '担当 A'),
      babbles,
      cuts,
    ]) {
      server.usual = behaviour;
      for (const work of [read, create, change]) {
        const text = told(await failure(work()));
        for (const secret of secrets) expect(text).not.toContain(secret);
      }
    }
    server.usual = refuses(400, '401652', words);
    expect((await failure(read())).details.message).toBe('… has no such request, says …');
  });

  it('cuts words that are too long', async () => {
    server.usual = refuses(400, '401652', 'x'.repeat(100_000));
    expect((await failure(read())).details.message?.length).toBe(500);
  });

  it('does not read an answer without end', async () => {
    server.usual = (response) => {
      response.writeHead(200);
      const more = (): void => {
        if (!response.destroyed) response.write('x'.repeat(1_000_000), more);
      };
      more();
    };
    expect((await failure(create())).fault).toBe('malformed');
  });
});
