import { orderBody } from './testing/order-body';
import { APP_ORIGIN, STAFF, type SpecApp } from './testing/spec-app';
import { useSpecApp } from './testing/use-spec-app';

const API = '/api/v1';

describe('the application', () => {
  let spec: SpecApp;
  useSpecApp([], (started) => ({ spec } = started));

  const preflight = (origin: string, method: string, headers: string) =>
    spec.app.inject({
      method: 'OPTIONS',
      url: `${API}/requests`,
      headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': headers },
    });

  describe('lets the app', () => {
    for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
      it(`call ${method} with its token and its key`, async () => {
        const { statusCode, headers } = await preflight(
          APP_ORIGIN,
          method,
          'authorization,idempotency-key,content-type',
        );
        expect(statusCode).toBe(204);
        expect(headers['access-control-allow-origin']).toBe(APP_ORIGIN);
        expect(headers['access-control-allow-methods']).toContain(method);
        for (const name of ['Authorization', 'Idempotency-Key', 'Content-Type', 'Last-Event-ID']) {
          expect(headers['access-control-allow-headers']).toContain(name);
        }
        expect(headers['access-control-allow-credentials']).toBeUndefined();
      });
    }

    it('read its answers, errors as well, with the request id and when to come again', async () => {
      for (const as of [STAFF, null]) {
        const { headers } = await spec.call('GET', `${API}/me`, { as, headers: { origin: APP_ORIGIN } });
        expect(headers['access-control-allow-origin']).toBe(APP_ORIGIN);
        expect(headers['access-control-expose-headers']).toBe('Retry-After, X-Request-Id');
      }
    });
  });

  it('gives no other origin leave', async () => {
    for (const origin of ['https://evil.example', `${APP_ORIGIN}.evil.example`, 'null']) {
      const { headers } = await preflight(origin, 'POST', 'authorization');
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  describe('answers errors as problem details:', () => {
    const TOO_LONG = { ...orderBody(), fields: { article: 'x'.repeat(1_048_576) } };

    const CASES: readonly (readonly [status: number, code: string, call: () => ReturnType<SpecApp['call']>])[] = [
      [401, 'unauthenticated', () => spec.call('GET', `${API}/me`, { as: null })],
      [401, 'unauthenticated', () => spec.call('GET', `${API}/requests`, { as: 'Bearer nobody' })],
      [404, 'not-found', () => spec.call('GET', `${API}/nothing`)],
      [404, 'not-found', () => spec.call('GET', '/', { as: null })],
      [404, 'not-found', () => spec.call('DELETE', `${API}/me`)],
      [400, 'invalid-request', () => spec.call('GET', `${API}/requests?page=none`)],
      [400, 'invalid-request', () => spec.call('POST', `${API}/requests`, { key: 'key-000000', body: {} })],
      [422, 'missing-idempotency-key', () => spec.call('POST', `${API}/requests`, { body: orderBody() })],
      [413, 'payload-too-large', () => spec.call('POST', `${API}/requests`, { key: 'key-000000', body: TOO_LONG })],
    ];
    for (const [at, [status, code, call]] of CASES.entries()) {
      it(`${String(status)} ${code} (${String(at)})`, async () => {
        const reply = await call();
        expect(reply.status).toBe(status);
        expect(reply.headers['content-type']).toBe('application/problem+json');
        expect(reply.problem).toEqual(
          jasmine.objectContaining({ type: `urn:nacsis-ill:error:${code}`, title: code, status, code }),
        );
        expect(reply.problem.requestId).toBe(String(reply.headers['x-request-id']));
      });
    }
  });

  it('refuses a body that is no JSON, and one of another kind', async () => {
    const send = (payload: string, type: string) => {
      const headers = { 'authorization': STAFF, 'idempotency-key': 'key-000000', 'content-type': type };
      return spec.app.inject({ method: 'POST', url: `${API}/requests`, headers, payload });
    };
    for (const [payload, type] of [
      ['{"fields": {"applicant": 利用者 001', 'application/json'],
      ['payment=pb', 'application/x-www-form-urlencoded'],
      ['{"__proto__": {}}', 'application/json'],
    ] as const) {
      const { statusCode, payload: answer } = await send(payload, type);
      expect([statusCode, (JSON.parse(answer) as { code: string }).code]).toEqual([400, 'invalid-request']);
    }
    expect((await send('{"fields": {"applicant": 利用者 001', 'application/json')).payload).not.toContain('利用者');
  });

  it('does not tell what went wrong inside, but its log does', async () => {
    spec.nacsis.readRequest = () => Promise.reject(new Error('the secret inside'));
    const reply = await spec.call('GET', `${API}/requests/LA0000000001`);
    expect([reply.status, reply.problem.code]).toEqual([500, 'internal']);
    expect(JSON.stringify(reply.json)).not.toContain('secret');
    expect(Object.keys(reply.problem).sort()).toEqual(['code', 'requestId', 'status', 'title', 'type']);
    const logged = spec.log.find((line) => line.includes('the secret inside')) ?? '{}';
    expect((JSON.parse(logged) as { reqId?: string }).reqId).toBe(reply.problem.requestId);
  });

  it('gives each call an id of its own, whatever the caller sends', async () => {
    const headers = { 'x-request-id': 'mine', 'request-id': 'mine' };
    const replies = await Promise.all([1, 2].map(() => spec.call('GET', `${API}/me`, { headers })));
    const ids = replies.map((reply) => reply.headers['x-request-id']);
    expect(new Set([...ids, 'mine']).size).toBe(3);
  });
});
