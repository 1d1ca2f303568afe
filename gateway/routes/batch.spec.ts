import { MAX_BATCH, type BatchEnd, type BatchResult } from '#domain/api/batch';
import type { Problem } from '#domain/api/problem';
import type { Store } from '../store/open-store';
import { LENDER } from '../testing/order-body';
import { APP_ORIGIN, OWN_ID, READER, STAFF, STRANGER, type SpecApp } from '../testing/spec-app';
import { useSpecApp } from '../testing/use-spec-app';

const IDS = ['LA0000000071', 'LA0000000072', 'LA0000000073'] as const;

describe('POST /actions', () => {
  let store: Store;
  let spec: SpecApp;
  useSpecApp(['requests', 'journal'], (started) => ({ spec, store } = started));
  beforeEach(() => {
    for (const id of IDS) {
      const fields = { borrowerId: OWN_ID, lenderId: LENDER, applicant: '利用者 001' };
      const state = { state: 'UNPROCESSED', externalStatus: '未処理' } as const;
      spec.nacsis.stored.set(id, { id, kind: 'copy', ...state, fields, history: [] });
    }
  });

  const rows = (ids: readonly string[] = IDS) => ids.map((id) => ({ id, version: 1 }));
  const body = (changes: object = {}) => ({ side: 'borrower', action: 'callback', items: rows(), ...changes });
  const post = async (payload: object, headers: Readonly<Record<string, string>> = {}) => {
    const key = { 'idempotency-key': spec.newKey() };
    const response = await spec.app.inject({
      method: 'POST',
      url: '/api/v1/actions',
      headers: { authorization: STAFF, ...key, ...headers },
      payload,
    });
    const lines = response.statusCode === 200 ? response.payload.trimEnd().split('\n') : [];
    const read = lines.map((line) => JSON.parse(line) as BatchResult | BatchEnd);
    const results = read.flatMap((line) => ('done' in line ? [] : [line]));
    const end = read.flatMap((line) => ('done' in line ? [line.done] : []))[0];
    return { response, results, end, codes: results.map((row) => (row.ok ? 'ok' : row.problem.code)) };
  };
  const refused = async (payload: object, options: Partial<Parameters<SpecApp['call']>[2]> = {}) => {
    const reply = await spec.call('POST', '/api/v1/actions', { key: spec.newKey(), ...options, body: payload });
    return [reply.status, reply.problem.code];
  };
  const commands = () => spec.nacsis.calls.map(({ id, command }) => `${id ?? ''} ${command}`);

  it('answers a line for each row in their order, and one at the end', async () => {
    const { response, results, end } = await post(body());
    expect(response.headers['content-type']).toBe('application/x-ndjson');
    expect(results).toEqual(
      IDS.map((id) => ({ id, ok: true, from: 'UNPROCESSED', to: 'PREPARING', externalStatus: '準備中', version: 2 })),
    );
    expect(end).toEqual({ succeeded: 3, failed: 0 });
    expect(commands()).toEqual(IDS.map((id) => `${id} CALLBACK`));
  });

  it('may be read by the app, and is kept back by nothing on the way', async () => {
    const { response } = await post(body(), { origin: APP_ORIGIN });
    expect(response.headers['access-control-allow-origin']).toBe(APP_ORIGIN);
    expect([response.headers['cache-control'], response.headers['x-accel-buffering']]).toEqual([
      'no-store, no-transform',
      'no',
    ]);
  });

  it('gives each row the params of the batch, and its own before them', async () => {
    const items = [
      { id: IDS[0], version: 1 },
      { id: IDS[1], version: 1, params: { comment: '自館で見つかりました' } },
    ];
    await post(body({ items, params: { comment: '取り下げます', borrowerNumber: '26-1' } }));
    expect(spec.nacsis.calls.map(({ comment, fields }) => [comment, fields.borrowerNumber])).toEqual([
      ['取り下げます', '26-1'],
      ['自館で見つかりました', '26-1'],
    ]);
  });

  it('goes on after a row that fails, whatever is thrown, and says of each what the single action would say', async () => {
    const read = spec.nacsis.readRequest;
    spec.nacsis.readRequest = (...args) =>
      args[2] === IDS[1] ? Promise.reject(new TypeError('unforeseen')) : read(...args);
    const { codes, end, response } = await post(body({ items: rows([IDS[0], 'LA0000000000', IDS[1], IDS[2]]) }));
    expect(codes).toEqual(['ok', 'not-found', 'internal', 'ok']);
    expect(end).toEqual({ succeeded: 2, failed: 2 });
    expect(response.payload).not.toContain('unforeseen');
    const again = await post(body({ items: [{ id: IDS[0], version: 1 }] }));
    const single = await spec.call('POST', `/api/v1/requests/${IDS[0]}/actions`, {
      key: spec.newKey(),
      body: { side: 'borrower', action: 'callback', version: 1 },
    });
    const [failed] = again.results;
    if (failed === undefined || failed.ok) throw new Error('the row did not fail');
    // Each refusal reads the request again.
    const comparable = ({ requestId: _other, request, ...problem }: Problem) => ({
      ...problem,
      request: { ...request, seenAt: '' },
    });
    const problem = failed.problem;
    expect(comparable(problem)).toEqual(comparable(single.problem));
    expect(problem.request?.id).toBe(IDS[0]);
  });

  it('does nothing twice under the same key, and tries again what NACSIS-ILL refused', async () => {
    const key = { 'idempotency-key': spec.newKey() };
    spec.nacsis.fates = ['answered', 'refused', 'unreachable'];
    const first = await post(body(), key);
    expect(first.end).toEqual({ succeeded: 1, failed: 2 });
    const second = await post(body(), key);
    expect(second.end).toEqual({ succeeded: 3, failed: 0 });
    expect(second.results[0]).toEqual(first.results[0]);
    expect(commands()).toEqual([0, 1, 2, 1, 2].map((at) => `${IDS[at]!} CALLBACK`));
  });

  it('ends before the next row when the gateway is shut down, and says nothing of the rest', async () => {
    let closed = Promise.resolve();
    spec.nacsis.during = async () => {
      closed = spec.app.close();
      await new Promise((resolve) => setTimeout(resolve, 50));
    };
    const { codes, end } = await post(body());
    expect([codes, end]).toEqual([['ok'], undefined]);
    await closed;
    expect(commands()).toEqual([`${IDS[0]} CALLBACK`]);
  });

  it('is refused as a whole, with nothing done, when it is wrong in itself', async () => {
    expect(await refused(body(), { key: '' })).toEqual([422, 'missing-idempotency-key']);
    expect(await refused(body(), { as: READER })).toEqual([403, 'forbidden']);
    expect(await refused(body(), { as: null })).toEqual([401, 'unauthenticated']);
    expect(await refused(body({ items: [] }))).toEqual([400, 'invalid-request']);
    expect(await refused(body({ action: 'burn' }))).toEqual([400, 'invalid-request']);
    expect(await refused(body({ items: rows(['../../x']) }))).toEqual([400, 'invalid-request']);
    const many = Array.from({ length: MAX_BATCH + 1 }, (_, at) => `LA${String(at).padStart(10, '0')}`);
    expect(await refused(body({ items: rows(many) }))).toEqual([400, 'invalid-request']);
    expect(commands()).toEqual([]);
  });

  it('names the rows that are there twice', async () => {
    const { problem } = await spec.call('POST', '/api/v1/actions', {
      key: spec.newKey(),
      body: body({ items: rows([IDS[0], IDS[1], IDS[0]]) }),
    });
    expect(problem.errors).toEqual([{ field: 'items[2].id', code: 'duplicate', params: { memberId: IDS[0] } }]);
    expect(commands()).toEqual([]);
  });

  it('finds nothing of another institution', async () => {
    spec.nacsis.readRequest = () => Promise.resolve(undefined);
    const { codes } = await post(body(), { authorization: STRANGER });
    expect(codes).toEqual(IDS.map(() => 'not-found'));
  });

  it('logs nothing of the patron, and the journal says who did what', async () => {
    await post(body({ params: { comment: '利用者 001 の希望' } }));
    expect(spec.log.join('')).not.toContain('利用者');
    const journal = await store.db.selectFrom('journal').selectAll().orderBy('request_id').execute();
    expect(journal.map((row) => [row.user_id, row.request_id, row.command, row.state, row.state_before])).toEqual(
      IDS.map((id) => ['staff001', id, 'CALLBACK', 'applied', 'UNPROCESSED']),
    );
    expect(JSON.stringify(journal)).not.toContain('利用者');
  });
});
