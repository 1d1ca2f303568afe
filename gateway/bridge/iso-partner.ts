import { Agent, errors, request } from 'undici';
import type { AgencyId, Confirmation, Message } from '#iso18626/message';
import type { Delivery, MessageFormat, PartnerPort } from './port';

/** An answer is a confirmation of some hundred bytes. */
const MAX_ANSWER_BYTES = 262_144;
const CONNECT_TIMEOUT_MS = 10_000;
/** Longest text of Alma that a refusal carries, in characters. */
const MAX_DETAIL = 500;
const SERVER_ERROR = 500;
const SUCCESS = { from: 200, to: 299 } as const;

/** Where Alma takes messages, and the symbols `type:value` of the gateway and of the library in Alma. */
export interface PartnerAddress {
  readonly address: string;
  readonly symbol: string;
  readonly almaSymbol: string;
}

interface PartnerParts {
  readonly format: MessageFormat;
  /** undefined: the library is not configured as a partner any more. */
  readonly partnerOf: (institution: string, library: string) => PartnerAddress | undefined;
  /** Milliseconds for one message and its confirmation. */
  readonly timeoutMs: number;
  /** For the metrics. */
  readonly observe?: (how: Delivery['how'], seconds: number) => void;
}

/**
 * Delivers messages to Alma over HTTP or HTTPS (iso18626.md 1). The agencies of a message are those of the
 * configuration, whatever its header says. Errors carry neither the address nor what was sent.
 */
export class IsoPartner implements PartnerPort {
  readonly #agent: Agent;

  constructor(private readonly parts: PartnerParts) {
    this.#agent = new Agent({
      connect: { timeout: Math.min(CONNECT_TIMEOUT_MS, parts.timeoutMs) },
      // Only the time limit of the whole call applies.
      headersTimeout: 0,
      bodyTimeout: 0,
      maxResponseSize: MAX_ANSWER_BYTES,
      pipelining: 1,
    });
  }

  async deliver(of: { readonly institution: string; readonly library: string }, message: Message): Promise<Delivery> {
    const partner = this.parts.partnerOf(of.institution, of.library);
    if (partner === undefined) return { how: 'refused', code: 'not-configured' };
    const body = this.#written(message, partner);
    if (body === undefined) return { how: 'refused', code: 'unwritable' };
    const started = performance.now();
    const delivery = await this.#exchange(partner.address, body);
    this.parts.observe?.(delivery.how, (performance.now() - started) / 1000);
    return delivery;
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  /** undefined for a message that the schema does not allow. */
  #written(message: Message, partner: PartnerAddress): Buffer | undefined {
    try {
      return Buffer.from(this.parts.format.write(withAgencies(message, partner)), 'utf8');
    } catch {
      return undefined;
    }
  }

  async #exchange(address: string, body: Buffer): Promise<Delivery> {
    try {
      const answer = await request(address, {
        method: 'POST',
        dispatcher: this.#agent,
        headers: {
          'content-type': this.parts.format.contentType,
          'content-length': String(body.length),
          'accept': 'application/xml, text/xml',
        },
        body,
        signal: AbortSignal.timeout(this.parts.timeoutMs),
      });
      return this.#meaningOf(answer.statusCode, await answer.body.bytes());
    } catch (error) {
      return failure(error);
    }
  }

  #meaningOf(status: number, body: Uint8Array): Delivery {
    if (status >= SERVER_ERROR) return { how: 'unanswered', code: 'server-error' };
    const reading = this.parts.format.read(body);
    if (reading.is === 'confirmation') {
      if (reading.confirmation.messageStatus === 'ERROR') return refusedWith(reading.confirmation);
      if (status >= SUCCESS.from && status <= SUCCESS.to) return { how: 'confirmed' };
    }
    if (status < SUCCESS.from || status > SUCCESS.to)
      return { how: 'refused', code: 'http-status', detail: String(status) };
    return { how: 'refused', code: 'no-confirmation' };
  }
}

function refusedWith({ error }: Confirmation): Delivery {
  const words = [error?.type, error?.value].filter((word) => word !== undefined && word !== '').join(': ');
  const detail = words.replace(/\p{Cc}+/gu, ' ').slice(0, MAX_DETAIL);
  return { how: 'refused', code: 'not-accepted', ...(detail === '' ? {} : { detail }) };
}

/** The error itself is dropped: some errors quote what was sent or received. */
function failure(error: unknown): Delivery {
  if (error instanceof errors.HTTPParserError || error instanceof errors.ResponseExceededMaxSizeError)
    return { how: 'refused', code: 'no-confirmation' };
  const isTimeout = error instanceof Error && error.name === 'TimeoutError';
  return { how: 'unanswered', code: isTimeout ? 'timeout' : 'unreachable' };
}

/** The supplier of a supplyingAgencyMessage is the gateway; of the other two kinds it is Alma. */
function withAgencies(message: Message, { symbol, almaSymbol }: PartnerAddress): Message {
  const [own, alma] = [agencyOf(symbol), agencyOf(almaSymbol)];
  const [supplyingAgencyId, requestingAgencyId] = message.kind === 'supplyingAgencyMessage' ? [own, alma] : [alma, own];
  return { ...message, header: { ...message.header, supplyingAgencyId, requestingAgencyId } };
}

/** `type:value`; the value may contain colons. */
export function agencyOf(symbol: string): AgencyId {
  const [type = '', ...value] = symbol.split(':');
  return { type, value: value.join(':') };
}
