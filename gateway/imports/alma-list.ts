import { hasEndedInAlma } from '#domain/alma/alma-steps';
import type { Side } from '#domain/ill/kinds';
import type { AlmaAccess, AlmaPort, AlmaRequest } from '../alma/port';
import { timeOver } from './item-stop';
import { namedIds } from './named-ids';
import type { StockRow, StockStore } from './stock-store';

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

/** A list of requests in Alma. */
export interface AlmaList {
  /** Name of the list in the store. */
  readonly key: string;
  /**
   * Reads the whole list into the stock. Resolves to true when Alma showed all of it; with `since`, also everything
   * created after that time.
   */
  takeStock(since?: Date): Promise<boolean>;
  /** Adds to the stock what the list shows in one look. Resolves to true when that is all of it. */
  look(): Promise<boolean>;
}

/** Requests read in parallel and stored together. */
const READ_AT_ONCE = 20;

/** Reads these requests, 20 at a time. Resolves to the ids that Alma does not have. */
export async function readInto<T extends { readonly almaId: string }>(
  { store, now, notAfter }: ListParts,
  { key, side }: { readonly key: string; readonly side: Side },
  wanted: readonly T[],
  read: (one: T) => Promise<AlmaRequest | undefined>,
): Promise<readonly string[]> {
  const missing: string[] = [];
  for (let at = 0; at < wanted.length; at += READ_AT_ONCE) {
    if (now().getTime() > notAfter) throw timeOver(now(), at > missing.length);
    const batch = wanted.slice(at, at + READ_AT_ONCE);
    const answers = await Promise.all(batch.map((each) => read(each)));
    const found = answers.filter((each): each is AlmaRequest => each !== undefined);
    await store.add(
      key,
      found.map((request) => stockRow(side, request)),
    );
    missing.push(...batch.flatMap(({ almaId }, place) => (answers[place] === undefined ? [almaId] : [])));
  }
  return missing;
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
  const { requestId, partnerCode, status } = request;
  return {
    almaId: requestId,
    ...namedIds(request),
    ...(partnerCode === undefined || side === 'borrower' ? {} : { partnerCode }),
    hasEnded: status !== undefined && hasEndedInAlma(side, status.code),
  };
}
