import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { confirm } from '#iso18626/confirm';
import type { Confirmation, Message, Reason, Request, Status, SupplyingAgencyMessage } from '#iso18626/message';
import { readMessage } from '#iso18626/read';
import { writeMessage } from '#iso18626/write';
import type { Exchange, JsonObject, Side } from '../model';
import type { TestAlma } from './test-alma';

const ALMA = { type: 'ISIL', value: 'JP-ALMA1' };
const PARTNER = { type: 'ISIL', value: 'JP-NACSIS' };
/** Code of the partner record. */
export const PARTNER_CODE = 'ISO_RES_SHARE';

/** A request as `_sim` shows it. */
export interface Shown {
  readonly request: JsonObject & { readonly request_id: string; readonly external_id: string };
  readonly exchange: Exchange;
  readonly actions: readonly string[];
  readonly result?: { readonly how: string; readonly detail?: string };
  readonly message?: string;
}

/** The ISO 18626 partner of a simulated Alma in specs: keeps what it gets and answers as told. */
export class TestPartner {
  /** Bodies in the order of arrival. */
  readonly bodies: string[] = [];
  /** The next answers; then each message gets an OK confirmation. `cut`: no answer. */
  readonly answers: ('cut' | { readonly status: number; readonly body: string })[] = [];
  private ticks = Date.UTC(2025, 3, 2);

  private constructor(
    readonly alma: TestAlma,
    private readonly server: Server,
  ) {}

  /** Starts the partner and enters it in Alma for the first institution's library. */
  static async open(alma: TestAlma, link: object = {}): Promise<TestPartner> {
    const server = createServer();
    const partner = new TestPartner(alma, server);
    server.on('request', (request, response) => {
      void buffer(request).then((body) => {
        partner.bodies.push(body.toString());
        const answer = partner.answers.shift() ?? { status: 200, body: confirmation(body) };
        if (answer === 'cut') return response.destroy();
        return response.writeHead(answer.status, { 'content-type': 'application/xml' }).end(answer.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { statusCode, body } = await partner.link(link);
    if (statusCode !== 200) throw new Error(body);
    return partner;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/iso18626/secret`;
  }

  async link(link: object = {}): ReturnType<TestAlma['inject']> {
    return this.alma.inject({
      method: 'PUT',
      url: '/_sim/iso18626',
      payload: {
        library: 'RES_SHARE',
        address: this.address,
        almaSymbol: 'ISIL:JP-ALMA1',
        partnerSymbol: 'ISIL:JP-NACSIS',
        ...link,
      },
    });
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  get messages(): readonly Message[] {
    return this.bodies.map((body) => {
      const reading = readMessage(Buffer.from(body));
      if (reading.is !== 'message') throw new Error('Alma sent no message');
      return reading.message;
    });
  }

  get last(): Message {
    const message = this.messages.at(-1);
    if (message === undefined) throw new Error('Alma sent nothing');
    return message;
  }

  /** A borrowing request that is ready to be sent. */
  async borrowing(fields: object = {}): Promise<Shown> {
    const answer = await this.alma.inject({
      method: 'POST',
      url: '/_sim/borrowing',
      payload: { user: 'patron001', title: '見本', ...fields },
    });
    if (answer.statusCode !== 201) throw new Error(answer.body);
    return answer.json<Shown>();
  }

  async act(side: Side, id: string, action: string, input: object = {}): Promise<Shown> {
    const url = `/_sim/requests/${side}/${id}/actions`;
    return (await this.alma.inject({ method: 'POST', url, payload: { action, ...input } })).json<Shown>();
  }

  async see(side: Side, id: string): Promise<Shown> {
    return (await this.alma.inject({ url: `/_sim/requests/${side}/${id}` })).json<Shown>();
  }

  /** Alma's status code of a request. */
  async status(side: Side, id: string): Promise<string> {
    return ((await this.see(side, id)).request['status'] as { readonly value: string }).value;
  }

  /** Tells Alma something about its borrowing request, as the supplier. */
  async supply(
    externalId: string,
    reasonForMessage: Reason,
    status: Status | undefined,
    more: {
      readonly info?: Partial<SupplyingAgencyMessage['messageInfo']>;
      readonly dueDate?: string;
      readonly delivery?: NonNullable<SupplyingAgencyMessage['deliveryInfo']>;
    } = {},
  ): Promise<Confirmation> {
    const timestamp = this.timestamp();
    return this.deliver({
      kind: 'supplyingAgencyMessage',
      header: {
        supplyingAgencyId: PARTNER,
        requestingAgencyId: ALMA,
        timestamp,
        requestingAgencyRequestId: externalId,
        supplyingAgencyRequestId: 'LA9000000099',
      },
      messageInfo: { reasonForMessage, ...more.info },
      statusInfo: {
        status: status ?? 'RequestReceived',
        lastChange: timestamp,
        ...(more.dueDate === undefined ? {} : { dueDate: more.dueDate }),
      },
      ...(more.delivery === undefined ? {} : { deliveryInfo: more.delivery }),
    });
  }

  /** A message about a request that Alma lends, as the requester. */
  async ask(externalId: string, action: string, note?: string): Promise<Confirmation> {
    return this.deliver({
      kind: 'requestingAgencyMessage',
      header: this.requesterHeader(externalId),
      action,
      ...(note === undefined ? {} : { note }),
    });
  }

  async request(externalId: string, parts: Partial<Request> = {}): Promise<Confirmation> {
    return this.deliver(this.newRequest(externalId, parts));
  }

  newRequest(externalId: string, parts: Partial<Request> = {}): Request {
    return {
      kind: 'request',
      header: this.requesterHeader(externalId),
      bibliographicInfo: { title: '見本の図書', author: '見本編', itemIds: [{ code: 'ISBN', value: '9784000000000' }] },
      serviceInfo: { requestType: 'New', serviceType: 'Loan', note: '館: 見本館' },
      ...parts,
    };
  }

  async deliver(message: Message | Confirmation): Promise<Confirmation> {
    const reading = readMessage(Buffer.from((await this.post(writeMessage(message))).body));
    if (reading.is !== 'confirmation') throw new Error('Alma answered no confirmation');
    return reading.confirmation;
  }

  async post(payload: string, type = 'application/xml; charset="utf-8"'): ReturnType<TestAlma['inject']> {
    return this.alma.inject({ method: 'POST', url: '/iso18626', headers: { 'content-type': type }, payload });
  }

  /** Id of Alma's lending request with this external id. */
  lendingId(externalId: string): string {
    const found = this.alma.world.requests
      .of('lending')
      .find(
        ({ request, ...record }) =>
          'partner' in record && record.partner === PARTNER_CODE && request.external_id === externalId,
      );
    if (found === undefined) throw new Error('Alma has no such lending request');
    return found.request.request_id;
  }

  private requesterHeader(requestingAgencyRequestId: string): Request['header'] {
    return {
      supplyingAgencyId: ALMA,
      requestingAgencyId: PARTNER,
      timestamp: this.timestamp(),
      requestingAgencyRequestId,
    };
  }

  private timestamp(): string {
    this.ticks += 1000;
    return new Date(this.ticks).toISOString();
  }
}

function confirmation(body: Buffer): string {
  const reading = readMessage(body);
  return reading.is === 'message' ? writeMessage(confirm(reading.message, new Date())) : '';
}
