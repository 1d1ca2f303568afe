import { recordOf } from '#catp/ill-record';
import { addDays } from '#domain/ill/dates';
import type { Side } from '#domain/ill/kinds';
import type { RequestFields } from '#domain/ill/request';
import type { StateId } from '#domain/ill/states';
import type { Catalogue } from '../data-files';
import { IllEngine } from '../ill/engine';
import type { RequestStore } from '../ill/request-store';
import type { StoredRequest } from '../ill/stored-request';
import { commandContent } from './command-content';
import { orderFields, orderFor, type Order, type OrderSeed } from './orders';
import { pathTo } from './paths';
import { seededPlaces } from './plan';
import { shelvesOf } from './shelves';

interface RequestSeed extends OrderSeed {
  readonly requests: RequestStore;
  readonly catalogue: Catalogue;
  /** The day of the last command in the seed, yyyyMMdd. */
  readonly day: string;
}

/**
 * Creates one request of the library in every state of both kinds on both sides, except 準備中 on the lender's side,
 * which a lender does not see.
 * Runs real commands, so that each history is what the server itself writes.
 */
export function seedRequests(seed: RequestSeed): void {
  const shelves = shelvesOf(seed.catalogue);
  for (const place of seededPlaces()) seedOne(seed, orderFor(seed, shelves[place.kind], place), place.state);
}

function seedOne(seed: RequestSeed, order: Order, state: StateId): void {
  const path = pathTo(state);
  const { kind, number, borrower, lenders } = order;
  const parties: Readonly<Record<Side, string>> = { borrower, lender: lenders[0] ?? '' };
  let entry: StoredRequest | undefined;
  path.forEach(({ side: acting, command }, at) => {
    const day = addDays(seed.day, at - path.length + 1 - (number % 10));
    const engine = new IllEngine({ ...seed, mode: 'lenient', settlementLock: false, clock: () => noon(day) });
    const fields: RequestFields = entry === undefined ? orderFields(seed.members, order, day) : {};
    const { comment, ...content } = commandContent(command, entry?.request.state ?? null, kind, day);
    const body = recordOf({ ...(entry ? { id: entry.request.id } : {}), ...fields, ...content }, comment);
    entry = engine.perform({ library: parties[acting], kind, side: acting, command, body });
  });
}

/** Noon in Tokyo. */
function noon(day: string): Date {
  return new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(4, 6)) - 1, Number(day.slice(6)), 3));
}
