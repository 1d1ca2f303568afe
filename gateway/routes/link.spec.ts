import type { RequestView } from '#domain/api/requests';
import { LENDER, orderBody, ordered } from '../testing/order-body';
import { MANAGER, OWN_ID, READER, STRANGER, type SpecApp } from '../testing/spec-app';
import { useSpecApp } from '../testing/use-spec-app';

const BORROWING = { userId: 'U-001', requestId: '1234500001' } as const;
const LENDING = { partnerCode: 'P-001', requestId: '1234500002' } as const;

describe('POST /requests/{id}/link', () => {
  let spec: SpecApp;
  useSpecApp(['requests', 'journal'], (started) => ({ spec } = started));

  const link = async (id: string, almaRequest: unknown, { side = 'borrower', key = spec.newKey(), as = {} } = {}) => {
    const reply = await spec.call('POST', `/api/v1/requests/${id}/link`, { key, body: { side, almaRequest }, ...as });
    return { ...reply, request: (reply.json as { readonly request: RequestView }).request };
  };
  const linked = async (id: string, side = 'borrower') => {
    const { json } = await spec.call('GET', `/api/v1/requests/${id}?side=${side}`);
    return (json as { readonly request: RequestView }).request.almaRequest;
  };

  it('links a borrowing request to the one of the ILS, to another one, and to none', async () => {
    const { id, version } = await ordered(spec);
    const first = await link(id, BORROWING);
    expect([first.status, first.request.almaRequest, first.request.version]).toEqual([200, BORROWING, version]);
    const other = { userId: 'U-002', requestId: '1234500009' };
    await link(id, other);
    expect(await linked(id)).toEqual(other);
    expect((await link(id, null)).request.almaRequest).toBeUndefined();
    expect(await linked(id)).toBeUndefined();
    expect(spec.nacsis.calls.length).toBe(1);
  });

  it('links a lending request that was not known yet, and keeps the link when the request changes', async () => {
    const id = 'LA0000000077';
    const state = { state: 'UNPROCESSED', externalStatus: '未処理' } as const;
    const fields = { borrowerId: LENDER, lenderId: OWN_ID };
    spec.nacsis.stored.set(id, { id, kind: 'loan', ...state, fields, history: [] });
    expect((await link(id, LENDING, { side: 'lender' })).request.almaRequest).toEqual(LENDING);
    spec.nacsis.actElsewhere(id, 'CALLBACK', 'CANCELLED', 'CANCEL', LENDER);
    await spec.call('GET', `/api/v1/requests/${id}?side=lender&fresh=true`);
    expect(await linked(id, 'lender')).toEqual(LENDING);
  });

  it('is the same when it is repeated', async () => {
    const { id } = await ordered(spec);
    const key = spec.newKey();
    const first = await link(id, BORROWING, { key });
    expect((await link(id, BORROWING, { key })).json).toEqual(first.json);
  });

  it('refuses a request of the ILS that another one of this side has, and says which', async () => {
    const [one, other] = [await ordered(spec), await ordered(spec)];
    await link(one.id, BORROWING);
    const { status, problem } = await link(other.id, { ...BORROWING, userId: 'U-002' });
    expect([status, problem.code, problem.linkedTo]).toEqual([409, 'already-linked', one.id]);
    expect(await linked(other.id)).toBeUndefined();
    await link(one.id, null);
    expect((await link(other.id, BORROWING)).status).toBe(200);
  });

  it('lets one of two through that link it at the same moment', async () => {
    const [one, other] = [await ordered(spec), await ordered(spec)];
    const both = await Promise.all([link(one.id, BORROWING), link(other.id, BORROWING)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('takes a borrowing request for the borrower and a lending request for the lender only', async () => {
    const { id } = await ordered(spec);
    const { status, problem } = await link(id, LENDING);
    expect([status, problem.code]).toEqual([422, 'invalid-fields']);
    expect(problem.errors).toEqual([
      { field: 'almaRequest.userId', code: 'required' },
      { field: 'almaRequest.partnerCode', code: 'unknown-field' },
    ]);
    expect((await link(id, BORROWING, { side: 'lender' })).problem.code).toBe('invalid-fields');
    expect((await link(id, { requestId: '1' })).problem.code).toBe('invalid-request');
    expect(await linked(id)).toBeUndefined();
  });

  it('takes a key for one call with one body, and none that a command or an import has used', async () => {
    const [one, other] = [await ordered(spec), await ordered(spec)];
    const key = spec.newKey();
    expect((await link(one.id, BORROWING, { key })).status).toBe(200);
    expect((await link(one.id, BORROWING, { key })).status).toBe(200);
    const another = { ...BORROWING, requestId: '2' };
    for (const [id, body] of [
      [one.id, another],
      [other.id, BORROWING],
      [one.id, null],
    ] as const)
      expect((await link(id, body, { key })).problem.code).toBe('idempotency-key-reused');
    const action = { side: 'borrower', action: 'cancel', version: 1 };
    const acted = await spec.call('POST', `/api/v1/requests/${one.id}/actions`, { key, body: action });
    expect([acted.status, acted.problem.code]).toEqual([422, 'idempotency-key-reused']);
    const cancel = (run: string) => spec.call('POST', `/api/v1/imports/${run}/cancel`, { key, body: {}, as: MANAGER });
    const run = spec.imports.add('81SIM_INST');
    expect((await cancel(run)).problem.code).toBe('idempotency-key-reused');
    const [journalled] = await spec.services.db.selectFrom('journal').select('idempotency_key').execute();
    expect((await link(one.id, BORROWING, { key: journalled?.idempotency_key ?? '' })).problem.code).toBe(
      'idempotency-key-reused',
    );
  });

  it('takes no id that no request of the ILS can have, here and with an order', async () => {
    const { id } = await ordered(spec);
    for (const wrong of [' ', '\ufeff', ' U-001', 'U-001\u3000', '.', '..']) {
      for (const almaRequest of [
        { ...BORROWING, userId: wrong },
        { ...BORROWING, requestId: wrong },
      ]) {
        const { status, problem } = await link(id, almaRequest);
        const name = almaRequest.userId === wrong ? 'userId' : 'requestId';
        expect([status, problem.errors]).toEqual([422, [{ field: `almaRequest.${name}`, code: 'bad-format' }]]);
        const order = await spec.call('POST', '/api/v1/requests', {
          key: spec.newKey(),
          body: orderBody({}, { almaRequest }),
        });
        expect(order.problem.errors).toEqual(problem.errors);
      }
    }
    expect(await linked(id)).toBeUndefined();
  });

  it('needs a key, a role and a request of the own institution', async () => {
    const { id } = await ordered(spec);
    expect((await link(id, BORROWING, { key: '' })).problem.code).toBe('missing-idempotency-key');
    expect((await link(id, BORROWING, { as: { as: READER } })).problem.code).toBe('forbidden');
    spec.nacsis.readRequest = () => Promise.resolve(undefined);
    expect((await link(id, BORROWING, { as: { as: STRANGER } })).problem.code).toBe('not-found');
    expect((await link('LA0000000000', BORROWING)).problem.code).toBe('not-found');
    expect(spec.log.join('')).not.toContain('U-001');
  });
});
