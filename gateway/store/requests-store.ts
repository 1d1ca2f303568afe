import { sql, type ExpressionBuilder, type Kysely, type Selectable, type Transaction } from 'kysely';
import type { AlmaLink } from '#domain/api';
import type { Kind, Side } from '#domain/kinds';
import { partnerOf, type IllRequest } from '#domain/request';
import { STATE_IDS, STATES, type StateId } from '#domain/states';
import type { RequestsTable, Schema } from './schema';

export type StoredRequest = Selectable<RequestsTable>;
type Db = Kysely<Schema> | Transaction<Schema>;

export interface Snapshot {
  readonly institution: string;
  readonly library: string;
  readonly memberId: string;
  readonly side: Side;
  readonly request: IllRequest;
  readonly almaRequest?: AlmaLink;
}

export interface RequestFilter {
  readonly institution: string;
  readonly libraries: readonly string[];
  readonly side?: Side;
  readonly kind?: Kind;
  readonly state?: StateId;
  /** Only those that wait for this side. */
  readonly needsAction?: boolean;
  /** Only those of this bibliographic record (NCID). */
  readonly bibId?: string;
  /** Only those that are not in a final state, as far as their state is known. */
  readonly open?: boolean;
  readonly q?: string;
}

const FINAL_STATES = STATE_IDS.filter((id) => STATES[id].final);
const BIB_ID = sql<string | null>`record #>> '{fields,bibId}'`;

/** In an upsert: what came is not what was known. */
const DIFFERS = sql<boolean>`(requests.record is distinct from excluded.record or requests.external_status <> excluded.external_status)`;

/** The snapshot as the domain knows it. */
export function illRequestOf(row: StoredRequest): IllRequest {
  return { id: row.id, kind: row.kind, state: row.state, externalStatus: row.external_status, ...row.record };
}

/** Entries of the history that are new in an upsert → the time at which they were seen. */
const seenEntries = (at: string) => sql<string>`coalesce((select jsonb_object_agg(place::text, ${at}::text)
  from generate_series(jsonb_array_length(requests.record->'history'), jsonb_array_length(excluded.record->'history') - 1) as place), '{}'::jsonb)`;

