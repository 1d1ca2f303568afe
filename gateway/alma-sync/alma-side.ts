import { hasEndedInAlma } from '#domain/alma/alma-steps';
import type { Change } from '#domain/api/imports';
import type { AlmaLink } from '#domain/api/requests';
import type { Side } from '#domain/ill/kinds';
import type { AlmaAccess, AlmaBody, AlmaPartner, AlmaPort, AlmaRequest } from '../alma/port';
import type { StoredRequest } from '../store/requests-store';
import type { CitedWork } from './cited-work';
import { timeOver, type Postponed, type Settled } from './item';
import { namedIds } from './named-ids';
import type { StockRow, StockStore } from './stock-store';

/** What differs in Alma between borrowing and lending requests. The `owner` parameters take the owner's name. */
export interface AlmaSide {
  /** Resolves to the requester or partner; to a failure when the settings name no valid one. */
  owner(row: StoredRequest): Promise<Owner | Settled>;
  /** Lists that may contain a request of this owner, whoever created it. */
  places(owner: string): Promise<readonly Place[]>;
  /** Lists to search when the owner is unknown: those of the library itself. */
  ownPlaces(): Promise<readonly Place[]>;
  /** The body that creates the request in Alma. */
  body(row: StoredRequest, work: CitedWork, owner: string): Promise<AlmaBody>;
  create(owner: string, body: AlmaBody, notAfter: number): Promise<AlmaRequest>;
  read(link: AlmaLink): Promise<AlmaRequest | undefined>;
  link(owner: string, requestId: string): AlmaLink;
}

/** The owner of a request in Alma: a patron (id) or a partner (code). */
export interface Owner {
  readonly name: string;
  readonly changes: readonly Change[];
}

/** A list in which a request of this side may appear. */
export interface Place {
  readonly list: AlmaList;
  /** How Alma addresses a request in this list. */
  readonly linkOf: (row: Pick<StockRow, 'almaId' | 'partnerCode'>) => AlmaLink;
}

/**
 * What a list showed: all of it or only a part; postponed when the step ran out of time. What was read is in the stock.
 */
export type Shown = 'all' | 'part' | Postponed;

/** A list of requests in Alma. */
export interface AlmaList {
  /** Name of the list in the store. */
  readonly key: string;
  /**
   * Reads the whole list into the stock. With `since`, resolves to `all` only when the list also shows what was created
   * after that time.
   */
  takeStock(since?: Date): Promise<Shown>;
  /** Adds to the stock what the list shows now. */
  look(): Promise<Shown>;
}

export function shown(isAll: boolean): Shown {
  return isAll ? 'all' : 'part';
}

/**
 * Parameters for reading a list. After `notAfter` (milliseconds) no further request is read; requests already read are
 * kept.
 */
export interface ListParts {
  readonly alma: AlmaPort;
  readonly access: AlmaAccess;
  readonly store: StockStore;
  readonly now: () => Date;
  readonly notAfter: number;
}

/** Requests read in parallel and stored together. */
const READ_AT_ONCE = 20;

/** Reads these requests, 20 at a time. Resolves to `part` when Alma does not have all of them. */
export async function readInto<T>(
  { store, now, notAfter }: ListParts,
  { key, side }: { readonly key: string; readonly side: Side },
  wanted: readonly T[],
  read: (one: T) => Promise<AlmaRequest | undefined>,
): Promise<Shown> {
  let kept = 0;
  for (let at = 0; at < wanted.length; at += READ_AT_ONCE) {
    if (now().getTime() > notAfter) return timeOver(now(), kept > 0);
    const answers = await Promise.all(wanted.slice(at, at + READ_AT_ONCE).map((each) => read(each)));
    const found = answers.filter((each): each is AlmaRequest => each !== undefined);
    await store.add(
      key,
      found.map((request) => stockRow(side, request)),
    );
    kept += found.length;
  }
  return shown(kept === wanted.length);
}

/**
 * False when Alma has the request created last but the list does not show it: the list lags, and earlier requests may be
 * missing too.
 */
export async function isUpToDate<T extends { readonly almaId: string }>(
  last: T | undefined,
  listed: { readonly has: (almaId: string) => boolean },
  read: (last: T) => Promise<AlmaRequest | undefined>,
): Promise<boolean> {
  return last === undefined || listed.has(last.almaId) || (await read(last)) === undefined;
}

export function stockRow(side: Side, request: AlmaRequest): StockRow {
  const { requestId, partnerCode, status, texts } = request;
  return {
    almaId: requestId,
    ...namedIds(request),
    ...(partnerCode === undefined || side === 'borrower' ? {} : { partnerCode }),
    title: texts['title'] ?? '',
    hasEnded: status !== undefined && hasEndedInAlma(side, status.code),
  };
}

/** Caches lookups of patrons and partners during one step of a run. */
export class AlmaLookups {
  readonly #users = new Map<string, Promise<boolean>>();
  readonly #partners = new Map<string, Promise<AlmaPartner | undefined>>();

  constructor(
    private readonly alma: AlmaPort,
    private readonly access: AlmaAccess,
  ) {}

  hasUser(userId: string): Promise<boolean> {
    return once(this.#users, userId, () => this.alma.hasUser(this.access, userId));
  }

  partner(code: string): Promise<AlmaPartner | undefined> {
    return once(this.#partners, code, () => this.alma.partner(this.access, code));
  }
}

function once<T>(asked: Map<string, Promise<T>>, name: string, ask: () => Promise<T>): Promise<T> {
  const before = asked.get(name);
  if (before !== undefined) return before;
  const answer = ask();
  asked.set(name, answer);
  // Forget a failed call, so that the next request asks again.
  answer.catch(() => asked.delete(name));
  return answer;
}
