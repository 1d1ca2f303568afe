import type { Action } from '#domain/ill/commands';
import { GatewayError } from '../gateway-error';
import type { InstitutionConfig } from '../config';
import { findRequest } from '../store/requests-store';
import type { Store } from '../store/open-store';
import { answer, INSTITUTION, SpecBridge, status } from '../testing/spec-bridge';
import { specStore } from '../testing/spec-stores';
import { writeOutgoing } from './outbox';
import { OwedCommands } from './owed-commands';

const AT: InstitutionConfig = { code: INSTITUTION, almaApiKey: 'key', libraries: [] };
const GOING_ON = new AbortController().signal;

describe('the commands that the gateway owes NACSIS-ILL', () => {
  let store: Store;
  let spec: SpecBridge;
  let acts: string[];
  let outcome: () => Promise<void>;
  let owed: OwedCommands;

  beforeAll(async () => {
    store = await specStore();
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    spec = new SpecBridge(store.db);
    await spec.clear();
    acts = [];
    outcome = () => Promise.resolve();
    owed = new OwedCommands({
      db: store.db,
      actions: {
        act: async ({ key, userId }, action: Action, { id, version }) => {
          acts.push(`${action} ${id} ${key.replace(/ \d+ /, ' M ')} ${userId} ${String(version)}`);
          await outcome();
          throw new Error('the answer is not used');
        },
      },
      requests: {
        read: async (_institution, side, id) => (await findRequest(store.db, INSTITUTION, side, id))!,
      },
      now: spec.now,
      failed: () => undefined,
    });
  });

  const write = async (
    message: ReturnType<typeof status>,
    then: Parameters<typeof writeOutgoing>[4],
    id = 'LA0000000011',
  ) => {
    const transactionId = await spec.transaction({ id });
    await store.db
      .transaction()
      .execute((db) => writeOutgoing(db, { transaction_id: transactionId }, [message], spec.now(), then));
  };
  const refusing = (code: 'action-not-allowed' | 'nacsis-unavailable') => () => Promise.reject(new GatewayError(code));

  it('accept the answer to a renewal once Alma was told, under a key of the message', async () => {
    await spec.deliver({ state: 'RETURN_CLAIMED' });
    await write(answer('RenewResponse', 'Y'), ['RECEIVE']);
    expect(await owed.isDue(INSTITUTION)).toBeTrue();
    outcome = refusing('action-not-allowed');
    await owed.work(AT, GOING_ON);
    expect(acts).toEqual(['accept LA0000000011 iso18626 M v1 iso18626 1']);
    expect(await owed.isDue(INSTITUTION)).toBeFalse();
  });

  it('close the record after the last refusal, also when a killed gateway did the first of both', async () => {
    for (const state of ['NEW_INQUIRY', 'INQUIRY'] as const) {
      await spec.clear();
      await spec.deliver({ state });
      await write(status('Unfilled', { ends: true }), ['RECEIVE', 'CANCEL']);
      outcome = refusing('action-not-allowed');
      await owed.work(AT, GOING_ON);
    }
    expect(acts.map((act) => act.split(' ')[0])).toEqual(['cancel', 'cancel']);
  });

  it('are no longer wanted when staff was quicker', async () => {
    await spec.deliver({ state: 'ON_LOAN' });
    await write(answer('RenewResponse', 'Y'), ['RECEIVE']);
    await owed.work(AT, GOING_ON);
    expect(acts).toEqual([]);
    expect(await owed.isDue(INSTITUTION)).toBeFalse();
  });

  it('wait while NACSIS-ILL cannot be asked', async () => {
    await spec.deliver({ state: 'RETURN_CLAIMED' });
    await write(answer('RenewResponse', 'Y'), ['RECEIVE']);
    outcome = refusing('nacsis-unavailable');
    await owed.work(AT, GOING_ON);
    expect(await owed.isDue(INSTITUTION)).toBeFalse();
    spec.pass(31);
    expect(await owed.isDue(INSTITUTION)).toBeTrue();
    outcome = refusing('action-not-allowed');
    await owed.work(AT, GOING_ON);
    expect(acts.length).toBe(2);
    expect(acts[0]).toBe(acts[1] ?? '');
  });

  it('wait longer after each failure, and keep no other one waiting', async () => {
    for (const id of ['LA0000000011', 'LA0000000022']) {
      await spec.deliver({ id, state: 'RETURN_CLAIMED' });
      await write(answer('RenewResponse', 'Y'), ['RECEIVE'], id);
    }
    const failing = 'accept LA0000000011';
    outcome = () => Promise.reject(new GatewayError(acts.at(-1)?.startsWith(failing) ? 'invalid-fields' : 'not-found'));
    await owed.work(AT, GOING_ON);
    expect(acts.map((act) => act.split(' ')[1])).toEqual(['LA0000000011', 'LA0000000022']);
    const pauses: number[] = [];
    for (let failure = 1; failure <= 8; failure += 1) {
      let seconds = 0;
      for (; !(await owed.isDue(INSTITUTION)); seconds += 5) spec.pass(5);
      pauses.push(seconds);
      await owed.work(AT, GOING_ON);
    }
    expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 300, 300]);
    expect(acts.filter((act) => !act.startsWith(failing)).length).toBe(1);
  });

  it('of an institution wait for no other institution', async () => {
    await spec.deliver({ state: 'RETURN_CLAIMED' });
    await write(answer('RenewResponse', 'Y'), ['RECEIVE']);
    outcome = refusing('nacsis-unavailable');
    await owed.work(AT, GOING_ON);
    await spec.deliver({ id: 'LA0000000022', state: 'RETURN_CLAIMED' });
    await write(answer('RenewResponse', 'Y'), ['RECEIVE'], 'LA0000000022');
    await store.db
      .updateTable('bridge_messages')
      .set({ institution: 'B' })
      .where('message_id', '=', (query) =>
        query.selectFrom('bridge_messages').select(({ fn }) => fn.max('message_id').as('last')),
      )
      .execute();
    expect([await owed.isDue(INSTITUTION), await owed.isDue('B')]).toEqual([false, true]);
  });
});
