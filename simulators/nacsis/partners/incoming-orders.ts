import { recordOf } from '#catp/ill-record';
import { today } from '#domain/ill/dates';
import type { Kind } from '#domain/ill/kinds';
import { servingOf } from '#domain/ill/member';
import type { StoredRequest } from '../ill/stored-request';
import { commandContent } from '../seed/command-content';
import { orderFields, orderFor } from '../seed/orders';
import { shelvesOf } from '../seed/shelves';
import type { NacsisWorld } from '../world';

/** Maximum number of orders per call. */
export const MOST_ORDERS = 500;

export interface IncomingOrders {
  readonly kind: Kind;
  /** The lender of the orders. Default: the first library. */
  readonly lender?: string;
  readonly count: number;
}

/**
 * Creates orders from other libraries to the lender, one after another, each for a title that it holds. Uses real ORDER
 * commands of the current day and returns the resulting requests. Throws a TypeError when the lender does not serve
 * this kind or holds nothing of it.
 */
export function orderFrom(
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
