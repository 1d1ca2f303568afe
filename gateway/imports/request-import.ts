import type { Kysely } from 'kysely';
import type { AlmaSettings } from '../alma/settings';
import { AlmaError, type AlmaPort, type AlmaRequest } from '../alma/port';
import { linkOf, tiedElsewhere } from '../commands/alma-link';
import type { StoredRequest } from '../store/requests-store';
import type { Schema } from '../store/schema';
import { AlmaLookups } from './alma-lookups';
import { AlmaRecordsStore, type AlmaRecord } from './alma-records-store';
import type { AlmaSide } from './alma-side';
import { BorrowingSide } from './borrowing-side';
import { citedWork } from './cited-work';
import { longField } from './field-limits';
import type { ItemContext, ItemImport, ItemResult, Settled } from './item';
import { failed, ItemStop, postponed, stopOf } from './item-stop';
import { LendingSide } from './lending-side';
import { patronIdOf } from './requester-rule';
import { RequestMaking } from './request-making';
import { RequestSettling, type Work } from './request-settling';
import { SeenRequests } from './seen-requests';
import type { StatusMap } from './status-map';

export interface RequestImportParts {
  readonly db: Kysely<Schema>;
  readonly alma: AlmaPort;
  readonly statusMap: StatusMap;
  /** With `callTimeoutMs` a create that is still being waited for is left alone, too. */
  readonly settings: Pick<AlmaSettings, 'createSettleSeconds'> & Partial<Pick<AlmaSettings, 'callTimeoutMs'>>;
  readonly now: () => Date;
  readonly context: ItemContext;
}

/** A create was sent, and nobody has learned what became of it. */
interface Claim {
  readonly at: Date;
  readonly for: string;
  readonly isUnknown: boolean;
}

/**
 * Brings requests of one library into Alma, each exactly once: what Alma has is tied, what it has not is made, and before that is claimed in
 * the store. A claim that is found tells of a create without an answer; then Alma is looked at again before anything else is done.
 */
export class RequestImport implements ItemImport {
  readonly #parts: RequestImportParts;
  readonly #records: AlmaRecordsStore;
  readonly #sides: Readonly<Record<StoredRequest['side'], AlmaSide>>;
  readonly #settling: RequestSettling;
  readonly #making: RequestMaking;

  constructor(parts: RequestImportParts) {
    const { db, alma, statusMap, now, context } = parts;
    const { code: institution, almaApiKey: apiKey } = context.institution;
    const access = { institution, apiKey };
    const seen = new SeenRequests(db, institution);
    const records = new AlmaRecordsStore(db);
    const lookups = new AlmaLookups(alma, access, seen, now, context.notAfter);
    this.#parts = parts;
    this.#records = records;
    this.#sides = {
      borrower: new BorrowingSide(alma, access, lookups, context),
      lender: new LendingSide(alma, access, lookups, context),
    };
    this.#settling = new RequestSettling(alma, access, { records, seen }, statusMap, context, now);
    this.#making = new RequestMaking(records, this.#settling, parts);
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

  async #brought(row: StoredRequest): Promise<Settled> {
    const record = await this.#records.find(row);
    const claim = claimOf(record);
    const isDone = record?.imported_version === row.version && claim === undefined;
    if (isDone && !this.#parts.context.full) return { outcome: 'unchanged', changes: [] };
    const link = linkOf(row);
    const isGone = link === undefined && claim === undefined && row.gone !== null;
    // Long after its end nobody knows by whom Alma finds it: it is there, and stays as it is.
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
    const side = this.#sides[work.row.side];
    const owner = await side.owner(work.row);
    const { requests } = await side.look(owner.name, work.row.id);
    const alma = await this.#free(work.row, requests);
    if (alma === undefined) return this.#making.made(work, side, owner, null);
    return this.#settling.settled(work, { how: 'linked', alma, link: side.link(owner.name, alma.requestId) });
  }

  /** Alma is asked again, in whose name it was sent; not before everything that was sent shows there. */
  async #claimed(work: Work, claim: Claim): Promise<Settled> {
    const { row } = work;
    const { dryRun } = this.#parts.context;
    const settledAt = this.#making.settledAt(claim.at);
    if (!dryRun && this.#parts.now() < settledAt) throw postponed(settledAt, 'claimed');
    const side = this.#sides[row.side];
    const { requests, isComplete } = await side.look(claim.for, row.id, settledAt.getTime());
    const alma = await this.#free(row, requests);
    if (alma !== undefined)
      return this.#settling.settled(work, { how: 'created', alma, link: side.link(claim.for, alma.requestId) });
    if (claim.isUnknown || !isComplete) throw this.#unknown(row);
    if (row.gone !== null) return this.#leftOut(row, claim);
    return this.#making.made(work, side, await side.owner(row), claim.at);
  }

  /** The patron may be named in Alma's words. */
  #patronsOf({ alma_user_id: userId, record: { fields } }: StoredRequest): readonly string[] {
    return [userId ?? '', patronIdOf(fields, this.#parts.context.integration.requester) ?? ''];
  }

  #unknown(row: StoredRequest): ItemStop {
    const detail = 'it was sent to Alma and not answered, and Alma does not show all of its requests';
    return failed(
      { code: 'outcome-unknown', detail },
      this.#parts.context.dryRun ? {} : { save: (transaction) => this.#records.markUnknown(transaction, row) },
    );
  }

  /** The first that no other request is tied to. */
  async #free(row: StoredRequest, requests: readonly AlmaRequest[]): Promise<AlmaRequest | undefined> {
    for (const alma of requests) {
      const other = await tiedElsewhere(this.#parts.db, row, alma.requestId);
      if (other === undefined) return alma;
      // A second one with the same external id would be a double; in a note there may stand several ids.
      if (row.side === 'lender') throw failed({ code: 'already-linked', detail: `tied to ${other}` });
    }
    return undefined;
  }

  /** Nothing is done in Alma: NACSIS-ILL does not deliver it any more, or it ended long ago. */
  #leftOut(row: StoredRequest, claim?: Claim): Settled {
    if (this.#parts.context.dryRun) return { outcome: 'unchanged', changes: [] };
    const { version, external_status: externalStatus } = row;
    const brought = { version, externalStatus, wantedStatus: null, kept: [], at: this.#parts.now() };
    return {
      outcome: 'unchanged',
      changes: [],
      save: async (transaction) => {
        if (claim !== undefined) await this.#records.giveBack(row, claim.at, transaction);
        await this.#records.save(transaction, row, brought);
      },
    };
  }
}

function claimOf(record: AlmaRecord | undefined): Claim | undefined {
  if (record === undefined || record.claimed_at === null) return undefined;
  return { at: record.claimed_at, for: record.claimed_for ?? '', isUnknown: record.unknown };
}

/** The work that is asked for. Stops at what must not go to Alma. */
function checked(row: StoredRequest): Work['cited'] {
  if (row.state === null) throw failed({ code: 'status-unknown', detail: row.external_status });
  const long = longField(row);
  if (long !== undefined) throw failed({ code: 'field-too-long', ...long });
  const cited = citedWork(row.kind, row.record.fields);
  if (cited === undefined) throw failed({ code: 'no-bibliographic-data' });
  return cited;
}
