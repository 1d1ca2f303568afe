import type { Request, RequestingAgencyMessage, SupplyingAgencyMessage } from '#iso18626/message';
import { openTestAlma, type TestAlma } from '../testing/test-alma';
import { PARTNER_CODE, TestPartner } from '../testing/test-partner';

describe('Alma borrows from an ISO 18626 partner', () => {
  let alma: TestAlma;
  let partner: TestPartner;
  beforeEach(async () => {
    alma = await openTestAlma();
    partner = await TestPartner.open(alma);
  });
  afterEach(() => partner.close());

  /** A request that was sent, with Alma's status set to `status`. */
  const sent = async (status = 'REQUEST_SENT', fields: object = {}) => {
    const { request } = await partner.borrowing(fields);
    await partner.act('borrowing', request.request_id, 'send');
    if (status !== 'REQUEST_SENT') await put('borrowing', request.request_id, status);
    return request;
  };
  const put = async (side: string, id: string, status: string): Promise<void> => {
    const { statusCode, body } = await alma.inject({
      method: 'POST',
      url: '/_sim/requests',
      payload: { side, request_id: id, status },
    });
    if (statusCode !== 201) throw new Error(body);
  };

  it('sends a request in the form of schema 1.1, by its own external id and without its patron', async () => {
    const { request, actions } = await partner.borrowing({ isbn: '9784000000000', note: '急ぎ', year: '2001' });
    expect(actions).toEqual(['send', 'cancel']);
    const { result, request: after } = await partner.act('borrowing', request.request_id, 'send');
    expect([result?.how, after['status']]).toEqual([
      'confirmed',
      { value: 'REQUEST_SENT', desc: 'Request sent to partner' },
    ]);
    const message = partner.last as Request;
    expect(message.header).toEqual({
      supplyingAgencyId: { type: 'ISIL', value: 'JP-NACSIS' },
      requestingAgencyId: { type: 'ISIL', value: 'JP-ALMA1' },
      timestamp: jasmine.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown as string,
      requestingAgencyRequestId: request.external_id,
    });
    expect(message.bibliographicInfo).toEqual({ title: '見本', itemIds: [{ code: 'ISBN', value: '9784000000000' }] });
    expect(message.serviceInfo).toEqual(
      jasmine.objectContaining({ requestType: 'New', serviceType: 'Loan', note: '急ぎ' }),
    );
    const [body = ''] = partner.bodies;
    expect(body).toContain('version="1.1"');
    expect(body).not.toContain('multipleItemRequestId');
    expect(body).not.toMatch(/patron001|利用者/);
  });

  it('names the patron when the partner record says so, and puts an article into its own elements', async () => {
    await partner.link({ sendsRequester: true });
    await sent('REQUEST_SENT', {
      citation_type: 'CR',
      title: '論文',
      author: '著者',
      journal_title: '雑誌',
      pages: '1-9',
    });
    const message = partner.last as Request;
    expect(message.patronInfo).toEqual({ patronId: 'patron001', surname: '利用者', givenName: '001' });
    expect(message.serviceInfo?.serviceType).toBe('Copy');
    expect(message.bibliographicInfo).toEqual({
      title: '雑誌',
      titleOfComponent: '論文',
      authorOfComponent: '著者',
      pagesRequested: '1-9',
    });
  });

  it('stays ready to be sent when the partner refuses or does not answer', async () => {
    const { request } = await partner.borrowing();
    partner.answers.push({ status: 200, body: '' });
    expect((await partner.act('borrowing', request.request_id, 'send')).result?.how).toBe('refused');
    partner.answers.push('cut', 'cut');
    expect((await partner.act('borrowing', request.request_id, 'send')).result?.how).toBe('unanswered');
    expect(await partner.status('borrowing', request.request_id)).toBe('READY_TO_SEND');
    expect((await partner.act('borrowing', request.request_id, 'send')).result?.how).toBe('confirmed');
  });

  it('sends what staff do, and offers only what the status allows', async () => {
    const { request_id: id, external_id: externalId } = await sent();
    await partner.supply(externalId, 'StatusChange', 'Loaned', { dueDate: '2025-05-10T14:59:59Z' });
    expect((await partner.see('borrowing', id)).actions).toEqual(['receive', 'general-message']);
    const steps = [
      ['receive', 'Received', 'RECEIVED_PHYSICALLY'],
      ['lend', undefined, 'LOANED'],
      ['renew', 'Renew', 'RENEW_REQUESTED'],
      ['general-message', 'Notification', 'RENEW_REQUESTED'],
      ['return', 'ShippedReturn', 'RETURNED_TO_PARTNER'],
    ] as const;
    for (const [action, name, status] of steps) {
      const before = partner.bodies.length;
      await partner.act('borrowing', id, action, { note: '注' });
      expect(await partner.status('borrowing', id))
        .withContext(action)
        .toBe(status);
      expect(partner.bodies.length).toBe(name === undefined ? before : before + 1);
      if (name !== undefined) {
        const message = partner.last as RequestingAgencyMessage;
        expect([message.action, message.header.supplyingAgencyRequestId]).toEqual([name, 'LA9000000099']);
      }
    }
    const refused = await partner.act('borrowing', id, 'receive');
    expect([refused.result?.how, refused.message]).toEqual([
      'impossible',
      'receive is not possible in RETURNED_TO_PARTNER; possible: general-message',
    ]);
  });

  it('takes statuses only in the form that Alma knows, and only forwards', async () => {
    const cases = [
      ['REQUEST_SENT', 'ExpectToSupply', 'RequestResponse', 'REQUEST_SENT'],
      ['REQUEST_SENT', 'WillSupply', 'StatusChange', 'REQUEST_SENT'],
      ['REQUEST_SENT', 'WillSupply', 'RequestResponse', 'WILL_SUPPLY'],
      ['SHIPPED_PHYSICALLY', 'WillSupply', 'RequestResponse', 'SHIPPED_PHYSICALLY'],
      ['WILL_SUPPLY', 'Loaned', 'StatusChange', 'SHIPPED_PHYSICALLY'],
      ['REQUEST_SENT', 'Loaned', 'RequestResponse', 'REQUEST_SENT'],
      ['LOANED', 'Loaned', 'StatusChange', 'LOANED'],
      ['REQUEST_SENT', 'CopyCompleted', 'RequestResponse', 'SHIPPED_DIGITALLY'],
      ['WILL_SUPPLY', 'Unfilled', 'StatusChange', 'REJECT'],
      ['SHIPPED_PHYSICALLY', 'Unfilled', 'StatusChange', 'SHIPPED_PHYSICALLY'],
      ['LOANED', 'Overdue', 'StatusChange', 'OVERDUE_ITEM'],
      ['OVERDUE_ITEM', 'Recalled', 'StatusChange', 'RECALLED_BOR'],
      ['RECALLED_BOR', 'Overdue', 'StatusChange', 'RECALLED_BOR'],
      ['RETURNED_TO_PARTNER', 'LoanCompleted', 'RequestResponse', 'REQUEST_COMPLETED'],
      ['RETURNED_TO_PARTNER', 'LoanCompleted', 'StatusChange', 'RETURNED_TO_PARTNER'],
      ['REQUEST_COMPLETED', 'Cancelled', 'StatusChange', 'REQUEST_COMPLETED'],
      ['CANCELLED', 'Loaned', 'StatusChange', 'CANCELLED'],
      ['WILL_SUPPLY', 'Cancelled', 'StatusChange', 'CANCELLED'],
      ['REQUEST_SENT', 'Cancelled', 'Notification', 'REQUEST_SENT'],
    ] as const;
    for (const [before, status, reason, after] of cases) {
      const { request_id: id, external_id: externalId } = await sent(before);
      expect((await partner.supply(externalId, reason, status)).messageStatus).toBe('OK');
      expect(await partner.status('borrowing', id))
        .withContext(`${before} ${status} ${reason}`)
        .toBe(after);
      const [entry] = (await partner.see('borrowing', id)).exchange.history.slice(-1);
      expect(entry?.ignored !== undefined).toBe(before === after && reason !== 'Notification');
    }
  });

  it('takes the answers to Cancel and Renew only when it asked', async () => {
    const cases = [
      ['WILL_SUPPLY', 'cancel', 'CancelResponse', 'Y', 'CANCELLED'],
      ['WILL_SUPPLY', 'cancel', 'CancelResponse', 'N', 'CANCEL_NOT_ACCEPTED'],
      ['WILL_SUPPLY', undefined, 'CancelResponse', 'Y', 'WILL_SUPPLY'],
      ['LOANED', 'renew', 'RenewResponse', 'Y', 'RENEWED'],
      ['LOANED', 'renew', 'RenewResponse', 'N', 'RENEW_NOT_ACCEPTED'],
      ['LOANED', undefined, 'RenewResponse', 'Y', 'LOANED'],
    ] as const;
    for (const [before, action, reason, answerYesNo, after] of cases) {
      const { request_id: id, external_id: externalId } = await sent(before);
      if (action !== undefined) await partner.act('borrowing', id, action);
      const dueDate = '2025-06-30T14:59:59Z';
      await partner.supply(externalId, reason, 'Loaned', { info: { answerYesNo }, dueDate });
      expect(await partner.status('borrowing', id))
        .withContext(`${before} ${reason} ${answerYesNo}`)
        .toBe(after);
      expect((await partner.see('borrowing', id)).exchange.dueDate).toBe(
        after === 'RENEWED' ? '2025-06-30' : undefined,
      );
    }
  });

  it('shows a note only of a Notification, and a cost and a due date only of a shipment', async () => {
    const { request_id: id, external_id: externalId } = await sent();
    const delivery = {
      dateSent: '2025-04-02T00:00:00Z',
      deliveryCosts: { currency: 'JPY', amount: '870' },
      itemId: 'A1, A2',
    };
    const cost = async (): Promise<unknown> =>
      ((await partner.see('borrowing', id)).request['shipping_cost'] as { readonly sum?: number } | undefined)?.sum;
    await partner.supply(externalId, 'RequestResponse', 'WillSupply', { info: { note: '見えない' }, delivery });
    expect((await partner.see('borrowing', id)).exchange.generalMessages).toEqual([]);
    await partner.supply(externalId, 'Notification', 'WillSupply', { info: { note: '見える' }, delivery });
    const { exchange } = await partner.see('borrowing', id);
    expect([exchange.hasAlert, exchange.generalMessages.map(({ from, text }) => [from, text])]).toEqual([
      true,
      [['partner', '見える']],
    ]);
    expect(await cost()).toBeUndefined();
    await partner.supply(externalId, 'StatusChange', 'Loaned', { delivery, dueDate: '2025-12-10T23:59:59Z' });
    const shipped = await partner.see('borrowing', id);
    expect([await cost(), shipped.request['barcode'], shipped.exchange.dueDate]).toEqual([870, 'A1', '2025-12-11']);
    const path = `/users/patron001/resource-sharing-requests/${id}`;
    expect((await alma.rest('GET', path)).body['status']).toEqual({
      value: 'SHIPPED_PHYSICALLY',
      desc: 'Shipped physically',
    });
  });

  it('goes to the next partner of its rota when one cannot fill it', async () => {
    const { request_id: id, external_id: externalId } = await sent('REQUEST_SENT', { rota: ['MAIL001'] });
    await partner.supply(externalId, 'RequestResponse', 'Unfilled');
    const { request } = await partner.see('borrowing', id);
    expect([request['status'], request['partner']]).toEqual([
      { value: 'READY_TO_SEND', desc: 'Ready to be sent' },
      jasmine.objectContaining({ value: 'MAIL001' }),
    ]);
    expect((await partner.supply(externalId, 'StatusChange', 'Loaned')).messageStatus).toBe('OK');
    expect(await partner.status('borrowing', id)).toBe('READY_TO_SEND');
  });

  it('cancels by itself what was not sent yet', async () => {
    const { request } = await partner.borrowing();
    expect((await partner.act('borrowing', request.request_id, 'cancel')).result?.how).toBe('silent');
    expect(await partner.status('borrowing', request.request_id)).toBe('CANCELLED_BY_STAFF');
    expect(partner.bodies).toEqual([]);
  });
});

