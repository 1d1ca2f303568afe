import { answer, notification, SpecBridge, status } from '../testing/spec-bridge';
import { specStore } from '../testing/spec-stores';
import type { Store } from '../store/open-store';
import { writeOutgoing } from './outbox';
import type { Outgoing } from './rules';

describe('the outbox', () => {
  let store: Store;
  let spec: SpecBridge;
  let transactionId: string;

  beforeAll(async () => {
    store = await specStore();
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    spec = new SpecBridge(store.db);
    await spec.clear();
    transactionId = await spec.transaction({ id: 'LA0000000011' });
  });

  const write = (...outgoing: readonly Outgoing[]) =>
    store.db.transaction().execute((db) => writeOutgoing(db, { transaction_id: transactionId }, outgoing, spec.now()));
  const messages = async () => store.db.selectFrom('bridge_messages').selectAll().orderBy('message_id').execute();
  const told = async () => {
    const row = await store.db.selectFrom('bridge_transactions').select(['told', 'ended']).executeTakeFirstOrThrow();
    return { last: row.told.last, sent: row.told.sent, ended: row.ended };
  };

  it('adds the ids, and a timestamp later than every earlier one', async () => {
    await write(status('WillSupply'), notification('一'));
    await write(notification('二'));
    const headers = (await messages()).map(({ content }) => content?.header);
    expect(headers[0]).toEqual({
      supplyingAgencyId: { type: 'isil', value: 'jp-nacsis' },
      requestingAgencyId: { type: 'isil', value: 'jp-alma' },
      timestamp: '2026-11-27T01:00:00.000Z',
      requestingAgencyRequestId: 'alma-LA0000000011',
      supplyingAgencyRequestId: 'LA0000000011',
    });
    expect(headers.map((header) => header?.timestamp)).toEqual([
      '2026-11-27T01:00:00.000Z',
      '2026-11-27T01:00:00.001Z',
      '2026-11-27T01:00:00.002Z',
    ]);
    const [first] = await messages();
    expect(first?.content).toEqual(
      jasmine.objectContaining({ statusInfo: { status: 'WillSupply', lastChange: '2026-11-27T01:00:00.000Z' } }),
    );
    expect(Object.keys(first?.content ?? {}).sort()).toEqual(['header', 'kind', 'messageInfo', 'statusInfo']);
  });

  it('drops a status that waits when a later one overtakes it, and no notification or answer', async () => {
    await write(status('WillSupply'), notification('一'), answer('RenewResponse', 'Y'));
    await write(status('Loaned'));
    expect(await spec.outbox()).toEqual([
      'WillSupply dropped',
      'Notification waiting',
      'RenewResponse waiting',
      'Loaned waiting',
    ]);
    await store.db.updateTable('bridge_messages').set({ state: 'done' }).where('name', '=', 'Loaned').execute();
    await write(status('LoanCompleted', { isOvertakable: false, ends: true }));
    expect((await spec.outbox()).slice(3)).toEqual(['Loaned done', 'LoanCompleted waiting']);
  });

  it('writes no status after an end, but answers', async () => {
    await write(status('Cancelled', { isOvertakable: false, ends: true }), status('Loaned'));
    await write(status('WillSupply'), answer('CancelResponse', 'N'), notification('断り'));
    expect(await spec.outbox()).toEqual(['Cancelled waiting', 'CancelResponse waiting', 'Notification waiting']);
    expect((await told()).ended).toBeTrue();
  });

  it('keeps what Alma was told; a notification tells no status', async () => {
    await write(status('Loaned'), answer('RenewResponse', 'N'), notification('一'), status('Loaned'));
    expect(await told()).toEqual({ last: 'Loaned', sent: ['Loaned', 'RenewResponse', 'Notification'], ended: false });
  });
});
