import type { Kysely } from 'kysely';
import { AlmaError, type AlmaPort } from '../alma/port';
import { linkOf } from '../commands/alma-link';
import type { Writer } from '#domain/api/profile';
import type { StoredRequest } from '../store/requests-store';
import type { Schema } from '../store/schema';
import { AlmaRecordsStore, type AlmaRecord, type Claim } from './alma-records';
import { AlmaLookups, type AlmaList, type AlmaSide, type Place } from './alma-side';
import { BorrowingSide } from './borrowing';
import { citedWork, type CitedWork } from './cited-work';
import { RequestCreation, type RequestCreationParts } from './create-request';
import { longField } from './field-limits';
import { RequestSearch, type Holder } from './find-request';
import { failed, isResult, postponed, resultOf } from './item';
import type { AlmaSync, ItemImport, ItemResult, Settled } from './item';
import { LendingSide } from './lending';
import { patronIdOf } from '#domain/imports/patron-id';
import { RequestSettling, type Work } from './settle-request';
import type { StatusMap } from '../profiles/status-map';
import { StockStore } from './stock-store';
import { isOfBridge, leftChange, rightsOf } from './writing';

interface RequestImportParts extends RequestCreationParts {
  readonly db: Kysely<Schema>;
  readonly alma: AlmaPort;
  readonly statusMap: StatusMap;
}

/** The import of single requests into this Alma. */
export function almaSync(parts: Omit<RequestImportParts, 'context'>): AlmaSync {
  return {
    importFor: (context) => new RequestImport({ ...parts, context }),
    // Any answer proves that Alma is reachable, even one that there is no such partner.
    isReachable: ({ code: institution, almaApiKey: apiKey }) =>
      parts.alma.partner({ institution, apiKey }, 'NACSIS').then(
        () => true,
        () => false,
      ),
  };
}

/**
 * Brings requests of one library into Alma, each exactly once: links what Alma has and creates what it lacks. A claim
 * in the store precedes each create. An existing claim means a create without an answer; Alma is then read again before
 * anything else happens.
 */
export class RequestImport implements ItemImport {
  readonly #parts: RequestImportParts;
  readonly #records: AlmaRecordsStore;
  readonly #search: RequestSearch;
  readonly #sides: Readonly<Record<StoredRequest['side'], AlmaSide>>;
  readonly #settling: RequestSettling;
  readonly #creation: RequestCreation;

