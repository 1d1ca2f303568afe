import type { Message, Request, RequestingAgencyMessage, SupplyingAgencyMessage } from '#iso18626/message';
import { writeMessage } from '#iso18626/write';
import { ProfilesStore } from '../profiles/profiles-store';
import {
  agency,
  borrowerHeader,
  lenderHeader,
  newExternalId,
  nextTime,
  OTHER_SECRET,
  SECURITY_CODE,
  type SpecInbound,
} from '../testing/spec-inbound';
import { useSpecInbound } from '../testing/use-spec-inbound';

const PATRON = '利用者 秘';

describe('the reception of messages of Alma', () => {
  let bridge: SpecInbound;
  let start: (options?: Parameters<typeof SpecInbound.start>[1]) => Promise<SpecInbound>;
  useSpecInbound((started) => ({ bridge, start } = started));

  const request = (externalId: string, more: Partial<Request> = {}): Request => ({
    kind: 'request',
    header: borrowerHeader(externalId),
    bibliographicInfo: { title: '見本の資料', author: '著者 A' },
    serviceInfo: { requestType: 'New', serviceType: 'Loan' },
    ...more,
  });
  const action = (externalId: string, name: string, more: Partial<RequestingAgencyMessage> = {}) =>
    ({ kind: 'requestingAgencyMessage', header: borrowerHeader(externalId), action: name, ...more }) as const;
  const status = (
    externalId: string,
    reasonForMessage: string,
    { info = {}, ...more }: Partial<SupplyingAgencyMessage> & { readonly info?: object } = {},
  ): SupplyingAgencyMessage => ({
    kind: 'supplyingAgencyMessage',
    header: lenderHeader(externalId),
    messageInfo: { reasonForMessage, ...info },
    statusInfo: { status: 'Loaned', lastChange: nextTime() },
    ...more,
  });
  const nothingKept = async () => {
    expect(await bridge.messages()).toEqual([]);
    expect(bridge.kicked).toEqual([]);
  };

  it('keeps a new request, confirms it at once, and lets the worker begin', async () => {
    const id = newExternalId();
    expect(await bridge.send(request(id))).toBe('OK');
    expect(await bridge.inbound()).toEqual(['Request waiting SAVE 0']);
    expect(bridge.kicked).toEqual(['81SIM_INST']);
    expect(bridge.nacsis.calls).toEqual([]);
    const [transaction] = await bridge.transactions();
    expect(transaction).toEqual(
      jasmine.objectContaining({
        ...{ side: 'borrower', requester: 'isil:jp-alma1', supplier: 'isil:jp-nacsis', requester_request_id: id },
        ...{ library: 'RES_SHARE', request_id: null, kind: 'loan', title: '見本の資料' },
      }),
    );
  });

  it('takes a shipment of the same content for a repeat, whatever its time, for a minute', async () => {
    const { id } = await bridge.seed('PROCESSING', { side: 'lender', kind: 'copy' });
    const shipped = (sum: string, name = 'CopyCompleted') => {
      const offeredCosts = { currency: 'JPY', amount: sum };
      const statusInfo = { status: name, lastChange: nextTime() };
      return bridge.send(status(id, 'StatusChange', { info: { offeredCosts }, statusInfo }));
    };
    for (const sum of ['450', '450', '500', '500']) expect(await shipped(sum)).toBe('OK');
    expect((await bridge.messages()).length).toBe(2);
    expect(await bridge.send(status(id, 'Notification', { info: { note: '2件あります' } }))).toBe('OK');
    await shipped('500');
    expect((await bridge.messages()).length).toBe(4);
    bridge.pass(61);
    await shipped('500');
    expect((await bridge.messages()).length).toBe(5);
  });

  it('judges a step on the last snapshot, without asking NACSIS-ILL', async () => {
    const { externalId } = await bridge.seed('SHIPPED');
    expect(await bridge.send(action(externalId, 'Received'))).toBe('OK');
    expect(await bridge.inbound()).toEqual(['Received waiting RECEIVE+BORROW 0']);
    const [row] = await bridge.messages();
    expect(row?.rule).toBe('borrower.Received.SHIPPED.loan');
    expect(bridge.nacsis.requestReads).toEqual([]);
  });

  it('takes symbols in any case', async () => {
    const header = { requestingAgencyId: agency('isil:jp-ALMA1'), supplyingAgencyId: agency('Isil:jp-nacsis') };
    const id = newExternalId();
    expect(await bridge.send({ ...request(id), header: borrowerHeader(id, header) })).toBe('OK');
    const reminder = request(id, { serviceInfo: { requestType: 'Reminder', serviceType: 'Loan' } });
    expect(await bridge.send(reminder)).toBe('OK');
    expect((await bridge.transactions()).length).toBe(1);
  });

  it('refuses agencies that are not the two of the library, or that are the wrong way round', async () => {
    const { externalId } = await bridge.seed('SHIPPED');
    const wrong: readonly Message[] = [
      { ...action(externalId, 'Received'), header: borrowerHeader(externalId, { requestingAgencyId: agency('X:Y') }) },
      { ...action(externalId, 'Received'), header: borrowerHeader(externalId, { supplyingAgencyId: agency('X:Y') }) },
      { ...action(externalId, 'Received'), header: lenderHeader(externalId) },
      { ...status(externalId, 'StatusChange'), header: borrowerHeader(externalId) },
    ];
    for (const message of wrong)
      expect(await bridge.send(message)).toMatch(/^UnrecognisedDataValue requestingAgencyId /);
    await nothingKept();
  });

  it('keeps the requests of two institutions apart, whatever their ids', async () => {
    const { externalId } = await bridge.seed('SHIPPED');
    const header = borrowerHeader(externalId, { requestingAgencyId: agency('ISIL:JP-Alma2') });
    expect(await bridge.send({ ...action(externalId, 'Received'), header }, OTHER_SECRET)).toBe(
      'UnrecognisedDataValue requestingAgencyRequestId: there is no such request',
    );
    expect(await bridge.send({ ...request(externalId), header }, OTHER_SECRET)).toBe('OK');
    expect(await bridge.send(action(externalId, 'Received'))).toBe('OK');
    expect((await bridge.messages()).map(({ institution, name }) => `${institution} ${name}`)).toEqual([
      '81SIM2_INST Request',
      '81SIM_INST Received',
    ]);
    await bridge.work(bridge.institutions[0]);
    expect(bridge.commands()).toEqual(['RECEIVE', 'BORROW']);
  });

  it('keeps the requests of two libraries of an institution apart, whatever their symbols', async () => {
    const { externalId } = await bridge.seed('SHIPPED');
    await bridge.store.db.updateTable('bridge_transactions').set({ library: 'OTHER' }).execute();
    expect(await bridge.send(action(externalId, 'Received'))).toBe(
      'UnrecognisedDataValue requestingAgencyRequestId: there is no such request',
    );
    expect(await bridge.send(request(externalId))).toBe('OK');
    expect((await bridge.transactions()).map(({ library }) => library)).toEqual(['OTHER', 'RES_SHARE']);
  });

  it('takes nothing for a library that does not write by messages', async () => {
    const { externalId } = await bridge.seed('SHIPPED');
    const [{ code, libraries }] = bridge.institutions;
    const [library] = libraries;
    if (library === undefined) throw new Error('there is a library');
    const profiles = new ProfilesStore(bridge.store.db, code);
    const integration = { ...(await profiles.integration(library)), writer: 'rest' as const };
    await profiles.put(library, { version: 0, integration, by: 'manager001', at: new Date() });
    expect(await bridge.send(action(externalId, 'Received'))).toBe(
      'UnrecognisedDataValue this library does not use ISO 18626',
    );
    await nothingKept();
  });

  it('checks the security code when one is configured, and keeps it nowhere', async () => {
    bridge = await start({ partner: { securityCode: { current: () => [SECURITY_CODE] } } });
    const { externalId } = await bridge.seed('SHIPPED');
    for (const authentication of [undefined, {}, { securityCode: '' }, { securityCode: 'wrong' }]) {
      const header = borrowerHeader(externalId, authentication === undefined ? {} : { authentication });
      expect(await bridge.send({ ...action(externalId, 'Received'), header })).toBe(
        'UnrecognisedDataValue securityCode',
      );
    }
    await nothingKept();
    const header = borrowerHeader(externalId, { authentication: { securityCode: SECURITY_CODE } });
    expect(await bridge.send({ ...action(externalId, 'Received'), header })).toBe('OK');
    expect(JSON.stringify(await bridge.messages())).not.toContain(SECURITY_CODE);
  });

  describe('of a repeat', () => {
    it('answers the same message as before, and keeps it once', async () => {
      const { externalId } = await bridge.seed('SHIPPED');
      const message = action(externalId, 'Received');
      expect(await bridge.send(message)).toBe('OK');
      await bridge.work();
      expect(await bridge.send(message)).toBe('OK');
      expect(await Promise.all([bridge.send(message), bridge.send(message)])).toEqual(['OK', 'OK']);
      await bridge.work();
      expect(await bridge.inbound()).toEqual(['Received done RECEIVE+BORROW 2']);
      expect(bridge.commands()).toEqual(['RECEIVE', 'BORROW']);
    });

    it('answers a refused message with the same error', async () => {
      bridge = await start({ settings: { refuseBy: 'error' } });
      const { externalId } = await bridge.seed('PREPARING');
      const message = action(externalId, 'ShippedReturn');
      const first = await bridge.send(message);
      expect(first).toMatch(/^UnrecognisedDataValue NACSIS-ILL/);
      await bridge.happens(externalIdOf(await bridge.transactions()), 'ORDER', 'ON_LOAN');
      expect(await bridge.send(message)).toBe(first);
      expect((await bridge.inbound()).length).toBe(1);
    });

    it('finds a step done that Alma sends again with another timestamp', async () => {
      const { externalId } = await bridge.seed('SHIPPED');
      await bridge.send(action(externalId, 'Received'));
      await bridge.work();
      expect(await bridge.send(action(externalId, 'Received'))).toBe('OK');
      await bridge.work();
      expect(await bridge.inbound()).toEqual(['Received done RECEIVE+BORROW 2', 'Received done']);
      expect(bridge.commands().length).toBe(2);
      expect(await bridge.outbound()).toEqual([]);
    });

    it('keeps a known request once, and refuses another one under its id', async () => {
      const id = newExternalId();
      const first = request(id);
      expect(await bridge.send(first)).toBe('OK');
      expect(await bridge.send(first)).toBe('OK');
      expect(await bridge.send({ ...first, header: borrowerHeader(id) })).toBe('OK');
      const other = request(id, { bibliographicInfo: { title: '別の資料' } });
      expect(await bridge.send(other)).toMatch(/^UnrecognisedDataValue NACSIS-ILL/);
      await bridge.work();
      expect(await bridge.send({ ...first, header: borrowerHeader(id) })).toBe('OK');
      expect(await bridge.send({ ...other, header: borrowerHeader(id) })).toMatch(/^UnrecognisedDataValue NACSIS-ILL/);
      await bridge.work();
      expect(bridge.commands()).toEqual(['SAVE']);
      expect((await bridge.inbound()).length).toBe(1);
    });

    it('takes a request again that was refused or dropped, also with a corrected body', async () => {
      const id = newExternalId();
      bridge.nacsis.fates = ['refused'];
      await bridge.send(request(id));
      await bridge.work();
      expect(await bridge.inbound()).toEqual(['Request refused SAVE 0']);
      bridge.nacsis.fates = ['refused'];
      expect(await bridge.send(request(id))).toBe('OK');
      await bridge.work();
      const corrected = request(id, { bibliographicInfo: { title: '正しい資料' } });
      expect(await bridge.send(corrected)).toBe('OK');
      expect(await bridge.send({ ...corrected, header: borrowerHeader(id) })).toBe('OK');
      await bridge.work();
      expect(await bridge.inbound()).toEqual([
        'Request refused SAVE 0',
        'Request refused SAVE 0',
        'Request done SAVE 1',
      ]);
      expect(await bridge.outbound()).toEqual(['Notification', 'Notification']);
      expect(bridge.nacsis.stored.size).toBe(1);
      expect(await bridge.send(request(id))).toMatch(/^UnrecognisedDataValue NACSIS-ILL/);
    });

    it('takes no step for done on an old snapshot: the worker reads first', async () => {
      const { id, externalId } = await bridge.seed('ON_LOAN');
      bridge.nacsis.actElsewhere(id, 'CALLBACK', 'SHIPPED', '発送');
      bridge.pass(3600);
      expect(await bridge.send(action(externalId, 'Received'))).toBe('OK');
      await bridge.work();
      expect(bridge.commands()).toEqual(['RECEIVE', 'BORROW']);
    });

    it('keeps a delayed message, and does not do it', async () => {
      const { externalId } = await bridge.seed('SHIPPED');
      const early = action(externalId, 'Received');
      await bridge.send(action(externalId, 'ShippedReturn'));
      await bridge.work();
      expect(bridge.commands()).toEqual(['RECEIVE', 'BORROW', 'SENDBACK']);
      expect(await bridge.send(early)).toBe('OK');
      expect(await bridge.inbound()).toEqual(['ShippedReturn done RECEIVE+BORROW+SENDBACK 3', 'Received dropped']);
    });
  });

  describe('of what it does not know', () => {
    it('names the request, the action, the reason, the status and the type', async () => {
      const { externalId } = await bridge.seed('SHIPPED');
      const { id } = await bridge.seed('PROCESSING', { side: 'lender' });
      const said = async (message: Message) => (await bridge.send(message)).split(' ')[0];
      expect(await said(action('81ALMA-NONE', 'Received'))).toBe('UnrecognisedDataValue');
      expect(await said(status('LA9999999999', 'StatusChange'))).toBe('UnrecognisedDataValue');
      // The codec writes no value outside of the closed lists.
      const unknown = async (kind: 'action' | 'reasonForMessage' | 'status' | 'requestType', of: Message) => {
        const body = xmlWith(of, kind, 'Unheard');
        return (await bridge.post(body)).body;
      };
      expect(await unknown('action', action(externalId, 'Received'))).toContain('UnsupportedActionType');
      expect(await unknown('reasonForMessage', status(id, 'StatusChange'))).toContain(
        'UnsupportedReasonForMessageType',
      );
      expect(await unknown('status', status(id, 'StatusChange'))).toContain('UnrecognisedDataValue');
      expect(await unknown('requestType', request(newExternalId()))).toContain('UnrecognisedDataValue');
      await nothingKept();
    });

    it('keeps a status of Alma without a counterpart as a note', async () => {
      const { id } = await bridge.seed('PROCESSING', { side: 'lender' });
      for (const name of ['DeclaredLost', 'HoldReturn'])
        expect((await bridge.post(xmlWith(status(id, 'StatusChange'), 'status', name))).body).toContain('>OK<');
      expect(
        await bridge.send(status(id, 'StatusChange', { statusInfo: { status: 'Overdue', lastChange: nextTime() } })),
      ).toBe('OK');
      expect(await bridge.inbound()).toEqual(['Notification done', 'Notification done', 'Overdue done']);
    });

    it('refuses ids that no index can hold', async () => {
      expect(await bridge.send(request('x'.repeat(256)))).toBe('UnrecognisedDataValue the id is too long');
      await nothingKept();
    });
  });

  describe('of a retry', () => {
    const retry = (externalId: string, previous?: string) =>
      request(externalId, {
        serviceInfo: {
          ...{ requestType: 'Retry', serviceType: 'Loan' },
          ...(previous === undefined ? {} : { requestingAgencyPreviousRequestId: previous }),
        },
      });

    it('becomes a second name of the record', async () => {
      const { id, externalId } = await bridge.seed('CANCELLED');
      const again = newExternalId();
      expect(await bridge.send(retry(again, externalId))).toBe('OK');
      expect(await bridge.inbound()).toEqual(['Retry waiting CALLBACK 0']);
      await bridge.work();
      expect(bridge.commands()).toEqual(['CALLBACK', 'SAVE']);
      const names = (await bridge.transactions()).map((row) => [row.requester_request_id, row.request_id, row.ended]);
      expect(names).toEqual([
        [externalId, id, true],
        [again, id, false],
      ]);
    });

    it('names the request before, and one that can be taken up again', async () => {
      const { externalId } = await bridge.seed('SHIPPED');
      for (const previous of [undefined, '81ALMA-NONE'])
        expect(await bridge.send(retry(newExternalId(), previous))).toBe(
          'UnrecognisedDataValue requestingAgencyPreviousRequestId: there is no such request',
        );
      expect(await bridge.send(retry(newExternalId(), externalId))).toMatch(/^UnrecognisedDataValue NACSIS-ILL/);
      expect((await bridge.transactions()).length).toBe(1);
      await nothingKept();
    });
  });

  describe('of a refusal', () => {
    it('says no to a question, and notifies about anything else', async () => {
      const { externalId } = await bridge.seed('PROCESSING');
      expect(await bridge.send(action(externalId, 'Renew'))).toBe('OK');
      expect(await bridge.send(action(externalId, 'Cancel'))).toBe('OK');
      expect(await bridge.send(action(externalId, 'ShippedForward'))).toBe('OK');
      expect(await bridge.inbound()).toEqual(['Renew refused', 'Cancel refused', 'ShippedForward refused']);
      expect(await bridge.outbound()).toEqual(['RenewResponse N', 'CancelResponse N', 'Notification']);
      expect((await bridge.messages())[0]?.problem).toEqual({ code: 'wrong-state' });
    });

    it('is an ERROR where the library wants it, except for questions', async () => {
      for (const [refuseBy, told] of [
        ['error', ['RenewResponse N']],
        ['both', ['RenewResponse N', 'Notification']],
      ] as const) {
        bridge = await start({ settings: { refuseBy } });
        const { externalId } = await bridge.seed('PROCESSING');
        const before = (await bridge.outbound()).length;
        expect(await bridge.send(action(externalId, 'Renew'))).toBe('OK');
        expect(await bridge.send(action(externalId, 'ShippedForward'))).toMatch(/^UnrecognisedDataValue NACSIS-ILL/);
        expect((await bridge.outbound()).slice(before)).toEqual([...told]);
      }
    });

    it('is not made on an old snapshot: the worker reads first', async () => {
      const { id, externalId } = await bridge.seed('PROCESSING');
      bridge.nacsis.actElsewhere(id, 'SEND', 'SHIPPED', '発送');
      bridge.pass(3600);
      expect(await bridge.send(action(externalId, 'ShippedReturn'))).toBe('OK');
      expect(await bridge.outbound()).toEqual([]);
      await bridge.work();
      expect(bridge.commands()).toEqual(['RECEIVE', 'BORROW', 'SENDBACK']);
    });
  });

  it('answers a question about the status at once', async () => {
    const { externalId } = await bridge.seed('PROCESSING');
    await bridge.send(action(externalId, 'StatusRequest'));
    await bridge.send(request(externalId, { serviceInfo: { requestType: 'Reminder', serviceType: 'Loan' } }));
    expect(await bridge.inbound()).toEqual(['StatusRequest done', 'Reminder done']);
    expect(await bridge.outbound()).toEqual(['StatusRequestResponse', 'StatusRequestResponse']);
  });

  it('keeps a note whole, however long it is', async () => {
    const { externalId } = await bridge.seed('PROCESSING');
    const note = '長'.repeat(100_000);
    expect(await bridge.send(action(externalId, 'Notification', { note }))).toBe('OK');
    const [row] = await bridge.messages();
    expect(row?.content).toEqual(jasmine.objectContaining({ note }));
  });

  it('forgets the patron, unless the profile uses the name', async () => {
    const patronInfo = { patronId: 'P-SECRET', surname: PATRON };
    await bridge.send(request(newExternalId(), { patronInfo }));
    expect(JSON.stringify(await bridge.messages())).not.toMatch(/P-SECRET|利用者 秘/);
    bridge = await start({ integration: { bridge: { orderAtOnce: false, sendPatronName: true } } });
    await bridge.send(request(newExternalId(), { patronInfo }));
    expect(JSON.stringify((await bridge.messages()).at(-1))).toContain(PATRON);
    expect(bridge.log.join('\n')).not.toMatch(/P-SECRET|利用者 秘/);
  });

  it('keeps the patron out of the note and of the addresses that NACSIS-ILL gets', async () => {
    const home = { physical: { line1: '利用者の家', postalCode: '100-0001' } };
    const library = { physical: { line1: '図書館', postalCode: '100-0002' } };
    const message = (more: Partial<Request>) =>
      request(newExternalId(), {
        serviceInfo: { requestType: 'New', serviceType: 'Loan', note: '利用者\n秘 さん（P-SECRET）が急いでいます' },
        requestedDeliveryInfo: [{ address: home }, { address: library }],
        patronInfo: { patronId: 'P-SECRET', surname: '利用者', givenName: '秘', addresses: [home] },
        billingInfo: { billingName: '利用者 秘', address: home },
        ...more,
      });
    await bridge.send(message({}));
    await bridge.send(message({ patronInfo: { surname: '利用者', givenName: '秘', sendToPatron: 'Y' } }));
    expect(JSON.stringify(await bridge.messages())).not.toMatch(/利用者/);
    await bridge.work();
    const [atLibrary, atPatron] = bridge.nacsis.calls;
    expect(atLibrary?.fields.borrowerAddress).toBe('〒100-0002 図書館');
    expect(atLibrary?.comment).toBe('… さん（…）が急いでいます');
    expect(atPatron?.fields.borrowerAddress).toBe('〒100-0000 東京都 見本大学図書館 相互利用係');
    expect(JSON.stringify(bridge.nacsis.calls)).not.toMatch(/利用者/);
  });

  it("keeps Alma's own id of a lending request", async () => {
    const { id } = await bridge.seed('PROCESSING', { side: 'lender' });
    const header = lenderHeader(id, { supplyingAgencyRequestId: '81LEND-1' });
    await bridge.send({
      ...status(id, 'RequestResponse'),
      header,
      statusInfo: { status: 'WillSupply', lastChange: nextTime() },
    });
    expect((await bridge.transactions())[0]?.supplier_request_id).toBe('81LEND-1');
  });
});

/** The message with another text in this element. */
function xmlWith(message: Message, element: string, text: string): string {
  return writeMessage(message).replace(new RegExp(`(<(?:\\w+:)?${element}>)[^<]*`), `$1${text}`);
}

function externalIdOf(transactions: readonly { readonly request_id: string | null }[]): string {
  return transactions[0]?.request_id ?? '';
}
