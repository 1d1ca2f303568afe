import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { confirm } from '#iso18626/confirm';
import type { Message } from '#iso18626/message';
import { readMessage } from '#iso18626/read';
import { ISO18626 } from './iso-format';
import { IsoPartner } from './iso-partner';

const NOTE = '利用者 001 への連絡';
const MESSAGE: Message = {
  kind: 'supplyingAgencyMessage',
  header: {
    supplyingAgencyId: { type: 'isil', value: 'jp-nacsis' },
    requestingAgencyId: { type: 'isil', value: 'jp-alma' },
    timestamp: '2026-11-27T01:00:00.000Z',
    requestingAgencyRequestId: 'ALMA-1',
  },
  messageInfo: { reasonForMessage: 'Notification', note: NOTE },
  statusInfo: { status: 'WillSupply', lastChange: '2026-11-27T01:00:00.000Z' },
};
const OF = { institution: 'A', library: 'RES_SHARE' };
const NOW = new Date('2026-11-27T01:00:01Z');
type Answering = (response: ServerResponse, request: IncomingMessage) => void;

describe('a delivery over HTTP', () => {
  let server: Server;
  let answering: Answering;
  let got: { readonly headers: IncomingMessage['headers']; readonly body: string } | undefined;
  let partner: IsoPartner;
  let serving: string;
  let address: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      void text(request).then((body) => {
        got = { headers: request.headers, body };
        answering(response, request);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    serving = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/iso18626`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  beforeEach(() => {
    got = undefined;
    address = serving;
    partner = new IsoPartner({
      format: ISO18626,
      partnerOf: (institution) =>
        institution === 'A' ? { address, symbol: 'ISIL:JP-Nacsis', almaSymbol: 'ISIL:JP:Alma' } : undefined,
      timeoutMs: 2_000,
    });
  });
  afterEach(() => partner.close());

  const deliver = (answer: Answering, message: Message = MESSAGE) => {
    answering = answer;
    return partner.deliver(OF, message);
  };
  const says = (status: number, body: string) => (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/xml' }).end(body);
  };
  const ok = ISO18626.write(confirm(MESSAGE, NOW));
  const error = ISO18626.write(
    confirm(MESSAGE, NOW, { type: 'UnrecognisedDataValue', value: '知らない依頼\u0085です' }),
  );

  it('sends XML with its length, with the agencies of the configuration, and reads the confirmation', async () => {
    expect(await deliver(says(200, ok))).toEqual({ how: 'confirmed' });
    expect(got?.headers['content-type']).toBe('application/xml; charset="utf-8"');
    expect(got?.headers['content-length']).toBe(String(Buffer.byteLength(got?.body ?? '')));
    const reading = readMessage(Buffer.from(got?.body ?? ''));
    expect(reading.is === 'message' && reading.message.header).toEqual(
      jasmine.objectContaining({
        supplyingAgencyId: { type: 'ISIL', value: 'JP-Nacsis' },
        requestingAgencyId: { type: 'ISIL', value: 'JP:Alma' },
      }),
    );
    const asked: Message = { kind: 'requestingAgencyMessage', header: MESSAGE.header, action: 'Received' };
    await deliver(says(200, ok), asked);
    const other = readMessage(Buffer.from(got?.body ?? ''));
    expect(other.is === 'message' && other.message.header.requestingAgencyId.value).toBe('JP-Nacsis');
  });

  it('is refused by an ERROR, a 4xx, and what is no confirmation', async () => {
    expect(await deliver(says(200, error))).toEqual({
      ...{ how: 'refused', code: 'not-accepted', detail: 'UnrecognisedDataValue: 知らない依頼 です' },
    });
    expect(await deliver(says(400, error))).toEqual(jasmine.objectContaining({ code: 'not-accepted' }));
    expect(await deliver(says(404, 'nothing'))).toEqual({ how: 'refused', code: 'http-status', detail: '404' });
    expect(await deliver(says(302, ''))).toEqual({ how: 'refused', code: 'http-status', detail: '302' });
    for (const body of ['', '<!doctype html><p>Maintenance', 'x'.repeat(1_000_000)])
      expect(await deliver(says(200, body))).toEqual({ how: 'refused', code: 'no-confirmation' });
  });

  it('is unanswered without a connection, after 5xx, a cut, and the time limit', async () => {
    expect(await deliver(says(503, ok))).toEqual({ how: 'unanswered', code: 'server-error' });
    expect(await deliver((_response, { socket }) => socket.destroy())).toEqual({
      ...{ how: 'unanswered', code: 'unreachable' },
    });
    expect(await deliver(() => undefined)).toEqual({ how: 'unanswered', code: 'timeout' });
    address = address.replace(/:\d+\//, ':1/');
    expect(await deliver(says(200, ok))).toEqual({ how: 'unanswered', code: 'unreachable' });
  });

  it('never begins for a library without a partner, or a message that the schema does not allow', async () => {
    const of = { institution: 'B', library: 'RES_SHARE' };
    expect(await partner.deliver(of, MESSAGE)).toEqual({ how: 'refused', code: 'not-configured' });
    const wrong = { ...MESSAGE, statusInfo: { status: 'Nonsense', lastChange: MESSAGE.header.timestamp } };
    expect(await deliver(says(200, ok), wrong)).toEqual({ how: 'refused', code: 'unwritable' });
    expect(got).toBeUndefined();
  });
});
