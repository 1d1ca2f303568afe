import { sql, type Insertable, type Updateable } from 'kysely';
import type { Side } from '#domain/ill/kinds';
import { columnsOf, goneColumns, linkColumns } from './request-columns';
import type { Db, Gone, RequestsTable } from './schema';
import { changeOf, nextVersion } from './snapshot-change';
import type { Snapshot, StoredRequest } from './stored-request';

export { illRequestOf, type Snapshot, type StoredRequest } from './stored-request';

type Link = Pick<Updateable<RequestsTable>, 'alma_request_id' | 'alma_user_id' | 'alma_partner_code'>;

/** A stored row, and whether the snapshot brought a change. */
interface Saved {
  readonly row: StoredRequest;
  readonly isChanged: boolean;
}

/**
 * Stores what NACSIS-ILL returned, and increments the version when it differs from the stored record. A delivered
 * request is not gone. Resolves to the current row: a snapshot older than the stored one changes nothing.
 */
export async function saveSnapshot(db: Db, snapshot: Snapshot, now: Date): Promise<StoredRequest> {
  const [saved] = await saveSnapshots(db, [snapshot], now);
  if (saved === undefined) throw new Error('the snapshot was not stored');
  return saved.row;
}

/** Like `saveSnapshot`, for several requests of one side of one institution, in one transaction. */
export async function saveSnapshots(db: Db, snapshots: readonly Snapshot[], now: Date): Promise<readonly Saved[]> {
  const latest = [...new Map(snapshots.map((each) => [each.request.id, each])).values()];
  const sorted = latest.sort((one, other) => (one.request.id < other.request.id ? -1 : 1));
  if (sorted.length === 0) return [];
  return db.isTransaction ? saveIn(db, sorted, now) : db.transaction().execute((each) => saveIn(each, sorted, now));
}

async function saveIn(db: Db, snapshots: readonly Snapshot[], now: Date): Promise<readonly Saved[]> {
  const stored = await locked(db, snapshots);
  const unknown = snapshots.filter(({ request }) => !stored.has(request.id));
  const inserted = await insert(db, unknown, now);
  const saved: Saved[] = inserted.map((row) => ({ row, isChanged: true }));
  const seen: StoredRequest[] = [];
  for (const snapshot of snapshots) {
    const row = stored.get(snapshot.request.id);
    if (row === undefined) continue;
    const change = changeOf(row, snapshot, now);
    if (change.what === 'same') seen.push(row);
    if (change.what === 'older') saved.push({ row, isChanged: false });
    if (change.what === 'changed') saved.push({ row: await update(db, row, change.columns), isChanged: change.isNews });
  }
  await markSeen(db, seen, now);
  saved.push(...seen.map((row) => ({ row: { ...row, seen_at: now }, isChanged: false })));
  // Saves the remaining snapshots again: a transaction that inserted one of their rows meanwhile has committed by now.
  const done = new Set(saved.map(({ row }) => row.id));
  const late = snapshots.filter(({ request }) => !done.has(request.id));
  return late.length === 0 ? saved : [...saved, ...(await saveIn(db, late, now))];
}

