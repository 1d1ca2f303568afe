import type { AlmaBorrowing } from '#domain/api/requests';
import type { IllRequest, RequestFields } from '#domain/ill/request';
import type { JournalRow, NewEntry } from '../store/journal-store';
import type { Snapshot } from '../store/requests-store';
import type { CommandRequest } from './command-request';
import { orderMark } from './mark';
import { sentValues } from './own-command';

/** The mark of the new record that this command creates; null for an existing record. */
export function newMark({ institution, key, before }: CommandRequest): string | null {
  return before === undefined ? orderMark(institution, key) : null;
}

/**
 * The journal entry of a command sent with these fields: enough to find out its outcome later, and nothing about the
 * patron.
 */
export function entryOf(request: CommandRequest, fields: RequestFields): NewEntry {
  return {
    institution: request.institution,
    idempotency_key: request.key,
    payload_hash: request.payloadHash,
    library: request.library,
    member_id: request.account.memberId,
    user_id: request.userId,
    kind: request.kind,
    side: request.side,
    command: request.command,
    request_id: request.before?.id ?? null,
    mark: newMark(request),
    sent: sentValues(request, fields, request.comment),
    history_length: request.before?.record.history.length ?? 0,
    state_before: request.before?.state ?? null,
    alma_user_id: request.almaRequest?.userId ?? null,
    alma_request_id: request.almaRequest?.requestId ?? null,
  };
}

/** The record that NACSIS-ILL returned, as the snapshot of the side that sent the command. */
export function snapshotOf(of: CommandRequest | JournalRow, request: IllRequest): Snapshot {
  const memberId = 'account' in of ? of.account.memberId : of.member_id;
  const almaRequest = 'account' in of ? of.almaRequest : almaLinkOf(of);
  return {
    institution: of.institution,
    library: of.library,
    memberId,
    side: of.side,
    request,
    ...(almaRequest === undefined ? {} : { almaRequest }),
  };
}

function almaLinkOf(row: JournalRow): AlmaBorrowing | undefined {
  return row.alma_user_id === null || row.alma_request_id === null
    ? undefined
    : { userId: row.alma_user_id, requestId: row.alma_request_id };
}
