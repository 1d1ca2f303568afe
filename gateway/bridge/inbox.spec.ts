import type { MessageName } from '#domain/api/bridge';
import type { Kind } from '#domain/ill/kinds';
import { STATES, type StateId } from '#domain/ill/states';
import type { Request, SupplyingAgencyMessage } from '#iso18626/message';
import { StoreUnavailable } from '../store/store-unavailable';
import { OWN_ID } from '../testing/spec-app';
import {
  borrowerHeader,
  lenderHeader,
  newExternalId,
  nextTime,
  PARTNER_ID,
  type SpecInbound,
} from '../testing/spec-inbound';
import { useSpecInbound } from '../testing/use-spec-inbound';

const DAY = 86_400;

describe('the inbox', () => {
  let bridge: SpecInbound;
  let start: (options?: Parameters<typeof SpecInbound.start>[1]) => Promise<SpecInbound>;
  useSpecInbound((started) => ({ bridge, start } = started));

  const act = (externalId: string, action: string, note?: string) =>
    bridge.send({
      kind: 'requestingAgencyMessage',
      header: borrowerHeader(externalId),
      action,
      ...(note === undefined ? {} : { note }),
    });
  const supply = (id: string, status: MessageName, more: Partial<SupplyingAgencyMessage> = {}) =>
    bridge.send({
      kind: 'supplyingAgencyMessage',
      header: lenderHeader(id),
      messageInfo: { reasonForMessage: 'StatusChange' },
      statusInfo: { status, lastChange: nextTime() },
      ...more,
    });
  const request = (externalId: string, more: Partial<Request> = {}) =>
    bridge.send({
      kind: 'request',
      header: borrowerHeader(externalId),
      bibliographicInfo: { title: '見本の資料' },
      serviceInfo: { requestType: 'New', serviceType: 'Loan' },
      ...more,
    });
  const stateOf = (id: string) => bridge.nacsis.stored.get(id)?.state;
  const firstMessage = async () => (await bridge.messages())[0]?.message_id ?? '';
  /** Access to the store whose write with this number fails. */
  const failingAtWrite = (write: number, error: Error) => {
    let writes = 0;
    return new Proxy(bridge.store.db, {
      get: (target, name) => {
        if ((name === 'updateTable' || name === 'transaction') && (writes += 1) === write) throw error;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  };
  const keys = async () => {
    const rows = await bridge.store.db.selectFrom('journal').selectAll().orderBy('created_at').execute();
    return rows.map(({ idempotency_key: key, command, state }) => `${key} ${command} ${state}`);
  };

  describe('carries out', () => {
    it('a chain, each command under a key of its own', async () => {
      const { id, externalId } = await bridge.seed('SHIPPED');
      await act(externalId, 'Received');
      expect(await bridge.work()).toEqual({ isMore: false });
      const message = await firstMessage();
      expect(await keys()).toEqual([`iso18626 ${message} 1 RECEIVE applied`, `iso18626 ${message} 2 BORROW applied`]);
      const { user_id: user } = await bridge.store.db.selectFrom('journal').selectAll().executeTakeFirstOrThrow();
      expect(user).toBe('iso18626');
      expect(stateOf(id)).toBe('ON_LOAN');
      expect(await bridge.outbound()).toEqual([]);
      const [transaction] = await bridge.transactions();
      expect(transaction?.last_in).toBe('Received');
    });

    it('the messages of a request in their order', async () => {
      const { id, externalId } = await bridge.seed('SHIPPED');
      for (const action of ['Received', 'Renew']) await act(externalId, action);
      expect(await bridge.inbound()).toEqual(['Received waiting RECEIVE+BORROW 0', 'Renew waiting']);
      await bridge.work();
      expect(await bridge.inbound()).toEqual(['Received done RECEIVE+BORROW 2', 'Renew done RENEW 1']);
      expect(stateOf(id)).toBe('RENEW_REQUESTED');
    });

    it('a shipment with its charge and due date, and a note as comment', async () => {
      const { id } = await bridge.seed('UNPROCESSED', { side: 'lender' });
      await supply(id, 'Loaned', {
        messageInfo: { reasonForMessage: 'StatusChange', note: 'お送りします' },
        statusInfo: { status: 'Loaned', lastChange: nextTime(), dueDate: '2099-11-30T23:59:59Z' },
        deliveryInfo: { dateSent: nextTime(), deliveryCosts: { currency: 'JPY', amount: '300.00' } },
      });
      await bridge.work();
      expect(bridge.commands()).toEqual(['RECEIVE', 'SEND']);
      const [receive, send] = bridge.nacsis.calls;
      expect(receive?.comment).toBeUndefined();
      expect(send?.fields).toEqual(jasmine.objectContaining({ total: '300', dueDate: '20991130' }));
      expect(send?.comment).toBe('お送りします');
    });

    it('a cancel, and only then says yes', async () => {
      const { externalId } = await bridge.seed('PREPARING');
      await act(externalId, 'Cancel');
      expect(await bridge.outbound()).toEqual([]);
      await bridge.work();
      expect(bridge.commands()).toEqual(['CANCEL']);
      expect(await bridge.outbound()).toEqual(['CancelResponse Y']);
    });

    it('a new request, under the id of Alma', async () => {
      const externalId = newExternalId();
      await request(externalId);
      await bridge.work();
      expect(await bridge.inbound()).toEqual(['Request done SAVE 1']);
      const [transaction] = await bridge.transactions();
      const saved = await bridge.stored(transaction?.request_id ?? '');
      expect([saved?.state, saved?.kind]).toEqual(['PREPARING', 'loan']);
      await act(externalId, 'Cancel');
      await bridge.work();
      expect(bridge.commands()).toEqual(['SAVE', 'CANCEL']);
    });
  });

  describe('sends nothing twice', () => {
    it('wherever the gateway is killed between a command and the row of its message', async () => {
      let kills = 0;
      for (let write = 1; ; write += 1) {
        const { id, externalId } = await bridge.seed('SHIPPED');
        const before = bridge.commands().length;
        await act(externalId, 'Received');
        const isKilled = await bridge
          .inboxOn(failingAtWrite(write, new StoreUnavailable('killed')))
          .step(bridge.institutions[0], new AbortController().signal)
          .then(() => false)
          .catch((error: unknown) => error instanceof StoreUnavailable);
        await bridge.work();
        expect(bridge.commands().slice(before))
          .withContext(`killed at write ${String(write)}`)
          .toEqual(['RECEIVE', 'BORROW']);
        expect(stateOf(id)).toBe('ON_LOAN');
        expect((await bridge.inbound()).at(-1)).toBe('Received done RECEIVE+BORROW 2');
        if (!isKilled) break;
        kills += 1;
      }
      expect(kills).toBeGreaterThan(2);
      expect(bridge.failures).toEqual([]);
    });

    it('when the answer of a command is lost, and its effect shows later', async () => {
      const { externalId } = await bridge.seed('SHIPPED');
      await act(externalId, 'Received');
      bridge.nacsis.fates = ['answered', 'cut-after'];
      bridge.nacsis.readable = false;
      const { nextAt } = await bridge.work();
      expect(await bridge.inbound()).toEqual(['Received waiting RECEIVE+BORROW 1']);
      expect((await bridge.messages())[0]?.problem).toEqual({ code: 'outcome-unknown' });
      expect(nextAt).toBeInstanceOf(Date);
      bridge.nacsis.readable = true;
      bridge.pass(10);
      await bridge.work();
      expect(await bridge.inbound()).toEqual(['Received done RECEIVE+BORROW 2']);
      expect(bridge.commands()).toEqual(['RECEIVE', 'BORROW']);
    });

    it('when a command was lost on its way, and only after NACSIS-ILL has certainly forgotten it', async () => {
      const { id, externalId } = await bridge.seed('SHIPPED');
      await act(externalId, 'Received');
      bridge.nacsis.fates = ['cut-before'];
      await bridge.work();
      bridge.pass(10);
      await bridge.work();
      expect(bridge.commands()).toEqual(['RECEIVE']);
      bridge.pass(60);
      await bridge.work();
      expect(bridge.commands()).toEqual(['RECEIVE', 'RECEIVE', 'BORROW']);
      expect(stateOf(id)).toBe('ON_LOAN');
    });

    it('when the answer of a new request is lost', async () => {
      await request(newExternalId());
      bridge.nacsis.fates = ['timeout-after'];
      bridge.nacsis.readable = false;
      await bridge.work();
      bridge.nacsis.readable = true;
      bridge.pass(10);
      await bridge.work();
      expect(await bridge.inbound()).toEqual(['Request done SAVE 1']);
      expect(bridge.nacsis.stored.size).toBe(1);
    });
  });

  describe('waits', () => {
    it('while NACSIS-ILL cannot be reached, with everything that follows in the transaction', async () => {
      const { externalId } = await bridge.seed('SHIPPED');
      const other = await bridge.seed('SHIPPED');
      await act(externalId, 'Received');
      await act(externalId, 'Renew');
      await act(other.externalId, 'Received');
      bridge.nacsis.fates = ['unreachable'];
      await bridge.work();
      expect(await bridge.inbound()).toEqual([
        'Received waiting RECEIVE+BORROW 0',
        'Renew waiting',
        'Received done RECEIVE+BORROW 2',
      ]);
      expect((await bridge.messages())[0]?.problem).toEqual({ code: 'nacsis-unavailable' });
      await bridge.work();
      expect(bridge.commands().length).toBe(3);
      bridge.pass(10);
      await bridge.work();
      expect((await bridge.inbound()).slice(0, 2)).toEqual(['Received done RECEIVE+BORROW 2', 'Renew done RENEW 1']);
    });

    it('longer after each failure', async () => {
      const { externalId } = await bridge.seed('SHIPPED');
      await act(externalId, 'Received');
      const pauses: number[] = [];
      for (let attempt = 1; attempt <= 8; attempt += 1) {
        bridge.nacsis.fates = ['unreachable'];
        const { nextAt } = await bridge.work();
        pauses.push(Math.round(((nextAt?.getTime() ?? 0) - bridge.now().getTime()) / 1000));
        bridge.pass(301);
      }
      expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 300, 300]);
      await bridge.work();
      expect(await bridge.inbound()).toEqual(['Received done RECEIVE+BORROW 2']);
    });

    it('for the step of the other library, and goes on when it is done', async () => {
      const { id, externalId } = await bridge.seed('PROCESSING');
      await act(externalId, 'Received');
      expect(await bridge.inbound()).toEqual(['Received held partner-first']);
      await bridge.work();
      expect(bridge.commands()).toEqual([]);
      await bridge.happens(id, 'SEND', 'SHIPPED');
      await bridge.work();
      expect(await bridge.inbound()).toEqual(['Received done RECEIVE+BORROW 2']);
    });

    it('longer after each failure, also when it was held and its request changed', async () => {
      const { id, externalId } = await bridge.seed('PROCESSING');
      await act(externalId, 'Received');
      await bridge.happens(id, 'PARDON', 'PREPARING');
      bridge.pass(120);
      bridge.nacsis.readable = false;
      await bridge.work();
      expect(await bridge.inbound()).toEqual(['Received held partner-first']);
      expect((await bridge.messages())[0]?.problem).toEqual({ code: 'nacsis-unavailable' });
      expect(await bridge.inbox.isDue('81SIM_INST')).toBeFalse();
      bridge.nacsis.readable = true;
      bridge.pass(6);
      expect(await bridge.inbox.isDue('81SIM_INST')).toBeTrue();
      await bridge.work();
      expect(await bridge.inbound()).toEqual(['Received refused']);
    });

    it('no longer than the library wants, and then refuses', async () => {
      const { externalId } = await bridge.seed('PROCESSING');
      await act(externalId, 'Received');
      bridge.pass(13 * DAY);
      await bridge.work();
      expect(await bridge.inbound()).toEqual(['Received held partner-first']);
      bridge.pass(2 * DAY);
      await bridge.work();
      expect(await bridge.inbound()).toEqual(['Received refused']);
      expect(await bridge.outbound()).toEqual(['Notification']);
      expect((await bridge.messages())[0]?.problem).toEqual({ code: 'waited-too-long' });
    });

    it('does not keep later messages from their turn', async () => {
      const { externalId } = await bridge.seed('PROCESSING');
      await act(externalId, 'Received');
      await act(externalId, 'Cancel');
      await bridge.work();
      expect(await bridge.inbound()).toEqual(['Received held partner-first', 'Cancel refused']);
    });

    it('for staff before it refuses a reader, when Alma only let the request expire', async () => {
      const { id } = await bridge.seed('PROCESSING', { side: 'lender' });
      await supply(id, 'Unfilled');
      expect(await bridge.inbound()).toEqual(['Unfilled held expired']);
      const message = await firstMessage();
      await bridge.decisions.decide('81SIM_INST', message, 'apply');
      await bridge.work();
      expect(await bridge.inbound()).toEqual(['Unfilled done PARDON 1']);
    });

    it('for staff before a final step that an outage has delayed for a day', async () => {
      const { id, externalId } = await bridge.seed('PREPARING');
      await act(externalId, 'Cancel');
      bridge.nacsis.fates = ['unreachable'];
      await bridge.work();
      bridge.pass(2 * DAY);
      await bridge.work();
      expect(await bridge.inbound()).toEqual(['Cancel held ask-late CANCEL 0']);
      const message = await firstMessage();
      await bridge.decisions.decide('81SIM_INST', message, 'apply');
      await bridge.work();
      expect(stateOf(id)).toBe('CANCELLED');
      expect(await bridge.outbound()).toEqual(['CancelResponse Y']);
    });
  });

  describe('judges again', () => {
    it('when the runner finds another record than the one that was judged', async () => {
      const { id, externalId } = await bridge.seed('SHIPPED');
      await act(externalId, 'Received');
      bridge.nacsis.actElsewhere(id, 'RECEIVE', 'ARRIVED', STATES.ARRIVED.wire, OWN_ID);
      bridge.pass(120);
      await bridge.work();
      expect(await bridge.inbound()).toEqual(['Received done BORROW 1']);
    });

    it('and finds that somebody else did it', async () => {
      const { id, externalId } = await bridge.seed('SHIPPED');
      await act(externalId, 'Received');
      bridge.nacsis.actElsewhere(id, 'BORROW', 'ON_LOAN', STATES.ON_LOAN.wire, OWN_ID);
      bridge.pass(120);
      await bridge.work();
      expect(await bridge.inbound()).toEqual(['Received done RECEIVE+BORROW 0']);
      expect(bridge.commands()).toEqual([]);
    });

    it('in the middle of a chain that the other library crosses', async () => {
      const { id, externalId } = await bridge.seed('SHIPPED');
      await act(externalId, 'Received');
      bridge.nacsis.fates = ['answered', 'refused'];
      let calls = 0;
      bridge.nacsis.answer = (answer) => {
        calls += 1;
        if (calls === 1) bridge.nacsis.actElsewhere(id, 'CALLBACK', 'PROCESSING', STATES.PROCESSING.wire);
        return answer;
      };
      await bridge.work();
      expect(await bridge.inbound()).toEqual(['Received held partner-first RECEIVE+BORROW 1']);
      await bridge.happens(id, 'SEND', 'SHIPPED');
      await bridge.work();
      expect(await bridge.inbound()).toEqual(['Received done RECEIVE+RECEIVE+BORROW 3']);
    });
  });

  describe('keeps with a new request', () => {
    const odd = { requestType: 'New', serviceType: 'Loan', needBeforeDate: '2020-01-31T00:00:00Z' };

    it('what of the message is not in it', async () => {
      await request(newExternalId(), { serviceInfo: odd });
      await bridge.work();
      expect((await bridge.messages())[0]?.warnings).toEqual([{ code: 'need-by-past' }]);
    });

    it('what the retry of Alma says that is not in it', async () => {
      const { externalId } = await bridge.seed('CANCELLED');
      const retried = { ...odd, requestType: 'Retry', requestingAgencyPreviousRequestId: externalId };
      await request(newExternalId(), { serviceInfo: retried });
      await bridge.work();
      expect(bridge.commands()).toEqual(['CALLBACK', 'SAVE']);
      expect((await bridge.messages())[0]?.warnings).toEqual([{ code: 'need-by-past' }]);
    });
  });

  it('does each command of a retry once, wherever the gateway is killed', async () => {
    for (let write = 1; ; write += 1) {
      const { externalId } = await bridge.seed('CANCELLED');
      const before = bridge.commands().length;
      await request(newExternalId(), {
        serviceInfo: { requestType: 'Retry', serviceType: 'Loan', requestingAgencyPreviousRequestId: externalId },
      });
      const isKilled = await bridge
        .inboxOn(failingAtWrite(write, new StoreUnavailable('killed')))
        .step(bridge.institutions[0], new AbortController().signal)
        .then(() => false)
        .catch((error: unknown) => error instanceof StoreUnavailable);
      await bridge.work();
      expect(bridge.commands().slice(before))
        .withContext(`killed at write ${String(write)}`)
        .toEqual(['CALLBACK', 'SAVE']);
      expect((await bridge.inbound()).at(-1)).toBe('Retry done CALLBACK 1');
      if (!isKilled) break;
    }
    expect(bridge.failures).toEqual([]);
  });

  it('leaves the first step of a chain whose next one NACSIS-ILL refuses, and says so', async () => {
    const { id, externalId } = await bridge.seed('SHIPPED');
    await act(externalId, 'Received');
    bridge.nacsis.fates = ['answered', 'refused'];
    await bridge.work();
    expect(await bridge.inbound()).toEqual(['Received refused RECEIVE+BORROW 1']);
    expect(stateOf(id)).toBe('ARRIVED');
    expect((await bridge.messages())[0]?.problem?.code).toBe('action-not-allowed');
    expect(await bridge.outbound()).toEqual(['Notification']);
    expect(bridge.failures).toEqual([]);
  });

  it('refuses what lacks a field, and names it', async () => {
    const { id } = await bridge.seed('SHIPPED', { fields: { dueDate: '' } });
    const [transaction] = await bridge.transactions();
    await act(transaction?.requester_request_id ?? '', 'Received');
    await bridge.work();
    const [row] = await bridge.messages();
    expect(row?.state).toBe('refused');
    expect(stateOf(id)).toBe('SHIPPED');
  });

  it('finds another request of the same library untouched', async () => {
    const { id, externalId } = await bridge.seed('SHIPPED');
    const other = await bridge.seed('SHIPPED');
    await act(externalId, 'Received');
    await bridge.work();
    expect([stateOf(id), stateOf(other.id)]).toEqual(['ON_LOAN', 'SHIPPED']);
  });

  it('passes a refused request on, and keeps it as gone', async () => {
    const { id } = await bridge.seed('PROCESSING', { side: 'lender' });
    bridge.nacsis.answer = (answer) => ({ ...answer, fields: { ...answer.fields, lenderId: PARTNER_ID } });
    await supply(id, 'Unfilled', { messageInfo: { reasonForMessage: 'StatusChange', note: '貸出中です' } });
    await bridge.work();
    expect(await bridge.inbound()).toEqual(['Unfilled done PARDON 1']);
    expect((await bridge.stored(id, 'lender'))?.gone).toBe('passed-on');
  });

  it('tells a receipt again after a shipment in Alma that came later than in NACSIS-ILL', async () => {
    const { id } = await bridge.seed('ON_LOAN', { side: 'lender' });
    const told = JSON.stringify({ historyLength: 4, sent: ['Request', 'Received'], last: 'Received' });
    await bridge.store.db.updateTable('bridge_transactions').set({ told }).execute();
    const statusInfo = { status: 'Loaned', lastChange: nextTime(), dueDate: '2026-12-24T14:59:59Z' };
    // Alma's reason is often wrong.
    await supply(id, 'Loaned', { messageInfo: { reasonForMessage: 'RequestResponse' }, statusInfo });
    await bridge.work();
    expect(await bridge.inbound()).toEqual([jasmine.stringMatching(/^Loaned done/)]);
    expect(bridge.commands()).toEqual([]);
    expect(await bridge.outbound()).toEqual(['Received']);
    const [transaction] = await bridge.transactions();
    expect(transaction?.told.sent).toEqual(['Request', 'Received']);
  });

  it('reports a fault of ours, and goes on with the others', async () => {
    const { externalId } = await bridge.seed('SHIPPED');
    const other = await bridge.seed('SHIPPED');
    await act(externalId, 'Received');
    await act(other.externalId, 'Received');
    const fault = new TypeError('a fault');
    await bridge.inboxOn(failingAtWrite(1, fault)).step(bridge.institutions[0], new AbortController().signal);
    expect(bridge.failures).toEqual([fault]);
    expect((await bridge.inbound())[1]).toBe('Received done RECEIVE+BORROW 2');
  });

  it('ends soon when it is asked to, and goes on where it was', async () => {
    const { externalId } = await bridge.seed('SHIPPED');
    await act(externalId, 'Received');
    const stopping = new AbortController();
    bridge.nacsis.during = () => Promise.resolve(stopping.abort());
    expect(await bridge.inbox.step(bridge.institutions[0], stopping.signal)).toEqual({ isMore: true });
    expect(await bridge.inbound()).toEqual(['Received waiting RECEIVE+BORROW 1']);
    bridge.nacsis.during = () => Promise.resolve();
    await bridge.work();
    expect(bridge.commands()).toEqual(['RECEIVE', 'BORROW']);
  });

  it('works on the messages of its own institution only', async () => {
    const { externalId } = await bridge.seed('SHIPPED');
    await act(externalId, 'Received');
    await bridge.work(bridge.institutions[1]);
    expect(bridge.commands()).toEqual([]);
    await bridge.work();
    expect(bridge.commands().length).toBe(2);
  });

  it('drops a message whose text was erased', async () => {
    const { externalId } = await bridge.seed('PROCESSING');
    await act(externalId, 'Received');
    await bridge.store.db
      .updateTable('bridge_messages')
      .set({ content: null, state: 'waiting', next_at: null })
      .execute();
    await bridge.work();
    expect(await bridge.inbound()).toEqual(['Received dropped partner-first']);
  });

  const CELLS: readonly (readonly [state: StateId, kind: Kind, action: string, commands: readonly string[]])[] = [
    ['SHIPPED', 'copy', 'Received', ['RECEIVE', 'OK']],
    ['ARRIVED', 'loan', 'Received', ['BORROW']],
    ['ON_LOAN', 'loan', 'ShippedReturn', ['SENDBACK']],
    ['RENEW_REQUESTED', 'loan', 'ShippedReturn', ['CALLBACK', 'SENDBACK']],
    ['ON_LOAN', 'loan', 'Renew', ['RENEW']],
  ];
  for (const [state, kind, action, commands] of CELLS)
    it(`does ${commands.join(' and ')} for ${action} of a ${kind} in ${STATES[state].wire}`, async () => {
      const { externalId } = await bridge.seed(state, { kind });
      await act(externalId, action);
      await bridge.work();
      expect(bridge.commands()).toEqual([...commands]);
      expect(bridge.failures).toEqual([]);
    });

  it('can be built again with other settings', async () => {
    bridge = await start({ settings: { returnWithoutLoan: 'ask' } });
    const { externalId } = await bridge.seed('SHIPPED');
    await act(externalId, 'ShippedReturn');
    expect(await bridge.inbound()).toEqual(['ShippedReturn held ask-return']);
    const message = await firstMessage();
    await bridge.decisions.decide('81SIM_INST', message, 'apply');
    await bridge.work();
    expect(bridge.commands()).toEqual(['RECEIVE', 'BORROW', 'SENDBACK']);
  });
});
