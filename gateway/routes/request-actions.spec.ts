import type { ActionAnswer, RequestView } from '#domain/api/requests';
import { markOf } from '#domain/ill/order-mark';
import { COPY_FIELDS, LENDER, ordered } from '../testing/order-body';
import { OWN_ID, READER, STRANGER, type SpecApp } from '../testing/spec-app';
import { useSpecApp } from '../testing/use-spec-app';

/** When the gateway first saw the entry. */
const ISO = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

describe('actions on a request', () => {
  let spec: SpecApp;
  useSpecApp(['requests', 'journal'], (started) => ({ spec } = started));

  interface Acted {
    readonly key?: string;
    readonly version?: number;
    readonly params?: object;
    readonly as?: string;
    readonly side?: string;
  }
  const act = (id: string, action: string, options: Acted = {}) => {
    const { key = spec.newKey(), version = 1, params, as, side = 'borrower' } = options;
    const body = { side, action, version, ...(params === undefined ? {} : { params }) };
    return spec.call('POST', `/api/v1/requests/${id}/actions`, { key, body, ...(as === undefined ? {} : { as }) });
  };
  const edit = (id: string, fields: object, version = 1, key = spec.newKey()) =>
    spec.call('PUT', `/api/v1/requests/${id}`, { key, body: { version, fields } });
  const commands = () => spec.nacsis.calls.map(({ command }) => command);

  it('tell from where to where, and show the request after it', async () => {
    const { id } = await ordered(spec);
    const { status, json } = await act(id, 'callback');
    expect(status).toBe(200);
    const { from, to, request } = json as ActionAnswer;
    expect([from, to, request.externalStatus, request.version]).toEqual(['UNPROCESSED', 'PREPARING', '準備中', 2]);
  });

  it('give the same answer for the same key, although the state is another one now', async () => {
    const { id } = await ordered(spec);
    const key = spec.newKey();
    const first = await act(id, 'callback', { key });
    expect((await act(id, 'callback', { key })).json).toEqual(first.json);
    expect(commands()).toEqual(['ORDER', 'CALLBACK']);
  });

  it('give a simultaneous repeat the same answer, also a refusal, and are sent once', async () => {
    const { id } = await ordered(spec);
    const told = async (key: string, version: number) => {
      const both = await Promise.all([act(id, 'callback', { key, version }), act(id, 'callback', { key, version })]);
      return both.map(({ status, problem }) => [status, problem.code, problem.nacsis?.status]);
    };
    spec.nacsis.fates = ['refused'];
    const refused = [409, 'action-not-allowed', '422'];
    expect(await told(spec.newKey(), 1)).toEqual([refused, refused]);
    expect((await told(spec.newKey(), 1)).map(([status]) => status)).toEqual([200, 200]);
    expect(commands()).toEqual(['ORDER', 'CALLBACK', 'CALLBACK']);
  });

  it('need a key of their own', async () => {
    const { id } = await ordered(spec);
    const body = { side: 'borrower', action: 'callback', version: 1 };
    const { status, problem } = await spec.call('POST', `/api/v1/requests/${id}/actions`, { body });
    expect([status, problem.code]).toEqual([422, 'missing-idempotency-key']);
    const key = spec.newKey();
    await act(id, 'callback', { key });
    expect((await act(id, 'cancel', { key, version: 2 })).problem.code).toBe('idempotency-key-reused');
  });

  it('that the table does not have are refused with the request and what is allowed', async () => {
    const { id } = await ordered(spec);
    const { status, problem } = await act(id, 'receive');
    expect([status, problem.code, problem.reason]).toEqual([409, 'action-not-allowed', 'other-side-must-act']);
    expect(problem.request?.externalStatus).toBe('未処理');
    expect(problem.request?.actions.filter(({ allowed }) => allowed).map(({ action }) => action)).toEqual([
      'cancel',
      'callback',
    ]);
    expect(commands()).toEqual(['ORDER']);
  });

  it('on an older version are refused with the request as it is now and what was done since', async () => {
    const { id } = await ordered(spec);
    spec.nacsis.actElsewhere(id, 'RECEIVE', 'PROCESSING', '処理中', LENDER);
    await spec.call('GET', `/api/v1/requests/${id}?fresh=true`);
    spec.nacsis.actElsewhere(id, 'SEND', 'SHIPPED', '発送', LENDER);
    await spec.call('GET', `/api/v1/requests/${id}?fresh=true`);
    const { status, problem } = await act(id, 'accept');
    expect([status, problem.code, problem.request?.version]).toEqual([409, 'stale-version', 3]);
    expect(problem.changes).toEqual([
      { command: 'RECEIVE', memberId: LENDER, at: jasmine.stringMatching(ISO) },
      { command: 'SEND', memberId: LENDER, at: jasmine.stringMatching(ISO) },
    ]);
    expect((await act(id, 'accept', { version: 2 })).problem.changes?.map(({ command }) => command)).toEqual(['SEND']);
    expect(commands()).toEqual(['ORDER']);
  });

  it('that NACSIS-ILL refuses because the record has changed are stale, with what the other side did', async () => {
    const { id } = await ordered(spec);
    spec.nacsis.actElsewhere(id, 'RECEIVE', 'PROCESSING', '処理中', LENDER);
    spec.nacsis.fates = ['refused'];
    const { status, problem } = await act(id, 'callback');
    expect([status, problem.code]).toEqual([409, 'stale-version']);
    expect(problem.request?.externalStatus).toBe('処理中');
    expect(problem.changes).toEqual([{ command: 'RECEIVE', memberId: LENDER, at: jasmine.stringMatching(ISO) }]);
  });

  it('that NACSIS-ILL refuses all the same are not allowed, in its own words', async () => {
    const { id } = await ordered(spec);
    spec.nacsis.fates = ['refused'];
    const { status, problem } = await act(id, 'callback');
    expect([status, problem.code, problem.nacsis?.status]).toEqual([409, 'action-not-allowed', '422']);
    expect(problem.request?.id).toBe(id);
  });

  it('name each of their fields that is wrong', async () => {
    const fields = { ...COPY_FIELDS, borrowerId: OWN_ID, lenderId: LENDER };
    const state = { state: 'ARRIVED', externalStatus: '到着処理中' } as const;
    spec.nacsis.stored.set('LA0000000042', { id: 'LA0000000042', kind: 'copy', ...state, fields, history: [] });
    const faults = async (params: object) =>
      (await act('LA0000000042', 'claim', { params })).problem.errors?.map(({ field, code }) => `${field} ${code}`);
    expect(await faults({})).toEqual(['comment required']);
    expect(await faults({ comment: 'x'.repeat(1025), payment: 'pb', colour: 'blue', arrivalDate: 5 })).toEqual([
      'payment not-editable-now',
      'colour unknown-field',
      'arrivalDate bad-format',
      'comment too-long',
    ]);
    expect(commands()).toEqual([]);
  });

  it('are for those with a role, in their own institution', async () => {
    const { id } = await ordered(spec);
    expect((await act(id, 'callback', { as: READER })).problem.code).toBe('forbidden');
    spec.nacsis.readRequest = () => Promise.resolve(undefined);
    expect((await act(id, 'callback', { as: STRANGER })).problem.code).toBe('not-found');
    expect(commands()).toEqual(['ORDER']);
  });

  it('of one moment: the second of two is told what the first did', async () => {
    const { id } = await ordered(spec);
    const replies = await Promise.all([act(id, 'callback'), act(id, 'callback')]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(commands()).toEqual(['ORDER', 'CALLBACK']);
  });

  describe('of two commands', () => {
    it('do both, one after the other', async () => {
      const { id } = await ordered(spec);
      const { status, json } = await act(id, 'cancel');
      expect([status, (json as ActionAnswer).from, (json as ActionAnswer).to]).toEqual([
        200,
        'UNPROCESSED',
        'CANCELLED',
      ]);
      expect(commands()).toEqual(['ORDER', 'CALLBACK', 'CANCEL']);
    });

    it('do nothing more when they are repeated', async () => {
      const { id } = await ordered(spec);
      const key = spec.newKey();
      const first = await act(id, 'cancel', { key });
      expect((await act(id, 'cancel', { key })).json).toEqual(first.json);
      expect(commands()).toEqual(['ORDER', 'CALLBACK', 'CANCEL']);
    });

    it('do the second alone when only that failed', async () => {
      const { id } = await ordered(spec);
      const key = spec.newKey();
      spec.nacsis.fates = ['answered', 'unreachable'];
      expect((await act(id, 'cancel', { key })).problem.code).toBe('nacsis-unavailable');
      const { status, json } = await act(id, 'cancel', { key });
      expect([status, (json as ActionAnswer).from, (json as ActionAnswer).to]).toEqual([
        200,
        'UNPROCESSED',
        'CANCELLED',
      ]);
      expect(commands()).toEqual(['ORDER', 'CALLBACK', 'CANCEL', 'CANCEL']);
    });
  });

  describe('that edit', () => {
    const saved = () => ordered(spec, { mode: 'save' });

    it('change a request in 準備中, and bibliography as a whole', async () => {
      const { id } = await saved();
      const { status, json } = await edit(id, { volume: '13', bibNote: '新潟の地誌' });
      expect(status).toBe(200);
      const { request } = json as { request: RequestView };
      expect(request.fields).toEqual(
        jasmine.objectContaining({ volume: '13', bibNote: '新潟の地誌', bibId: 'BA90000012' }),
      );
      expect(spec.nacsis.calls.at(-1)?.fields).toEqual({ volume: '13', bibNote: '新潟の地誌', bibId: 'BA90000012' });
    });

    it('keep the mark that the app was not shown', async () => {
      const { id } = await saved();
      const mark = markOf(spec.nacsis.stored.get(id)?.fields.borrowerLocalData);
      const { json } = await edit(id, { borrowerLocalData: '予算 B' });
      expect((json as { request: RequestView }).request.fields.borrowerLocalData).toBe('予算 B');
      expect(mark).toBeDefined();
      expect(markOf(spec.nacsis.stored.get(id)?.fields.borrowerLocalData)).toBe(mark);
    });

    it('are refused on an older version, in another state, and with wrong fields', async () => {
      const { id } = await saved();
      expect((await edit(id, { volume: '13' }, 7)).problem.code).toBe('stale-version');
      expect((await edit(id, { payment: 'xx' })).problem.errors).toEqual([{ field: 'payment', code: 'unknown-code' }]);
      const sent = await ordered(spec);
      const { status, problem } = await edit(sent.id, { volume: '13' });
      expect([status, problem.code, problem.request?.id]).toEqual([409, 'action-not-allowed', sent.id]);
    });

    it('give the same answer for the same key', async () => {
      const { id } = await saved();
      const key = spec.newKey();
      const first = await edit(id, { volume: '13' }, 1, key);
      expect((await edit(id, { volume: '13' }, 1, key)).json).toEqual(first.json);
      expect(commands()).toEqual(['SAVE', 'SAVE']);
    });
  });

  it('wait for the outcome of a command that is still open', async () => {
    const { id } = await ordered(spec);
    spec.nacsis.fates = ['timeout-after'];
    spec.nacsis.readable = false;
    expect((await act(id, 'callback')).problem.code).toBe('outcome-unknown');
    expect((await act(id, 'cancel')).problem.code).toBe('outcome-unknown');
    spec.nacsis.readable = true;
    const { problem } = await act(id, 'cancel');
    expect([problem.code, problem.request?.externalStatus]).toEqual(['stale-version', '準備中']);
    expect(commands()).toEqual(['ORDER', 'CALLBACK']);
  });
});
