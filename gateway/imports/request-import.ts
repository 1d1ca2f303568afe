import type { Kysely, Transaction } from 'kysely';
import { AlmaError, type AlmaPort } from '../alma/port';
import { linkOf, tiedElsewhere } from '../commands/alma-link';
import type { StoredRequest } from '../store/requests-store';
import type { Schema } from '../store/schema';
import { AlmaLookups } from './alma-lookups';
import { AlmaRecordsStore, type AlmaRecord, type Claim } from './alma-records-store';
import { searchAlma, type Holder } from './alma-search';
import type { AlmaList } from './alma-list';
import type { AlmaSide, Place } from './alma-side';
import { AlmaStock, type Doubt } from './alma-stock';
import { BorrowingSide } from './borrowing-side';
import { citedWork } from './cited-work';
import { longField } from './field-limits';
import type { ItemImport, ItemResult, Settled } from './item';
import { failed, ItemStop, postponed, stopOf } from './item-stop';
import { LendingSide } from './lending-side';
import { patronIdOf } from './requester-rule';
import { RequestMaking, type RequestMakingParts } from './request-making';
import { RequestSettling, type Work } from './request-settling';
import type { StatusMap } from './status-map';
import { StockStore } from './stock-store';

export interface RequestImportParts extends RequestMakingParts {
  readonly db: Kysely<Schema>;
  readonly alma: AlmaPort;
  readonly statusMap: StatusMap;
}

/**
 * Brings requests of one library into Alma, each exactly once: links what Alma has and creates what it lacks. A claim
 * in the store precedes each create. An existing claim means a create without an answer; Alma is then read again before
 * anything else happens.
 */
export class RequestImport implements ItemImport {
  readonly #parts: RequestImportParts;
  readonly #records: AlmaRecordsStore;
  readonly #stock: AlmaStock;
  readonly #sides: Readonly<Record<StoredRequest['side'], AlmaSide>>;
  readonly #settling: RequestSettling;
  readonly #making: RequestMaking;

