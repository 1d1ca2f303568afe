import { API_KEY, openTestAlma, STAFF, type TestAlma } from '../testing/test-alma';

describe('Alma REST, callers and limits', () => {
  let alma: TestAlma;
  beforeEach(async () => {
    alma = await openTestAlma();
  });

  it("answers 401 in Alma's error body without a caller, with a wrong key, or for an unknown user", async () => {
    for (const as of ['', 'apikey wrong', 'page 81SIM_INST/nobody', 'Bearer abc']) {
      const answer = await alma.rest('GET', '/conf/libraries', { as });
      expect(answer.status).withContext(as).toBe(401);
      expect(answer.body['errorsExist']).toBeTrue();
      expect(answer.body['result']).toBeNull();
      expect(answer.text).toContain('"trackingId":"E01-');
    }
  });

  it('keeps institutions apart by their key', async () => {
    const [institution] = alma.world.institutions;
    const bib = institution && alma.world.bibsOf(institution)[0];
    expect((await alma.rest('GET', `/bibs/${bib?.mmsId ?? ''}`)).status).toBe(200);
    expect((await alma.rest('GET', `/bibs/${bib?.mmsId ?? ''}`, { as: 'apikey sim-key-81SIM2_INST' })).code).toBe(
      '402203',
    );
  });

  it('takes the key as a query parameter too', async () => {
    expect((await alma.rest('GET', '/conf/libraries?apikey=sim-key-81SIM_INST', { as: '' })).status).toBe(200);
  });

  it('gives a page user what the roles allow', async () => {
    const status = async (user: string, path: string): Promise<number> =>
      (await alma.rest('GET', path, { as: `page 81SIM_INST/${user}` })).status;
    expect(await status('staff001', '/task-lists/rs/lending-requests?library=RES_SHARE')).toBe(200);
    expect(await status('viewer001', '/task-lists/rs/lending-requests?library=RES_SHARE')).toBe(401);
    expect(await status('viewer001', '/users/patron001')).toBe(401);
    expect(await status('viewer001', '/conf/libraries')).toBe(200);
    expect(await status('manager001', '/partners/NACSIS')).toBe(200);
    expect(await status('patron001', '/conf/libraries')).toBe(401);
  });

  it('refuses the 26th call of a second by key with PER_SECOND_THRESHOLD and no tracking id, and admits again after it', async () => {
    for (let call = 0; call < 25; call += 1) expect((await alma.rest('GET', '/conf/libraries')).status).toBe(200);
    const refused = await alma.rest('GET', '/conf/libraries');
    expect(refused.status).toBe(429);
    expect(refused.code).toBe('PER_SECOND_THRESHOLD');
    expect(refused.text).not.toContain('trackingId');
    expect((await alma.rest('GET', '/conf/libraries', { as: 'apikey sim-key-81SIM2_INST' })).status).toBe(200);
    expect((await alma.rest('GET', '/conf/libraries', { as: STAFF })).status).toBe(200);
    alma.pass(1001);
    expect((await alma.rest('GET', '/conf/libraries')).status).toBe(200);
  });

  it('says how many calls the institution may still make today, and refuses one more until tomorrow', async () => {
    await alma.inject({ method: 'PUT', url: '/_sim/settings', payload: { apiCallsPerDay: 2 } });
    const remaining = async (): Promise<unknown> =>
      (await alma.rest('GET', '/conf/libraries')).headers['x-exl-api-remaining'];
    expect([await remaining(), await remaining()]).toEqual(['1', '0']);
    const refused = await alma.rest('GET', '/conf/libraries');
    expect([refused.status, refused.code, refused.headers['x-exl-api-remaining']]).toEqual([
      429,
      'DAILY_THRESHOLD',
      '0',
    ]);
    expect((await alma.rest('GET', '/conf/libraries', { as: STAFF })).status).toBe(200);
    alma.pass(24 * 60 * 60 * 1000);
    expect(await remaining()).toBe('1');
  });

  it('lets the threshold be raised', async () => {
    const change = await alma.inject({ method: 'PUT', url: '/_sim/settings', payload: { apiCallsPerSecond: 100 } });
    expect(change.json<object>()).toEqual(jasmine.objectContaining({ apiCallsPerSecond: 100 }));
    const answers = await Promise.all(Array.from({ length: 60 }, () => alma.rest('GET', '/conf/libraries')));
    expect(answers.every(({ status }) => status === 200)).toBeTrue();
    expect(
      (await alma.inject({ method: 'PUT', url: '/_sim/settings', payload: { apiCallsPerSecond: 0 } })).statusCode,
    ).toBe(400);
  });

  it('answers a body that is no JSON with 400 and an unknown path with 404, both as Alma errors', async () => {
    const broken = await alma.inject({
      method: 'POST',
      url: '/almaws/v1/partners',
      headers: { 'authorization': API_KEY, 'content-type': 'application/json' },
      payload: '{"a":',
    });
    expect(broken.statusCode).toBe(400);
    expect(broken.json<{ errorsExist: boolean }>().errorsExist).toBeTrue();
    expect((await alma.rest('GET', '/users/patron001/loans')).code).toBe('NOT_FOUND');
  });

  it('has none of the calls that Alma lacks', async () => {
    const record = alma.world.requests.borrowingOf('81SIM_INST')[0];
    const path = `/users/${record?.user ?? ''}/resource-sharing-requests`;
    expect((await alma.rest('GET', path)).status).toBe(404);
    expect((await alma.rest('PUT', `${path}/${record?.request.request_id ?? ''}`, { body: {} })).status).toBe(404);
    expect((await alma.rest('GET', '/partners/NACSIS/lending-requests')).status).toBe(404);
  });

  it('speaks XML where only XML is accepted, errors included', async () => {
    const xml = { accept: 'application/xml' };
    const library = await alma.rest('GET', '/conf/libraries/MAIN', { headers: xml });
    expect(library.text).toContain('<library>');
    expect(library.text).toContain('<code>MAIN</code>');
    const error = await alma.rest('GET', '/users/nobody', { headers: xml });
    expect(error.text).toContain(
      '<web_service_result><errorsExist>true</errorsExist><errorList><error><errorCode>401861</errorCode>',
    );
  });
});
