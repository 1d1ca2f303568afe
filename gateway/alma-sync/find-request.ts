import type { Kysely, Transaction } from 'kysely';
import type { AlmaLink } from '#domain/api/requests';
import { plain } from '#domain/catalog/identifiers';
import { mayBeSameTitle } from '#domain/ill/request-title';
import { AlmaError, type AlmaRequest } from '../alma/port';
import { linkedElsewhere } from '../commands/alma-link';
import type { StoredRequest } from '../store/requests-store';
import type { Schema } from '../store/schema';
import type { AlmaRecordsStore, Claim } from './alma-records';
import { shown, type AlmaList, type AlmaSide, type Place, type Shown } from './alma-side';
import type { CitedWork } from './cited-work';
import { failed, isResult, type ItemContext, type ItemResult, type Postponed, type Settled } from './item';
import { namedIds, type NamedIds } from './named-ids';
import type { StockRow, StockStore } from './stock-store';

/** A request in Alma that certainly is the one searched for, as Alma has it now. */
export interface Holder {
  readonly alma: AlmaRequest;
  readonly link: AlmaLink;
}

/** A create without an answer: when it was sent, and the time by which it is visible or never will be. */
interface Doubt {
  readonly sentAt: Date;
  readonly settledAt: Date;
}

interface SearchParts {
  readonly db: Kysely<Schema>;
  readonly records: AlmaRecordsStore;
  readonly stock: StockStore;
  readonly now: () => Date;
  readonly context: Pick<ItemContext, 'dryRun'>;
}

/** Finds requests in Alma by their NACSIS ids. One instance per step of a run. */
export class RequestSearch {
  readonly #stock: AlmaStock;

  constructor(private readonly parts: SearchParts) {
    this.#stock = new AlmaStock(parts.stock, parts.now);
  }

  /**
   * Resolves to the request in Alma that certainly is this one; to undefined when there certainly is none; to an
   * `ItemResult` when neither is certain. `sent`: a create without an answer.
   */
  async find(
    row: StoredRequest,
    side: AlmaSide,
    places: readonly Place[],
    sent?: Claim & { readonly doubt?: Doubt },
  ): Promise<Holder | ItemResult | undefined> {
    const searched = await this.#searched(side, places, row.id, sent?.doubt);
    if (isResult(searched)) return searched;
    const { holders, mentioning, isComplete } = searched;
    const [holder, ...others] = holders;
    if (others.length > 0)
      return failed({ code: 'several-in-alma', name: holders.map(({ alma }) => alma.requestId).join(', ') });
    if (holder !== undefined) {
      const other = await linkedElsewhere(this.parts.db, row, holder.alma.requestId);
      return other === undefined ? holder : failed({ code: 'already-linked', detail: `linked to ${other}` });
    }
    if (mentioning.length > 0) return failed({ code: 'only-mentioned', name: mentioning.join(', ') });
    if (!isComplete || (sent !== undefined && (sent.isUnknown || sent.count > 1))) return this.unknown(row, sent);
    return undefined;
  }

  /**
   * Alma ids of open requests that name no id of NACSIS-ILL, of the same owner and title (of the work, or of
   * the article): staff may have made one of them
   * by hand for this request. Searched after `find`, in what that has read.
   */
  async likely(
    { title, articleTitle }: CitedWork,
    places: readonly Place[],
    owner: string,
  ): Promise<readonly string[]> {
    const titles = [title, articleTitle].filter((each) => each !== '');
    const found = await Promise.all(places.map(({ list }) => this.parts.stock.nameless(list.key)));
    return found
      .flat()
      .filter((row) => row.title !== '' && titles.some((each) => mayBeSameTitle(each, row.title)))
      .filter(({ partnerCode }) => partnerCode === undefined || partnerCode === owner)
      .map(({ almaId }) => almaId);
  }

  /**
   * Returns the result for an unknown outcome. A later run that sees Alma's whole list may send a request that was
   * never sent; a request that was sent stays unknown.
   */
  unknown(row: StoredRequest, sent?: Claim): Settled {
    const why = sent === undefined ? 'Alma does not show all of its requests' : 'it was sent to Alma and not answered';
    const save = (transaction: Transaction<Schema>) => this.parts.records.markUnknown(transaction, row);
    return failed(
      { code: 'outcome-unknown', detail: why },
      sent === undefined || this.parts.context.dryRun ? {} : { save },
    );
  }

