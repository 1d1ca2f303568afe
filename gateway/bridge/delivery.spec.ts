import { INSTITUTION, LIBRARY, notification, SpecBridge, SpecPartner, status } from '../testing/spec-bridge';
import { specStore } from '../testing/spec-stores';
import type { Store } from '../store/open-store';
import { DeliveryWork } from './delivery';
import { writeOutgoing } from './outbox';
import type { Outgoing } from './rules';
import type { Delivery } from './port';
import { BRIDGE_DEFAULTS } from './settings';

const GOING_ON = new AbortController().signal;
const NO_CONNECTION: Delivery = { how: 'unanswered', code: 'unreachable' };

describe('the delivery to Alma', () => {
  let store: Store;
  let spec: SpecBridge;
  let alma: SpecPartner;
  let delivery: DeliveryWork;

  beforeAll(async () => {
    store = await specStore();
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    spec = new SpecBridge(store.db);
    await spec.clear();
    alma = new SpecPartner();
    delivery = gateway();
  });

  const gateway = () =>
    new DeliveryWork({
      ...{ db: store.db, partner: alma, now: spec.now },
      settings: { ...BRIDGE_DEFAULTS, deliveryAttempts: 3 },
    });
  const request = async (id: string, ...outgoing: readonly Outgoing[]): Promise<void> => {
    const transactionId = await spec.transaction({ id });
    await store.db
      .transaction()
      .execute((db) => writeOutgoing(db, { transaction_id: transactionId }, outgoing, spec.now()));
  };
  const round = (by = delivery) => by.deliver(INSTITUTION, [LIBRARY], GOING_ON);
  /** Rounds until nothing is due. */
  const work = async (by = delivery) => {
    while (await round(by));
  };
  const rows = () => store.db.selectFrom('bridge_messages').selectAll().orderBy('message_id').execute();

  it('keeps the order of each transaction', async () => {
    await request('LA1', status('WillSupply', { isOvertakable: false }), notification('一'), notification('二'));
    await request('LA2', notification('三'));
    await work();
    const ofFirst = (await rows()).slice(0, 3).map(({ content }) => content?.header.timestamp);
    expect(alma.headers.filter(([id]) => id === 'alma-LA1').map(([, timestamp]) => timestamp)).toEqual(
      ofFirst as string[],
    );
    expect(alma.got.length).toBe(4);
    expect((await rows()).every(({ state, done_at: at }) => state === 'done' && at !== null)).toBeTrue();
    expect(await delivery.isDue(INSTITUTION, [LIBRARY])).toBeFalse();
  });

  it('repeats a message without an answer with its timestamp, after growing pauses, and then stops', async () => {
    alma.answer = () => NO_CONNECTION;
    await request('LA1', status('WillSupply', { isOvertakable: false }), notification('後'));
    const pauses: number[] = [];
    for (let attempt = 1; attempt < 3; attempt += 1) {
      await round();
      const [row] = await rows();
      pauses.push((row?.next_at?.getTime() ?? 0) - spec.clock);
      await round();
      expect(alma.got.length).withContext('before the pause is over').toBe(attempt);
      spec.clock = Math.max(row?.next_at?.getTime() ?? 0, spec.clock);
    }
    await round();
    expect(pauses).toEqual([5_000, 10_000]);
    expect(new Set(alma.headers.map(([, timestamp]) => timestamp)).size).toBe(1);
    expect(await spec.outbox()).toEqual(['WillSupply stopped', 'Notification waiting']);
    expect((await rows())[0]?.problem).toEqual({ code: 'unreachable' });
  });

  it('lets a stopped message block its own transaction only, and a refused one nothing', async () => {
    await request('LA1', status('WillSupply', { isOvertakable: false }), notification('後'));
    await request('LA2', status('Loaned', { isOvertakable: false }), notification('先'));
    await store.db.updateTable('bridge_messages').set({ state: 'stopped' }).where('name', '=', 'WillSupply').execute();
    alma.answer = (message) =>
      JSON.stringify(message).includes('Loaned')
        ? { how: 'refused', code: 'not-accepted', detail: 'UnrecognisedDataValue: Loaned' }
        : { how: 'confirmed' };
    await work();
    expect(await spec.outbox()).toEqual([
      ...['WillSupply stopped', 'Notification waiting', 'Loaned refused', 'Notification done'],
    ]);
    expect((await rows())[2]?.problem).toEqual({ code: 'not-accepted', detail: 'UnrecognisedDataValue: Loaned' });
  });

  it('asks an Alma that is down with one message at a time, and sends everything when it is up again', async () => {
    for (let at = 1; at <= 50; at += 1) await request(`LA${String(at)}`, notification('一'));
    alma.answer = () => NO_CONNECTION;
    await work();
    expect(alma.got.length).toBe(1);
    for (let times = 0; times < 6; times += 1) {
      spec.pass(61);
      await work();
    }
    expect(alma.got.length).toBe(7);
    expect(await spec.outbox()).toEqual(Array.from({ length: 50 }, () => 'Notification waiting'));
    alma.answer = () => ({ how: 'confirmed' });
    spec.pass(61);
    await work();
    await work();
    expect(await spec.outbox()).toEqual(Array.from({ length: 50 }, () => 'Notification done'));
    expect(new Set(alma.headers.map(([id]) => id)).size).toBe(50);
  });

  it('is not held up by one message at which Alma fails', async () => {
    for (const id of ['LA1', 'LA2', 'LA3']) await request(id, notification('一'));
    alma.answer = ({ header }) =>
      header.requestingAgencyRequestId === 'alma-LA1'
        ? { how: 'unanswered', code: 'server-error' }
        : { how: 'confirmed' };
    await work();
    expect(await spec.outbox()).toEqual(['Notification waiting', 'Notification done', 'Notification done']);
  });

  it('by two gateways at the same time delivers each message once', async () => {
    for (let at = 1; at <= 30; at += 1) await request(`LA${String(at)}`, notification('一'), notification('二'));
    await Promise.all([work(gateway()), work(gateway())]);
    await work();
    expect(await spec.outbox()).toEqual(Array.from({ length: 60 }, () => 'Notification done'));
    expect(alma.got.length).toBe(60);
  });

  it('repeats what a killed gateway may have sent, as it was', async () => {
    await request('LA1', notification('一'));
    alma.answer = () => Promise.reject(new Error('killed'));
    await expectAsync(round()).toBeRejectedWithError('killed');
    expect(await spec.outbox()).toEqual(['Notification waiting']);
    alma.answer = () => ({ how: 'confirmed' });
    const next = gateway();
    await work(next);
    expect(alma.got.length).withContext('the message may be on its way').toBe(1);
    spec.pass(BRIDGE_DEFAULTS.callTimeoutMs / 1000 + 10);
    await work(next);
    expect(await spec.outbox()).toEqual(['Notification done']);
    const [first, second] = alma.headers;
    expect(second).toEqual(first);
  });

  it('ends after the messages that are on their way', async () => {
    for (let at = 1; at <= 20; at += 1) await request(`LA${String(at)}`, notification('一'));
    const stopping = new AbortController();
    alma.answer = () => {
      stopping.abort();
      return { how: 'confirmed' };
    };
    await delivery.deliver(INSTITUTION, [LIBRARY], stopping.signal);
    expect(alma.got.length).toBe(1);
  });
});