/** Stores what NACSIS-ILL returned; the version grows when it differs from what was known. What is delivered is not gone. */
export async function saveSnapshot(db: Db, snapshot: Snapshot, now: Date): Promise<StoredRequest> {
  const { request, side, institution, memberId, library, almaRequest } = snapshot;
  const { kind, history } = request;
  const row = {
    library,
    member_id: memberId,
    kind,
    ...columnsOf(request, side),
    ...linkColumns(almaRequest),
    seen_at: now,
  };
  const isNews = history.length > 0 && history.at(-1)?.memberId !== memberId;
  const isOwnFirst = history.length === 1 && !isNews;
  return db
    .insertInto('requests')
    .values({
      institution,
      side,
      id: request.id,
      ...row,
      changed_at: now,
      news_at: isNews ? now : null,
      history_lengths: JSON.stringify({ 1: history.length }),
      history_seen: JSON.stringify(isOwnFirst ? { 0: now.toISOString() } : {}),
    })
    .onConflict((conflict) =>
      conflict.columns(['institution', 'side', 'id']).doUpdateSet({
        ...row,
        version: sql<number>`requests.version + case when ${DIFFERS} then 1 else 0 end`,
        changed_at: sql<Date>`case when ${DIFFERS} then excluded.changed_at else requests.changed_at end`,
        news_at: sql<Date | null>`case when ${DIFFERS} then coalesce(excluded.news_at, requests.news_at) else requests.news_at end`,
        history_lengths: sql<string>`case when ${DIFFERS}
          then requests.history_lengths || jsonb_build_object((requests.version + 1)::text, jsonb_array_length(excluded.record->'history'))
          else requests.history_lengths end`,
        history_seen: sql<string>`case when ${DIFFERS}
          then requests.history_seen || ${seenEntries(now.toISOString())} else requests.history_seen end`,
      }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** What the list shows of a record and finds it by. */
function columnsOf({ state, externalStatus, fields, history, ...request }: IllRequest, side: Side) {
  const partner = partnerOf({ ...request, state, externalStatus, fields, history }, side);
  const { volume, year, pages } = fields;
  return {
    state,
    external_status: externalStatus,
    record: JSON.stringify({ fields, history }),
    title: fields.bibNote ?? fields.bibId ?? fields.standardNumber ?? '',
    citation: [volume, year, pages].filter(Boolean).join(', '),
    partner_id: partner.id ?? null,
    partner_name: partner.name ?? null,
    updated_on: fields.updatedOn ?? null,
    ordered_on: fields.orderDate ?? null,
    due_date: fields.dueDate ?? null,
    waits: state !== null && STATES[state].mustAct === side,
    gone: null,
  };
}

/** Only when there is a link, so that an older one stays. */
function linkColumns(link: AlmaLink | undefined) {
  if (link === undefined) return {};
  return 'userId' in link
    ? { alma_user_id: link.userId, alma_partner_code: null, alma_request_id: link.requestId }
    : { alma_user_id: null, alma_partner_code: link.partnerCode, alma_request_id: link.requestId };
}

export async function findRequest(
  db: Db,
  institution: string,
  side: Side,
  id: string,
): Promise<StoredRequest | undefined> {
  return db
    .selectFrom('requests')
    .selectAll()
    .where('institution', '=', institution)
    .where('side', '=', side)
    .where('id', '=', id)
    .executeTakeFirst();
}

export interface Listed {
  readonly total: number;
  readonly rows: readonly StoredRequest[];
  readonly statuses: readonly { readonly value: string; readonly count: number }[];
}

/** One page, newest first, with the number of requests per Japanese status (the facet ignores the status filter). */
export async function listRequests(
  db: Db,
  filter: RequestFilter,
  page: { readonly page: number; readonly pageSize: number },
): Promise<Listed> {
  const matching = db.selectFrom('requests').where((eb) => conditions(eb, filter));
  const rows = await matching
    .selectAll()
    .orderBy('updated_on', (order) => order.desc().nullsLast())
    .orderBy('id', 'desc')
    .limit(page.pageSize)
    .offset((page.page - 1) * page.pageSize)
    .execute();
  const { total } = await matching.select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow();
  const { state: _state, ...withoutState } = filter;
  const statuses = await db
    .selectFrom('requests')
    .where((eb) => conditions(eb, withoutState))
    .select(['external_status as value', sql<number>`count(*)::int`.as('count')])
    .groupBy('external_status')
    .orderBy('count', 'desc')
    .orderBy('value')
    .execute();
  return { total, rows, statuses };
}

function conditions(eb: ExpressionBuilder<Schema, 'requests'>, filter: RequestFilter) {
  const waiting = STATE_IDS.flatMap((id) =>
    STATES[id].mustAct === null ? [] : [eb.and([eb('state', '=', id), eb('side', '=', STATES[id].mustAct)])],
  );
  const pattern =
    filter.q === undefined || filter.q.trim() === '' ? undefined : `%${filter.q.trim().replace(/[\\%_]/g, '\\$&')}%`;
  return eb.and([
    eb('institution', '=', filter.institution),
    filter.libraries.length === 0 ? eb.lit(false) : eb('library', 'in', [...filter.libraries]),
    ...(filter.side === undefined ? [] : [eb('side', '=', filter.side)]),
    ...(filter.kind === undefined ? [] : [eb('kind', '=', filter.kind)]),
    ...(filter.state === undefined ? [] : [eb('state', '=', filter.state)]),
    ...(filter.needsAction === true ? [eb.or(waiting)] : []),
    ...(filter.bibId === undefined ? [] : [eb(BIB_ID, '=', filter.bibId)]),
    ...(filter.open === true ? [eb.or([eb('state', 'is', null), eb('state', 'not in', FINAL_STATES)])] : []),
    ...(pattern === undefined
      ? []
      : [eb.or([eb('id', 'ilike', pattern), eb('title', 'ilike', pattern), eb('partner_name', 'ilike', pattern)])]),
  ]);
}