  /** Searches the stock for requests with this NACSIS id, and reads each match again. */
  async #searched(
    side: AlmaSide,
    places: readonly Place[],
    id: string,
    doubt: Doubt | undefined,
  ): Promise<Searched | Postponed> {
    let isComplete = true;
    const found = new Map<string, { readonly holder: Holder; readonly trust: Trust }>();
    for (const { list, linkOf } of places) {
      const inStock = await this.#stock.find(list, id, doubt);
      if ('notBefore' in inStock) return inStock;
      isComplete &&= inStock.isComplete;
      for (const row of inStock.rows) {
        const link = linkOf(row);
        const alma = await side.read(link);
        // Alma lists it but does not return it.
        if (alma === undefined) isComplete = false;
        const trust = alma && trustOf(namedIds(alma), id);
        if (alma !== undefined && trust !== undefined) found.set(row.almaId, { holder: { alma, link }, trust });
      }
    }
    const by = (wanted: Trust) =>
      [...found.values()].filter(({ trust }) => trust === wanted).map(({ holder }) => holder);
    const external = by('external-id');
    return {
      holders: external.length > 0 ? external : by('mark'),
      mentioning: by('mention').map(({ alma }) => alma.requestId),
      isComplete,
    };
  }
}

interface Searched {
  /** Requests that name the id by external id, or else by mark. More than one: ambiguous. */
  readonly holders: readonly Holder[];
  /** Alma ids of requests that only mention the id. They are reported to staff; nothing is done. */
  readonly mentioning: readonly string[];
  /** True when no other request can be the one. */
  readonly isComplete: boolean;
}

/** How a request in Alma names the id, most trusted first. */
type Trust = 'external-id' | 'mark' | 'mention';

/** An external id outweighs a mark: when they differ, the mark only counts as a mention. */
function trustOf({ externalId, mark, mentions }: NamedIds, id: string): Trust | undefined {
  const wanted = plain(id);
  if (externalId === wanted) return 'external-id';
  if (mark === wanted) return externalId === undefined ? 'mark' : 'mention';
  return mentions.includes(wanted) ? 'mention' : undefined;
}

interface InStock {
  readonly rows: readonly StockRow[];
  /** True when no other request can be the one. */
  readonly isComplete: boolean;
}

/**
 * The requests that Alma holds, list by list. Each list is read once per run, before the run creates anything that
 * could appear in it; the result is stored with the run. When that reading was incomplete, the run never treats a
 * request as missing. Each later step adds what the list shows by then.
 */
class AlmaStock {
  readonly #taken = new Map<string, Promise<Shown>>();
  readonly #again = new Map<string, { readonly at: number; readonly shown: Promise<Shown> }>();

  constructor(
    private readonly store: StockStore,
    private readonly now: () => Date,
  ) {}

  /** Finds the rows that name the id. With a doubt, reads the list again, because it must now show the create. */
  async find(list: AlmaList, id: string, doubt: Doubt | undefined): Promise<InStock | Postponed> {
    const before = await this.#takenOnce(list);
    if (typeof before === 'object') return before;
    const now = doubt === undefined ? before : await this.#takenAgain(list, doubt);
    if (typeof now === 'object') return now;
    return { rows: await this.store.naming(list.key, plain(id)), isComplete: now === 'all' };
  }

  /** Reads the list, or looks at it again when another step of the run has read it. */
  #takenOnce(list: AlmaList): Promise<Shown> {
    const known = this.#taken.get(list.key);
    if (known !== undefined) return known;
    const taken = this.#take(list);
    this.#taken.set(list.key, taken);
    // After a failed call, the next request reads the list again; after a malformed answer, only the next step does.
    whenUnread(taken, (error) => {
      if (!(error instanceof AlmaError && error.fault === 'malformed')) this.#taken.delete(list.key);
    });
    return taken;
  }

  async #take(list: AlmaList): Promise<Shown> {
    const wasComplete = await this.store.isComplete(list.key);
    if (wasComplete !== undefined) {
      const look = await list.look();
      return typeof look === 'object' ? look : shown(wasComplete);
    }
    const taken = await list.takeStock();
    if (typeof taken !== 'object') await this.store.taken(list.key, taken === 'all');
    return taken;
  }

  #takenAgain(list: AlmaList, { sentAt, settledAt }: Doubt): Promise<Shown> {
    const before = this.#again.get(list.key);
    if (before !== undefined && before.at >= settledAt.getTime()) return before.shown;
    const entry = { at: this.now().getTime(), shown: list.takeStock(sentAt) };
    this.#again.set(list.key, entry);
    whenUnread(entry.shown, () => {
      if (this.#again.get(list.key) === entry) this.#again.delete(list.key);
    });
    return entry.shown;
  }
}

/** Calls `then` when the list was not read to its end: with the error, or without one when the time was over. */
function whenUnread(reading: Promise<Shown>, then: (error?: unknown) => void): void {
  void reading.then((result) => {
    if (typeof result === 'object') then();
  }, then);
}
