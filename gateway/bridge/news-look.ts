import { sql, type Kysely, type Selectable, type Transaction } from 'kysely';
import type { MessageName } from '#domain/api/bridge';
import type { Command } from '#domain/ill/commands';
import { STATES } from '#domain/ill/states';
import type { BridgeTransactionsTable, Told } from '../store/bridge-schema';
import { findRequest, type StoredRequest } from '../store/requests-store';
import type { Schema } from '../store/schema';
import { causesOf } from './caused-by';
import type { PartnerAddress } from './iso-partner';
import { arrivalOf } from './news';
import { lendingRequest, titleOf } from './lending-request';
import { writeOutgoing } from './outbox';
import type { News } from './rules';

type TransactionRow = Selectable<BridgeTransactionsTable>;

/** Requests per look; the next look takes the rest. */
export const MOST_NEWS = 100;
/** A library begins when its profile was saved, or now when that is longer ago: the partner was configured later. */
const LATE_MS = 600_000;

/** A library whose requests the bridge brings to Alma. */
export interface BridgedLibrary {
  readonly code: string;
  readonly partner: PartnerAddress;
}

/** What Alma must be told of a request. `causedBy`: the message that caused a history entry. */
export type NewsOf = (
  request: StoredRequest,
  told: Told,
  causedBy: (historyIndex: number) => MessageName | undefined,
) => News;

interface LookParts {
  readonly db: Kysely<Schema>;
  readonly newsOf: NewsOf;
  readonly now: () => Date;
}

/** A request with news: of a transaction, or a lending request that Alma does not know yet. */
export interface Due {
  readonly transactionId: string | null;
  readonly library: string;
  readonly id: string;
}

/**
 * Looks for what Alma must be told: requests whose version is not the one that Alma was told about, and new lending
 * requests. Versions are compared, not times, because a request that NACSIS-ILL no longer delivers gets a new version
 * and keeps its time. Borrowing requests that were not sent from Alma have no transaction and are not told.
 */
export class NewsLook {
  constructor(private readonly parts: LookParts) {}

  /**
   * Begins and ends the bridge of libraries. Everything that a library had when its profile chose the bridge counts as
   * told, so that Alma is not flooded.
   */
  async keepLibraries(institution: string, libraries: readonly string[]): Promise<void> {
    const { db, now } = this.parts;
    const begun = await db
      .selectFrom('bridge_progress')
      .select('library')
      .where('institution', '=', institution)
      .execute();
    const known = begun.map(({ library }) => library);
    const ended = known.filter((library) => !libraries.includes(library));
    if (ended.length > 0)
      await db
        .deleteFrom('bridge_progress')
        .where('institution', '=', institution)
        .where('library', 'in', ended)
        .execute();
    for (const library of libraries.filter((each) => !known.includes(each)))
      await db.transaction().execute((transaction) => begin(transaction, institution, library, now()));
  }

  /** What is due, in one query. Oldest first. */
  async due(institution: string, libraries: readonly string[], limit = MOST_NEWS): Promise<readonly Due[]> {
    if (libraries.length === 0) return [];
    const { rows } = await sql<Due>`
      select due."transactionId", due.library, due.id from (
        select transaction.transaction_id as "transactionId", transaction.library, request.id, request.changed_at
        from bridge_transactions transaction
        join requests request on request.institution = transaction.institution and request.side = transaction.side
          and request.id = transaction.request_id
        where transaction.institution = ${institution} and transaction.library in (${sql.join(libraries)})
          and not transaction.ended and request.version > transaction.told_version
        union all
        select null, request.library, request.id, request.changed_at
        from requests request
        join bridge_progress progress on progress.institution = request.institution and progress.library = request.library
        where request.institution = ${institution} and request.library in (${sql.join(libraries)})
          and request.side = 'lender' and request.delivered and request.external_status <> ${STATES.CANCELLED.wire}
          and (request.first_seen_at >= progress.since or (request.changed_at >= progress.since and (
            request.external_status = ${STATES.UNPROCESSED.wire} or exists (
              select from bridge_transactions transaction
              where transaction.institution = request.institution and transaction.side = 'lender'
                and transaction.request_id = request.id))))
          and not exists (
            select from bridge_transactions transaction
            where transaction.institution = request.institution and transaction.side = 'lender'
              and transaction.request_id = request.id and transaction.library = request.library
              and (not transaction.ended or transaction.told_version >= request.version))
      ) due
      order by due.changed_at, due.id
      limit ${limit}`.execute(this.parts.db);
    return rows;
  }

  /** Tells the news of one request. Does nothing when another gateway was quicker. */
  async tell(institution: string, due: Due, library: BridgedLibrary): Promise<void> {
    await this.parts.db.transaction().execute(async (transaction) => {
      // Two gateways must not begin the same visit, and one must not end what the other has begun.
      const name = JSON.stringify(['bridge news', institution, due.id]);
      await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(transaction);
      if (due.transactionId === null) await this.#tellNew(transaction, institution, due, library);
      else await this.#tellNews(transaction, due.transactionId, library);
    });
  }

