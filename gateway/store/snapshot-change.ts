import { isDeepStrictEqual } from 'node:util';
import type { Updateable } from 'kysely';
import { isBeginningOf, stateChangeOf } from '#domain/ill/jumps';
import type { HistoryEntry, IllRequest } from '#domain/ill/request';
import { columnsOf, linkColumns } from './request-columns';
import type { RequestsTable } from './schema';
import { withoutNames } from './without-names';
import { illRequestOf, type Snapshot, type StoredRequest } from './stored-request';

/**
 * The effect of a snapshot on the stored row.
 * - older: none; it was taken before the stored snapshot and arrived after it
 * - same: the request was only seen again
 * - changed: `columns` are written
 */
type SnapshotChange =
  | { readonly what: 'older' | 'same' }
  | { readonly what: 'changed'; readonly isNews: boolean; readonly columns: Updateable<RequestsTable> };

/** Possible clock difference between gateways, in milliseconds. */
const CLOCK_MARGIN_MS = 1_000;

export function changeOf(stored: StoredRequest, snapshot: Snapshot, now: Date): SnapshotChange {
  // Data that were erased from the stored record do not count as a difference.
  const compared = stored.names_erased ? comparable(stored, snapshot.request) : snapshot.request;
  if (isOlder(stored, { ...snapshot, request: compared })) return { what: 'older' };
  const { side, memberId } = snapshot;
  // Ignores the last answer to the library that passed the request on: it arrives after the reading of the new library.
  const { gone, open: isOpen } = columnsOf(snapshot.request, side, memberId, now);
  if (gone !== null && snapshot.library !== stored.library) return { what: 'older' };
  // The patron stays erased, unless the request is open again.
  const isErased = stored.names_erased && !isOpen;
  const request = isErased ? compared : snapshot.request;
  const columns = columnsOf(request, side, memberId, now);
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
    // Increments the version when `gone` changes: a request that comes back allows other actions.
    const version = columns.gone === stored.gone ? {} : nextVersion(stored, request.history.length);
    return { what: 'changed', isNews: false, columns: { ...row, ...version } };
  }
  return {
    what: 'changed',
    isNews: true,
    columns: { ...row, ...changesOf(stored, { ...snapshot, request: compared }, columns.gone !== null, now) },
  };
}

/**
 * Returns the request without the patron, for comparison with an erased one. Removes the request's number when the
 * number of the stored request was removed.
 */
function comparable({ record }: StoredRequest, request: IllRequest): IllRequest {
  return withoutNames(request, record.fields.borrowerNumber !== undefined);
}

/**
 * Columns of a change: its version, when it was first seen, whether it is news, and whether the transition table
 * contains it. What this library did last is no news, and settles earlier news.
 */
function changesOf(stored: StoredRequest, { request, memberId }: Snapshot, isGone: boolean, now: Date) {
  const before = illRequestOf(stored);
  const change = stateChangeOf(before, request);
  const kept = sameBeginning(before.history, request.history);
  const newest = request.history.slice(kept).at(-1);
  const isOwn = newest?.memberId === memberId && change !== 'jump';
  const isNews = change === 'jump' || (newest !== undefined && !isOwn);
  const jump = { from: stored.state, to: request.state, at: now.toISOString() };
  return {
    ...nextVersion(stored, request.history.length),
    changed_at: now,
    ...(isOwn ? { news_at: null } : isNews && !isGone ? { news_at: now } : {}),
    history_seen: JSON.stringify({ ...seenBefore(stored, kept), ...seenNow(kept, request.history.length, now) }),
    ...(change === 'same' ? {} : { jump: change === 'jump' ? JSON.stringify(jump) : null }),
  };
}

/** Columns of the next version, with a history of this length. */
export function nextVersion({ version, history_lengths: lengths }: StoredRequest, length: number) {
  return { version: version + 1, history_lengths: JSON.stringify({ ...lengths, [version + 1]: length }) };
}

/**
 * True when the snapshot is older than the stored record. A reading that started before a command ended may return the
 * record from before the command, and arrive after the command. Histories only grow, so the history of such a snapshot
 * is a beginning of the stored one. False when the stored record is older than the start of the reading (`askedAt`),
 * because NACSIS-ILL is then right. Without `askedAt` the reading may have started earlier.
 */
function isOlder(stored: StoredRequest, { request, askedAt }: Snapshot): boolean {
  const { history } = stored.record;
  const isBehind = request.history.length < history.length && isBeginningOf(request.history, history);
  return isBehind && (askedAt === undefined || stored.changed_at.getTime() >= askedAt.getTime() - CLOCK_MARGIN_MS);
}

/** Compares the records as JSON, in which absent equals undefined and the order of keys does not matter. */
function isSameRecord(stored: StoredRequest, { externalStatus, fields, history }: IllRequest): boolean {
  const record: unknown = JSON.parse(JSON.stringify({ fields, history }));
  return stored.external_status === externalStatus && isDeepStrictEqual(stored.record, record);
}

/** Number of equal entries at the beginning. */
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