  constructor(parts: RequestImportParts) {
    const { db, alma, statusMap, now, context } = parts;
    const { code: institution, almaApiKey: apiKey } = context.institution;
    const access = { institution, apiKey };
    const store = new StockStore(db, { institution, runId: context.runId });
    const list = { alma, access, store, now, notAfter: context.notAfter };
    const lookups = new AlmaLookups(alma, access);
    this.#parts = parts;
    this.#records = new AlmaRecordsStore(db);
    this.#stock = new AlmaStock(store, now);
    this.#sides = {
      borrower: new BorrowingSide(list, lookups, context),
      lender: new LendingSide(list, lookups, context),
    };
    this.#settling = new RequestSettling(alma, access, this.#records, statusMap, context, now);
    this.#making = new RequestMaking(this.#records, this.#settling, parts);
  }

  async bring(row: StoredRequest): Promise<ItemResult> {
    try {
      return await this.#brought(row);
    } catch (error) {
      if (error instanceof ItemStop) return error.result;
      if (error instanceof AlmaError) return stopOf(error, this.#parts.now(), this.#patronsOf(row)).result;
      throw error;
    }
  }

  async lookAround(): Promise<boolean | undefined> {
    try {
      const lists = new Map<string, AlmaList>();
      for (const { list } of await this.#placesToCheck()) lists.set(list.key, list);
      let isComplete = true;
      for (const list of lists.values()) isComplete = (await list.look()) && isComplete;
      return isComplete;
    } catch (error) {
      if (error instanceof ItemStop) return undefined;
      if (error instanceof AlmaError) return false;
      throw error;
    }
  }

  /** Lists of the library itself, and of patrons who may have a request in Alma twice. */
  async #placesToCheck(): Promise<readonly Place[]> {
    const { institution, library } = this.#parts.context;
    const own = await Promise.all(Object.values(this.#sides).map((side) => side.ownPlaces()));
    const patrons = await this.#records.patronsOfRepeated({ institution: institution.code, library: library.code });
    const theirs = await Promise.all(patrons.map((userId) => this.#sides.borrower.places(userId)));
    return [...own, ...theirs].flat();
  }

  async #brought(row: StoredRequest): Promise<Settled> {
    const record = await this.#records.find(row);
    const claim = claimOf(record);
    const isDone = record?.imported_version === row.version && claim === undefined;
    if (isDone && !this.#parts.context.full) return { outcome: 'unchanged', changes: [] };
    const link = linkOf(row);
    const isGone = link === undefined && claim === undefined && row.gone !== null;
    // Long after its end the request cannot be looked up in Alma (erased link): it is there and stays as it is.
    const isErased = link === undefined && row.alma_request_id !== null;
    if (isGone || isErased) return this.#leftOut(row);
    const work = { row, record, cited: checked(row) };
    if (link === undefined) return claim === undefined ? this.#looked(work) : this.#claimed(work, claim);
    const alma = await this.#sides[row.side].read(link);
    if (alma === undefined)
      throw failed({ code: 'not-found', detail: 'Alma does not have the request that it is tied to' });
    return this.#settling.settled(work, { how: 'tied', alma, link });
  }

  async #looked(work: Work): Promise<Settled> {
    const { row } = work;
    const side = this.#sides[row.side];
    const owner = await side.owner(row);
    const found = await this.#found(row, await side.places(owner.name));
    if (found !== undefined) return this.#settling.settled(work, { how: 'linked', ...found });
    return this.#making.made(work, side, owner);
  }

  /**
   * Resolves a create without an answer. Waits until everything sent must be visible, then searches Alma again, also
   * under the owner it was sent for. Sends it at most once more.
   */
  async #claimed(work: Work, claim: Claim): Promise<Settled> {
    const { row } = work;
    const { dryRun } = this.#parts.context;
    const settledAt = this.#making.settledAt(claim.at);
    if (!dryRun && this.#parts.now() < settledAt) throw postponed(settledAt, 'claimed');
    if (claim.for === '') throw this.#unknown(row, claim);
    const side = this.#sides[row.side];
    const doubt = { sentAt: claim.at, settledAt };
    const found = await this.#found(row, await side.places(claim.for), { ...claim, doubt });
    if (found !== undefined) return this.#settling.settled(work, { how: 'created', ...found });
    if (row.gone !== null) return this.#leftOut(row);
    const owner = await side.owner(row);
    const other = owner.name === claim.for ? undefined : await this.#found(row, await side.places(owner.name), claim);
    if (other !== undefined) return this.#settling.settled(work, { how: 'linked', ...other });
    return this.#making.made(work, side, owner, claim);
  }

  /**
   * Finds the one request in Alma that certainly is this one; undefined when there certainly is none. Throws when
   * neither is certain. `sent`: a create without an answer.
   */
  async #found(
    row: StoredRequest,
    places: readonly Place[],
    sent?: Claim & { readonly doubt?: Doubt },
  ): Promise<Holder | undefined> {
    const side = this.#sides[row.side];
    const { holders, mentioning, isComplete } = await searchAlma(this.#stock, side, places, row.id, sent?.doubt);
    const [holder, ...others] = holders;
    if (others.length > 0)
      throw failed({ code: 'several-in-alma', name: holders.map(({ alma }) => alma.requestId).join(', ') });
    if (holder !== undefined) {
      const other = await tiedElsewhere(this.#parts.db, row, holder.alma.requestId);
      if (other !== undefined) throw failed({ code: 'already-linked', detail: `tied to ${other}` });
      return holder;
    }
    if (mentioning.length > 0) throw failed({ code: 'only-mentioned', name: mentioning.join(', ') });
    if (!isComplete || (sent !== undefined && (sent.isUnknown || sent.count > 1))) throw this.#unknown(row, sent);
    return undefined;
  }

  /** Patron ids that may appear in Alma's messages. */
  #patronsOf({ alma_user_id: userId, record: { fields } }: StoredRequest): readonly string[] {
    return [userId ?? '', patronIdOf(fields, this.#parts.context.integration.requester) ?? ''];
  }

  /** A request never sent may be sent by a later run that sees Alma's whole list; a sent one stays unknown. */
  #unknown(row: StoredRequest, sent?: Claim): ItemStop {
    const why = sent === undefined ? 'Alma does not show all of its requests' : 'it was sent to Alma and not answered';
    const save = (transaction: Transaction<Schema>) => this.#records.markUnknown(transaction, row);
    return failed(
      { code: 'outcome-unknown', detail: why },
      sent === undefined || this.#parts.context.dryRun ? {} : { save },
    );
  }

  /** Does nothing in Alma: NACSIS-ILL no longer delivers the request, or it ended long ago. */
  #leftOut(row: StoredRequest): Settled {
    if (this.#parts.context.dryRun) return { outcome: 'unchanged', changes: [] };
    const { version, external_status: externalStatus } = row;
    const brought = { version, externalStatus, wantedStatus: null, kept: [], at: this.#parts.now() };
    return {
      outcome: 'unchanged',
      changes: [],
      save: async (transaction) => {
        await this.#records.save(transaction, row, brought);
      },
    };
  }
}

function claimOf(record: AlmaRecord | undefined): Claim | undefined {
  if (record === undefined || record.claimed_at === null) return undefined;
  return { at: record.claimed_at, for: record.claimed_for ?? '', count: record.claims, isUnknown: record.unknown };
}

/** The requested work. Throws when the request must not go to Alma. */
function checked(row: StoredRequest): Work['cited'] {
  if (row.state === null) throw failed({ code: 'status-unknown', detail: row.external_status });
  const long = longField(row);
  if (long !== undefined) throw failed({ code: 'field-too-long', ...long });
  const cited = citedWork(row.kind, row.record.fields);
  if (cited === undefined) throw failed({ code: 'no-bibliographic-data' });
  return cited;
}