describe('Alma lends to an ISO 18626 partner', () => {
  let alma: TestAlma;
  let partner: TestPartner;
  beforeEach(async () => {
    alma = await openTestAlma();
    partner = await TestPartner.open(alma);
  });
  afterEach(() => partner.close());

  /** Id of a lending request in this status. */
  const lent = async (externalId: string, status?: string, serviceType = 'Loan'): Promise<string> => {
    await partner.request(externalId, { serviceInfo: { requestType: 'New', serviceType } });
    const id = partner.lendingId(externalId);
    if (status !== undefined) {
      const payload = { side: 'lending', request_id: id, status };
      await alma.inject({ method: 'POST', url: '/_sim/requests', payload });
    }
    return id;
  };
  const supplied = (): SupplyingAgencyMessage => partner.last as SupplyingAgencyMessage;

  it('makes a lending request of a request, which REST shows', async () => {
    const { messageStatus } = await partner.request('LA9000000031', {
      requestedDeliveryInfo: [{ address: { physical: { line1: '見えない住所' } } }],
    });
    expect(messageStatus).toBe('OK');
    const id = partner.lendingId('LA9000000031');
    const { body } = await alma.rest('GET', `/partners/${PARTNER_CODE}/lending-requests/${id}`);
    expect(body).toEqual(
      jasmine.objectContaining({
        external_id: 'LA9000000031',
        status: { value: 'REQUEST_CREATED_LEND', desc: 'Created lending request' },
        owner: 'RES_SHARE',
        title: '見本の図書',
        isbn: '9784000000000',
        note: '館: 見本館',
      }),
    );
    expect(JSON.stringify(body)).not.toContain('見えない住所');
    expect((await partner.see('lending', id)).actions).toEqual([
      'will-supply',
      'ship',
      'conditional',
      'reject',
      'general-message',
    ]);
  });

  it('takes the same request again, and refuses its id in another one', async () => {
    const message = partner.newRequest('LA9000000032');
    await partner.deliver(message);
    expect((await partner.deliver(message)).messageStatus).toBe('OK');
    expect((await partner.request('LA9000000032')).error).toEqual({
      type: 'UnrecognisedDataValue',
      value: 'the request LA9000000032 already exists',
    });
    expect(
      alma.world.requests.of('lending').filter(({ request }) => request.external_id === 'LA9000000032').length,
    ).toBe(1);
    alma.world.changeSettings({ ...alma.world.settings, isoRefusesRepeats: true });
    expect((await partner.deliver(message)).messageStatus).toBe('ERROR');
  });

  it('ships a loan with cost, barcodes and a due date at the end of the day', async () => {
    const id = await lent('LA9000000033');
    await partner.act('lending', id, 'ship', { cost: 870, dueDate: '2025-12-10', barcodes: 'A1, A2' });
    const { messageInfo, statusInfo, deliveryInfo, header } = supplied();
    expect([statusInfo.status, statusInfo.dueDate]).toEqual(['Loaned', '2025-12-10T23:59:59Z']);
    expect(deliveryInfo).toEqual({
      dateSent: header.timestamp,
      itemId: 'A1,A2',
      deliveryCosts: { currency: 'JPY', amount: '870' },
    });
    expect([header.supplyingAgencyRequestId, header.requestingAgencyRequestId]).toEqual([id, 'LA9000000033']);
    expect(messageInfo.reasonForMessage).toBe('RequestResponse');
    expect(await partner.status('lending', id)).toBe('SHIPPED_PHYSICALLY');
  });

  it('sends what staff do; the reasons are wrong unless a setting says otherwise', async () => {
    const cases = [
      ['REQUEST_CREATED_LEND', 'will-supply', {}, 'WillSupply', 'RequestResponse', 'WILL_SUPPLY'],
      ['WILL_SUPPLY', 'conditional', { note: '条件' }, 'RetryPossible', 'RequestResponse', 'CONDITIONAL'],
      ['REQUEST_CREATED_LEND', 'reject', { reason: 'OnLoan' }, 'Unfilled', 'RequestResponse', 'REJECTED'],
      ['RENEW_REQUESTED', 'renew-answer', { answer: 'N' }, 'Loaned', 'RenewResponse', 'RECEIVED_BY_PARTNER'],
      ['RETURNED_BY_PARTNER', 'check-in', {}, 'LoanCompleted', 'RequestResponse', 'REQUEST_COMPLETED'],
    ] as const;
    for (const reasons of ['right', 'wrong'] as const) {
      alma.world.changeSettings({ ...alma.world.settings, isoReasons: reasons });
      for (const [index, [before, action, input, status, reason, after]] of cases.entries()) {
        const id = await lent(`LA90000001${reasons === 'right' ? 1 : 2}${index}`, before);
        await partner.act('lending', id, action, input);
        expect(await partner.status('lending', id))
          .withContext(action)
          .toBe(after);
        const { statusInfo, messageInfo } = supplied();
        expect([statusInfo.status, messageInfo.reasonForMessage]).toEqual([
          status,
          reasons === 'right' ? reason : 'StatusChange',
        ]);
      }
    }
    expect(supplied().messageInfo.answerYesNo).toBeUndefined();
  });

  it('sends a copy as CopyCompleted, and offers neither check-in nor a due date for it', async () => {
    const id = await lent('LA9000000034', undefined, 'Copy');
    const shipped = await partner.act('lending', id, 'ship', { cost: 0, dueDate: '20251210' });
    expect(shipped.actions).toEqual(['general-message']);
    expect([supplied().statusInfo.status, supplied().statusInfo.dueDate]).toEqual(['CopyCompleted', undefined]);
    expect(supplied().deliveryInfo?.deliveryCosts?.amount).toBe('0');
  });

  it('sends a general message with an empty status, or with the last one', async () => {
    const id = await lent('LA9000000035');
    await partner.act('lending', id, 'will-supply');
    await partner.act('lending', id, 'general-message', { note: '確認中' });
    expect([supplied().messageInfo, supplied().statusInfo.status]).toEqual([
      { reasonForMessage: 'Notification', note: '確認中' },
      undefined,
    ]);
    expect(partner.bodies.at(-1)).toContain('<status/>');
    alma.world.changeSettings({ ...alma.world.settings, isoEmptyStatus: false });
    await partner.act('lending', id, 'general-message', { note: '確認中' });
    expect(supplied().statusInfo.status).toBe('WillSupply');
    expect((await partner.act('lending', id, 'general-message')).result?.detail).toBe('a general message needs a text');
  });

  it('follows what the borrower does, and only forwards', async () => {
    const cases = [
      ['SHIPPED_PHYSICALLY', 'Received', 'RECEIVED_BY_PARTNER'],
      ['REQUEST_CREATED_LEND', 'Received', 'REQUEST_CREATED_LEND'],
      ['RETURNED_BY_PARTNER', 'Received', 'RETURNED_BY_PARTNER'],
      ['RECEIVED_BY_PARTNER', 'Renew', 'RENEW_REQUESTED'],
      ['RENEW_REQUESTED', 'ShippedReturn', 'RETURNED_BY_PARTNER'],
      ['REQUEST_COMPLETED', 'ShippedReturn', 'REQUEST_COMPLETED'],
      ['WILL_SUPPLY', 'Cancel', 'CANCELLED'],
      ['SHIPPED_PHYSICALLY', 'Cancel', 'SHIPPED_PHYSICALLY'],
      ['REJECTED', 'Cancel', 'REJECTED'],
      ['CONDITIONAL', 'Notification', 'CONDITIONAL'],
    ] as const;
    for (const [index, [before, action, after]] of cases.entries()) {
      const externalId = `LA900000020${index}`;
      const id = await lent(externalId, before);
      expect((await partner.ask(externalId, action, '注')).messageStatus).toBe('OK');
      expect(await partner.status('lending', id))
        .withContext(`${before} ${action}`)
        .toBe(after);
      const { generalMessages } = (await partner.see('lending', id)).exchange;
      expect(generalMessages.length).toBe(action === 'Notification' ? 1 : 0);
    }
  });

  it('answers Cancel by itself: yes before the shipment, no after it', async () => {
    const answers = new Map<string, string | undefined>();
    for (const [externalId, status] of [
      ['LA9000000041', 'WILL_SUPPLY'],
      ['LA9000000042', 'SHIPPED_PHYSICALLY'],
    ] as const) {
      await lent(externalId, status);
      const before = partner.bodies.length;
      await partner.ask(externalId, 'Cancel');
      while (partner.bodies.length === before) await new Promise((resolve) => setImmediate(resolve));
      answers.set(
        supplied().messageInfo.reasonForMessage + supplied().header.requestingAgencyRequestId,
        supplied().messageInfo.answerYesNo,
      );
    }
    expect([...answers]).toEqual([
      ['CancelResponseLA9000000041', 'Y'],
      ['CancelResponseLA9000000042', 'N'],
    ]);
  });

  it('lets requests expire on demand only, without a reason or a note', async () => {
    const id = await lent('LA9000000043');
    const expire = async (payload: object): Promise<unknown> =>
      (await alma.inject({ method: 'POST', url: '/_sim/iso18626/expire', payload })).json<{ expired: unknown }>()
        .expired;
    expect(await expire({})).toEqual([]);
    expect(await expire({ requestIds: [id] })).toEqual([id]);
    expect(await partner.status('lending', id)).toBe('EXPIRED');
    expect(supplied().statusInfo.status).toBe('Unfilled');
    expect([supplied().messageInfo.reasonUnfilled, supplied().messageInfo.note]).toEqual([undefined, undefined]);
    expect((await partner.see('lending', id)).actions).toEqual([]);
    await partner.link({ expires: true });
    const next = await lent('LA9000000044');
    expect(await expire({})).toEqual([next]);
  });
});
