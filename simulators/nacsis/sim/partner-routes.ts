import { KINDS } from '#domain/ill/kinds';
import type { FastifyInstance } from 'fastify';
import { PARTNER_SCRIPTS, type PartnerScript } from '../../scenarios';
import type { ActingPartners } from '../partners/acting-partners';
import { MOST_ORDERS, orderFrom, type IncomingOrders } from '../partners/incoming-orders';
import { scriptByName } from '../partners/partner-scripts';
import type { NacsisWorld } from '../world';
import { answer, objectOf, refuse } from './answers';

const LONGEST_SECONDS = 3600;
const DEFAULT_SECONDS = 3;

/** `/_sim/partners`: controls the actions of the other libraries. */
export function partnerRoutes(server: FastifyInstance, world: NacsisWorld, partners: ActingPartners): void {
  server.get('/_sim/partners', () => ({
    scripts: Object.entries(PARTNER_SCRIPTS).map(([name, script]) => ({ name, ...script })),
    running: partners.running(),
  }));
  server.delete('/_sim/partners', async (_request, reply) => {
    partners.clear();
    return reply.code(204).send();
  });
  server.post('/_sim/partners', async (request, reply) => {
    try {
      const { requests, ...playing } = playIn(request.body);
      if (requests === undefined) partners.playForAll(playing);
      else for (const id of requests) partners.playFor(id, playing);
      return await reply.code(201).send(partners.running());
    } catch (error) {
      return refuse(reply, error);
    }
  });
  server.post('/_sim/partners/step', async (request, reply) => {
    try {
      const { id, script } = objectOf(request.body);
      const after = partners.step(textOf(id, 'id'), script === undefined ? undefined : scriptIn(script));
      return after ? after.record : await answer(reply, 409, 'nothing-to-do', 'the other library waits or has ended');
    } catch (error) {
      return refuse(reply, error);
    }
  });
  server.post('/_sim/partners/order', async (request, reply) => {
    try {
      return await reply.code(201).send(orderFrom(world, ordersIn(request.body)).map(({ record }) => record));
    } catch (error) {
      return refuse(reply, error);
    }
  });
}

function playIn(body: unknown): {
  readonly script: PartnerScript;
  readonly afterSeconds: number;
  readonly requests?: readonly string[];
} {
  const { script, afterSeconds = DEFAULT_SECONDS, requests } = objectOf(body);
  if (typeof afterSeconds !== 'number' || !(afterSeconds >= 0 && afterSeconds <= LONGEST_SECONDS))
    throw new TypeError(`afterSeconds must be a number from 0 to ${String(LONGEST_SECONDS)}`);
  const playing = { script: scriptIn(script), afterSeconds };
  if (requests === undefined) return playing;
  if (!Array.isArray(requests)) throw new TypeError('requests must be an array of ids');
  return { ...playing, requests: requests.map((id: unknown) => textOf(id, 'an id')) };
}

function ordersIn(body: unknown): IncomingOrders {
  const { kind, lender, count = 1 } = objectOf(body);
  const known = KINDS.find((each) => each === kind);
  if (known === undefined) throw new TypeError(`kind must be ${KINDS.join(' or ')}`);
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > MOST_ORDERS)
    throw new TypeError(`count must be a whole number from 1 to ${String(MOST_ORDERS)}`);
  return { kind: known, count, ...(lender === undefined ? {} : { lender: textOf(lender, 'lender') }) };
}

function scriptIn(name: unknown): PartnerScript {
  const script = scriptByName(name);
  if (script === undefined) throw new TypeError(`script must be one of ${Object.keys(PARTNER_SCRIPTS).join(', ')}`);
  return script;
}

function textOf(value: unknown, name: string): string {
  if (typeof value !== 'string') throw new TypeError(`${name} must be a text`);
  return value;
}
