import { recordOf } from '#catp/ill-record';
import { today } from '#domain/ill/dates';
import { KINDS, type Kind } from '#domain/ill/kinds';
import { servingOf } from '#domain/ill/member';
import type { FastifyInstance } from 'fastify';
import { PARTNER_SCRIPTS, type PartnerScript } from '../../scenarios';
import type { ActingPartners } from '../partners/acting-partners';
import { scriptByName } from '../partners/partner-scripts';
import type { StoredRequest } from '../ill/stored-request';
import { commandContent } from '../seed/command-content';
import { orderFields, orderFor } from '../seed/orders';
import { shelvesOf } from '../seed/shelves';
import type { NacsisWorld } from '../world';
import { answer, objectOf, refuse } from './answers';

const LONGEST_SECONDS = 3600;
const DEFAULT_SECONDS = 3;
/** Maximum number of orders per call. */
const MOST_ORDERS = 500;

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

interface IncomingOrders {
  readonly kind: Kind;
  /** The lender of the orders. Default: the first library. */
  readonly lender?: string;
  readonly count: number;
}

/**
 * Creates orders from other libraries to the lender, one after another, each for a title that the lender holds. Uses
 * real ORDER commands of the current day and returns the resulting requests. Throws a TypeError when the lender does
 * not serve this kind or holds no title of this kind.
 */
function orderFrom(
  world: NacsisWorld,
  { kind, lender = world.firstLibrary, count }: IncomingOrders,
): readonly StoredRequest[] {
  const member = world.members.find(lender);
  if (member === undefined) throw new TypeError(`${lender} is no member`);
  if (!servingOf(member, kind).serves) throw new TypeError(`${lender} takes no requests for a ${kind}`);
  const shelves = shelvesOf(world.ordinary)[kind];
  if (!shelves.some(({ holdings }) => holdings.has(lender))) throw new TypeError(`${lender} holds nothing to ask for`);
  const seed = { members: world.members, library: lender, partners: world.partners };
  const day = today(world.clock);
  return Array.from({ length: count }, () => {
    const order = orderFor(seed, shelves, { kind, side: 'lender', number: world.requests.all().length });
    const { comment, ...content } = commandContent('ORDER', null, kind, day);
    const body = recordOf({ ...orderFields(world.members, order, day), ...content }, comment);
    return world.engine.perform({ library: order.borrower, kind, side: 'borrower', command: 'ORDER', body });
  });
}