  constructor(parts: RequestImportParts) {
    const { db, alma, statusMap, now, context } = parts;
    const { code: institution, almaApiKey: apiKey } = context.institution;
    const access = { institution, apiKey };
    const store = new StockStore(db, { institution, runId: context.runId });
    const list = { alma, access, store, now, notAfter: context.notAfter };
    const lookups = new AlmaLookups(alma, access);
    this.#parts = parts;
    this.#records = new AlmaRecordsStore(db);
    this.#search = new RequestSearch({ db, records: this.#records, stock: store, now, context });
    this.#sides = {
      borrower: new BorrowingSide(list, lookups, context),
      lender: new LendingSide(list, lookups, context),
    };
    this.#settling = new RequestSettling(alma, access, this.#records, statusMap, context, now);
    this.#creation = new RequestCreation(this.#records, this.#settling, parts);
  }

  async sync(row: StoredRequest): Promise<ItemResult> {
    try {
      return await this.#synced(row);
    } catch (error) {
      if (error instanceof AlmaError) return resultOf(error, this.#parts.now(), this.#patronsOf(row));
      throw error;
    }
  }

  async lookAround(): Promise<boolean | undefined> {
    try {
      const lists = new Map<string, AlmaList>();
      for (const { list } of await this.#placesToCheck()) lists.set(list.key, list);
      let isComplete = true;
      for (const list of lists.values()) {
        const look = await list.look();
        if (typeof look === 'object') return undefined;
        isComplete &&= look === 'all';
      }
      return isComplete;
    } catch (error) {
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

  async #synced(row: StoredRequest): Promise<ItemResult> {
    const record = await this.#records.find(row);
    const claim = claimOf(record);
    if (claim === undefined && this.#isDone(row, record)) return { outcome: 'unchanged', changes: [] };
    const link = linkOf(row);
    if (link === undefined && isOver(row, claim)) return this.#leftOut(row);
    const cited = checked(row);
    if (isResult(cited)) return cited;
    const { writer } = this.#parts.context.integration;
    const isSentByAlma = writer === 'iso18626' && row.side === 'borrower' && (await isOfBridge(this.#parts.db, row));
    const work = { row, record, cited, rights: rightsOf(writer, row.side, isSentByAlma) };
    if (link === undefined && claim !== undefined) return this.#claimed(work, claim);
    // Alma sent it under an id of its own, and would not be found by that of NACSIS-ILL.
    if (link === undefined) return isSentByAlma ? this.#left(work) : this.#looked(work);
    const alma = await this.#sides[row.side].read(link);
    if (alma === undefined)
      return failed({ code: 'not-found', detail: 'Alma does not have the request that it is linked to' });
    return this.#settling.settled(work, { how: 'was-linked', alma, link });
  }

  /** True when nothing has changed since the last import, neither in NACSIS-ILL nor the writer. */
  #isDone({ version }: StoredRequest, record: AlmaRecord | undefined): boolean {
    const { full, integration } = this.#parts.context;
    if (full || record?.imported_version !== version) return false;
    return record.left_to === null || record.left_to === integration.writer;
  }

  async #looked(work: Work): Promise<ItemResult> {
    const { row } = work;
    const side = this.#sides[row.side];
    const owner = await side.owner(row);
    if (!work.rights.creates)
      return this.#onlyLooked(work, isResult(owner) ? await side.ownPlaces() : await side.places(owner.name));
    if (isResult(owner)) return owner;
    const places = await side.places(owner.name);
    const found = await this.#search.find(row, side, places);
    if (found !== undefined) return this.#settled(work, 'linked', found);
    const likely = await this.#search.likely(work.cited, places, owner.name);
    const changes = likely.length === 0 ? [] : [{ what: 'likely', to: likely.join(', ') } as const];
    return this.#creation.created(work, side, { ...owner, changes: [...owner.changes, ...changes] });
  }

  /** Links what Alma has. A request that Alma may have is no fault here, because nothing is made. */
  async #onlyLooked(work: Work, places: readonly Place[]): Promise<ItemResult> {
    const { row } = work;
    const found = await this.#search.find(row, this.#sides[row.side], places);
    if (found === undefined) return this.#left(work);
    const isUncertain = isResult(found) && 'failure' in found && isHarmless(found.failure);
    return isUncertain ? this.#left(work) : this.#settled(work, 'linked', found);
  }

  /**
   * Resolves a create without an answer. Waits until everything sent must be visible, then searches Alma again, also
   * under the owner for whom the create was sent. Sends the create at most once more.
   */
  async #claimed(work: Work, claim: Claim): Promise<ItemResult> {
    const { row } = work;
    const { dryRun } = this.#parts.context;
    const settledAt = this.#creation.settledAt(claim.at);
    if (!dryRun && this.#parts.now() < settledAt) return postponed(settledAt, 'claimed');
    if (claim.for === '') return this.#search.unknown(row, claim);
    const side = this.#sides[row.side];
    const doubt = { sentAt: claim.at, settledAt };
    const found = await this.#search.find(row, side, await side.places(claim.for), { ...claim, doubt });
    if (found !== undefined) return this.#settled(work, 'created', found);
    if (row.gone !== null) return this.#leftOut(row);
    const owner = await side.owner(row);
    if (!work.rights.creates) return this.#left(work);
    if (isResult(owner)) return owner;
    if (owner.name !== claim.for) {
      const other = await this.#search.find(row, side, await side.places(owner.name), claim);
      if (other !== undefined) return this.#settled(work, 'linked', other);
    }
    return this.#creation.created(work, side, owner, claim);
  }

  #settled(work: Work, how: 'linked' | 'created', found: Holder | ItemResult): Promise<ItemResult> {
    return isResult(found) ? Promise.resolve(found) : this.#settling.settled(work, { how, ...found });
  }

  /** Patron ids that may appear in Alma's messages. */
  #patronsOf({ alma_user_id: userId, record: { fields } }: StoredRequest): readonly string[] {
    return [userId ?? '', patronIdOf(fields, this.#parts.context.integration.requester) ?? ''];
  }

  /** Does nothing in Alma: the library's writer tells Alma of the request. */
  #left({ row, record }: Work): Settled {
    const { dryRun, integration } = this.#parts.context;
    const { writer } = integration;
    const isNew = record?.imported_version !== row.version || record.left_to !== writer;
    const changes = isNew ? [leftChange(writer, 'request')] : [];
    return dryRun ? { outcome: 'unchanged', changes } : this.#unchanged(row, changes, writer);
  }

  /** Does nothing in Alma: NACSIS-ILL no longer delivers the request, or it ended long ago. */
  #leftOut(row: StoredRequest): Settled {
    return this.#parts.context.dryRun ? { outcome: 'unchanged', changes: [] } : this.#unchanged(row, [], null);
  }

  #unchanged(row: StoredRequest, changes: Settled['changes'], leftTo: Writer | null): Settled {
    const { version, external_status: externalStatus } = row;
    const synced = { version, externalStatus, wantedStatus: null, kept: [], at: this.#parts.now(), leftTo };
    return {
      outcome: 'unchanged',
      changes,
      save: async (transaction) => {
        await this.#records.save(transaction, row, synced);
      },
    };
  }
}

/** True for a request without a link that is not looked for in Alma. */
function isOver({ gone, alma_request_id: almaId }: StoredRequest, claim: Claim | undefined): boolean {
  const isGone = claim === undefined && gone !== null;
  // Long after the end of the request its patron is erased. Alma has the request, but it cannot be looked up.
  return isGone || almaId !== null;
}

/** Failures of a search that matter only where something would be created. */
function isHarmless(failure: Settled['failure']): boolean {
  return failure?.code === 'outcome-unknown' || failure?.code === 'only-mentioned';
}

function claimOf(record: AlmaRecord | undefined): Claim | undefined {
  if (record === undefined || record.claimed_at === null) return undefined;
  return { at: record.claimed_at, for: record.claimed_for ?? '', count: record.claims, isUnknown: record.unknown };
}

/** The requested work; a failure when the request must not go to Alma. */
function checked(row: StoredRequest): CitedWork | Settled {
  if (row.state === null) return failed({ code: 'status-unknown', detail: row.external_status });
  const long = longField(row);
  if (long !== undefined) return failed({ code: 'field-too-long', ...long });
  return citedWork(row.kind, row.record.fields) ?? failed({ code: 'no-bibliographic-data' });
}
