import type { RequestView } from '#domain/api/requests';
import type { RequestList } from '#domain/api/work-list';
import { markOf } from '#domain/ill/order-mark';
import { COPY_FIELDS, LENDER, orderBody, ordered, OTHER_LENDER } from '../testing/order-body';
import { OWN_ID, READER, SETTLE_SECONDS, STRANGER, type Reply, type SpecApp } from '../testing/spec-app';
import { useSpecApp } from '../testing/use-spec-app';

const requestIn = ({ json }: Reply) => (json as { request: RequestView }).request;

describe('/requests', () => {
  let spec: SpecApp;
  useSpecApp(['requests', 'journal', 'drafts'], (started) => ({ spec } = started));

  const order = (key: string, body: unknown = orderBody()) => spec.call('POST', '/api/v1/requests', { key, body });

  it('orders, with defaults, own staff and address, and shows what is allowed now', async () => {
    const reply = await order(spec.newKey());
    expect(reply.status).toBe(201);
    const request = requestIn(reply);
    expect(request).toEqual(
      jasmine.objectContaining({
        id: 'LA0000000001',
        side: 'borrower',
        kind: 'copy',
        externalStatus: '未処理',
        version: 1,
      }),
    );
    expect(request.fields.orderDate).toMatch(/^\d{8}$/);
    expect(request.fields.holdingSource).toBe('NACSIS-CAT');
    expect(request.fields.borrowerStaff).toBe('担当 A 相互利用係 TEL=03-0000-0000');
    expect(request.actions.filter(({ allowed }) => allowed).map(({ action }) => action)).toEqual([
      'cancel',
      'callback',
    ]);
    expect(spec.nacsis.calls.map(({ command }) => command)).toEqual(['ORDER']);
  });

  it('sends the order with its mark, and shows it to nobody', async () => {
    const request = requestIn(await order(spec.newKey(), orderBody({ borrowerLocalData: '予算 A' })));
    expect(markOf(spec.nacsis.calls[0]?.fields.borrowerLocalData)).toBeDefined();
    expect(request.fields.borrowerLocalData).toBe('予算 A');
    expect(JSON.stringify(request)).not.toContain('[NI:');
  });

  it('keeps what the librarian wrote instead of the own record', async () => {
    const fields = { borrowerStaff: '担当 B', borrowerAddress: '宛名 B' };
    expect(requestIn(await order(spec.newKey(), orderBody(fields))).fields).toEqual(jasmine.objectContaining(fields));
  });

  it('saves in NACSIS-ILL what is not complete, without a look at the lenders', async () => {
    spec.nacsis.changedMembers.set(LENDER, { service: 'N' });
    const body = { library: 'RES_SHARE', kind: 'copy', mode: 'save', fields: { lenders: [{ memberId: LENDER }] } };
    const reply = await order(spec.newKey(), body);
    expect([reply.status, requestIn(reply).externalStatus]).toEqual([201, '準備中']);
    expect(spec.nacsis.memberReads).toEqual([]);
  });

  it('links the order to the request of the ILS and throws its draft away', async () => {
    const content = { title: '髙𠮷' };
    await spec.call('PUT', '/api/v1/drafts/draft-0001', { body: { library: 'RES_SHARE', content } });
    const almaRequest = { userId: 'patron001', requestId: '4711' };
    const reply = await order(spec.newKey(), orderBody({}, { almaRequest, draftId: 'draft-0001' }));
    expect(requestIn(reply).almaRequest).toEqual(almaRequest);
    expect((await spec.call('GET', '/api/v1/drafts/draft-0001')).status).toBe(404);
  });

  describe('with its key', () => {
    it('is asked for the key, before anything is done', async () => {
      for (const key of [undefined, 'short', 'a key with blanks', 'x'.repeat(201)]) {
        const { status, problem } = await spec.call('POST', '/api/v1/requests', {
          body: orderBody(),
          ...(key === undefined ? {} : { key }),
        });
        expect([status, problem.code]).toEqual([422, 'missing-idempotency-key']);
      }
      expect(spec.nacsis.calls).toEqual([]);
    });

    it('gives the same answer and orders once', async () => {
      const key = spec.newKey();
      const first = await order(key);
      const second = await order(key);
      expect([second.status, second.json]).toEqual([first.status, first.json]);
      expect(spec.nacsis.calls.length).toBe(1);
    });

    it('orders once for two clicks at the same time', async () => {
      const key = spec.newKey();
      const [first, second] = await Promise.all([order(key), order(key)]);
      expect(second.json).toEqual(first.json);
      expect(spec.nacsis.calls.length).toBe(1);
    });

    it('refuses the key for something else', async () => {
      const key = spec.newKey();
      await order(key);
      const { status, problem } = await order(key, orderBody({ volume: '13' }));
      expect([status, problem.code]).toEqual([422, 'idempotency-key-reused']);
      expect(spec.nacsis.calls.length).toBe(1);
    });

    it('belongs to one institution: another may use the same', async () => {
      const key = spec.newKey();
      await order(key);
      const reply = await spec.call('POST', '/api/v1/requests', { key, body: orderBody(), as: STRANGER });
      expect(reply.status).toBe(201);
      expect(spec.nacsis.calls.length).toBe(2);
    });

    it('takes the corrected order after a refusal, under the same key', async () => {
      const key = spec.newKey();
      spec.nacsis.fates = ['refused'];
      const { status, problem } = await order(key);
      expect([status, problem.code, problem.nacsis?.message]).toEqual([
        502,
        'nacsis-rejected',
        'FA090018 does not serve',
      ]);
      expect((await order(key, orderBody({ volume: '13' }))).status).toBe(201);
    });

    it('says that the outcome is not known, for how long, and finds the order afterwards', async () => {
      const key = spec.newKey();
      spec.nacsis.fates = ['timeout-before'];
      const { status, problem, headers } = await order(key);
      expect([status, problem.code]).toEqual([504, 'outcome-unknown']);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      expect((await order(key)).problem.code).toBe('outcome-unknown');
      spec.pass(SETTLE_SECONDS + 1);
      expect((await order(key)).status).toBe(201);
      expect(spec.nacsis.stored.size).toBe(1);
    });
  });

  describe('of somebody else', () => {
    it('are not ordered for a library of another institution', async () => {
      const body = orderBody({}, { library: 'NOT_MINE' });
      const { status, problem } = await order(spec.newKey(), body);
      expect([status, problem.code]).toEqual([403, 'forbidden']);
      const stranger = await spec.call('POST', '/api/v1/requests', {
        key: spec.newKey(),
        body: orderBody({}, { library: 'BRANCH' }),
        as: STRANGER,
      });
      expect(stranger.status).toBe(403);
      expect(spec.nacsis.calls).toEqual([]);
    });

    it('are not ordered by a user without a role', async () => {
      const { status, problem } = await spec.call('POST', '/api/v1/requests', {
        key: spec.newKey(),
        body: orderBody(),
        as: READER,
      });
      expect([status, problem.code]).toEqual([403, 'forbidden']);
      expect(spec.nacsis.calls).toEqual([]);
    });

    it('are neither read nor listed', async () => {
      const { id } = await ordered(spec);
      spec.nacsis.stored.clear();
      expect((await spec.call('GET', `/api/v1/requests/${id}`, { as: STRANGER })).problem.code).toBe('not-found');
      const { json } = await spec.call('GET', '/api/v1/requests', { as: STRANGER });
      expect((json as RequestList).total).toBe(0);
      const foreign = await spec.call('GET', '/api/v1/requests?library=BRANCH', { as: STRANGER });
      expect(foreign.problem.code).toBe('forbidden');
    });
  });

  it('reads NACSIS-ILL, or the last snapshot where that is wanted or NACSIS-ILL cannot be asked', async () => {
    const { id } = await ordered(spec);
    spec.nacsis.actElsewhere(id, 'RECEIVE', 'PROCESSING', '処理中', LENDER);
    const status = async (query: string) =>
      requestIn(await spec.call('GET', `/api/v1/requests/${id}${query}`)).externalStatus;
    expect([await status('?fresh=false'), spec.nacsis.requestReads.length]).toEqual(['未処理', 0]);
    spec.nacsis.readable = false;
    expect(await status('')).toBe('未処理');
    expect((await spec.call('GET', `/api/v1/requests/${id}?fresh=true`)).problem.code).toBe('nacsis-unavailable');
    spec.nacsis.readable = true;
    expect(await status('')).toBe('処理中');
    const fresh = requestIn(await spec.call('GET', `/api/v1/requests/${id}?fresh=true`));
    expect([fresh.externalStatus, fresh.version]).toEqual(['処理中', 2]);
    expect(fresh.history.map(({ command }) => command)).toEqual(['ORDER', 'RECEIVE']);
    expect(new Set(spec.nacsis.requestReads.map((read) => read.id))).toEqual(new Set([id]));
  });

  it('reads a request that it has never seen, and does not find what is not there', async () => {
    const fields = { ...COPY_FIELDS, borrowerId: OWN_ID };
    const state = { state: 'SHIPPED', externalStatus: '発送' } as const;
    spec.nacsis.stored.set('LA0000000042', { id: 'LA0000000042', kind: 'copy', ...state, fields, history: [] });
    expect(requestIn(await spec.call('GET', '/api/v1/requests/LA0000000042')).externalStatus).toBe('発送');
    expect(spec.nacsis.requestReads).toEqual([{ id: 'LA0000000042', kind: undefined }]);
    const { status, problem } = await spec.call('GET', '/api/v1/requests/LA0000000043');
    expect([status, problem.code]).toEqual([404, 'not-found']);
  });

  it('does not answer "not found" when NACSIS-ILL cannot be asked', async () => {
    spec.nacsis.readable = false;
    const { status, problem } = await spec.call('GET', '/api/v1/requests/LA0000000043');
    expect([status, problem.code]).toEqual([503, 'nacsis-unavailable']);
  });

  it('lists by page and filter, with the Japanese statuses as a facet', async () => {
    await ordered(spec);
    await ordered(spec, { mode: 'save' });
    const list = async (query: string) => (await spec.call('GET', `/api/v1/requests?${query}`)).json as RequestList;
    const all = await list('side=borrower&pageSize=1');
    expect([all.total, all.items.length, all.page, all.pageSize]).toEqual([2, 1, 1, 1]);
    expect(all.facets.externalStatus).toContain({ value: '準備中', count: 1, waiting: 1, state: 'PREPARING' });
    expect((await list('needsAction=true')).items.map(({ externalStatus }) => externalStatus)).toEqual(['準備中']);
    expect((await list('state=UNPROCESSED')).items.map(({ partner }) => partner.id)).toEqual([LENDER]);
    expect((await list('kind=loan')).total).toBe(0);
    expect((await list(`q=${encodeURIComponent('𠮷')}`)).total).toBe(2);
    expect((await list('library=BRANCH')).total).toBe(0);
  });

  it('refuses a query that is none', async () => {
    for (const query of ['page=0', 'page=one', 'pageSize=201', 'state=SOMEWHERE', 'side=both']) {
      const { status, problem } = await spec.call('GET', `/api/v1/requests?${query}`);
      expect([query, status, problem.code]).toEqual([query, 400, 'invalid-request']);
    }
  });

  it('asks the lenders in the order of the form', async () => {
    await ordered(spec);
    expect(spec.nacsis.calls[0]?.fields.lenders?.map(({ memberId }) => memberId)).toEqual([LENDER, OTHER_LENDER]);
  });
});
