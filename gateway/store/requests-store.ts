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

/** Stores what NACSIS-ILL returned; the version grows when it differs from what was known. */
export async function saveSnapshot(db: Db, snapshot: Snapshot, now: Date): Promise<StoredRequest> {
  const { request, side, institution } = snapshot;
  const row = { ...rowOf(snapshot), seen_at: now };
  const historyLengths = JSON.stringify({ 1: request.history.length });
  return db
    .insertInto('requests')
    .values({ institution, side, id: request.id, ...row, history_lengths: historyLengths })
    .onConflict((conflict) =>
      conflict.columns(['institution', 'side', 'id']).doUpdateSet({
        ...row,
        version: sql<number>`requests.version + case when ${DIFFERS} then 1 else 0 end`,
        history_lengths: sql<string>`case when ${DIFFERS}
          then requests.history_lengths || jsonb_build_object((requests.version + 1)::text, jsonb_array_length(excluded.record->'history'))
          else requests.history_lengths end`,
      }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The columns of a snapshot; a link to the ILS only when there is one, so that an older one stays. */
function rowOf({ library, memberId, request, side, almaRequest }: Snapshot) {
  const { kind, state, externalStatus, fields, history } = request;
  const partner = partnerOf(request, side);
  return {
    library,
    member_id: memberId,
    kind,
    state,
    external_status: externalStatus,
    record: JSON.stringify({ fields, history }),
    title: fields.bibNote ?? fields.bibId ?? fields.standardNumber ?? '',
    partner_id: partner.id ?? null,
    partner_name: partner.name ?? null,
    updated_on: fields.updatedOn ?? null,
    ...(almaRequest === undefined ? {} : { alma_user_id: almaRequest.userId, alma_request_id: almaRequest.requestId }),
  };
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
