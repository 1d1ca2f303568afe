import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { confirm } from '#iso18626/confirm';
import { readMessage } from '#iso18626/read';
import { writeMessage } from '#iso18626/write';
import { openTestAlma, type TestAlma } from '../testing/test-alma';
import { PARTNER_CODE, TestPartner } from '../testing/test-partner';
import type { LoggedMessage } from './message-log';

describe('messages of ISO 18626', () => {
  let alma: TestAlma;
  let partner: TestPartner;
  beforeEach(async () => {
    alma = await openTestAlma();
    partner = await TestPartner.open(alma);
    alma.world.changeSettings({ ...alma.world.settings, isoRepeatPauseMs: 0 });
  });
  afterEach(async () => {
    await alma.server.close();
    await partner.close();
  });

  const fault = async (payload: object): Promise<number> =>
    (await alma.inject({ method: 'POST', url: '/_sim/iso18626/faults', payload })).statusCode;
  const log = async (query = ''): Promise<readonly LoggedMessage[]> =>
    (await alma.inject({ url: `/_sim/iso18626/messages${query}` })).json<readonly LoggedMessage[]>();
  const stamps = (): readonly string[] => partner.messages.map(({ header }) => header.timestamp);

  it('are confirmed in the form of schema 1.1, with what the sender needs to know them', async () => {
    const message = partner.newRequest('LA9000000051');
    const { body, headers, statusCode } = await partner.post(writeMessage(message));
    expect([statusCode, headers['content-type']]).toEqual([200, 'application/xml; charset="utf-8"']);
    expect(body).toContain('version="1.1"');
    const reading = readMessage(Buffer.from(body));
    expect(reading.is === 'confirmation' && reading.confirmation).toEqual(
      jasmine.objectContaining({
        kind: 'requestConfirmation',
        messageStatus: 'OK',
        requestingAgencyRequestId: 'LA9000000051',
        timestampReceived: message.header.timestamp,
      }),
    );
  });

  it('get ERROR for an unknown agency, request, action, reason, status or answer, and change nothing', async () => {
    const { request } = await partner.borrowing();
    await partner.request('LA9000000052');
    const message = partner.newRequest('LA9000000053');
    const stranger = { ...message.header, requestingAgencyId: { type: 'ISIL', value: 'JP-OTHER' } };
    const elsewhere = { ...message.header, supplyingAgencyId: { type: 'ISIL', value: 'JP-OTHER' } };
    const requests = (): string => JSON.stringify(alma.world.requests.snapshot());
    const before = requests();
    const errors = [
      await partner.deliver({ ...message, header: stranger }),
      await partner.deliver({ ...message, header: elsewhere }),
      await partner.ask('LA9000000059', 'Received'),
      await partner.ask('LA9000000052', 'ShippedForward'),
      await partner.ask('LA9000000052', 'StatusRequest'),
      await partner.supply('81SIM9999999', 'StatusChange', 'Loaned'),
    ].map(({ error, messageStatus }) => [messageStatus, error?.type]);
    expect(errors).toEqual([
      ['ERROR', 'UnrecognisedDataValue'],
      ['ERROR', 'UnrecognisedDataValue'],
      ['ERROR', 'UnrecognisedDataValue'],
      ['ERROR', 'UnsupportedActionType'],
      ['ERROR', 'UnsupportedActionType'],
      ['ERROR', 'UnrecognisedDataValue'],
    ]);
    const written = writeMessage({
      kind: 'supplyingAgencyMessage',
      header: {
        ...stranger,
        supplyingAgencyId: { type: 'isil', value: 'jp-nacsis' },
        requestingAgencyId: { type: 'isil', value: 'jp-alma1' },
        requestingAgencyRequestId: request.external_id,
      },
      messageInfo: { reasonForMessage: 'CancelResponse', answerYesNo: 'Y' },
      statusInfo: { status: 'Cancelled', lastChange: message.header.timestamp },
    });
    for (const [text, error] of [
      [written.replace('>CancelResponse<', '>Whim<'), 'UnsupportedReasonForMessageType'],
      [written.replace('>Cancelled<', '>Whim<'), 'UnrecognisedDataValue'],
      [written.replace('>Y<', '><'), 'UnrecognisedDataValue'],
    ] as const) {
      const reading = readMessage(Buffer.from((await partner.post(text)).body));
      expect(reading.is === 'confirmation' && reading.confirmation.error?.type).toBe(error);
    }
    expect(requests()).toBe(before);
  });

  it('that are none get an HTTP status that says so', async () => {
    const ok = writeMessage(confirm(partner.newRequest('LA9000000054'), new Date(0)));
    const answers = [
      await partner.post('<a>'),
      await partner.post(''),
      await partner.post(ok),
      await partner.post('{}', 'application/json'),
      await partner.post(`<a>${'x'.repeat(1_000_000)}</a>`),
      await alma.inject({ url: '/iso18626' }),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([400, 400, 400, 415, 413, 405]);
    expect(answers[0]?.body).toContain('BadlyFormedMessage');
    expect((await log()).map(({ name }) => name)).toEqual(['unreadable', 'unreadable', 'unreadable']);
  });

  it('are repeated without an answer, as often and with the timestamp that the settings say', async () => {
    const cases = [
      ['new', 1, 2],
      ['same', 2, 1],
    ] as const;
    for (const [timestamp, repeats, distinct] of cases) {
      alma.world.changeSettings({ ...alma.world.settings, isoRepeats: repeats, isoRepeatTimestamp: timestamp });
      const { request } = await partner.borrowing();
      partner.bodies.length = 0;
      partner.answers.push(...Array.from({ length: repeats }, () => ({ status: 503, body: '' })));
      const { result } = await partner.act('borrowing', request.request_id, 'send');
      expect([result?.how, stamps().length, new Set(stamps()).size]).toEqual(['confirmed', repeats + 1, distinct]);
      const [first, ...more] = await log(`?requestId=${request.request_id}`);
      expect(more.map((each) => each.repeats)).toEqual(more.map(() => first?.number));
    }
  });

  it('are not repeated after an ERROR or an answer that is no confirmation', async () => {
    const { request } = await partner.borrowing();
    const error = { type: 'UnrecognisedDataValue', value: 'いまはできません' } as const;
    partner.answers.push({ status: 200, body: writeMessage(confirm(partner.newRequest('1'), new Date(0), error)) });
    const { result } = await partner.act('borrowing', request.request_id, 'send');
    expect(result).toEqual(
      jasmine.objectContaining({ how: 'refused', detail: 'UnrecognisedDataValue いまはできません' }),
    );
    partner.answers.push({ status: 404, body: '' });
    expect((await partner.act('borrowing', request.request_id, 'send')).result?.how).toBe('refused');
    expect(partner.bodies.length).toBe(2);
  });

  it('are sent again on demand, the last or any other one', async () => {
    const { request } = await partner.borrowing();
    await partner.act('borrowing', request.request_id, 'send');
    await partner.act('borrowing', request.request_id, 'general-message', { note: '注' });
    const repeat = async (payload: object): Promise<number> =>
      (
        await alma.inject({
          method: 'POST',
          url: `/_sim/requests/borrowing/${request.request_id}/repeat`,
          payload,
        })
      ).statusCode;
    expect([await repeat({ timestamp: 'same' }), await repeat({ timestamp: 'new', which: 1 })]).toEqual([200, 200]);
    const [first = '', second = '', third = '', fourth = ''] = partner.bodies;
    expect(third).toBe(second);
    expect([fourth === first, fourth.replace(/<timestamp>[^<]*/, '')]).toEqual([
      false,
      first.replace(/<timestamp>[^<]*/, ''),
    ]);
    expect([await repeat({ which: 3 }), await repeat({ timestamp: 'old' })]).toEqual([400, 400]);
  });

  it('that are sent get lost, doubled and out of order by faults', async () => {
    const { request } = await partner.borrowing();
    const id = request.request_id;
    await fault({ direction: 'sent', do: 'lost-before', times: 1 });
    await partner.act('borrowing', id, 'send');
    expect(partner.bodies.length).toBe(1);
    await fault({ direction: 'sent', do: 'lost-after', name: 'Notification', times: 1 });
    await partner.act('borrowing', id, 'general-message', { note: '一' });
    expect(partner.bodies.length).toBe(3);
    await fault({ direction: 'sent', do: 'doubled', times: 1 });
    await partner.act('borrowing', id, 'general-message', { note: '二' });
    expect(partner.bodies.length).toBe(5);
    expect(partner.bodies[3]).toBe(partner.bodies[4] ?? '');
    await fault({ direction: 'sent', do: 'reordered', times: 1 });
    expect((await partner.act('borrowing', id, 'general-message', { note: '三' })).result?.how).toBe('held');
    await partner.act('borrowing', id, 'general-message', { note: '四' });
    expect(partner.bodies.slice(5).map((body) => /<note>(.)/.exec(body)?.[1])).toEqual(['四', '三']);
    await fault({ direction: 'sent', do: 'reordered', externalId: 'another', times: 1 });
    expect((await partner.act('borrowing', id, 'general-message', { note: '五' })).result?.how).toBe('confirmed');
  });

  it('that arrive meet faults, and are done only where the fault says so', async () => {
    const cases = [
      [{ do: 'status', code: 503 }, 503, '', false],
      [{ do: 'error', errorType: 'BadlyFormedMessage' }, 200, 'BadlyFormedMessage', false],
      [{ do: 'empty', applies: true }, 200, '', true],
      [{ do: 'html' }, 200, '<!doctype html>', false],
      [{ do: 'delay', ms: 1 }, 200, '>OK<', true],
    ] as const;
    for (const [index, [given, status, part, isDone]] of cases.entries()) {
      expect(await fault({ direction: 'received', name: 'Request', times: 1, ...given })).toBe(200);
      const externalId = `LA900000006${index}`;
      const { statusCode, body } = await partner.post(writeMessage(partner.newRequest(externalId)));
      expect([statusCode, body.includes(part)]).toEqual([status, true]);
      const found = alma.world.requests.of('lending').some(({ request }) => request.external_id === externalId);
      expect(found).withContext(given.do).toBe(isDone);
    }
    for (const wrong of [
      {},
      { direction: 'sent', do: 'html' },
      { direction: 'received', do: 'html', times: 0 },
      { direction: 'sent', do: 'doubled', x: 1 },
    ])
      expect(await fault(wrong)).toBe(400);
  });

  it('that arrive at an endpoint that is down get no answer', async () => {
    await alma.server.listen({ port: 0, host: '127.0.0.1' });
    const url = `http://127.0.0.1:${(alma.server.server.address() as AddressInfo).port}/iso18626`;
    const post = async (externalId: string): Promise<Response> =>
      fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/xml' },
        body: writeMessage(partner.newRequest(externalId)),
      });
    await fault({ direction: 'received', do: 'drop-before', times: 1 });
    await fault({ direction: 'received', do: 'drop-after', times: 1, after: 1 });
    await expectAsync(post('LA9000000071')).toBeRejected();
    expect((await post('LA9000000072')).status).toBe(200);
    await expectAsync(post('LA9000000073')).toBeRejected();
    const known = alma.world.requests.of('lending').map(({ request }) => request.external_id);
    expect(['LA9000000071', 'LA9000000072', 'LA9000000073'].map((id) => known.includes(id))).toEqual([
      false,
      true,
      true,
    ]);
    expect((await log()).map((each) => [each.effect, each.answer?.status])).toEqual([
      [undefined, undefined],
      ['done', 200],
      ['done', undefined],
    ]);
  });

  it('are logged with their confirmations, and kept with the requests until the next reset', async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'alma-iso-'));
    const kept = await openTestAlma({ dataFolder });
    const peer = await TestPartner.open(kept);
    const { request } = await peer.borrowing();
    await peer.act('borrowing', request.request_id, 'send');
    await peer.supply(request.external_id, 'StatusChange', 'WillSupply');
    const messages = async (from: TestAlma): Promise<readonly LoggedMessage[]> =>
      (await from.inject({ url: '/_sim/iso18626/messages' })).json<readonly LoggedMessage[]>();
    const written = await messages(kept);
    expect(
      written.map(({ direction, name, answer, effect }) => [direction, name, answer?.messageStatus, effect]),
    ).toEqual([
      ['sent', 'Request', 'OK', undefined],
      ['received', 'WillSupply', 'OK', 'Alma takes this status only as RequestResponse'],
    ]);
    const again = await openTestAlma({ dataFolder });
    expect(await messages(again)).toEqual(written);
    expect(again.world.requests.find('borrowing', request.request_id)?.exchange?.supplierRequestId).toBe(
      'LA9000000099',
    );
    await again.inject({ method: 'POST', url: '/_sim/reset' });
    expect(await messages(again)).toEqual([]);
    expect(again.world.isoPartners().map(({ code }) => code)).toEqual([PARTNER_CODE]);
    await again.world.saved();
    await peer.close();
    await rm(dataFolder, { recursive: true });
  });

  it('need a partner record, which REST shows, with a symbol that no other partner has', async () => {
    const { body } = await alma.rest('GET', `/partners/${PARTNER_CODE}`);
    expect(body['partner_details']).toEqual(
      jasmine.objectContaining({
        profile_details: {
          profile_type: 'ISO_18626',
          iso_18626_details: jasmine.objectContaining({
            iso_symbol: 'ISIL:JP-NACSIS',
            ill_server: partner.address,
            request_expiry_type: { value: 'NO_EXPIRY', desc: 'No expiry' },
          }),
        },
      }),
    );
    await alma.inject({ method: 'POST', url: '/_sim/libraries', payload: { code: 'MED', name: '医学図書館' } });
    const second = await partner.link({ library: 'MED', almaSymbol: 'ISIL:JP-ALMA2', partnerSymbol: 'isil:jp-nacsis' });
    expect([second.statusCode, second.body]).toEqual([400, jasmine.stringContaining('411709')]);
    expect(
      (await partner.link({ library: 'MED', almaSymbol: 'ISIL:JP-ALMA2', partnerSymbol: 'ISIL:JP-NACSIS2' }))
        .statusCode,
    ).toBe(200);
    for (const wrong of [
      { library: 'MAIN' },
      { address: 'x' },
      { almaSymbol: 'x' },
      { expires: 'yes' },
      { institution: 'x' },
    ])
      expect((await partner.link(wrong)).statusCode).toBe(400);
  });
});
