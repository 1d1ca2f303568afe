import type { AddressInfo } from 'node:net';
import { API_KEY, LENDING, openTestAlma, type TestAlma } from '../testing/test-alma';

describe('test controls', () => {
  let alma: TestAlma;
  beforeEach(async () => {
    alma = await openTestAlma();
  });
  afterEach(() => alma.server.close());

  const fault = (payload: object): Promise<{ statusCode: number }> =>
    alma.inject({ method: 'POST', url: '/_sim/faults', payload });
  const listen = async (): Promise<string> => {
    await alma.server.listen({ port: 0, host: '127.0.0.1' });
    return `http://127.0.0.1:${(alma.server.server.address() as AddressInfo).port}/almaws/v1`;
  };
  const lendingCount = (): number => alma.world.requests.lendingOf('81SIM_INST').length;
  const send = (base: string): Promise<Response> =>
    fetch(`${base}/partners/NACSIS/lending-requests`, {
      method: 'POST',
      headers: { 'authorization': API_KEY, 'content-type': 'application/json' },
      body: JSON.stringify(LENDING),
    });

  it('add a resource sharing library, which serves whom the others serve, until the next reset', async () => {
    const payload = { code: 'MED_SHARE', name: '医学図書館' };
    const add = async (): Promise<number> =>
      (await alma.inject({ method: 'POST', url: '/_sim/libraries', payload })).statusCode;
    const make = async (): Promise<number> =>
      (await alma.rest('POST', '/partners/NACSIS/lending-requests', { body: { ...LENDING, owner: 'MED_SHARE' } }))
        .status;
    const served = async (): Promise<unknown> => (await alma.rest('GET', '/users/patron001')).body['rs_library'];
    expect(await make()).toBe(400);
    expect(await add()).toBe(201);
    expect(await make()).toBe(200);
    expect(JSON.stringify(await served())).toContain('MED_SHARE');
    expect(await add()).toBe(400);
    await alma.inject({ method: 'POST', url: '/_sim/reset' });
    expect(await make()).toBe(400);
    expect(JSON.stringify(await served())).not.toContain('MED_SHARE');
  });

  it('count by endpoint', async () => {
    await alma.rest('GET', '/users/patron001');
    await alma.rest('GET', '/users/patron002');
    expect((await alma.inject({ url: '/_sim/counters' })).json<object>()).toEqual({
      'GET /almaws/v1/users/:userId': 2,
    });
  });

  it('answer a status for as many calls as asked', async () => {
    await fault({
      match: { method: 'GET', path: '/almaws/v1/users' },
      do: 'status',
      code: 400,
      errorCode: '40166422',
      times: 2,
    });
    expect((await alma.rest('GET', '/conf/libraries')).status).toBe(200);
    expect((await alma.rest('GET', '/users/patron001')).code).toBe('40166422');
    expect((await alma.rest('GET', '/users/patron001')).status).toBe(400);
    expect((await alma.rest('GET', '/users/patron001')).status).toBe(200);
  });

  it('let as many calls pass before as asked, counting only those that match and pass', async () => {
    const match = { method: 'GET', path: '/almaws/v1/users' };
    await fault({ match, do: 'status', code: 503, after: 2, times: 1 });
    await fault({ match, do: 'status', code: 504, after: 2, times: 1 });
    const statuses: number[] = [];
    for (const path of ['/users/patron001', '/conf/libraries', ...Array.from({ length: 4 }, () => '/users/patron001')])
      statuses.push((await alma.rest('GET', path)).status);
    expect(statuses).toEqual([200, 200, 200, 503, 504, 200]);
  });

  it('refuse a fault that is none', async () => {
    for (const payload of [
      {},
      { match: {}, do: 'explode' },
      { match: { path: 1 }, do: 'delay' },
      { match: {}, do: 'delay', times: 0 },
      { match: {}, do: 'delay', after: -1 },
      { match: {}, do: 'status', code: 200 },
      { match: {}, do: 'omit-key' },
      { match: {}, do: 'omit-key', key: 1 },
      { match: {}, do: 'delay', key: 'request_id' },
    ]) {
      expect((await fault(payload)).statusCode)
        .withContext(JSON.stringify(payload))
        .toBe(400);
    }
  });

  it('take JSON under any content type, and an empty body where none is needed', async () => {
    const post = async (url: string, payload: string, type: string): Promise<number> =>
      (await alma.inject({ method: 'POST', url, payload, headers: { 'content-type': type } })).statusCode;
    expect(await post('/_sim/faults', '{"do":"delay","ms":1}', 'text/plain')).toBe(200);
    expect(await post('/_sim/faults', '{"do":', 'application/json')).toBe(400);
    expect(await post('/_sim/faults', '', 'application/json')).toBe(400);
    expect(await post('/_sim/reset', '', 'application/json')).toBe(200);
  });

  it('omit a key: the call is done, and its answer lacks that key only', async () => {
    const base = await listen();
    const keys = async () => Object.keys((await (await send(base)).json()) as object);
    const before = lendingCount();
    await fault({ match: { path: '/almaws/v1/partners' }, do: 'omit-key', key: 'request_id', times: 1 });
    const [omitted, whole] = [await keys(), await keys()];
    expect(whole).toContain('request_id');
    expect(omitted).toEqual(whole.filter((key) => key !== 'request_id'));
    expect(lendingCount()).toBe(before + 2);
  });

  it('drop before: the caller gets no answer and nothing is created', async () => {
    const base = await listen();
    await fault({ match: { method: 'POST', path: '/almaws/v1/partners' }, do: 'drop-before', times: 1 });
    const before = lendingCount();
    await expectAsync(send(base)).toBeRejected();
    expect(lendingCount()).toBe(before);
    expect((await send(base)).status).toBe(200);
  });

  it('drop after and save then time out: no answer, but created', async () => {
    const base = await listen();
    const before = lendingCount();
    await fault({ match: { method: 'POST', path: '/almaws/v1/partners' }, do: 'drop-after', times: 1 });
    await expectAsync(send(base)).toBeRejected();
    expect(lendingCount()).toBe(before + 1);
    await fault({ match: { method: 'POST', path: '/almaws/v1/partners' }, do: 'save-then-timeout', ms: 20, times: 1 });
    await expectAsync(send(base)).toBeRejected();
    expect(lendingCount()).toBe(before + 2);
  });

  it('put a request into Alma and change its status, which REST cannot', async () => {
    const post = (payload: object): ReturnType<TestAlma['inject']> =>
      alma.inject({ method: 'POST', url: '/_sim/requests', payload });
    const created = (
      await post({
        side: 'borrowing',
        user: 'patron002',
        title: '見本',
        status: 'REQUEST_SENT',
        external_id: 'LA9000000001',
      })
    ).json<{ request_id: string; external_id: string }>();
    expect(created.external_id).toBe('LA9000000001');
    await post({ side: 'borrowing', request_id: created.request_id, status: 'LOANED' });
    const { body } = await alma.rest('GET', `/users/patron002/resource-sharing-requests/${created.request_id}`);
    expect(body['status']).toEqual({ value: 'LOANED', desc: 'Loaned item to patron' });
    expect(body['title']).toBe('見本');
    for (const payload of [
      {},
      { side: 'both' },
      { side: 'lending', status: 'LOANED' },
      { side: 'borrowing', user: 'nobody' },
      { side: 'lending', request_id: '1' },
    ]) {
      expect((await post(payload)).statusCode)
        .withContext(JSON.stringify(payload))
        .toBe(400);
    }
  });

  it('list users, keys and requests', async () => {
    expect((await alma.inject({ url: '/_sim/api-keys' })).json<object>()).toEqual({
      '81SIM_INST': 'sim-key-81SIM_INST',
      '81SIM2_INST': 'sim-key-81SIM2_INST',
    });
    const users = (await alma.inject({ url: '/_sim/users?institution=81SIM_INST' })).json<
      readonly { primaryId: string }[]
    >();
    expect(users.map(({ primaryId }) => primaryId)).toContain('patron001');
    const requests = (await alma.inject({ url: '/_sim/requests?institution=81SIM_INST' })).json<{
      borrowing: readonly object[];
      lending: readonly object[];
    }>();
    expect([requests.borrowing.length, requests.lending.length]).toEqual([54, 31]);
  });
});