  async #tellNews(db: Transaction<Schema>, transactionId: string, library: BridgedLibrary): Promise<void> {
    const row = await db
      .selectFrom('bridge_transactions')
      .selectAll()
      .where('transaction_id', '=', transactionId)
      .forUpdate()
      .executeTakeFirst();
    if (row?.request_id === null || row === undefined || row.ended) return;
    const stored = await findRequest(db, row.institution, row.side, row.request_id);
    if (stored === undefined || stored.version <= row.told_version) return;
    const request = asSeenFrom(row.library, stored);
    const isNewVisit = row.side === 'lender' && isVisitAfter(row.told, request);
    const news = this.parts.newsOf(request, row.told, await causesOf(db, request));
    await this.#keepTold(db, row, news.told, stored.version);
    await writeOutgoing(db, row, news.messages, this.parts.now(), owedAfter(news));
    // A lending request that went away and came back is another request in Alma.
    if (isNewVisit) await this.#beginVisit(db, request, library);
  }

  async #keepTold(db: Transaction<Schema>, row: TransactionRow, told: Told, version: number): Promise<void> {
    await db
      .updateTable('bridge_transactions')
      .set({ told: JSON.stringify(told), told_version: version, updated_at: this.parts.now() })
      .where('transaction_id', '=', row.transaction_id)
      .execute();
  }

  async #tellNew(
    db: Transaction<Schema>,
    institution: string,
    { id, library: code }: Due,
    library: BridgedLibrary,
  ): Promise<void> {
    const request = await findRequest(db, institution, 'lender', id);
    // It may have left since `due` found it; Alma never hears of it then.
    if (request === undefined || request.gone !== null || request.state === 'CANCELLED' || request.library !== code)
      return;
    const visits = await db
      .selectFrom('bridge_transactions')
      .selectAll()
      .where((row) => row.and({ institution, side: 'lender', request_id: id, library: code }))
      .orderBy('told_version', 'desc')
      .execute();
    if (visits.some(({ ended, told_version }) => !ended || told_version >= request.version)) return;
    const [last] = visits;
    if (last === undefined || isVisitAfter(last.told, request)) await this.#beginVisit(db, request, library);
    // The visit that is over goes on without Alma.
    else await this.#keepTold(db, last, last.told, request.version);
  }

  /** Creates the transaction and its Request. An earlier visit of the same request ends. */
  async #beginVisit(
    db: Transaction<Schema>,
    request: StoredRequest,
    { partner: { symbol, almaSymbol } }: BridgedLibrary,
  ): Promise<void> {
    const { institution, id, library, kind, version } = request;
    const now = this.parts.now();
    const key = { institution, side: 'lender', requester: symbol.toLowerCase() } as const;
    const visits = await db
      .selectFrom('bridge_transactions')
      .select(['transaction_id', 'library'])
      .where((row) => row.and({ ...key, request_id: id }))
      .execute();
    await db
      .updateTable('bridge_transactions')
      .set({ ended: true, updated_at: now })
      .where((row) => row.and({ institution, side: 'lender', request_id: id, library, ended: false }))
      .execute();
    const told = toldAtArrival(request);
    const isAllTold = told.historyLength === request.record.history.length;
    const row = await db
      .insertInto('bridge_transactions')
      .values({
        ...{ ...key, library, supplier: almaSymbol.toLowerCase() },
        requester_request_id: visits.length === 0 ? id : `${id}-${String(visits.length + 1)}`,
        ...{ supplier_request_id: null, request_id: id, kind, title: titleOf(request) },
        ...{
          told_version: isAllTold ? version : version - 1,
          told: JSON.stringify(told),
          created_at: now,
          updated_at: now,
        },
      })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (row !== undefined) await writeOutgoing(db, row, [lendingRequest(request)], now);
  }
}

async function begin(db: Transaction<Schema>, institution: string, library: string, now: Date): Promise<void> {
  const profile = await db
    .selectFrom('profiles')
    .select('updated_at')
    .where((row) => row.and({ institution, library }))
    .executeTakeFirst();
  const savedAt = profile?.updated_at.getTime() ?? now.getTime();
  const since = now.getTime() - savedAt > LATE_MS ? now : new Date(savedAt);
  await db
    .insertInto('bridge_progress')
    .values({ institution, library, since })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await sql`update bridge_transactions transaction
    set told_version = request.version,
      told = transaction.told || jsonb_strip_nulls(jsonb_build_object('state', request.external_status,
        'dueDate', request.due_date, 'historyLength', jsonb_array_length(request.record -> 'history')))
    from requests request
    where request.institution = transaction.institution and request.side = transaction.side
      and request.id = transaction.request_id and transaction.institution = ${institution}
      and transaction.library = ${library} and not transaction.ended and request.changed_at <= ${since}`.execute(db);
}

/** A lending request that another library of the institution has now is gone for this one. */
function asSeenFrom(library: string, request: StoredRequest): StoredRequest {
  return request.library === library || request.gone !== null ? request : { ...request, gone: 'passed-on' };
}

/** True when a lending request came to the library again after Alma was last told; the library may have gone on since. */
function isVisitAfter({ historyLength }: Told, request: StoredRequest): boolean {
  if (request.gone !== null || request.record.history.length <= historyLength) return false;
  return request.state === 'UNPROCESSED' || (arrivalOf(request) ?? -1) >= historyLength;
}

/** Alma will know the request as it came; the next look tells what this library or the borrower did since. */
function toldAtArrival(request: StoredRequest): Told {
  const { history, fields } = request.record;
  const last = Math.max(0, history.length - 1);
  const arrival = request.state === 'UNPROCESSED' ? last : (arrivalOf(request) ?? last);
  return {
    historyLength: Math.min(arrival + 1, history.length),
    sent: [],
    state: STATES.UNPROCESSED.wire,
    arrival,
    ...(fields.dueDate === undefined ? {} : { dueDate: fields.dueDate }),
  };
}

/** The commands that the gateway owes NACSIS-ILL once Alma was told (`News`). */
function owedAfter({ accept, close }: News): readonly Command[] {
  if (close === true) return ['RECEIVE', 'CANCEL'];
  return accept === true ? ['RECEIVE'] : [];
}
