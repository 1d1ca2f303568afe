import type { BridgeMessage, BridgeQueue, RequestMessages } from '#domain/api/bridge';
import { DEFAULT_INTEGRATION } from '#domain/imports/integration';
import type { IllRequest } from '#domain/ill/request';
import type { Store } from '../store/open-store';
import { saveSnapshot } from '../store/requests-store';
import { OWN_ID, READER, STAFF, STRANGER, type SpecApp } from '../testing/spec-app';
import { useSpecApp } from '../testing/use-spec-app';

const ID = 'LA0000000011';
const NOW = new Date('2026-11-27T01:00:00Z');

describe('the routes of the bridge', () => {
  let spec: SpecApp;
  let store: Store;
  useSpecApp(['bridge_messages', 'bridge_transactions', 'requests', 'used_keys', 'profiles'], (started) => {
    ({ spec, store } = started);
  });

  const transaction = async (library = 'RES_SHARE'): Promise<string> => {
    const row = await store.db
      .insertInto('bridge_transactions')
      .values({
        ...{ institution: '81SIM_INST', library, side: 'borrower', requester: 'isil:a', supplier: 'isil:b' },
        ...{ requester_request_id: `alma-${library}`, supplier_request_id: ID, request_id: ID, kind: 'loan' },
        ...{ title: '見本の本', told_version: 1, created_at: NOW, updated_at: NOW },
        told: JSON.stringify({ historyLength: 0, sent: ['Loaned'], last: 'Loaned' }),
      })
      .returning('transaction_id')
      .executeTakeFirstOrThrow();
    return row.transaction_id;
  };
  const message = async (transactionId: string, more: object = {}): Promise<string> => {
    const row = await store.db
      .insertInto('bridge_messages')
      .values({
        ...{ institution: '81SIM_INST', transaction_id: transactionId, direction: 'out', name: 'Loaned' },
        ...{ identity: null, body_hash: null, sent_at: NOW, state: 'stopped', rule: null, commands: '[]' },
        ...{ attempts: 12, problem: JSON.stringify({ code: 'unreachable' }), created_at: NOW },
        content: JSON.stringify({ kind: 'supplyingAgencyMessage', messageInfo: { note: '連絡', answerYesNo: 'Y' } }),
        ...more,
      })
      .returning('message_id')
      .executeTakeFirstOrThrow();
    return row.message_id;
  };
  const stored = (state: IllRequest['state'] & string = 'ON_LOAN') =>
    saveSnapshot(
      store.db,
      {
        ...{ institution: '81SIM_INST', library: 'RES_SHARE', memberId: OWN_ID, side: 'borrower' },
        request: { ...{ id: ID, kind: 'loan', state, externalStatus: '借用中', history: [] }, fields: { id: ID } },
      },
      NOW,
    );
  const get = async <T>(path: string, as = READER) => (await spec.call('GET', `/api/v1${path}`, { as })).json as T;

  it('show what needs somebody, newest first, with its counts and what can be done', async () => {
    const transactionId = await transaction();
    const id = await message(transactionId);
    await message(transactionId, { state: 'done', name: 'WillSupply' });
    const held = {
      state: 'held',
      direction: 'in',
      name: 'Received',
      hold: 'ask-claim',
      hold_since: NOW,
      problem: null,
    };
    await message(transactionId, held);
    await message(await transaction('BRANCH'), { state: 'waiting', attempts: 0, problem: null, next_at: NOW });
    const queue = await get<BridgeQueue>('/bridge/messages');
    expect([queue.total, queue.counts]).toEqual([3, { waiting: 1, held: 1, refused: 0, stopped: 1 }]);
    expect(queue.items.map(({ name, state, can }) => [name, state, can])).toEqual([
      ['Loaned', 'waiting', []],
      ['Received', 'held', ['apply', 'drop']],
      ['Loaned', 'stopped', ['retry', 'drop']],
    ]);
    expect(queue.items[2]).toEqual({
      ...{ id, library: 'RES_SHARE', direction: 'out', name: 'Loaned', answer: 'Y', side: 'borrower' },
      ...{ requestId: ID, externalId: 'alma-RES_SHARE', title: '見本の本', note: '連絡', state: 'stopped' },
      ...{ commands: [], problem: { code: 'unreachable' }, at: NOW.toISOString(), attempts: 12 },
      can: ['retry', 'drop'],
    });
    expect(queue.items[1]?.hold).toEqual({ reason: 'ask-claim', since: NOW.toISOString() });
    expect((await get<BridgeQueue>('/bridge/messages?library=BRANCH')).total).toBe(1);
    expect((await get<BridgeQueue>('/bridge/messages?state=done')).items.map(({ name }) => name)).toEqual([
      'WillSupply',
    ]);
    expect((await get<BridgeQueue>('/bridge/messages', STRANGER)).total).toBe(0);
  });

  it('send a message again or drop it, once for a key', async () => {
    const id = await message(await transaction());
    const decide = (action: string, key: string, as = STAFF) =>
      spec.call('POST', `/api/v1/bridge/messages/${id}/${action}`, { as, key });
    const key = spec.newKey();
    const retried = await decide('retry', key);
    expect((retried.json as { message: BridgeMessage }).message).toEqual(
      jasmine.objectContaining({ id, state: 'waiting', attempts: 0 }),
    );
    expect((await decide('retry', key)).status).toBe(200);
    expect((await decide('drop', key)).problem.code).toBe('idempotency-key-reused');
    expect((await decide('retry', spec.newKey())).problem.code).toBe('action-not-allowed');
    expect((await decide('drop', spec.newKey(), READER)).status).toBe(403);
    expect((await decide('drop', spec.newKey(), STRANGER)).status).toBe(404);
  });

  it('show the messages of a request, and what to press in Alma while the bridge writes', async () => {
    await stored();
    const transactionId = await transaction();
    await message(transactionId, { state: 'done', problem: null });
    const path = `/requests/${ID}/messages?side=borrower`;
    const { externalId, told, items, contradiction } = await get<RequestMessages>(path);
    expect([externalId, told, items.length, contradiction]).toEqual(['alma-RES_SHARE', 'Loaned', 1, undefined]);
    await store.db
      .insertInto('profiles')
      .values({
        ...{ institution: '81SIM_INST', library: 'RES_SHARE', version: 1, templates: '[]', views: '[]', tariffs: '[]' },
        ...{ loan_days: null, updated_at: NOW, updated_by: 'manager001' },
        integration: JSON.stringify({ ...DEFAULT_INTEGRATION, writer: 'iso18626' }),
      })
      .execute();
    expect((await get<RequestMessages>(path)).contradiction).toEqual({
      ...{ what: 'press', buttons: ['receive'], since: NOW.toISOString() },
    });
    expect((await spec.call('GET', `/api/v1${path}`, { as: STRANGER })).status).toBe(404);
    expect(await get<RequestMessages>(`/requests/${ID}/messages?side=borrower`)).toBeDefined();
  });

  it('find a request by its id in Alma, within the institution', async () => {
    await transaction();
    const path = '/requests/by-external-id?side=borrower&externalId=alma-RES_SHARE';
    expect(await get(path)).toEqual({ requestId: ID });
    expect(await get(path, STRANGER)).toEqual({});
    expect(await get(path.replace('borrower', 'lender'))).toEqual({});
  });

  it('count the messages in the metrics', async () => {
    await message(await transaction());
    const { payload } = await spec.app.inject('/metrics');
    expect(payload).toContain('gateway_bridge_messages{direction="out",name="Loaned",state="stopped"} 1');
    expect(payload).toContain('gateway_bridge_queue{state="stopped"} 1');
    expect(payload).toContain('gateway_bridge_queue{state="held"} 0');
  });
});
