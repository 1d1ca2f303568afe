import { isDeepStrictEqual } from 'node:util';
import type { Updateable } from 'kysely';
import { isBeginningOf, stateChangeOf } from '#domain/jumps';
import type { HistoryEntry, IllRequest } from '#domain/request';
import { columnsOf, linkColumns } from './request-columns';
import type { RequestsTable } from './schema';
import { withoutNames } from './without-names';
import { illRequestOf, type Snapshot, type StoredRequest } from './stored-request';

/**
 * What a snapshot does to what is stored.
 * - older: nothing; it was taken before the stored one and came after it
 * - same: it was only seen again
 * - changed: `columns` are written
 */
export type SnapshotChange =
  | { readonly what: 'older' | 'same' }
  | { readonly what: 'changed'; readonly isNews: boolean; readonly columns: Updateable<RequestsTable> };

/** Clocks of several gateways may differ by this. */
const CLOCK_MARGIN_MS = 1_000;

export function changeOf(stored: StoredRequest, snapshot: Snapshot, now: Date): SnapshotChange {
  if (isOlder(stored, snapshot)) return { what: 'older' };
  const { side, memberId } = snapshot;
  const isOpen = columnsOf(snapshot.request, side, memberId).open;
  // Whose patron was erased stays so; who goes on has a patron again.
  const isErased = stored.names_erased && !isOpen;
  const request = isErased ? withoutNames(snapshot.request) : snapshot.request;
  const columns = columnsOf(request, side, memberId);
  const link = { ...linkColumns(snapshot.almaRequest), ...(isErased ? { alma_user_id: null } : {}) };
  const isSame = isSameRecord(stored, request);
  const isSameRow = Object.entries({
    gone: columns.gone,
    library: snapshot.library,
    member_id: memberId,
    names_erased: isErased,
    ...link,
  }).every(([name, value]) => stored[name as keyof StoredRequest] === value);
  if (isSame && isSameRow) return { what: 'same' };
  const known = { library: snapshot.library, member_id: memberId, kind: request.kind, names_erased: isErased };
  const row = { ...known, ...columns, ...link, seen_at: now };
  if (isSame) {
    // What may be done is another thing with a request that comes back.
    const version = columns.gone === stored.gone ? {} : nextVersion(stored, request.history.length);
    return { what: 'changed', isNews: false, columns: { ...row, ...version } };
  }
  return {
    what: 'changed',
    isNews: true,
    columns: { ...row, ...changesOf(stored, { ...snapshot, request }, columns.gone !== null, now) },
  };
}

/** What is told of a change: its version, when it was first seen, whether another made it, whether the table knows it. */
function changesOf(stored: StoredRequest, { request, memberId }: Snapshot, isGone: boolean, now: Date) {
  const before = illRequestOf(stored);
  const change = stateChangeOf(before, request);
  const kept = sameBeginning(before.history, request.history);
  const isByOthers = request.history.slice(kept).some((entry) => entry.memberId !== memberId);
  const jump = { from: stored.state, to: request.state, at: now.toISOString() };
  return {
    ...nextVersion(stored, request.history.length),
    changed_at: now,
    ...((isByOthers || change === 'jump') && !isGone ? { news_at: now } : {}),
    history_seen: JSON.stringify({ ...seenBefore(stored, kept), ...seenNow(kept, request.history.length, now) }),
    ...(change === 'same' ? {} : { jump: change === 'jump' ? JSON.stringify(jump) : null }),
  };
}

/** The columns of the version after the stored one, with a history of this length. */
export function nextVersion({ version, history_lengths: lengths }: StoredRequest, length: number) {
  return { version: version + 1, history_lengths: JSON.stringify({ ...lengths, [version + 1]: length }) };
}

/**
 * A reading that was asked for before a command ended may be answered with the record before the command and arrive after it. Histories
 * only grow, so such a snapshot shows by its history: a beginning of the stored one. Where the stored one is older than the question,
 * that explains nothing, and NACSIS-ILL is right. `askedAt` unknown: it may have been before.
 */
function isOlder(stored: StoredRequest, { request, askedAt }: Snapshot): boolean {
  const { history } = stored.record;
  const isBehind = request.history.length < history.length && isBeginningOf(request.history, history);
  return isBehind && (askedAt === undefined || stored.changed_at.getTime() >= askedAt.getTime() - CLOCK_MARGIN_MS);
}

/** Absent and undefined are the same in JSON, and the order of keys does not count. */
function isSameRecord(stored: StoredRequest, { externalStatus, fields, history }: IllRequest): boolean {
  const record: unknown = JSON.parse(JSON.stringify({ fields, history }));
  return stored.external_status === externalStatus && isDeepStrictEqual(stored.record, record);
}

/** So many entries at the beginning are the same. */
function sameBeginning(one: readonly HistoryEntry[], other: readonly HistoryEntry[]): number {
  let length = Math.min(one.length, other.length);
  while (!isBeginningOf(one.slice(0, length), other)) length -= 1;
  return length;
}

function seenBefore({ history_seen: seen }: StoredRequest, kept: number): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(seen).filter(([place]) => Number(place) < kept));
}

function seenNow(from: number, to: number, now: Date): Readonly<Record<string, string>> {
  const places = Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
  return Object.fromEntries(places.map((place) => [place, now.toISOString()]));
}
