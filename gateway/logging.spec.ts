import { orderBody, ordered } from './testing/order-body';
import type { SpecApp } from './testing/spec-app';
import { useSpecApp } from './testing/use-spec-app';

/**
 * Data that must not be in any log line, wherever it was sent: the token, secrets of the configuration, the patron and
 * their request.
 */
const PATRON = '利用者 秘';
const AFFILIATION = '秘密学部';
const BOOK = '秘密の本';
const TOKEN = 'Bearer 81SIM_INST.staff00SECRET';
const SECRETS = [PATRON, AFFILIATION, BOOK, TOKEN, 'spec-password', 'spec-api-key', 'draft text'];

describe('the log', () => {
  let spec: SpecApp;
  useSpecApp(['requests', 'journal', 'drafts'], (started) => ({ spec } = started));

  const BODY = orderBody({ applicant: PATRON, applicantAffiliation: AFFILIATION, bibNote: BOOK });
  const order = (body: unknown = BODY) =>
    spec.call('POST', '/api/v1/requests', { as: TOKEN, key: spec.newKey(), body });
  const lines = () => spec.log.join('\n');
  const expectNoSecret = () => {
    expect(spec.log.length).toBeGreaterThan(0);
    expect(SECRETS.filter((secret) => lines().includes(secret))).toEqual([]);
    expect(lines()).not.toContain('authorization');
  };

  it('says of a call what was called by whom, and how it ended', async () => {
    await ordered(spec);
    const answered = spec.log
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .find(({ msg }) => msg === 'answered');
    expect(answered).toEqual(
      jasmine.objectContaining({ method: 'POST', route: '/api/v1/requests', status: 201, user: 'staff001' }),
    );
  });

  it('holds no patron and no secret while an order goes well', async () => {
    expect((await order()).status).toBe(201);
    await spec.call('GET', `/api/v1/requests?q=${encodeURIComponent(PATRON)}`, { as: TOKEN });
    await spec.call('GET', `/api/v1/catalog?library=RES_SHARE&form=book&title=${encodeURIComponent(BOOK)}`, {
      as: TOKEN,
    });
    const content = { applicant: PATRON, note: 'draft text' };
    await spec.call('PUT', '/api/v1/drafts/draft-0001', { as: TOKEN, body: { library: 'RES_SHARE', content } });
    expectNoSecret();
  });

  for (const fate of ['refused', 'unreachable', 'cut-before', 'timeout-before'] as const) {
    it(`holds none when an order ends as ${fate}`, async () => {
      spec.nacsis.fates = [fate];
      expect((await order()).status).toBeGreaterThan(399);
      expectNoSecret();
    });
  }

  it('holds none when the fields are wrong, or no fields at all', async () => {
    await order(orderBody({ applicant: `${PATRON}\n`, payment: PATRON, [PATRON]: PATRON }));
    await order({ ...BODY, kind: PATRON });
    await order([PATRON]);
    const headers = { 'authorization': TOKEN, 'content-type': 'application/json' };
    const payload = `{"fields": {"applicant": ${PATRON}`;
    await spec.app.inject({ method: 'POST', url: '/api/v1/requests', headers, payload });
    expectNoSecret();
  });

  it('holds none when the store fails with the row in its error', async () => {
    const failed = Object.assign(new Error('null value in column "state"'), {
      code: '23502',
      detail: `Failing row contains (${PATRON}, ${BOOK}).`,
      where: PATRON,
      cause: Object.assign(new Error('the cause'), { parameters: [PATRON], password: 'spec-password' }),
    });
    spec.services.orders.create = () => Promise.reject(failed);
    expect((await order()).problem.code).toBe('internal');
    expect(lines()).toContain('null value in column');
    expect(lines()).toContain('23502');
    expect(lines()).toContain('the cause');
    expectNoSecret();
  });
});