async function locked(db: Db, snapshots: readonly Snapshot[]): Promise<ReadonlyMap<string, StoredRequest>> {
  const rows = await db
    .selectFrom('requests')
    .selectAll()
    .where('institution', '=', snapshots[0]?.institution ?? '')
    .where('side', '=', snapshots[0]?.side ?? 'borrower')
    .where(
      'id',
      'in',
      snapshots.map(({ request }) => request.id),
    )
    .orderBy('id')
    .forUpdate()
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

async function insert(db: Db, snapshots: readonly Snapshot[], now: Date): Promise<readonly StoredRequest[]> {
  if (snapshots.length === 0) return [];
  return db
    .insertInto('requests')
    .values(snapshots.map((snapshot) => firstRow(snapshot, now)))
    .onConflict((conflict) => conflict.columns(['institution', 'side', 'id']).doNothing())
    .returningAll()
    .execute();
}

function firstRow(snapshot: Snapshot, now: Date): Insertable<RequestsTable> {
  const { institution, library, memberId, side, request, almaRequest, isFirstReading = false } = snapshot;
  const { history } = request;
  const isByOthers = history.length > 0 && history.at(-1)?.memberId !== memberId;
  const columns = columnsOf(request, side, memberId, now);
  // The time of a single own entry is known; the time of any other entry is unknown.
  const isOwnFirst = history.length === 1 && !isByOthers;
  return {
    institution,
    side,
    id: request.id,
    library,
    member_id: memberId,
    kind: request.kind,
    ...columns,
    ...{ alma_user_id: null, alma_partner_code: null, alma_request_id: null, ...linkColumns(almaRequest) },
    seen_at: now,
    changed_at: now,
    first_seen_at: isFirstReading ? null : now,
    news_at: isByOthers && !isFirstReading && columns.gone === null ? now : null,
    history_lengths: JSON.stringify({ 1: history.length }),
    history_seen: JSON.stringify(isOwnFirst && !isFirstReading ? { 0: now.toISOString() } : {}),
  };
}

async function update(db: Db, row: StoredRequest, columns: Updateable<RequestsTable>): Promise<StoredRequest> {
  const { institution, side, id } = row;
  const link = await linkAfterChange(db, row, columns.library);
  return db
    .updateTable('requests')
    .set({ ...link, ...columns })
    .where('institution', '=', institution)
    .where('side', '=', side)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/**
 * Resolves to the link of a lending request that moves to another library of the institution, where it is a different
 * request in Alma; empty when the library stays the same. The old library keeps its link and its Alma record in case
 * the request comes back; the new library starts with what it had before, or with nothing.
 */
async function linkAfterChange(
  db: Db,
  { institution, side, id, library: from, alma_request_id, alma_partner_code }: StoredRequest,
  to: string | undefined,
): Promise<Link> {
  if (side !== 'lender' || to === undefined || to === from) return {};
  const key = { institution, side, id };
  const record = await db
    .deleteFrom('alma_records')
    .where((row) => row.and(key))
    .returningAll()
    .executeTakeFirst();
  const left = { alma_request_id, alma_partner_code, record: record === undefined ? null : JSON.stringify(record) };
  await db
    .insertInto('alma_left')
    .values({ ...key, library: from, ...left })
    .onConflict((conflict) => conflict.columns(['institution', 'side', 'id', 'library']).doUpdateSet(left))
    .execute();
  const before = await db
    .deleteFrom('alma_left')
    .where((row) => row.and({ ...key, library: to }))
    .returningAll()
    .executeTakeFirst();
  if (before?.record)
    await sql`insert into alma_records select * from jsonb_populate_record(null::alma_records, ${JSON.stringify(before.record)}::jsonb)`.execute(
      db,
    );
  return {
    alma_request_id: before?.alma_request_id ?? null,
    alma_partner_code: before?.alma_partner_code ?? null,
    alma_user_id: null,
  };
}

async function markSeen(db: Db, rows: readonly StoredRequest[], now: Date): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  await db
    .updateTable('requests')
    .set({ seen_at: now })
    .where('institution', '=', first.institution)
    .where('side', '=', first.side)
    .where(
      'id',
      'in',
      rows.map(({ id }) => id),
    )
    .execute();
}

/**
 * Marks a request that NACSIS-ILL no longer delivers. The row keeps its last snapshot as a new version, since no action
 * is allowed any more, and waits for nobody. Changes nothing when the request was seen after this row was read.
 * Resolves to the current row.
 */
export async function markGone(db: Db, row: StoredRequest, gone: Gone): Promise<StoredRequest> {
  const { institution, side, id, version, seen_at: seenAt } = row;
  const marked = await db
    .updateTable('requests')
    .set({ ...goneColumns(gone), ...nextVersion(row, row.record.history.length) })
    .where('institution', '=', institution)
    .where('side', '=', side)
    .where('id', '=', id)
    .where('version', '=', version)
    .where('seen_at', '=', seenAt)
    .returningAll()
    .executeTakeFirst();
  return marked ?? (await findRequest(db, institution, side, id)) ?? row;
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
