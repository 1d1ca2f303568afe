import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeMessage } from '#iso18626/write';
import type { Message } from '#iso18626/message';
import { borrowerHeader, newExternalId, SECRET, SECURITY_CODE, type SpecInbound } from '../testing/spec-inbound';
import { useSpecInbound } from '../testing/use-spec-inbound';

const PATRON = '利用者 秘';
const NOTE = '秘密の連絡';
const UNKNOWN = 'unknown-secret_0123456789abcdefgh';

describe('the address for messages of Alma', () => {
  let bridge: SpecInbound;
  let start: (options?: Parameters<typeof SpecInbound.start>[1]) => Promise<SpecInbound>;
  useSpecInbound((started) => ({ bridge, start } = started));

  const message = (externalId = newExternalId()): Message => ({
    kind: 'request',
    header: borrowerHeader(externalId),
    bibliographicInfo: { title: '見本の資料' },
    serviceInfo: { requestType: 'New', serviceType: 'Loan', note: NOTE },
    patronInfo: { surname: PATRON },
  });
  const xml = () => writeMessage(message());
  const envelope = (content: string, before = '') =>
    `${before}<ISO18626Message xmlns="http://illtransactions.org/2013/iso18626" version="1.2">${content}</ISO18626Message>`;

  it('confirms a message as XML', async () => {
    const { status, headers, body } = await bridge.post(xml());
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/xml; charset="utf-8"');
    expect(body).toContain('requestConfirmation');
    expect(body).toContain('>OK<');
  });

  it('takes both types of XML, with any charset', async () => {
    for (const type of ['application/xml', 'text/xml', 'text/xml; charset=UTF-8', 'Application/XML; charset="utf-8"'])
      expect((await bridge.post(xml(), SECRET, { 'content-type': type })).status)
        .withContext(type)
        .toBe(200);
  });

  it('does not exist for an unknown secret, whatever is sent', async () => {
    const there = async (method: 'GET' | 'POST' | 'PUT', url: string, type: string) => {
      const response = await bridge.app.inject({ method, url, headers: { 'content-type': type }, payload: xml() });
      const { requestId: _id, ...problem } = JSON.parse(response.body) as Record<string, unknown>;
      return [response.statusCode, response.headers['content-type'], problem];
    };
    for (const [method, type] of [
      ['POST', 'application/xml'],
      ['POST', 'text/html'],
      ['PUT', 'application/xml'],
      ['GET', 'application/xml'],
    ] as const) {
      const nowhere = await there(method, '/nowhere', type);
      expect(nowhere[0]).toBe(404);
      for (const secret of [UNKNOWN, 'x', `${SECRET}x`, SECRET.slice(1), SECRET.toUpperCase()])
        expect(await there(method, `/iso18626/${secret}`, type)).toEqual(nowhere);
    }
    expect(await bridge.messages()).toEqual([]);
  });

  it('takes POST only', async () => {
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH'] as const) {
      const response = await bridge.app.inject({ method, url: `/iso18626/${SECRET}` });
      expect([response.statusCode, response.headers['allow']]).withContext(method).toEqual([405, 'POST']);
    }
  });

  it('takes XML only, and no coding', async () => {
    for (const type of ['application/json', 'text/html', 'application/soap+xml', 'text/xmlx', 'nonsense'])
      expect((await bridge.post('{}', SECRET, { 'content-type': type })).status)
        .withContext(type)
        .toBe(415);
    expect((await bridge.post(xml(), SECRET, { 'content-encoding': 'gzip' })).status).toBe(415);
    const bare = await bridge.app.inject({ method: 'POST', url: `/iso18626/${SECRET}` });
    expect(bare.statusCode).toBe(415);
  });

  it('takes no more than its limit', async () => {
    const filler = `<!-- ${'x'.repeat(409_600)} -->`;
    expect((await bridge.post(xml() + filler)).status).toBe(413);
    expect(await bridge.messages()).toEqual([]);
  });

  it('answers what is no message with 400 and an error that can be read', async () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>';
    const shiftJis = Buffer.concat([
      Buffer.from('<?xml version="1.0" encoding="Shift_JIS"?><a>'),
      Buffer.from([0x83, 0x65, 0x83, 0x58]),
      Buffer.from('</a>'),
    ]);
    for (const body of [
      ...['', ' ', 'no XML', '<a>', '{}', '<a/>', xml().replace(/xmlns(:\w+)?="[^"]*iso18626"/, ''), '<!DOCTYPE html>'],
      ...[envelope('', bomb), envelope('<b>'.repeat(2_000) + '</b>'.repeat(2_000)), shiftJis],
    ]) {
      const { status, body: answer } = await bridge.post(body);
      expect(status).withContext(String(body).slice(0, 60)).toBe(400);
      expect(answer).toContain('requestConfirmation');
      expect(answer).toContain('BadlyFormedMessage');
    }
    expect(await bridge.messages()).toEqual([]);
  });

  it('answers an incomplete or unknown message, and a confirmation, with 200 and the error', async () => {
    const confirmation = (await bridge.post(xml())).body;
    const before = (await bridge.messages()).length;
    for (const [body, error] of [
      [confirmation, 'UnrecognisedDataElement'],
      [envelope('<unheard/>'), 'UnrecognisedDataElement'],
      [envelope('<request/>'), 'BadlyFormedMessage'],
    ] as const) {
      const { status, body: answer } = await bridge.post(body);
      expect([status, answer.includes(error)])
        .withContext(error)
        .toEqual([200, true]);
    }
    expect((await bridge.messages()).length).toBe(before);
  });

  it('takes messages from allowed addresses only, and tells the others nothing', async () => {
    bridge = await start({ partner: { allowedAddresses: ['192.0.2.0/24', '::1'] } });
    const from = async (remoteAddress: string, headers: Readonly<Record<string, string>> = {}) => {
      const url = `/iso18626/${SECRET}`;
      const type = { 'content-type': 'text/xml' };
      const options = { method: 'POST', url, remoteAddress, headers: { ...type, ...headers }, payload: xml() } as const;
      return (await bridge.app.inject(options)).statusCode;
    };
    for (const ip of ['192.0.2.7', '::ffff:192.0.2.7', '::1'])
      expect(await from(ip))
        .withContext(ip)
        .toBe(200);
    for (const ip of ['192.0.3.7', '::ffff:192.0.3.7', '::2'])
      expect(await from(ip))
        .withContext(ip)
        .toBe(404);
    // Anyone can write this header.
    expect(await from('192.0.3.7', { 'x-forwarded-for': '192.0.2.7' })).toBe(404);
    expect(bridge.log.join('\n')).toContain('a message came from another address');
  });

  it('takes a new secret and, while it is valid, the old one', async () => {
    const secrets = [SECRET];
    bridge = await start({ partner: { secret: { current: () => secrets } } });
    expect((await bridge.post(xml(), UNKNOWN)).status).toBe(404);
    secrets.push(UNKNOWN);
    expect((await bridge.post(xml(), UNKNOWN)).status).toBe(200);
    expect((await bridge.post(xml(), SECRET)).status).toBe(200);
    secrets.shift();
    expect((await bridge.post(xml(), SECRET)).status).toBe(404);
  });

  it('takes chunked bodies, and lets a client go on that asks first', async () => {
    await bridge.app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = bridge.app.server.address() as AddressInfo;
    for (const expect100 of [false, true]) {
      const status = await new Promise<number | undefined>((resolve, reject) => {
        const headers = { 'content-type': 'text/xml', ...(expect100 ? { expect: '100-continue' } : {}) };
        const path = `/iso18626/${SECRET}`;
        const call = httpRequest({ host: '127.0.0.1', port, path, method: 'POST', headers }, (response) => {
          response.resume().on('end', () => {
            resolve(response.statusCode);
          });
        });
        call.on('error', reject);
        const body = xml();
        const send = () => {
          call.write(body.slice(0, 100));
          call.end(body.slice(100));
        };
        if (expect100) call.once('continue', send).flushHeaders();
        else send();
      });
      expect(status).toBe(200);
    }
  });

  it('answers 503 when the message cannot be kept, so that Alma sends it again', async () => {
    await bridge.store.db.schema.alterTable('bridge_messages').renameTo('bridge_messages_away').execute();
    const { status } = await bridge.post(xml());
    await bridge.store.db.schema.alterTable('bridge_messages_away').renameTo('bridge_messages').execute();
    expect(status).toBeGreaterThanOrEqual(500);
    expect((await bridge.post(xml())).status).toBe(200);
  });

  it('leaves no secret, patron or text in the log and in the metrics, however a call ends', async () => {
    bridge = await start({ partner: { securityCode: { current: () => [SECURITY_CODE] } } });
    const header = borrowerHeader(newExternalId(), { authentication: { securityCode: SECURITY_CODE } });
    await bridge.post(writeMessage({ ...message(), header }));
    await bridge.post(xml());
    for (const body of ['no XML', `<a>${PATRON}`, envelope(`<unheard>${NOTE}</unheard>`)]) await bridge.post(body);
    await bridge.post(xml(), SECRET, { 'content-type': 'text/html' });
    await bridge.post('x'.repeat(500_000));
    for (const method of ['GET', 'OPTIONS', 'DELETE'] as const)
      for (const end of ['', '/', '/more', '?a=%ZZ', '%', '%00', '?secret=1'])
        await bridge.app.inject({ method, url: `/iso18626/${SECRET}${end}` });
    await bridge.app.inject({ method: 'GET', url: `/iso18626/${SECRET}`, headers: { host: '' } });
    await bridge.store.db.schema.alterTable('bridge_messages').renameTo('bridge_messages_away').execute();
    await bridge.post(writeMessage({ ...message(), header }));
    await bridge.store.db.schema.alterTable('bridge_messages_away').renameTo('bridge_messages').execute();
    const log = bridge.log.join('\n');
    const metrics = (await bridge.app.inject({ method: 'GET', url: '/metrics' })).body;
    expect(log).toContain('/iso18626/:secret');
    for (const hidden of [SECRET, SECURITY_CODE, PATRON, NOTE, '見本の資料'])
      expect([log.includes(hidden), metrics.includes(hidden)])
        .withContext(hidden)
        .toEqual([false, false]);
  });
});
